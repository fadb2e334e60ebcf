"""The front of the room: from a track to the profile of its ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evenstride.model import GroundSegments, Measure, TerrainProfile, Track
from evenstride.terrain.elevation_model import ElevationModel
from evenstride.terrain.elevations import Elevations, elevations
from evenstride.terrain.explained import UNEXPLAINED, explained
from evenstride.terrain.ground import Grid, Heights, ground, laid_out
from evenstride.terrain.measures import measured
from evenstride.terrain.repair import Clean, repaired
from evenstride.terrain.way import Way, follow

__all__ = ["Ways", "terrain"]

Floats = NDArray[np.float64]
Words = NDArray[np.str_]

_LEAST_WAY_M = 100.0
_NO_HEIGHTS = "The track has no heights, so climb and slope cannot be told."
_TOO_SHORT = "The way is shorter than 100 m, too short for a slope."
_NO_WAY = "The track has no places, so its way cannot be followed."
_RIDE = "This went faster than anybody walks: it looks like a ride or a run, not like a walk."
_FASTEST_WALK_M_S = 2.3


@dataclass(frozen=True, slots=True)
class _Slopes:
    """Height in the middle of each piece and slope of it, with intervals."""

    elevation_m: Floats
    slope_pct: Floats
    slope_low_pct: Floats
    slope_high_pct: Floats
    elevation_low_m: Floats
    elevation_high_m: Floats


class Ways(Protocol):
    """Anything that knows what the ground is made of."""

    def surfaces(
        self, latitude_deg: Floats, longitude_deg: Floats, accuracy_m: Floats
    ) -> tuple[Words, Words, Words, str]:
        """Return surface, tag and kind of way at each place in order, and the name of the map."""


def terrain(
    track: Track,
    *,
    elevation_model: ElevationModel | None = None,
    ways: Ways | None = None,
    seed: int = 0,
) -> TerrainProfile:
    """Return what is known of the ground of an outing.

    Args:
        track: Where it went.
        elevation_model: A map of heights, from ``elevation_folder``.
        ways: A map of ways, for the surface.
        seed: The intervals are made from random draws; the same seed gives the same draws.

    Returns:
        The way in pieces of about 10 m, and measures with their intervals. What cannot be told is
        absent with its reason; a track never raises.
    """
    clean = repaired(track)
    said, warned = list(clean.repairs), list[str]()
    way = follow(clean, track.accuracy_m[clean.row], seed)
    grid = laid_out(clean, way.at_m)
    sources: tuple[Elevations, ...] = ()
    why = _NO_WAY if not len(clean.row) else ""
    if not why:
        sources = elevations(track, clean, elevation_model, said, warned)
        why = "" if sources else (warned[-1] if warned else _NO_HEIGHTS)
    walked_m = float(np.diff(grid.at_m)[grid.inside].sum())
    if not why and walked_m < _LEAST_WAY_M:
        sources, why = (), _TOO_SHORT
    heights = ground(clean, way.at_m, grid, sources, seed) if sources else None
    if heights is not None and not explained(sources[0], grid, heights):
        heights, sources, why = None, (), UNEXPLAINED
    slopes = None if heights is None else _slopes(heights, grid, way.piece_error, seed)
    segments, map_name = _segments(track, clean, grid, slopes, ways)
    measures = _measures(track, clean, way, segments, grid, heights, sources, why)
    if _is_ride(measures):
        warned.append(_RIDE)
    return TerrainProfile(
        segments,
        measures,
        sources[0].source if sources else None,
        tuple(said),
        (*track.warnings, *warned),
        map_name,
    )


def _is_ride(measures: Mapping[str, Measure]) -> bool:
    metres, seconds = measures["distance_m"].value, measures["moving_s"].value
    return bool(metres and seconds) and (metres or 0.0) / (seconds or 1.0) > _FASTEST_WALK_M_S


def _measures(
    track: Track,
    clean: Clean,
    way: Way,
    segments: GroundSegments,
    grid: Grid,
    heights: Heights | None,
    sources: Sequence[Elevations],
    why: str,
) -> dict[str, Measure]:
    rises = None if heights is None else np.diff(heights.likely_m, axis=0)[grid.inside]
    interval = None if heights is None else heights.interval
    return measured(track, clean, way, segments, rises, interval, sources, why)


def _segments(
    track: Track, clean: Clean, grid: Grid, slopes: _Slopes | None, ways: Ways | None
) -> tuple[GroundSegments, str]:
    inside = grid.inside
    start, end = grid.at_m[:-1][inside], grid.at_m[1:][inside]
    first, last = grid.point[:-1][inside], grid.point[1:][inside]
    count = len(start)
    rows = np.arange(len(clean.row), dtype=float)
    middle = 0.5 * (first + last)
    absent = np.full(count, np.nan)
    start_s = end_s = absent
    if clean.timed and count:
        start_s, end_s = (np.interp(at, rows, clean.time_s) for at in (first, last))
    latitude, longitude, accuracy = absent, absent, absent
    if count:
        around = np.unwrap(track.longitude_deg[clean.row], period=360.0)
        columns = (track.latitude_deg[clean.row], around, track.accuracy_m[clean.row])
        latitude, longitude, accuracy = (np.interp(middle, rows, one) for one in columns)
        longitude = (longitude + 180.0) % 360.0 - 180.0
    empty = np.full(count, "", dtype="<U1")
    surface, tag, kind, name = empty, empty, empty, ""
    if ways is not None and count:
        surface, tag, kind, name = ways.surfaces(latitude, longitude, accuracy)
    told = slopes or _Slopes(absent, absent, absent, absent, absent, absent)
    segments = GroundSegments(
        start,
        end,
        start_s,
        end_s,
        latitude,
        longitude,
        told.elevation_m,
        told.slope_pct,
        told.slope_low_pct,
        told.slope_high_pct,
        surface,
        tag,
        kind,
        told.elevation_low_m,
        told.elevation_high_m,
    )
    return segments, name


def _slopes(heights: Heights, grid: Grid, piece_error: float, seed: int) -> _Slopes:
    """Return height in the middle, slope, and the interval of the slope, for each piece.

    How long a piece of 10 m is, is not quite known either: errors of places stretch and squeeze it.
    """
    inside = grid.inside
    length = np.diff(grid.at_m)[inside]
    likely = heights.likely_m
    slopes = 100.0 * np.diff(likely, axis=0)[inside] / length[:, None]
    random = np.random.default_rng(seed + 2)
    stretched = slopes * np.exp(piece_error * random.standard_normal(slopes.shape))
    middle = 0.5 * (likely[1:] + likely[:-1])[inside]
    beside = heights.interval(middle - middle.mean(axis=0))
    return _Slopes(
        middle.mean(axis=1),
        slopes.mean(axis=1),
        *heights.interval(stretched),
        *(limit + middle.mean() for limit in beside),
    )
