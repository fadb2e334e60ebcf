"""Where heights come from, and how each source is wrong.

A barometer hardly trembles and drifts with the weather; satellites are wrong by metres for minutes;
a map of the ground is wrong by metres, and in the same way all along a slope. How wrong a source
was on this walk is learned from the walk; the priors here say only what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Track
from evenstride.model.track import ElevationSource
from evenstride.terrain.elevation_model import ElevationModel
from evenstride.terrain.fit import Known
from evenstride.terrain.repair import Clean

__all__ = ["ERRORS", "SCALE_ERROR", "Elevations", "elevations"]

Floats = NDArray[np.float64]
Clock = Literal["time", "way"]

_FEWEST, _LEAST_SHARE = 10, 0.2
_SPIKE_M, _SPIKE_OVER_USUAL, _SPIKE_WINDOW = 15.0, 6.0, 7
_POSSIBLE_M = (-500.0, 9_000.0)
_POSSIBLE_PA = (30_000.0, 110_000.0)
_SEA_LEVEL_PA, _SCALE_M, _POWER = 101_325.0, 44_330.77, 1.0 / 5.25588
_LEAST_FLOOR_M = 0.05
_FEW_HEIGHTS = 2

ERRORS: dict[ElevationSource, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]]
ERRORS = {
    "gps": ((0.8, 0.8), (3.5, 0.5), (150.0, 0.8)),
    "device": ((0.6, 0.8), (2.5, 0.6), (120.0, 0.8)),
    "barometer": ((0.25, 0.7), (1.5, 0.6), (3600.0, 0.05)),
    "model": ((0.5, 0.7), (3.0, 0.5), (80.0, 0.6)),
}
"""Usual errors: passing, lasting, and its memory (seconds; metres for a map): middle and spread."""

SCALE_ERROR: dict[ElevationSource, float]
SCALE_ERROR = {"gps": 0.0, "device": 0.02, "barometer": 0.03, "model": 0.0}
"""Air that is not at 15 degrees makes every rise of a barometer wrong by the same share."""


@dataclass(frozen=True, eq=False)
class Elevations:
    """Heights of one source at the points of a clean track.

    Attributes:
        source: What they rest on.
        height_m: (n,) NaN where there are none.
        floor_m: Error that rounding makes for certain.
        wanders: Whether they drift without end and know nothing of the height above the sea.
        clock: What their lasting error runs on.
    """

    source: ElevationSource
    height_m: Floats
    floor_m: float
    wanders: bool
    clock: Clock

    @property
    def usual(self) -> tuple[Known, Known, Known]:
        """What is known of their errors beforehand."""
        white, lasting, memory = (Known(*one) for one in ERRORS[self.source])
        return white, lasting, memory


def elevations(
    track: Track, clean: Clean, model: ElevationModel | None, said: list[str], warned: list[str]
) -> tuple[Elevations, ...]:
    """Return every source of heights that a track has, the best one first.

    Args:
        track: The track.
        clean: Its points that can be trusted.
        model: A map of heights.
        said: Gets a sentence for each repair.
        warned: Gets a sentence for each source that could not be used.
    """
    found = [_barometer(track, clean, said), _mapped(track, clean, model, warned)]
    found.append(_recorded(track, clean, said, warned))
    return tuple(one for one in found if one is not None)


def _barometer(track: Track, clean: Clean, said: list[str]) -> Elevations | None:
    pressure = track.pressure_pa[clean.row]
    low, high = _POSSIBLE_PA
    with np.errstate(invalid="ignore"):
        good = (pressure > low) & (pressure < high)
    if not _enough(good):
        return None
    with np.errstate(invalid="ignore"):
        height = _SCALE_M * (1.0 - (np.where(good, pressure, np.nan) / _SEA_LEVEL_PA) ** _POWER)
    height = _without_spikes(height, said, "air pressure")
    return Elevations("barometer", height, _floor(height), True, "time")


def _mapped(
    track: Track, clean: Clean, model: ElevationModel | None, warned: list[str]
) -> Elevations | None:
    if model is None or not len(clean.row):
        return None
    height = model.heights(track.latitude_deg[clean.row], track.longitude_deg[clean.row])
    missing = float(np.mean(~np.isfinite(height)))
    if not _enough(np.isfinite(height)):
        warned.append("The map of heights does not cover this way.")
        return None
    if missing > 0.02:
        warned.append(f"The map of heights covers only {1 - missing:.0%} of the way.")
    return Elevations("model", height, _floor(height), False, "way")


def _recorded(track: Track, clean: Clean, said: list[str], warned: list[str]) -> Elevations | None:
    height = track.elevation_m[clean.row]
    low, high = _POSSIBLE_M
    with np.errstate(invalid="ignore"):
        good = (height > low) & (height < high)
    told = int(np.isfinite(height).sum())
    wrong = told - int(good.sum())
    if wrong:
        said.append(
            f"{wrong:,} impossible {'height was' if wrong == 1 else 'heights were'} left out."
        )
    if not _enough(good):
        return None
    height = np.where(good, height, np.nan)
    if len(np.unique(height[good])) < _FEW_HEIGHTS:
        warned.append(
            "The file gives the same height everywhere, as if none was measured, so no slope "
            "could be told from it."
        )
        return None
    source = track.elevation_source or "device"
    height = _without_spikes(height, said, "height")
    return Elevations(
        source,
        height,
        _floor(height),
        source == "barometer",
        "way" if source == "model" else "time",
    )


def _enough(good: NDArray[np.bool_]) -> bool:
    return int(good.sum()) >= _FEWEST and float(good.mean()) >= _LEAST_SHARE


def _floor(height: Floats) -> float:
    """Return the error of rounding: heights in whole metres are wrong by 0.3 m on average."""
    steps = np.abs(np.diff(np.unique(height[np.isfinite(height)])))
    steps = steps[steps > 1e-3]
    step = float(np.quantile(steps, 0.05)) if len(steps) else 0.0
    return max(_LEAST_FLOOR_M, step / float(np.sqrt(12.0)))


def _without_spikes(height: Floats, said: list[str], what: str) -> Floats:
    """Leave out single heights far from those around them: doors, tunnels, a lost fix."""
    from scipy.ndimage import median_filter

    there = np.flatnonzero(np.isfinite(height))
    values = height[there]
    size = min(_SPIKE_WINDOW, len(values))
    away = np.abs(values - median_filter(values, size=size, mode="nearest"))
    limit = max(_SPIKE_M, _SPIKE_OVER_USUAL * float(np.median(away)))
    wild = away > limit
    if not wild.any():
        return height
    count = int(wild.sum())
    said.append(
        f"{count:,} {what} {'value' if count == 1 else 'values'} stood out far from those around "
        f"{'it and was' if count == 1 else 'them and were'} left out."
    )
    cleaned = height.copy()
    cleaned[there[wild]] = np.nan
    return cleaned
