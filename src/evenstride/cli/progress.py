"""Progress on the error stream: only in a terminal, and only if it takes a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

__all__ = ["Progress", "Share"]

_PATIENCE_S = 0.7


class _Line:
    """A line of the error stream that is written over, and wiped out at the end.

    Args:
        label: What is going on.
    """

    def __init__(self, label: str) -> None:
        self._label = label[:40]
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

    @property
    def waited_s(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._begin_s

    def write(self, says: str) -> None:
        """Show how far it is, if somebody has waited long enough to wonder."""
        if self.waited_s < _PATIENCE_S or not sys.stderr.isatty():
            return
        self._shown = True
        sys.stderr.write(f"\r\x1b[K{self._label}: {says}")
        sys.stderr.flush()


class Progress(_Line):
    """Shows how much is done where nobody knows how much there is.

    Args:
        label: What is going on.
        things: What is counted; empty for seconds of a recording.
    """

    def __init__(self, label: str, things: str = "") -> None:
        super().__init__(label)
        self._things = things

    def __call__(self, done: float) -> None:
        """Take note of how much is done."""
        says = f"{done:.0f} {self._things}" if self._things else _clock(done)
        self.write(f"{says} done")


class Share(_Line):
    """Shows how many bytes are read, of how many, and how long it will still take."""

    def __call__(self, name: str, done: int, total: int) -> None:
        """Take note of how much of a file was read."""
        if not total or not done:
            return
        left_s = self.waited_s * (total - done) / done
        megabytes = f"{done / 1e6:.0f} of {total / 1e6:.0f} MB"
        self.write(f"{name[:40]}, {megabytes}, about {_clock(left_s)} left")


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}"
