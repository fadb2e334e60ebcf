"""One walk on one time line: how it was walked, what was underfoot, and how the back felt.

Windows of the motion recording (ten seconds and more), or of the track where there is none, each
with the slope and surface of its middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenstride.model.day import NS
from evenstride.model.table import Table

if TYPE_CHECKING:
    from evenstride.model import GroundSegments, Timeline, Track

__all__ = ["LEVEL_PCT", "WALKED", "Moments", "Rating", "moments"]

LEVEL_PCT = 2.0
"""What surely rises or falls by more than this in 100 is uphill or downhill."""

WALKED = (
    "cadence_spm",
    "step_regularity",
    "stride_regularity",
    "pitch_deg",
    "impact_m_s2",
    "ground_roughness",
)
"""The columns that say how it was walked."""

_WINDOW_S = 30.0
_FEWEST_ROWS = 5

Floats = NDArray[np.float64]
Windows = dict[str, Any]
Rating = tuple[int, float]
"""When pain was rated, in nanoseconds UTC, and how bad it was, 0 to 10."""


@dataclass(frozen=True, eq=False)
class Moments(Table):
    """A walk in windows, in the order of time. NaN and "" = not known.

    Attributes:
        start_s: Begin of the window, in seconds since the walk began.
        end_s: End of it.
        cadence_spm: Steps per minute.
        step_regularity: Likeness of neighbouring steps, 0 to 1.
        stride_regularity: Likeness of neighbouring strides, 0 to 1.
        pitch_deg: Lean forward against the standing reference.
        impact_m_s2: Peak of the vertical acceleration just after contacts.
        ground_roughness: How unlike the steps of one foot are at one pace: an estimate.
        slope_pct: Rise in 100 m of way, uphill positive.
        slope_low_pct: Lower end of its 95 % interval.
        slope_high_pct: Upper end of it.
        slope: "uphill", "level" or "downhill" where that is sure, else "".
        surface: As the map has it; "" where it does not say.
        pain: The rating that was given in the window, 0 to 10.
    """

    start_s: Floats
    end_s: Floats
    cadence_spm: Floats
    step_regularity: Floats
    stride_regularity: Floats
    pitch_deg: Floats
    impact_m_s2: Floats
    ground_roughness: Floats
    slope_pct: Floats
    slope_low_pct: Floats
    slope_high_pct: Floats
    slope: NDArray[np.str_]
    surface: NDArray[np.str_]
    pain: Floats


def moments(
    begun_utc_ns: int,
    *,
    gait: tuple[Timeline, int] | None = None,
    track: tuple[Track, int] | None = None,
    ground: GroundSegments | None = None,
    ratings: Sequence[Rating] = (),
) -> Moments | None:
    """Join what is known of one walk; None if nothing of it has a time.

    Args:
        begun_utc_ns: When the walk began.
        gait: Windows of its motion recording, and when the recording began.
        track: Its track, and the moment of its ``time_s`` 0.
        ground: The ground of that track.
        ratings: Pain that was rated along the way.
    """
    if gait is not None:
        windows = _of_gait(*gait, begun_utc_ns)
    elif track is not None:
        windows = _of_track(*track, begun_utc_ns)
    else:
        return None
    count = len(windows["start_s"])
    if not count:
        return None
    if ground is not None and track is not None:
        windows |= _of_ground(ground, (track[1] - begun_utc_ns) / NS, windows)
    else:
        absent, empty = np.full(count, np.nan), np.full(count, "")
        windows |= dict.fromkeys(("slope_pct", "slope_low_pct", "slope_high_pct"), absent)
        windows |= {"slope": empty, "surface": empty}
    return Moments(**windows, pain=_pain(ratings, begun_utc_ns, windows))


def _of_gait(timeline: Timeline, start_utc_ns: int, begun_utc_ns: int) -> Windows:
    late_s = (start_utc_ns - begun_utc_ns) / NS
    return {
        "start_s": timeline.start_s + late_s,
        "end_s": timeline.end_s + late_s,
        **{name: getattr(timeline, name) for name in WALKED},
    }


def _of_track(track: Track, zero_utc_ns: int, begun_utc_ns: int) -> Windows:
    """Return windows of the cadence that a watch wrote beside its positions."""
    time_s = track.time_s + (zero_utc_ns - begun_utc_ns) / NS
    known = np.isfinite(time_s)
    if not known.any():
        return {"start_s": np.empty(0)}
    walked = known & (track.cadence_spm > 0)
    # Only windows in which there are points: a clock may have jumped by years.
    window, at = np.unique(np.floor(time_s[known] / _WINDOW_S), return_inverse=True)
    start, windows = window * _WINDOW_S, len(window)
    at = at[walked[known]]
    count = np.bincount(at, minlength=windows)
    total = np.bincount(at, track.cadence_spm[walked], windows)
    cadence = np.full(windows, np.nan)
    np.divide(total, count, out=cadence, where=count >= _FEWEST_ROWS)
    absent = np.full(windows, np.nan)
    return {
        "start_s": start,
        "end_s": start + _WINDOW_S,
        **dict.fromkeys(WALKED, absent),
        "cadence_spm": cadence,
    }


def _of_ground(ground: GroundSegments, late_s: float, windows: Windows) -> Windows:
    """Return slope and surface of the piece of way on which the middle of each window lies."""
    middle = 0.5 * (windows["start_s"] + windows["end_s"])
    timed = np.flatnonzero(np.isfinite(ground.start_s) & np.isfinite(ground.end_s))
    found = np.full(len(middle), -1)
    if len(timed):
        start, end = ground.start_s[timed] + late_s, ground.end_s[timed] + late_s
        at = np.searchsorted(start, middle, side="right") - 1
        inside = (at >= 0) & (middle <= end[np.maximum(at, 0)])
        found = np.where(inside, timed[np.maximum(at, 0)], -1)
    low, high = _taken(ground.slope_low_pct, found), _taken(ground.slope_high_pct, found)
    return {
        "slope_pct": _taken(ground.slope_pct, found),
        "slope_low_pct": low,
        "slope_high_pct": high,
        "slope": _named(low, high),
        "surface": np.where(found >= 0, ground.surface[found], "")
        if len(ground)
        else _empty(found),
    }


def _empty(found: NDArray[np.generic]) -> NDArray[np.str_]:
    return np.full(len(found), "")


def _taken(column: Floats, found: NDArray[np.intp]) -> Floats:
    return np.where(found >= 0, np.append(column, np.nan)[found], np.nan)


def _named(low: Floats, high: Floats) -> NDArray[np.str_]:
    with np.errstate(invalid="ignore"):
        sure = [low > LEVEL_PCT, high < -LEVEL_PCT, (low >= -LEVEL_PCT) & (high <= LEVEL_PCT)]
    return np.select(sure, ["uphill", "downhill", "level"], "")


def _pain(ratings: Sequence[Rating], begun_utc_ns: int, windows: Windows) -> Floats:
    """Put each rating into its window; of several in one the worst counts."""
    pain = np.full(len(windows["start_s"]), np.nan)
    for moment, rating in ratings:
        at_s = (moment - begun_utc_ns) / NS
        inside = np.flatnonzero((windows["start_s"] <= at_s) & (at_s < windows["end_s"]))
        if len(inside):
            pain[inside[0]] = np.fmax(pain[inside[0]], rating)
    return pain
