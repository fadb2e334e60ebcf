"""How often a diary is searched for damage and leftovers when it is opened.

A command opens the diary once, and searches it each time. A server opens it for every page: there
the search, which reads every row, is done now and then. Damage shows all the same as soon as what
is damaged is read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["LOOKS", "Looks"]


class Looks:
    """Knows when each diary was last searched by this program.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._every_s = 0.0
        self._last_s: dict[tuple[int, int], float] = {}

    def seldom(self, every_s: float) -> None:
        """Search each diary once in so many seconds at most; 0: at each opening."""
        with self._turn:
            self._every_s = every_s

    def is_due(self, database: Path) -> bool:
        """Tell whether to search a diary now; one that took the place of another is always due."""
        with self._turn:
            last_s = self._last_s.get(_file(database))
            return last_s is None or self._clock() - last_s >= self._every_s

    def done(self, database: Path) -> None:
        """Take note that a diary was searched and is whole."""
        with self._turn:
            if self._every_s:
                self._last_s[_file(database)] = self._clock()


def _file(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)  # no file has this number, so it is due
    return (stat.st_dev, stat.st_ino)


LOOKS = Looks()
"""Of this program."""
