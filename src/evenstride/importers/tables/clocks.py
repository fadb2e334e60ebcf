"""Where the time of a row comes from: a stamp, a counter, a text, or only its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.tables.stamps import seconds_of_text

__all__ = ["LARGEST_STAMP", "Rows", "Stamps", "TextTimes", "TimeColumn", "seconds_reader"]

Floats: TypeAlias = NDArray[np.float64]
LARGEST_STAMP = 1e20
"""No clock counts further, not even nanoseconds since 1970; larger numbers are damage."""

_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Stamps:
    """A column that counts: seconds, nanoseconds, or packets.

    Attributes:
        column: Its index in the table.
        second: How long one unit of it is, in seconds.
        wraps_at: Where the counter starts again from zero, in its own unit, or None.
        pauses: Pairs (from when on in seconds, seconds to add), for clocks that stand still while
            the recording is paused.
    """

    column: int
    second: float = 1.0
    wraps_at: float | None = None
    pauses: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class TextTimes:
    """A column of clock times as text; without a date it starts again at midnight.

    Attributes:
        column: Its index in the table.
        dated: Whether the text holds the date.
    """

    column: int
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """No time at all: rows follow each other at a fixed rate; a broken row still takes its turn.

    Attributes:
        rate_hz: Rows per second.
    """

    rate_hz: float


TimeColumn: TypeAlias = Stamps | TextTimes | Rows


@dataclass
class Unwrap:
    """Makes a counter that starts again at ``modulus`` count on, piece by piece."""

    modulus: float
    _last: float | None = None
    _offset: float = field(default=0.0)

    def __call__(self, values: Floats) -> Floats:
        """Return the values with whole turns added; NaN stays NaN."""
        good = np.isfinite(values)
        some = values[good]
        if some.size == 0:
            return values
        steps = np.diff(some, prepend=some[0] if self._last is None else self._last)
        # Only a fall from near the top to near the bottom is a turn; others are for the clock
        # repair, which knows sensors that were switched off and on.
        low = some < 0.25 * self.modulus
        turned = low & (some - steps > 0.75 * self.modulus)
        turns = np.cumsum(turned) * self.modulus
        out = values.copy()
        out[good] = some + self._offset + turns
        self._offset += float(turns[-1])
        self._last = float(some[-1])
        return out


def seconds_reader(time: TimeColumn) -> Callable[[Floats, NDArray[np.str_] | None, Floats], Floats]:
    """Return a function that turns a piece's (numbers, text, row numbers) into seconds.

    It remembers where a counter started again, so each pass over a file needs a new one.
    """
    modulus = None
    if isinstance(time, Stamps):
        modulus = time.wraps_at
    elif isinstance(time, TextTimes) and not time.dated:
        modulus = _DAY_S
    unwrap = None if modulus is None else Unwrap(modulus)

    def seconds(numbers: Floats, text: NDArray[np.str_] | None, row: Floats) -> Floats:
        if isinstance(time, Rows):
            return np.asarray(row / time.rate_hz, dtype=np.float64)
        if isinstance(time, TextTimes):
            out = np.full(len(row), np.nan) if text is None else seconds_of_text(text)
            return out if unwrap is None else unwrap(out)
        stamps = np.where(np.abs(numbers) < LARGEST_STAMP, numbers, np.nan)
        out = (stamps if unwrap is None else unwrap(stamps)) * time.second
        if not time.pauses:
            return out
        begins, added = (np.array(c) for c in zip(*time.pauses, strict=True))
        return np.asarray(out + added[np.searchsorted(begins[1:], out, side="right")])

    return seconds
