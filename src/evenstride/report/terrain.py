"""The ground of a walk, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from evenstride.model import Measure, TerrainProfile
from evenstride.report.amounts import distance_said
from evenstride.report.ground import Stretch, climbs
from evenstride.report.numbers import number
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.units import UnitSystem, unit_for
from evenstride.report.visible import visible
from evenstride.terrain import hills_of

__all__ = ["ground_value", "terrain_headline", "terrain_sheet"]

_MOST_CLIMBS = 5
_NEAR_M = 500.0


def terrain_sheet(profile: TerrainProfile, units: UnitSystem, notes: Sequence[str] = ()) -> Sheet:
    """Return the ground of a walk in words.

    Args:
        profile: What is known of it.
        units: Of the numbers.
        notes: What is to be said of the file besides.
    """
    words = screen_words("terrain")
    titles = words["sections"]
    repairs = tuple(visible(one) for one in profile.repairs)
    warnings = tuple(visible(one) for one in (*notes, *profile.warnings))
    sections = (
        Section(titles["numbers"], (), (), _table(profile, units)),
        Section(titles["absent"], (), tuple(_absent(profile))),
        Section(titles["climbs"], (), tuple(_climbs(profile, units))),
        Section(titles["surface"], (), tuple(_surfaces(profile, units))),
        Section(titles["repairs"], (), repairs),
        Section(titles["warnings"], (), warnings),
    )
    footer = [words["range"]]
    if profile.elevation_source is not None:
        footer = [words["source"][profile.elevation_source], words["level"], words["range"]]
    if profile.map:
        footer.append(visible(profile.map))
    said = tuple(one for one in sections if one.says_something)
    return Sheet(terrain_headline(profile, units), "", said, tuple(footer))


def terrain_headline(profile: TerrainProfile, units: UnitSystem) -> str:
    """Say in one sentence how far and how hilly it was."""
    words = screen_words("terrain")
    distance, climb = profile.measures["distance_m"], profile.measures["climb_m"]
    if distance.value is None:
        return str(words["headline"]["nothing"])
    far = _far(distance.value, units)
    if climb.value is None or climb.low is None or climb.high is None:
        return str(words["headline"]["no_heights"].format(distance=far))
    hills = hills_of(profile)
    value, low, high = (_metres(one, units) for one in (climb.value, climb.low, climb.high))
    if hills is None:
        return str(words["headline"]["unsure"].format(distance=far, low=low, high=high))
    low = low.split(" ")[0]
    return str(
        words["headline"]["all"].format(
            distance=far, climb=value, low=low, high=high, hills=words["hills"][hills]
        )
    )


def _far(metres: float, units: UnitSystem) -> str:
    return distance_said(metres, units) if metres >= _NEAR_M else _metres(metres, units)


def _metres(metres: float, units: UnitSystem) -> str:
    unit = unit_for("m", units)
    return f"{metres * unit.per_si:,.0f} {unit.short}"


def _table(profile: TerrainProfile, units: UnitSystem) -> Table:
    words = screen_words("terrain")
    rows, way_m = [], profile.measures["distance_m"].value or 0.0
    for name, measure in profile.measures.items():
        if measure.value is not None:
            value, between = ground_value(name, measure, way_m, units)
            grade = words["grades"][measure.grade]
            rows.append((words["names"].get(name, name), value, between, grade))
    return Table(tuple(words["columns"]), tuple(rows))


def ground_value(name: str, measure: Measure, way_m: float, units: UnitSystem) -> tuple[str, str]:
    """Return value and range of a measure; shares of the way are told as lengths."""
    words = screen_words("terrain")
    value, low, high = measure.value, measure.low, measure.high
    if value is None or low is None or high is None:
        raise ValueError("an absent measure has no number")
    if name == "distance_m":
        return _far(value, units), f"{_far(low, units)} to {_far(high, units)}"
    if measure.unit == "1":
        return _far(value * way_m, units), words["share_most"].format(
            most=_far(high * way_m, units)
        )
    if measure.unit == "s":
        shown_number = number(measure, units, plain=False, decimals=0)
        return shown_number.short, shown_number.interval
    if measure.unit == "m":
        return _metres(value, units), f"{_metres(low, units)} to {_metres(high, units)}"
    digits = 0 if high - low >= 2.0 else 1
    slope = words["steep"].format(slope=f"{value:.{digits}f}")
    return slope, words["steep_range"].format(low=f"{low:.{digits}f}", high=f"{high:.{digits}f}")


def _absent(profile: TerrainProfile) -> Iterator[str]:
    """Yield what is absent, everything of one reason together."""
    words = screen_words("terrain")
    found: dict[str, list[str]] = {}
    for name, measure in profile.measures.items():
        if measure.value is None:
            found.setdefault(measure.reason, []).append(words["names"].get(name, name))
    for why, titles in found.items():
        yield words["missing"].format(titles=", ".join(titles), why=why)


def _climbs(profile: TerrainProfile, units: UnitSystem) -> Iterator[str]:
    words = screen_words("terrain")["climbs"]
    if profile.measures["climb_m"].value is None:
        return
    found = climbs(profile.segments)
    if not found:
        yield words["none"]
    largest = sorted(found, key=lambda one: one.rise_m, reverse=True)[:_MOST_CLIMBS]
    for one in sorted(largest, key=lambda one: one.start_m):
        yield _climb(one, units)


def _climb(one: Stretch, units: UnitSystem) -> str:
    words = screen_words("terrain")["climbs"]
    said: str = words["one"].format(
        start=_along(one.start_m, units),
        end=_along(one.end_m, units),
        rise=_metres(one.rise_m, units),
        slope=f"{one.slope_pct:.0f}",
        low=f"{one.slope_low_pct:.0f}",
        high=f"{one.slope_high_pct:.0f}",
    )
    return said


def _along(metres: float, units: UnitSystem) -> str:
    """Return a place along the way, to 10 m."""
    factor, unit = (1609.344, "mi") if units == "imperial" else (1000.0, "km")
    return f"{metres / factor:.2f} {unit}"


def _surfaces(profile: TerrainProfile, units: UnitSystem) -> Iterator[str]:
    words = screen_words("terrain")
    segments = profile.segments
    if not profile.map or not len(segments):
        return
    length = segments.end_m - segments.start_m
    lengths = {
        str(one): float(length[segments.surface == one].sum())
        for one in np.unique(segments.surface)
    }
    for one, metres in sorted(lengths.items(), key=lambda item: (item[0] == "", -item[1])):
        name = words["surfaces"].get(one, one) if one else words["surface"]["unknown"]
        yield words["surface"]["one"].format(surface=name, length=_far(metres, units))
