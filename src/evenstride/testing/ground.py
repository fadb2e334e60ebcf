"""Simulated outings over known ground, as a phone or watch would have followed them.

    walk = simulate_ground(seed=3, hills="rolling", source="gps", sampling_s=15)
    walk.track            # what the device wrote
    walk.climb_m          # what was true

The hills are sums of waves and so of another kind than what ``evenstride.terrain`` assumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Start, Track
from evenstride.model.track import ElevationSource

__all__ = ["GroundErrors", "HillKind", "SimulatedGround", "simulate_ground"]

Floats = NDArray[np.float64]
HillKind = Literal["flat", "rolling", "steep"]
HeightSource = Literal["gps", "barometer", "device", "pressure", "none"]

_SLOPE_SD = {"flat": 0.002, "rolling": 0.04, "steep": 0.1}
_WAVES = 14
_WAVE_M = (160.0, 3000.0)
_EARTH_M = 6_371_000.0
_METRES_PER_DEGREE = _EARTH_M * np.pi / 180.0
_HOME = (46.0, 14.0, 500.0)
_TURNING_M = 60.0
_SEA_LEVEL_PA, _SCALE_M, _POWER = 101_325.0, 44_330.77, 5.25588
_SAID: dict[HeightSource, ElevationSource | None] = {
    "gps": "gps",
    "pressure": "gps",
    "barometer": "barometer",
    "device": None,
    "none": None,
}
_START = Start(1_700_000_000_000_000_000, 60, "Europe/Ljubljana", "recorded")


@dataclass(frozen=True, slots=True)
class GroundErrors:
    """How wrong the simulated device is.

    Attributes:
        place_m: Lasting error of the place, in each direction.
        place_memory_s: How long it lasts.
        place_white_m: Error of the place that does not last.
        height_m: Lasting error of the height from satellites.
        height_memory_s: How long it lasts.
        height_white_m: Error of the height that does not last.
        drift_m: How far a barometer wanders in an hour.
        rounded_m: Heights are rounded to this; 0: not at all.
    """

    place_m: float = 2.5
    place_memory_s: float = 60.0
    place_white_m: float = 0.4
    height_m: float = 4.0
    height_memory_s: float = 100.0
    height_white_m: float = 0.5
    drift_m: float = 1.5
    rounded_m: float = 0.0


@dataclass(frozen=True, eq=False)
class SimulatedGround:
    """An outing with its truth.

    Attributes:
        track: What the device wrote.
        way_m: (k,) places along the true way, one metre apart.
        height_m: (k,) true height there.
        time_s: True time of ``walked_m``.
        walked_m: True way walked by then.
        moving_s: True time without pauses.
    """

    track: Track
    way_m: Floats
    height_m: Floats
    time_s: Floats
    walked_m: Floats
    moving_s: float

    @property
    def distance_m(self) -> float:
        """True length of the way."""
        return float(self.walked_m[-1])

    @property
    def climb_m(self) -> float:
        """True climb: all rises from one metre to the next."""
        return float(np.maximum(np.diff(self.height_m), 0.0).sum())

    @property
    def descent_m(self) -> float:
        """True descent."""
        return float(np.maximum(-np.diff(self.height_m), 0.0).sum())

    def slope_pct(self, start_s: Floats, end_s: Floats) -> Floats:
        """Return the true slope of the way between two moments each; NaN where nothing moved."""
        first, last = (np.interp(at, self.time_s, self.walked_m) for at in (start_s, end_s))
        rise = np.interp(last, self.way_m, self.height_m)
        rise = rise - np.interp(first, self.way_m, self.height_m)
        way = last - first
        return 100.0 * np.divide(rise, way, out=np.full_like(rise, np.nan), where=way > 1.0)


def simulate_ground(
    seed: int,
    *,
    length_m: float = 4000.0,
    hills: HillKind = "rolling",
    source: HeightSource = "gps",
    sampling_s: float = 1.0,
    errors: GroundErrors | None = None,
    pauses: int = 0,
    jumps: int = 0,
    speed_m_s: float = 1.3,
) -> SimulatedGround:
    """Simulate an outing.

    Args:
        seed: The same seed gives the same outing.
        length_m: Of the true way.
        hills: How hilly it is.
        source: Where heights come from; "pressure" gives air pressure beside heights of satellites,
            "device" barometric heights that the file does not explain.
        sampling_s: Time between two points.
        errors: How wrong the device is.
        pauses: How often the person stands still, for two to five minutes.
        jumps: How often a single point lies far away.
        speed_m_s: Mean speed while moving.
    """
    random = np.random.default_rng(seed)
    wrong = errors or GroundErrors()
    way = np.arange(0.0, length_m + 0.5)
    east, north = _route(way, random)
    height = _hills(east, north, hills, random) + _HOME[2]
    time, walked, moving = _walked(way[-1], pauses, speed_m_s, random)
    at = np.arange(0.0, time[-1] + 1e-9, sampling_s)
    where = np.interp(at, time, walked)
    place = [
        np.interp(where, way, true)
        + _lasting(at, wrong.place_m, wrong.place_memory_s, random)
        + wrong.place_white_m * random.standard_normal(len(at))
        for true in (east, north)
    ]
    for index in random.choice(np.arange(5, len(at) - 5), jumps, replace=False):
        angle, far = random.uniform(0, 2 * np.pi), random.uniform(150.0, 400.0)
        place[0][index] += far * np.cos(angle)
        place[1][index] += far * np.sin(angle)
    recorded, pressure = _heights(at, np.interp(where, way, height), source, wrong, random)
    cosine = np.cos(np.radians(_HOME[0]))
    track = Track(
        time_s=at,
        latitude_deg=_HOME[0] + place[1] / _METRES_PER_DEGREE,
        longitude_deg=_HOME[1] + place[0] / _METRES_PER_DEGREE / cosine,
        elevation_m=recorded,
        pressure_pa=pressure,
        start=_START,
        elevation_source=_SAID[source],
        format="simulated",
    )
    return SimulatedGround(track, way, height, time, walked, moving)


def _hills(east: Floats, north: Floats, kind: HillKind, random: np.random.Generator) -> Floats:
    """Return heights that belong to places, so that a place passed twice has one height."""
    lengths = np.exp(random.uniform(np.log(_WAVE_M[0]), np.log(_WAVE_M[1]), _WAVES))
    sizes = random.exponential(1.0, _WAVES)
    sizes *= _SLOPE_SD[kind] / np.sqrt(0.25 * np.sum(sizes**2))  # a way meets waves at any angle
    phases, headings = random.uniform(0, 2 * np.pi, (2, _WAVES))
    waves = 2 * np.pi / lengths
    along = np.outer(east, np.cos(headings)) + np.outer(north, np.sin(headings))
    heights: Floats = np.sum(sizes / waves * np.sin(along * waves + phases), axis=1)
    return heights


def _route(way: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Walk on with a heading that wanders, and a sharp bend now and then."""
    turns = random.standard_normal(len(way)) * 0.5 / np.sqrt(_TURNING_M)
    bends = random.random(len(way)) < 1.0 / 250.0
    turns[bends] += random.uniform(-1.6, 1.6, int(bends.sum()))
    heading = np.cumsum(turns)
    step = np.diff(way, prepend=0.0)
    return np.cumsum(step * np.cos(heading)), np.cumsum(step * np.sin(heading))


def _walked(
    length_m: float, pauses: int, speed_m_s: float, random: np.random.Generator
) -> tuple[Floats, Floats, float]:
    """Return moments, the way walked by then, and the time without pauses."""
    seconds = int(1.5 * length_m / speed_m_s)
    pace = speed_m_s * np.exp(_lasting(np.arange(float(seconds)), 0.08, 60.0, random))
    walked = np.concatenate([[0.0], np.cumsum(pace)])
    end = int(np.searchsorted(walked, length_m))
    walked = np.minimum(walked[: end + 1], length_m)
    time = np.arange(end + 1.0)
    moving = float(time[-1])
    for place in sorted(random.integers(end // 10, end - end // 10, pauses).tolist()):
        time[place + 1 :] += random.uniform(120.0, 300.0)
    return time, walked, moving


def _lasting(at: Floats, size: float, memory: float, random: np.random.Generator) -> Floats:
    """Return an error that lasts (an Ornstein-Uhlenbeck process) at given moments."""
    from scipy.signal import lfilter

    if len(at) < 2:
        return size * random.standard_normal(len(at))
    kept = float(np.exp(-(at[1] - at[0]) / memory))
    fresh = random.standard_normal(len(at)) * np.sqrt(1.0 - kept**2)
    fresh[0] = random.standard_normal()
    drawn: Floats = size * lfilter([1.0], [1.0, -kept], fresh)
    return drawn


def _heights(
    at: Floats,
    true: Floats,
    source: HeightSource,
    wrong: GroundErrors,
    random: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Return the heights and the air pressure that are written down."""
    white, nothing = random.standard_normal(len(at)), np.full(len(at), np.nan)
    steps = np.sqrt(np.diff(at, prepend=at[0]) / 3600.0)
    drift = wrong.drift_m * np.cumsum(steps * random.standard_normal(len(at)))
    satellites = true + _lasting(at, wrong.height_m, wrong.height_memory_s, random)
    satellites = _rounded(satellites + wrong.height_white_m * white, wrong.rounded_m)
    barometer = true + drift + 0.2 * random.standard_normal(len(at))
    if source == "none":
        return nothing, nothing
    if source == "gps":
        return satellites, nothing
    if source == "pressure":
        return satellites, _SEA_LEVEL_PA * (1.0 - barometer / _SCALE_M) ** _POWER
    return _rounded(barometer, wrong.rounded_m), nothing


def _rounded(values: Floats, step: float) -> Floats:
    rounded: Floats = np.round(values / step) * step if step else values
    return rounded
