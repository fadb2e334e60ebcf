"""Stretches of the way that go up for sure, and what each piece of it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.model import GroundSegments
from evenstride.terrain.measures import LEVEL_PCT

__all__ = ["KINDS", "Kind", "Stretch", "climbs", "goes_on", "kinds_of", "map_m"]

Floats = NDArray[np.float64]
Kind = Literal["up", "level", "down", "unclear"]
KINDS: tuple[Kind, ...] = ("up", "level", "down", "unclear")

_SHORTEST_M, _BRIDGED_M = 100.0, 30.0
_METRES_PER_DEGREE, _NEXT_M = 111_195.0, 60.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the way.

    Attributes:
        start_m: Where it begins, along the way.
        end_m: Where it ends.
        rise_m: How far it goes up.
        slope_pct: How steep it is on average.
        slope_low_pct: The least, on average of its pieces.
        slope_high_pct: The most.
    """

    start_m: float
    end_m: float
    rise_m: float
    slope_pct: float
    slope_low_pct: float
    slope_high_pct: float


def kinds_of(segments: GroundSegments) -> NDArray[np.str_]:
    """Return for each piece whether it goes "up", "level" or "down" for sure, or is "unclear"."""
    low, high = segments.slope_low_pct, segments.slope_high_pct
    with np.errstate(invalid="ignore"):
        choices = [low > LEVEL_PCT, high < -LEVEL_PCT, (low >= -LEVEL_PCT) & (high <= LEVEL_PCT)]
    return np.select(choices, ["up", "down", "level"], "unclear")


def climbs(segments: GroundSegments) -> list[Stretch]:
    """Return the stretches of 100 m and more that go up for sure, in order."""
    up = kinds_of(segments) == "up"
    found: list[list[int]] = []
    for piece in np.flatnonzero(up).tolist():
        if found and segments.start_m[piece] - segments.end_m[found[-1][1]] <= _BRIDGED_M:
            found[-1][1] = piece
        else:
            found.append([piece, piece])
    stretches = [_stretch(segments, first, last + 1) for first, last in found]
    return [one for one in stretches if one.end_m - one.start_m >= _SHORTEST_M]


def _stretch(segments: GroundSegments, first: int, end: int) -> Stretch:
    length = (segments.end_m - segments.start_m)[first:end]
    mean = [
        float(np.average(column[first:end], weights=length))
        for column in (segments.slope_pct, segments.slope_low_pct, segments.slope_high_pct)
    ]
    rise = mean[0] / 100.0 * float(length.sum())
    return Stretch(
        float(segments.start_m[first]), float(segments.end_m[end - 1]), rise, mean[0], *mean[1:]
    )


def map_m(segments: GroundSegments) -> tuple[Floats, Floats]:
    """Return metres east and north of the first piece, for the middle of each."""
    around = np.unwrap(segments.longitude_deg, period=360.0)
    middle = np.radians(float(segments.latitude_deg.mean()))
    east = (around - around[0]) * _METRES_PER_DEGREE * float(np.cos(middle))
    return east, (segments.latitude_deg - segments.latitude_deg[0]) * _METRES_PER_DEGREE


def goes_on(segments: GroundSegments) -> NDArray[np.bool_]:
    """Return whether each piece lies where the one before it ended; False after a break."""
    east, north = map_m(segments)
    apart = np.hypot(np.diff(east, prepend=east[:1]), np.diff(north, prepend=north[:1]))
    return apart <= _NEXT_M
