"""Progress on the error stream: only in a terminal, and only if it takes a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

__all__ = ["Progress"]

_PATIENCE_S = 0.7


class Progress:
    """Shows how much is done, and wipes it out at the end.

    Args:
        label: What is going on.
        things: What is counted; empty for seconds of a recording.
    """

    def __init__(self, label: str, things: str = "") -> None:
        self._label = label[:40]
        self._things = things
        self._begin_s = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def __call__(self, done: float) -> None:
        """Take note of how much is done."""
        waited = time.monotonic() - self._begin_s > _PATIENCE_S
        if not waited or not sys.stderr.isatty():
            return
        self._shown = True
        minutes, seconds = divmod(round(done), 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02d}:{seconds:02d}"
        says = f"{done:.0f} {self._things}" if self._things else clock
        sys.stderr.write(f"\r\x1b[K{self._label}: {says} done")
        sys.stderr.flush()
