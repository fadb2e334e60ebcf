"""Finding the column that tells the time, and its unit from its slope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.start import ZONE_ASSUMED, start_of_epoch, start_of_text
from evenstride.importers.tables.clocks import LARGEST_STAMP, Rows, Stamps, TextTimes, TimeColumn
from evenstride.importers.tables.layout import Layout, is_number
from evenstride.importers.tables.names import time_unit_s
from evenstride.importers.tables.stamps import is_time_text
from evenstride.model import Start

__all__ = ["FoundTime", "find_time", "numbers_in"]

_UNITS_S = (("seconds", 1.0), ("milliseconds", 1e-3), ("microseconds", 1e-6), ("nanoseconds", 1e-9))
_SLOWEST_HZ, _FASTEST_HZ = 1.5, 1500.0
_BEST_NAMES = ("sincereboot", "since start", "elapsed")
_GOOD_NAMES = ("time", "stamp", "epoch", "date", "elapsed", "second", "uptime")
_COUNTER_RANK = 3
_COUNTERS = ("counter", "sample", "index", "packet", "row", "frame")


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A column that tells the time.

    Attributes:
        time: How to read it.
        name: Its name in the file, or "column 1".
        start: When the recording began, if the column tells.
        assumptions: What had to be assumed.
        coarse: Whether most rows share their stamp with the one before.
    """

    time: TimeColumn
    name: str
    start: Start | None = None
    assumptions: tuple[str, ...] = ()
    coarse: bool = False


def find_time(
    layout: Layout, taken: tuple[int, ...], rate_hz: float | None = None
) -> FoundTime | None:
    """Return the column that tells the time, or None if there is none.

    Columns whose names speak of time come first; without such a name any column will do whose
    values rise as a clock would.

    Args:
        layout: The table.
        taken: Columns that are something else.
        rate_hz: Samples per second, for a column that only counts, or for no column at all.
    """
    order = sorted(
        (i for i in range(layout.width) if i not in taken),
        key=lambda i: _rank(layout.names[i].lower() if i < len(layout.names) else ""),
    )
    found = [time for index in order if (time := _as_time(layout, index)) is not None]
    if found:
        return next((time for time in found if not time.coarse), found[0])
    if rate_hz is None:
        return None
    for index in order:
        name = layout.names[index].lower() if index < len(layout.names) else ""
        if any(word in name for word in _COUNTERS):
            return FoundTime(Stamps(index, 1.0 / rate_hz), layout.names[index])
    return FoundTime(Rows(rate_hz), "")


def numbers_in(layout: Layout, index: int) -> NDArray[np.float64]:
    """Return the first values of a column; NaN where there is no number."""
    cells = [row[index] if index < len(row) else "" for row in layout.rows]
    values = np.array([float(c.replace(",", ".")) if is_number(c) else np.nan for c in cells])
    values[~(np.abs(values) < LARGEST_STAMP)] = np.nan
    return values


def _rank(name: str) -> int:
    if any(word in name for word in _BEST_NAMES):
        return 0
    if name == "t" or any(word in name for word in _GOOD_NAMES):
        return 1
    return _COUNTER_RANK if any(word in name for word in _COUNTERS) else 2


def _as_time(layout: Layout, index: int) -> FoundTime | None:
    name = layout.names[index] if index < len(layout.names) else f"column {index + 1}"
    cells = [row[index] for row in layout.rows if index < len(row)]
    if cells and sum(map(is_time_text, cells)) > 0.9 * len(cells):
        first = next(cell for cell in cells if is_time_text(cell))
        start = start_of_text(first)
        assumed = (ZONE_ASSUMED,) if start is not None and start.basis == "assumed" else ()
        dated = "-" in first or "/" in first
        coarse = len(set(cells)) < 0.5 * len(cells)
        return FoundTime(TextTimes(index, dated=dated), name, start, assumed, coarse)
    values = numbers_in(layout, index)
    values = values[np.isfinite(values)]
    if values.size < max(2, 0.9 * len(cells)):
        return None
    steps = np.diff(values)
    if np.mean(steps < 0) > 0.02 or values[-1] <= values[0]:
        return None
    step = float(np.mean(steps[steps <= np.percentile(steps, 99)])) or float(np.mean(steps))
    return _with_unit(values, step, index, name)


def _with_unit(values: NDArray[np.float64], step: float, index: int, name: str) -> FoundTime | None:
    stated = time_unit_s(name)
    coarse = float(np.mean(np.diff(values) == 0)) > 0.5
    if stated is not None and _SLOWEST_HZ / 10 < 1 / (step * stated) < 10 * _FASTEST_HZ:
        start = start_of_epoch(float(values[0]) * stated)
        return FoundTime(Stamps(index, stated), name, start, coarse=coarse)
    if _rank(name.lower()) == _COUNTER_RANK or np.all(np.diff(values) == 1.0):
        return None  # it counts rows, and how fast they came is for someone to tell
    for unit, second in _UNITS_S:
        if _SLOWEST_HZ < 1 / (step * second) < _FASTEST_HZ:
            assumed = f"“{name}” was read as a time in {unit}, because of how fast it grows."
            start = start_of_epoch(float(values[0]) * second)
            return FoundTime(Stamps(index, second), name, start, (assumed,), coarse)
    return None
