"""What a phone or watch measured by itself, month by month: medians of each device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from evenstride.model.day import day_of, zone
from evenstride.model.device import UNKNOWN_DEVICE, Device

if TYPE_CHECKING:
    from evenstride.model.series import Series

__all__ = ["FEWEST", "MonthOf", "by_month", "days_by_month"]

FEWEST = 5
"""Values in a month before a median is shown; our judgement."""


@dataclass(frozen=True, slots=True)
class MonthOf:
    """The values of one metric that one device measured in one month.

    Attributes:
        metric: A name of ``METRICS``, or of what was counted on each day.
        device: Who measured; not known for whole days, which all devices counted together.
        month: Its first day, on the calendar of the place.
        median: Of the values; None if there are too few.
        low: The lower quartile.
        high: The upper quartile.
        count: How many values there are.
    """

    metric: str
    device: Device
    month: date
    median: float | None
    low: float | None
    high: float | None
    count: int


def by_month(series: Sequence[Series], time_zone: str) -> tuple[MonthOf, ...]:
    """Return the medians of each metric, device and month, in the order of time.

    Devices are never put together: each has its own way of measuring.

    Args:
        series: Of metrics that stand for themselves, such as walking speed.
        time_zone: IANA name of the person's zone; a month is that of the begin.
    """
    import numpy as np

    found: dict[tuple[str, Device, date], list[np.ndarray[tuple[int], np.dtype[np.float64]]]] = {}
    for one in series:
        edges = _months(one, time_zone)
        for row, device in enumerate(one.devices):
            mine = one.device == row
            for begin, end, month in edges:
                inside = mine & (one.start_utc_ns >= begin) & (one.start_utc_ns < end)
                if inside.any():
                    found.setdefault((one.metric, device, month), []).append(one.value[inside])
    rows = (
        _row(metric, device, month, np.concatenate(values))
        for (metric, device, month), values in found.items()
    )
    return tuple(sorted(rows, key=lambda row: (row.metric, row.device.name, row.month)))


def days_by_month(metric: str, per_day: Mapping[date, float]) -> tuple[MonthOf, ...]:
    """Return the medians of what was counted on each day, in the order of time.

    Args:
        metric: What it is called.
        per_day: By day; one that is missing was not counted, and is not 0.
    """
    months: dict[date, list[float]] = {}
    for day, amount in sorted(per_day.items()):
        months.setdefault(day.replace(day=1), []).append(amount)
    return tuple(_row(metric, UNKNOWN_DEVICE, month, days) for month, days in months.items())


def _row(metric: str, device: Device, month: date, values: object) -> MonthOf:
    import numpy as np

    known = np.asarray(values, float)
    known = known[np.isfinite(known)]
    if known.size < FEWEST:
        return MonthOf(metric, device, month, None, None, None, int(known.size))
    low, median, high = (float(q) for q in np.quantile(known, (0.25, 0.5, 0.75)))
    return MonthOf(metric, device, month, median, low, high, int(known.size))


def _months(series: Series, time_zone: str) -> list[tuple[int, int, date]]:
    """Return begin, end and first day of each month that a series touches."""
    from datetime import datetime

    if not len(series):
        return []
    month = day_of(int(series.start_utc_ns.min()), time_zone).replace(day=1)
    last = day_of(int(series.start_utc_ns.max()), time_zone)
    found = []
    while month <= last:
        after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        begin, end = (
            round(datetime(d.year, d.month, 1, tzinfo=zone(time_zone)).timestamp()) * 10**9
            for d in (month, after)
        )
        found.append((begin, end, month))
        month = after
    return found
