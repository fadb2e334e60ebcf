"""One piece of work in a process of its own, seen from the server."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

from evenstride.app.shown import Shown
from evenstride.web.jobs.child import SIZE_BYTES, Failed, Stopped, Told, Work

__all__ = ["WorkProcess"]

_GRACE_S = 8.0
_COMMAND = [sys.executable, "-c", "from evenstride.web.jobs.child import main; main()"]


class WorkProcess:
    """A process that does one piece of work."""

    def __init__(self, work: Work) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=os.name == "posix",  # Ctrl-C in the terminal is the server's
        )
        self._timers: list[threading.Timer] = []
        order = pickle.dumps(work)
        with suppress(OSError):  # it has died already: its messages end without an outcome
            self._write(len(order).to_bytes(SIZE_BYTES, "big") + order)

    def messages(self) -> Iterator[Told | Shown | Failed | Stopped]:
        """Yield what the process tells; of a process that died, the outcome is missing."""
        out = self._process.stdout
        with self._process:
            while out is not None:
                try:
                    yield pickle.load(out)  # noqa: S301 - from our own process
                except (EOFError, pickle.UnpicklingError, OSError):
                    break
        for timer in self._timers:
            timer.cancel()

    def stop(self) -> None:
        """Ask it to stop as Ctrl-C does; if it does not within seconds, end it."""
        with suppress(OSError, ValueError):
            self._write(b"s")
        for wait_s, end in (
            (_GRACE_S, self._process.terminate),
            (2 * _GRACE_S, self._process.kill),
        ):
            timer = threading.Timer(wait_s, end)
            timer.daemon = True
            timer.start()
            self._timers.append(timer)

    def _write(self, content: bytes) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(content)
            self._process.stdin.flush()
