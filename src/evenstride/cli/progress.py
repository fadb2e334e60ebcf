"""Progress on the error stream: only in a terminal, and only if it takes a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

__all__ = ["Progress"]

_PATIENCE_S = 0.7
_WIDTH = 24


class Progress:
    """Shows the share that is done; wiped out at the end, so that it never ends up in a log."""

    def __init__(self, label: str) -> None:
        self._label = label[:40]
        self._begin_s = time.monotonic()
        self._shown = False
        self._last = -1

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

    def __call__(self, fraction: float) -> None:
        """Take note of the share that is done, 0 to 1."""
        percent = int(100 * min(max(fraction, 0.0), 1.0))
        waited = time.monotonic() - self._begin_s > _PATIENCE_S
        if percent == self._last or not waited or not sys.stderr.isatty():
            return
        self._last, self._shown = percent, True
        full = round(_WIDTH * percent / 100)
        bar = "█" * full + "░" * (_WIDTH - full)
        sys.stderr.write(f"\r{self._label}  {bar} {percent:3d} %")
        sys.stderr.flush()
