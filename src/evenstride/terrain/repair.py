"""A track as it can be trusted: in order, without jumps, with its pauses marked.

Each repair is said in words. Nothing is moved: points are kept or left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Track
from evenstride.model.stray import stray_times
from evenstride.terrain.rides import rides
from evenstride.terrain.still import standing

__all__ = ["Clean", "repaired"]

Floats = NDArray[np.float64]

EARTH_M = 6_371_008.8
_POOR_FIX_M = 100.0
_FASTEST_M_S = 5.0
_FASTER_THAN_USUAL = 3.0
_MOST_IN_A_ROW = 8
_FAR_M, _FARTHER_THAN_USUAL = 1000.0, 50.0
_SAME_PLACE_M = 40.0
_FEWEST_TIMES = 0.5
_WITHOUT_TIMES_M_S = 1.25


@dataclass(frozen=True, eq=False)
class Clean:
    """The points of a track that can be trusted, in the order in which they were walked.

    Attributes:
        row: (n,) which row of the track each point is.
        time_s: (n,) on the clock of the track; without times, as if walked at a usual pace.
        east_m: (n,) on a flat map around the middle of the track.
        north_m: (n,)
        piece: (n,) counts up where the way between two points is not known.
        still: (n,) number of the pause that a point lies in; -1 while moving.
        timed: Whether there are times.
        repairs: What was done, each a sentence.
    """

    row: NDArray[np.intp]
    time_s: Floats
    east_m: Floats
    north_m: Floats
    piece: NDArray[np.int64]
    still: NDArray[np.int64]
    timed: bool
    repairs: tuple[str, ...]


def repaired(track: Track) -> Clean:
    """Return the points that can be trusted, and what was repaired."""
    said: list[str] = []
    timed, rows = _in_order(track, _placed(track, said), said)
    rows = _well_fixed(track, rows, said)
    east, north = _flat(track.latitude_deg[rows], track.longitude_deg[rows])
    time = _filled(track.time_s[rows], east, north) if timed else _as_if_walked(east, north)
    keep, fresh = _without_jumps(time, east, north, timed=timed)
    if not keep.all():
        said.append(_points(int((~keep).sum()), "lay", "far off the way, and {were} left out."))
    rows, fresh = rows[keep], fresh[keep]
    time, east, north = time[keep], east[keep], north[keep]
    piece = _pieces(track.segment[rows], fresh, east, north, said)
    if timed and _may_be_walked(track):
        on_foot, piece = _on_foot(time, east, north, piece, said)
        rows, time = rows[on_foot], time[on_foot]
        east, north = east[on_foot], north[on_foot]
    still = standing(time, east, north) if timed else np.full(len(rows), -1)
    return Clean(rows, time, east, north, piece, still, timed, tuple(said))


def _may_be_walked(track: Track) -> bool:
    """Return whether a fast part would be a ride: in a run or a bicycle tour it is none."""
    return track.activity is None or track.activity.sport not in ("running", "cycling")


def _points(count: int, verb: str, rest: str) -> str:
    one = count == 1
    words = f"{count:,} {'point' if one else 'points'} {verb} {rest}"
    return words.format(were="was" if one else "were", their="its" if one else "their")


def _placed(track: Track, said: list[str]) -> NDArray[np.intp]:
    """Return the rows that have a possible place; those that have none may hold other things."""
    latitude, longitude = track.latitude_deg, track.longitude_deg
    told = np.isfinite(latitude) & np.isfinite(longitude)
    with np.errstate(invalid="ignore"):
        good = told & (np.abs(latitude) <= 90.0) & (np.abs(longitude) <= 180.0)
    good &= ~((latitude == 0.0) & (longitude == 0.0))
    wrong = int((told & ~good).sum())
    if wrong:
        said.append(_points(wrong, "had", "no possible place, and {were} left out."))
    return np.flatnonzero(good)


def _in_order(
    track: Track, rows: NDArray[np.intp], said: list[str]
) -> tuple[bool, NDArray[np.intp]]:
    """Return whether there are times to go by, and the rows whose time goes forward."""
    time = track.time_s[rows]
    told = np.isfinite(time)
    if len(rows) == 0 or not told.any():
        return False, rows
    stray = np.zeros(len(rows), np.bool_)
    stray[told] = stray_times(time[told])
    if stray.any():
        said.append(
            _points(int(stray.sum()), "had", "a time far from those around, and {were} left out.")
        )
        rows, time, told = rows[~stray], time[~stray], told[~stray]
    different = len(np.unique(time[told]))
    if different < max(2, _FEWEST_TIMES * len(rows)):
        said.append("Most points had no time of their own, so their times were not used.")
        return False, rows
    latest = np.fmax.accumulate(np.where(told, time, -np.inf))
    forward = ~told | (time > np.concatenate([[-np.inf], latest[:-1]]))
    again = int((~forward).sum())
    if again:
        said.append(_points(again, "repeated", "an earlier time, and {were} left out."))
    if not told.all():
        said.append(
            _points(int((~told).sum()), "had", "no time; {their} time was filled in, as if walked.")
        )
    return True, rows[forward]


def _filled(time: Floats, east: Floats, north: Floats) -> Floats:
    """Return the times, with those that are missing as if that part was walked at a usual pace."""
    told = np.isfinite(time)
    if told.all():
        return time
    walked = _as_if_walked(east, north)
    filled = np.interp(walked, walked[told], time[told])
    first, last = np.flatnonzero(told)[[0, -1]]
    filled[:first] = time[first] - (walked[first] - walked[:first])
    filled[last + 1 :] = time[last] + (walked[last + 1 :] - walked[last])
    filled[told] = time[told]
    return np.asarray(np.maximum.accumulate(filled))


def _well_fixed(track: Track, rows: NDArray[np.intp], said: list[str]) -> NDArray[np.intp]:
    with np.errstate(invalid="ignore"):
        poor = track.accuracy_m[rows] > _POOR_FIX_M
    if not poor.any() or poor.mean() > 0.5:
        return rows
    said.append(
        _points(int(poor.sum()), "were" if poor.sum() > 1 else "was", "too inexact to use.")
    )
    return rows[~poor]


def _flat(latitude: Floats, longitude: Floats) -> tuple[Floats, Floats]:
    """Return metres east and north of the middle of the track."""
    if not len(latitude):
        return latitude, longitude
    around = np.unwrap(longitude, period=360.0)
    middle = np.radians(0.5 * (latitude.min() + latitude.max()))
    east = EARTH_M * np.cos(middle) * np.radians(around - around[0])
    return east, EARTH_M * np.radians(latitude - latitude[0])


def _as_if_walked(east: Floats, north: Floats) -> Floats:
    """Return times for a way without times, at a usual pace."""
    steps = np.hypot(np.diff(east, prepend=east[:1]), np.diff(north, prepend=north[:1]))
    return np.cumsum(np.maximum(steps / _WITHOUT_TIMES_M_S, 0.1))


def _without_jumps(
    time: Floats, east: Floats, north: Floats, *, timed: bool
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which points to keep, and which of them begin anew after a jump that stayed.

    A point that could not be reached in time from the last good one is left out. If many in a row
    agree that they are elsewhere, the way goes on there: a ride, or a pause.
    """
    count = len(time)
    keep, fresh = np.ones(count, np.bool_), np.zeros(count, np.bool_)
    if count < 3:
        return keep, fresh
    step = np.hypot(np.diff(east), np.diff(north))
    if timed:
        usual = float(np.median(step / np.maximum(np.diff(time), 1e-3)))
        fastest = max(_FASTEST_M_S, _FASTER_THAN_USUAL * usual)
        slack = 4.0 * fastest  # fixes are wrong by metres, which matters within a second
        limit = fastest * np.diff(time) + slack
    else:
        limit = np.full(count - 1, max(_FAR_M, _FARTHER_THAN_USUAL * float(np.median(step))))
    suspects = np.flatnonzero(step > limit)
    if not len(suspects):
        return keep, fresh
    last, out = 0, 0
    point = 1
    while point < count:
        if point - 1 == last and not out:
            # Jump over everything that is in order.
            after = suspects[np.searchsorted(suspects, last)] if last <= suspects[-1] else count
            if after >= count - 1:
                break
            last, point = int(after), int(after) + 1
        far = float(np.hypot(east[point] - east[last], north[point] - north[last]))
        reach = fastest * (time[point] - time[last]) + slack if timed else float(limit[0])
        if far <= reach:
            last, out = point, 0
        elif out + 1 >= _MOST_IN_A_ROW:
            keep[point - out : point + 1] = True
            fresh[point - out] = True
            last, out = point, 0
        else:
            keep[point] = False
            out += 1
        point += 1
    return keep, fresh


def _on_foot(
    time: Floats, east: Floats, north: Floats, piece: NDArray[np.int64], said: list[str]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which points were reached on foot, and their pieces: a ride ends one."""
    ridden = rides(time, east, north, piece)
    keep = np.ones(len(time), np.bool_)
    if not ridden.any():
        return keep, piece
    keep[1:-1] = ~(ridden[1:] & ridden[:-1])
    keep[0], keep[-1] = not ridden[0], not ridden[-1]
    ridden_m = float(np.hypot(np.diff(east), np.diff(north))[ridden].sum())
    said.append(
        f"{ridden_m / 1000:.1f} km went faster than anybody walks, as in a car; they are not "
        "counted."
    )
    ends = np.concatenate([[False], ridden & ~np.concatenate([[False], ridden[:-1]])])
    return keep, (piece + np.cumsum(ends))[keep]


def _pieces(
    segment: NDArray[np.int64],
    fresh: NDArray[np.bool_],
    east: Floats,
    north: Floats,
    said: list[str],
) -> NDArray[np.int64]:
    """Number the pieces; a break that ends where it began is a pause and no new piece."""
    begins = np.zeros(len(segment), np.bool_)
    if len(segment) > 1:
        apart = np.hypot(np.diff(east), np.diff(north))
        broken = (np.diff(segment) != 0) | fresh[1:]
        begins[1:] = broken & (apart > _SAME_PLACE_M)
        gap_m = float(apart[begins[1:]].sum())
        if begins.any():
            breaks = int(begins.sum())
            said.append(
                f"The track breaks off {'once' if breaks == 1 else f'{breaks} times'} and goes on "
                f"elsewhere; the {gap_m:,.0f} m between are not counted."
            )
    return np.cumsum(begins).astype(np.int64)
