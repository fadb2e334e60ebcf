"""The times of the points: which are believed, in which order, and in which zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.moments import EARLIEST_NS, LATEST_NS
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.importers.words import counted
from evenstride.importers.xml_tracks.points import Points
from evenstride.importers.xml_tracks.values import LOCAL, NO_TIME, UTC
from evenstride.model import Left, Start
from evenstride.model.day import zone as zone_named
from evenstride.model.stray import stray_times

__all__ = ["Timed", "timed", "without_times"]

_MINUTE_NS = 60 * 10**9
_ENOUGH = 0.5
_LONGER = 1.2  # how much longer the way may get by sorting
_NO_DATE = "The clock was not set: the date is not known, and times count from the first point."
_NO_TIMES = "The points have no times."
_FEW_TIMES = "Fewer than half of the points have a time, so all of them were read without."
_STRAY = "their time is far from that of the points around them"
_SORTED = "Some times went back; the points were put in the order of time."
_JUMPS = (
    "The clock went back, and putting the points in the order of its times makes no sensible way; "
    "their order was kept and their times were left out."
)


@dataclass(frozen=True, slots=True, eq=False)
class Timed:
    """Points in an order that can be trusted.

    Attributes:
        points: In the order of time, if they have times.
        segment: Of each point.
        time_s: Seconds since the first; all NaN without times.
        start: The moment of second 0, if the file tells it.
        end_utc_ns: The last moment; None without a start.
        warnings: What was wrong with the times, each a sentence.
        left: What was left out.
    """

    points: Points
    segment: NDArray[np.int64]
    time_s: NDArray[np.float64]
    start: Start | None = None
    end_utc_ns: int | None = None
    warnings: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()


def timed(points: Points, segment: NDArray[np.int64], zone: str | None) -> Timed:
    """Judge the times of the points.

    Args:
        points: In the order of the file.
        segment: Of each point.
        zone: IANA name of the zone for times without one; None = the zone of this computer.
    """
    written = points.time_ns != NO_TIME
    dated = written & (points.time_ns > EARLIEST_NS) & (points.time_ns < LATEST_NS)
    good = dated if dated.any() else written
    stands_still = not dated.any() and good.any() and np.ptp(points.time_ns[good]) < 10**9
    if not good.any() or stands_still:
        return without_times(points, segment, _NO_TIMES)
    if good.mean() < _ENOUGH:
        return without_times(points, segment, _FEW_TIMES)
    points, segment, missing = points.select(good), segment[good], int((~good).sum())
    left = [Left(counted(missing, "points"), "they have no time")] if missing else []
    utc, offset_min = _in_utc(points, zone)
    stray = stray_times((utc.time_ns - utc.time_ns[0]) / 1e9)
    if stray.any():
        left.append(Left(counted(int(stray.sum()), "points"), _STRAY))
        utc, segment, offset_min = utc.select(~stray), segment[~stray], offset_min[~stray]
    start = _start(utc, offset_min, zone) if dated.any() else None
    said = [] if start is not None else [_NO_DATE]
    if start is not None and start.basis == "assumed":
        said.append(ZONE_ASSUMED)
    end_ns = None if start is None else int(utc.time_ns.max())
    order = _order(utc, segment)
    if order is None:
        found = without_times(utc, segment, *said, _JUMPS)
        return replace(found, start=start, end_utc_ns=end_ns, left=tuple(left))
    if order.size and np.any(np.diff(order) < 0):
        utc, segment = utc.select(order), _renumbered(segment[order])
        said.append(_SORTED)
    seconds = (utc.time_ns - utc.time_ns[0]) / 1e9
    return Timed(utc, segment, seconds, start, end_ns, tuple(said), tuple(left))


def without_times(points: Points, segment: NDArray[np.int64], *why: str) -> Timed:
    """Return the points in the order of the file, without times."""
    return Timed(points, segment, np.full(len(points), np.nan), warnings=why)


def _in_utc(points: Points, zone: str | None) -> tuple[Points, NDArray[np.int64]]:
    """Turn times without a zone into UTC; return also the offset of each point in minutes."""
    local = points.zone == LOCAL
    if not local.any():
        return points, points.zone
    offsets = points.zone.copy()
    for hour in np.unique(points.time_ns[local] // (15 * _MINUTE_NS)).tolist():
        at = local & (points.time_ns // (15 * _MINUTE_NS) == hour)
        offsets[at] = _offset_min(hour * 15 * _MINUTE_NS, zone)
    shift = np.where(local, offsets * _MINUTE_NS, 0)
    return Points(points.values, points.time_ns - shift, points.zone), offsets


def _offset_min(wall_ns: int, zone: str | None) -> int:
    """Return how far the clock on the wall was ahead of UTC."""
    naive = datetime(1970, 1, 1) + timedelta(seconds=wall_ns // 10**9)  # noqa: DTZ001 - local
    there = naive.astimezone() if zone is None else naive.replace(tzinfo=zone_named(zone))
    return round((there.utcoffset() or timedelta()).total_seconds() / 60)


def _start(points: Points, offset_min: NDArray[np.int64], zone: str | None) -> Start:
    first = int(np.argmin(points.time_ns))
    utc_ns, written, offset = int(points.time_ns[first]), points.zone[first], int(offset_min[first])
    if written == UTC:
        return Start(utc_ns, None, None, "recorded")
    if written != LOCAL:
        return Start(utc_ns, offset, None, "file_offset")
    return Start(utc_ns, offset, zone, "assumed" if zone is None else "asked")


def _order(points: Points, segment: NDArray[np.int64]) -> NDArray[np.intp] | None:
    """Return the order of time, or None if that makes no sensible way.

    Points that are shuffled, written twice or in swapped segments make a shorter way when sorted; a
    clock that was set back, or two devices in one file, make one that jumps to and fro.
    """
    rising = np.arange(len(points))
    if np.all(np.diff(points.time_ns) >= 0):
        return rising
    order = np.lexsort((rising, segment, points.time_ns))
    before, after = _way(points, rising, segment), _way(points, order, segment)
    return order if after <= before * _LONGER + 1e-4 else None


def _way(points: Points, order: NDArray[np.intp], segment: NDArray[np.int64]) -> float:
    """Return the length of the way in degrees, without the jumps between segments of the file."""
    latitude, longitude = points.values[:2, order]
    known = np.isfinite(latitude) & np.isfinite(longitude)
    latitude, longitude, piece = latitude[known], longitude[known], segment[order][known]
    if latitude.size < 2:
        return 0.0
    east = np.diff(longitude) * np.cos(np.radians(latitude[:-1]))
    steps = np.hypot(np.diff(latitude), east)
    in_file = np.all(np.diff(order) == 1)
    return float(steps[np.diff(piece) == 0].sum() if in_file else steps.sum())


def _renumbered(segment: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the segments anew, in the order in which they now come."""
    changes = np.concatenate([[False], np.diff(segment) != 0])
    return np.cumsum(changes).astype(np.int64)
