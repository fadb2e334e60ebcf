"""The page of the ground of a walk: its profile, the way from above, and everything in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenstride import __version__
from evenstride.model import GroundSegments, TerrainProfile
from evenstride.report.ground import KINDS, goes_on, kinds_of, map_m
from evenstride.report.html import environment_of_pages, style_of_pages
from evenstride.report.html.figures import Figure
from evenstride.report.html.line_plot import Canvas
from evenstride.report.html.profile_plot import Height, profile_plot
from evenstride.report.html.way_plot import Spot, way_plot
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Sheet
from evenstride.report.units import FACTORS_TO_METRES, UnitSystem
from evenstride.report.visible import visible

__all__ = ["profile_figure", "render_terrain", "way_figure"]

_WIDE, _NARROW = 860.0, 300.0
_MOST_TALL = {_WIDE: 460.0, _NARROW: 380.0}
_TABLE_ROWS = 24
_MOST_DRAWN = 1500


def render_terrain(profile: TerrainProfile, sheet: Sheet, units: UnitSystem, source: str) -> str:
    """Return the whole page as text.

    Args:
        profile: What is known of the ground.
        sheet: The same in words.
        units: Of the pictures.
        source: Name of the file.
    """
    words = screen_words("terrain")["page"]
    figures = [one for one in (profile_figure(profile, units), way_figure(profile, units)) if one]
    return (
        environment_of_pages()
        .get_template("terrain.html.j2")
        .render(
            sheet=sheet,
            words=words,
            figures=figures,
            source=visible(source),
            style=style_of_pages(),
            made=words["made"].format(version=__version__),
        )
    )


def _units(units: UnitSystem) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return name and metres of the unit of the way, and of that of heights."""
    far, high = ("mi", "ft") if units == "imperial" else ("km", "m")
    return (far, FACTORS_TO_METRES[far]), (high, FACTORS_TO_METRES[high])


def _names() -> list[str]:
    kinds = screen_words("terrain")["page"]["kinds"]
    return [str(kinds[kind]) for kind in KINDS]


def profile_figure(profile: TerrainProfile, units: UnitSystem) -> Figure | None:
    """Return the height along the way with its likely range; None where it is not known."""
    segments = profile.segments
    if len(segments) < 2 or not np.isfinite(segments.elevation_m).all():
        return None
    words = screen_words("terrain")["page"]
    (far, far_m), (high, high_m) = _units(units)
    kinds, joined = kinds_of(segments), goes_on(segments)
    pieces = [
        Height(
            float(segments.start_m[i]) / far_m,
            float(segments.end_m[i]) / far_m,
            float(segments.elevation_m[i]) / high_m,
            float(segments.elevation_low_m[i]) / high_m,
            float(segments.elevation_high_m[i]) / high_m,
            str(kinds[i]),
            bool(joined[i]),
        )
        for i in range(len(segments))
    ]
    lowest, highest = min(one.height for one in pieces), max(one.height for one in pieces)
    says = words["profile_says"].format(
        climb=words["heights"].format(
            low=f"{lowest:.0f}", high=f"{highest:.0f}\N{NO-BREAK SPACE}{high}"
        )
    )
    wide, narrow = (
        profile_plot(
            Canvas(f"profile-{size}", words["profile"], says, width, height),
            pieces,
            (far, high),
            _names(),
        )
        for size, width, height in (("wide", _WIDE, 260.0), ("narrow", _NARROW, 220.0))
    )
    rows = tuple(_profile_row(segments, part, units) for part in _parts(segments))
    caption = f"{says} {words['profile_key']}"
    return Figure(
        "profile", words["profile"], caption, wide, narrow, tuple(words["profile_header"]), rows
    )


def _parts(segments: GroundSegments) -> list[slice]:
    """Cut the way in as many parts as a table can hold."""
    cuts = np.unique(np.linspace(0, len(segments), _TABLE_ROWS + 1).round().astype(int))
    return [slice(int(a), int(b)) for a, b in pairwise(cuts)]


def _profile_row(segments: GroundSegments, part: slice, units: UnitSystem) -> tuple[str, ...]:
    _, (high, high_m) = _units(units)
    height, low, high_end = (
        float(column[part].mean()) / high_m
        for column in (segments.elevation_m, segments.elevation_low_m, segments.elevation_high_m)
    )
    slope, least, most = (
        float(column[part].mean())
        for column in (segments.slope_pct, segments.slope_low_pct, segments.slope_high_pct)
    )
    return (
        _where(segments, part, units),
        f"{height:.0f} {high}",
        f"{low:.0f} to {high_end:.0f} {high}",
        f"{slope:+.1f} %",
        f"{least:+.1f} to {most:+.1f} %",
    )


def _where(segments: GroundSegments, part: slice, units: UnitSystem) -> str:
    (far, far_m), _ = _units(units)
    start, end = segments.start_m[part][0] / far_m, segments.end_m[part][-1] / far_m
    return f"{start:.2f} to {end:.2f} {far}"


def way_figure(profile: TerrainProfile, units: UnitSystem, *, places: bool = True) -> Figure | None:
    """Return the way from above; None where there is none.

    Args:
        profile: What is known of the ground.
        units: Of the bar that shows the scale.
        places: Whether the table tells latitude and longitude; the drawing never does.
    """
    segments = profile.segments
    if len(segments) < 2:
        return None
    words = screen_words("terrain")["page"]
    _, (high, high_m) = _units(units)
    spots = _spots(segments)
    far = profile.measures["distance_m"].value or 0.0
    length = words["length"].format(distance=f"{far / high_m:,.0f} {high}")
    says = words["map_says"].format(length=length)
    wide, narrow = (
        way_plot(
            Canvas(f"way-{size}", words["map"], says, width, _MOST_TALL[width]),
            spots,
            (high, 1.0 / high_m),
            _names(),
        )
        for size, width in (("wide", _WIDE), ("narrow", _NARROW))
    )
    rows = tuple(_way_row(segments, part, units, places) for part in _parts(segments))
    where, latitude, longitude, slope = words["map_header"]
    header = (where, latitude, longitude, slope) if places else (where, slope)
    return Figure("way", words["map"], says, wide, narrow, header, rows)


def _way_row(
    segments: GroundSegments, part: slice, units: UnitSystem, places: bool
) -> tuple[str, ...]:
    at = (segments.latitude_deg, segments.longitude_deg) if places else ()
    return (
        _where(segments, part, units),
        *(f"{float(degrees[part].mean()):.5f}" for degrees in at),
        _slope(segments.slope_pct[part]),
    )


def _slope(slopes: NDArray[np.float64]) -> str:
    unknown = str(screen_words("terrain")["surface"]["unknown"])
    return f"{float(slopes.mean()):+.1f} %" if np.isfinite(slopes).all() else unknown


def _spots(segments: GroundSegments) -> Sequence[Spot]:
    east, north = map_m(segments)
    joined = goes_on(segments)
    step = max(1, len(segments) // _MOST_DRAWN)
    kinds = kinds_of(segments)
    return [
        Spot(
            float(east[i]),
            float(north[i]),
            str(kinds[i]),
            bool(joined[max(0, i - step + 1) : i + 1].all()),
        )
        for i in range(0, len(segments), step)
    ]
