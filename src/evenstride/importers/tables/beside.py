"""Positions and air pressure that stand in the same wide table as the motion."""

from __future__ import annotations

from dataclasses import replace

from evenstride.importers.contract import Part, Plan
from evenstride.importers.tables.motion import Motion
from evenstride.importers.tables.names import unit_of
from evenstride.importers.tables.positions import Column, Positions
from evenstride.model.track import ElevationSource

__all__ = ["with_track"]

_FACTORS = {"kmh": 1 / 3.6, "km/h": 1 / 3.6}
_WORDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("latitude_deg", ("location", "latitude"), ()),
    ("longitude_deg", ("location", "longitude"), ()),
    ("elevation_m", ("location", "altitude"), ("google", "pressure", "accuracy")),
    ("speed_m_s", ("location", "speed"), ("accuracy",)),
    ("vertical_accuracy_m", ("location", "vertical", "accuracy"), ()),
    ("accuracy_m", ("location", "accuracy"), ("vertical", "speed", "course", "heading")),
    ("pressure_pa", ("pressure",), ("altitude",)),
)


def with_track(plan: Plan, elevation_source: ElevationSource) -> Plan:
    """Return a plan with the track beside its one recording, if the table holds one.

    Args:
        plan: Of a format that is a single table.
        elevation_source: What measured the height in this format.
    """
    part = plan.parts[0]
    if not isinstance(part.how, Motion):
        return plan
    table = part.how.acceleration.table
    found = _columns(table.layout.names)
    places = tuple(column for name, column in found.items() if name != "pressure_pa")
    has_places = {"latitude_deg", "longitude_deg"} <= found.keys()
    air = found.get("pressure_pa")
    if not has_places and air is None:
        return plan
    how = Positions(
        table if has_places else None,
        places if has_places else (),
        None,
        None if air is None else (table, air.index),
        part.start,
        elevation_source,
        plan.format,
    )
    used = (*how.columns, *(() if air is None else (air,)))
    names = tuple(table.layout.names[column.index] for column in used)
    track = Part("track", part.name, columns=names, start=part.start, how=how)
    return replace(plan, parts=(*plan.parts, track))


def _columns(names: tuple[str, ...]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for index, name in enumerate(names):
        bare = name.lower()
        for ours, words, others in _WORDS:
            fits = all(word in bare for word in words) and not any(word in bare for word in others)
            if fits and ours not in found:
                found[ours] = Column(ours, index, _FACTORS.get(unit_of(name), 1.0))
                break
    return found
