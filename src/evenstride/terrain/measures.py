"""The measures of the ground: each with its interval, its grade and the reason for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Grade, GroundSegments, Measure, Track
from evenstride.model.track import ElevationSource
from evenstride.terrain.elevations import Elevations
from evenstride.terrain.repair import Clean
from evenstride.terrain.way import Way

__all__ = ["LEVEL_PCT", "MEASURES", "measured"]

Floats = NDArray[np.float64]
Interval = Callable[[Floats], tuple[Floats, Floats]]

MEASURES: Mapping[str, str] = {
    "distance_m": "m",
    "moving_s": "s",
    "climb_m": "m",
    "descent_m": "m",
    "steepest_pct": "%",
    "uphill_share": "1",
    "downhill_share": "1",
    "level_share": "1",
}
"""Every measure of the ground and its unit."""

LEVEL_PCT = 2.0
"""What rises or falls by less than this in 100 is level."""

_WAY_ERROR = 0.015
_DEVICE_ERROR = 0.05
_STEEPEST = 0.95
_FIRM_M, _FIRM_SHARE = 10.0, 0.15
_FIRM_SOURCES: frozenset[ElevationSource] = frozenset({"barometer", "model"})
_NEEDS_TIMES = "The track has no times, so moving and standing cannot be told apart."
_SOURCES: Mapping[ElevationSource, str] = {
    "barometer": "The heights come from air pressure, which shows small rises well.",
    "gps": "The heights come from satellites, which are wrong by metres for minutes at a time.",
    "model": "The heights come from a map of the ground, read where the track went.",
    "device": "The file does not say how its heights were measured.",
}


def measured(
    track: Track,
    clean: Clean,
    way: Way,
    segments: GroundSegments,
    rises: Floats | None,
    interval: Interval | None,
    sources: Sequence[Elevations],
    why: str,
) -> dict[str, Measure]:
    """Return every measure of the ground.

    Args:
        track: The track.
        clean: Its points that can be trusted.
        way: How far it was.
        segments: The way in pieces.
        rises: (pieces, draws) likely rises of each; None without heights.
        interval: How far what is drawn for each of them is open; None without heights.
        sources: Where the heights come from.
        why: The reason why there are no rises.
    """
    found = {"distance_m": _distance(track, clean, way), "moving_s": _moving(clean, way)}
    if rises is None or interval is None:
        heights = list(MEASURES)[2:]
        return found | {name: Measure.absent(MEASURES[name], why) for name in heights}
    source = sources[0].source
    climb = np.maximum(rises, 0.0).sum(axis=0)
    grade = _grade(source, climb, interval)
    reason = _reason(sources, grade)
    count = len(segments)
    found["climb_m"] = _of(climb, interval, "m", grade, reason, count)
    descent = np.maximum(-rises, 0.0).sum(axis=0)
    found["descent_m"] = _of(descent, interval, "m", grade, reason, count)
    length = segments.end_m - segments.start_m
    steep = 100.0 * np.quantile(np.abs(rises) / length[:, None], _STEEPEST, axis=0)
    found["steepest_pct"] = _of(steep, interval, "%", grade, reason, count)
    return found | _shares(segments, length, grade)


def _of(
    draws: Floats, interval: Interval, unit: str, grade: Grade, reason: str, count: int
) -> Measure:
    low, high = map(float, interval(draws))
    return Measure(float(np.median(draws)), low, high, unit, grade, reason, count)


def _distance(track: Track, clean: Clean, way: Way) -> Measure:
    if len(clean.row) < 2:
        counted = track.distance_m[np.isfinite(track.distance_m)]
        if not len(counted):
            return Measure.absent("m", "The track has no places, so how far it went is not known.")
        value = float(counted.max())
        low, high = value * (1 - _DEVICE_ERROR), value * (1 + _DEVICE_ERROR)
        reason = "The track has no places; this is what the device counted."
        return Measure(value, low, high, "m", "own_trend", reason, len(counted))
    value = float(np.median(way.lengths_m))
    spread = float(np.hypot(np.std(way.lengths_m), _WAY_ERROR * value))
    low, high = max(0.0, value - 1.96 * spread), value + 1.96 * spread
    reason = "The way is smoothed, so that errors of places do not make it longer."
    grade: Grade = "firm" if clean.timed else "own_trend"
    if not clean.timed:
        reason = "Without times, how much the places tremble can only be guessed."
    return Measure(value, low, high, "m", grade, reason, len(clean.row))


def _moving(clean: Clean, way: Way) -> Measure:
    if not clean.timed or len(clean.row) < 2:
        return Measure.absent("s", _NEEDS_TIMES)
    reason = "Pauses of half a minute and more are left out; shorter ones cannot be seen."
    return Measure(
        way.moving_s, way.moving_low_s, way.moving_high_s, "s", "firm", reason, len(clean.row)
    )


def _grade(source: ElevationSource, climb: Floats, interval: Interval) -> Grade:
    low, high = interval(climb)
    narrow = (high - low) / 2.0 <= max(_FIRM_M, _FIRM_SHARE * float(np.median(climb)))
    return "firm" if narrow and source in _FIRM_SOURCES else "own_trend"


def _reason(sources: Sequence[Elevations], grade: Grade) -> str:
    says = _SOURCES[sources[0].source]
    if sources[0].source in _FIRM_SOURCES and grade != "firm":
        return f"{says} Here it leaves much open: the range is wide."
    return says


def _shares(segments: GroundSegments, length: Floats, grade: Grade) -> dict[str, Measure]:
    """Return which share of the way is clearly uphill, downhill and level.

    Clear is a piece whose whole interval lies above, below or within the limits of level ground.
    The interval of a share begins there and adds every piece that could be of the kind as well.
    """
    low, high = segments.slope_low_pct, segments.slope_high_pct
    clear = {
        "uphill_share": low > LEVEL_PCT,
        "downhill_share": high < -LEVEL_PCT,
        "level_share": (low >= -LEVEL_PCT) & (high <= LEVEL_PCT),
    }
    could = {
        "uphill_share": high > LEVEL_PCT,
        "downhill_share": low < -LEVEL_PCT,
        "level_share": (low <= LEVEL_PCT) & (high >= -LEVEL_PCT),
    }
    whole = float(length.sum())
    told = sum(float(length[one].sum()) for one in clear.values()) / whole
    reason = f"Told for sure for {told:.0%} of the way; the rest could be of more than one kind."
    return {
        name: Measure(
            float(length[one].sum()) / whole,
            float(length[one].sum()) / whole,
            float(length[could[name] | one].sum()) / whole,
            "1",
            grade,
            reason,
            len(length),
        )
        for name, one in clear.items()
    }
