"""The same steps, counted by a phone and a watch at once: merged by interval, never added up.

At each moment the device that is believed most counts: a watch before a phone before anything else
(or the order that the person gives). Of an interval that is partly covered by a better device only
the rest counts, as if its value were spread evenly over it. Choosing one device per day instead
loses the walk to which the watch was not worn; adding up counts the others twice. The sum of a
whole day says nothing about single hours: it counts only where nothing finer touches that day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from evenstride.model.day import NS, day_of, zone
from evenstride.model.device import DEVICE_KINDS, Device

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evenstride.model.series import Series

__all__ = ["counted_between", "counted_by_day", "counted_on_walk", "usual_rank"]

Rank = Callable[[Device], int]

_LONGEST_S = 26 * 3600  # a whole day with a change of the clock; anything longer is no count
_WHOLE_DAY_S = 20 * 3600
_SHORT_S = 600
_COVERED = 0.5


def usual_rank(device: Device) -> int:
    """Return the place of a device in the usual order; 0 is believed first."""
    return DEVICE_KINDS.index(device.kind)


def counted_by_day(
    series: Sequence[Series], time_zone: str, rank: Rank = usual_rank
) -> dict[date, float]:
    """Return what was counted on each day on the calendar of a place.

    Args:
        series: Of one metric that adds up, all with the same unit.
        time_zone: IANA name.
        rank: Gives each device its place; the lowest is believed first, equal ones by time.
    """
    import numpy as np

    if not sum(map(len, series)):
        return {}
    first = min(int(one.start_utc_ns.min()) for one in series if len(one))
    last = max(int(one.end_utc_ns.max()) for one in series if len(one))
    days, midnights = _midnights(first, last, time_zone)
    amounts = _amounts(series, midnights, rank)
    return {
        day: float(amount)
        for day, amount in zip(days, amounts, strict=True)
        if not np.isnan(amount)
    }


def counted_between(
    series: Sequence[Series], start_utc_ns: int, end_utc_ns: int, rank: Rank = usual_rank
) -> float | None:
    """Return what was counted within a time; None if nothing was.

    Args:
        series: Of one metric that adds up, all with the same unit.
        start_utc_ns: Begin of the time.
        end_utc_ns: End of it.
        rank: As in ``counted_by_day``.
    """
    import numpy as np

    (amount,) = _amounts(series, np.array([start_utc_ns, end_utc_ns]), rank)
    return None if np.isnan(amount) else float(amount)


def counted_on_walk(
    series: Sequence[Series], start_utc_ns: int, end_utc_ns: int, rank: Rank = usual_rank
) -> float | None:
    """Return what was counted on a walk; None if most of it was not counted.

    Only intervals that say something about it are taken: not longer than the walk itself, or than
    ten minutes. They have to cover half of it, as nothing is counted in a pause.

    Args:
        series: As in ``counted_between``.
        start_utc_ns: Begin of the walk.
        end_utc_ns: End of it.
        rank: As in ``counted_by_day``.
    """
    import numpy as np

    longest = max(end_utc_ns - start_utc_ns, _SHORT_S * NS)
    fine = [one.select(one.end_utc_ns - one.start_utc_ns <= longest) for one in series]
    cover = _Cover()
    for start, end, _ in _by_rank(fine, rank):
        cover.add(start, end)
    edges = np.array([start_utc_ns, end_utc_ns])
    covered = int(cover.within(edges[:1], edges[1:])[0])
    if covered < _COVERED * (end_utc_ns - start_utc_ns):
        return None
    return counted_between(fine, start_utc_ns, end_utc_ns, rank)


def _midnights(first: int, last: int, time_zone: str) -> tuple[list[date], NDArray[np.int64]]:
    """Return the days between two moments, and where each begins; one more midnight ends them."""
    import numpy as np

    begin, end = day_of(first, time_zone), day_of(last, time_zone)
    days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    moments = [
        datetime.combine(day, time(), zone(time_zone)).astimezone(UTC)
        for day in (*days, end + timedelta(days=1))
    ]
    return days, np.array([round(moment.timestamp()) * NS for moment in moments])


def _amounts(series: Sequence[Series], edges: NDArray[np.int64], rank: Rank) -> NDArray[np.float64]:
    """Return what was counted between neighbouring edges; NaN where no interval lies."""
    import numpy as np

    total = np.zeros(len(edges) - 1)
    seen = np.zeros(len(edges) - 1, bool)
    covered = _Cover()
    for start, end, value in _by_rank(series, rank):
        free_at_all = (end - start < _WHOLE_DAY_S * NS) | (covered.within(start, end) == 0)
        start, end, value = start[free_at_all], end[free_at_all], value[free_at_all]
        begin = np.maximum(start, covered.own_ends(start, end))
        length = np.maximum(end - start, 1)
        moment = end == start
        longest = int((end - start).max()) if len(start) else 0
        for at in range(len(edges) - 1):
            touched = slice(*_touching(start, longest, edges[at], edges[at + 1]))
            low = np.clip(begin[touched], edges[at], edges[at + 1])
            high = np.clip(end[touched], edges[at], edges[at + 1])
            free = np.maximum(high - low, 0) - covered.within(low, np.maximum(high, low))
            share = np.maximum(free, 0) / length[touched]
            inside = (start[touched] >= edges[at]) & (start[touched] < edges[at + 1])
            alone = inside & moment[touched] & ~covered.holds(start[touched])
            share = np.where(moment[touched], alone.astype(float), share)
            total[at] += float((share * value[touched]).sum())
            seen[at] |= bool(np.any((high > low) | alone))
        covered.add(start, end)
    return np.where(seen, total, np.nan)


def _touching(
    start: NDArray[np.int64], longest: int, low: np.int64, high: np.int64
) -> tuple[int, int]:
    """Return which intervals, in the order of their start, may reach into a time."""
    import numpy as np

    first = int(np.searchsorted(start, low - longest, side="left"))
    return first, int(np.searchsorted(start, high, side="left"))


def _by_rank(
    series: Sequence[Series], rank: Rank
) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]:
    """Return begin, end and value of all intervals of each device, the most believed first.

    Sums of whole days come after everything finer, whoever counted them.
    """
    import numpy as np

    devices: dict[tuple[bool, Device], list[Series]] = {}
    for one in series:
        for index, device in enumerate(one.devices):
            mine = one.select(
                (one.device == index)
                & np.isfinite(one.value)
                & (one.end_utc_ns >= one.start_utc_ns)
                & (one.end_utc_ns - one.start_utc_ns <= _LONGEST_S * NS)
            )
            whole = mine.end_utc_ns - mine.start_utc_ns >= _WHOLE_DAY_S * NS
            for is_whole, part in ((False, mine.select(~whole)), (True, mine.select(whole))):
                if len(part):
                    devices.setdefault((is_whole, device), []).append(part)
    # Names break ties, so that the order of the files never matters.
    order = sorted(devices, key=lambda one: (one[0], rank(one[1]), one[1].name, one[1].model))
    found = []
    for key in order:
        start, end, value = (
            np.concatenate([getattr(one, name) for one in devices[key]])
            for name in ("start_utc_ns", "end_utc_ns", "value")
        )
        # Of two that begin together the longer and larger one comes first: a count that went on.
        sorted_by_time = np.lexsort((-value, -end, start))
        found.append((start[sorted_by_time], end[sorted_by_time], value[sorted_by_time]))
    return found


class _Cover:
    """The time that better devices have counted already, as intervals without overlap."""

    def __init__(self) -> None:
        import numpy as np

        self._start = np.empty(0, np.int64)
        self._end = np.empty(0, np.int64)
        self._before = np.zeros(1, np.int64)

    @staticmethod
    def own_ends(start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where the earlier intervals of the same device end: it counts no step twice."""
        import numpy as np

        ends = np.maximum.accumulate(end)
        return np.concatenate([start[:1], ends[:-1]])

    def add(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> None:
        """Take the intervals of a device in."""
        import numpy as np

        starts, ends = np.concatenate([self._start, start]), np.concatenate([self._end, end])
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], np.maximum.accumulate(ends[order])
        first = np.ones(len(starts), bool)
        first[1:] = starts[1:] > ends[:-1]
        last = np.append(np.flatnonzero(first)[1:] - 1, len(starts) - 1)
        self._start, self._end = starts[first], ends[last]
        self._before = np.concatenate([[0], np.cumsum(self._end - self._start)])

    def within(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how much of each time is covered, in nanoseconds."""
        return self._until(high) - self._until(low)

    def holds(self, moment: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which moments are covered."""
        import numpy as np

        if not len(self._start):
            return np.zeros(len(moment), bool)
        at = np.searchsorted(self._start, moment, side="right") - 1
        return (at >= 0) & (moment <= self._end[np.maximum(at, 0)])

    def _until(self, moment: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how much before each moment is covered."""
        import numpy as np

        if not len(self._start):
            return np.zeros(len(moment), np.int64)
        at = np.searchsorted(self._start, moment, side="right") - 1
        place = np.maximum(at, 0)
        inside = np.minimum(moment, self._end[place]) - self._start[place]
        return np.where(at >= 0, self._before[place] + inside, 0)
