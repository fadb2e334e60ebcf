"""A workout of the export -> an ``Activity``, and where its route is."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from evenstride.importers.apple_health import names, texts
from evenstride.importers.apple_health.tags import Element, elements
from evenstride.importers.quantities import Unit, unit_of
from evenstride.model import Activity, Device, Start
from evenstride.model.day import is_zone

__all__ = ["Workout", "start_of", "workout_of", "zone_of"]

_WORD = re.compile(r"METs|[A-Z0-9]+(?![a-z])|[A-Z]?[a-z0-9]+")
_SUFFIX = {
    "m": "m",
    "m/s": "m_s",
    "s": "s",
    "kg": "kg",
    "1/min": "per_min",
    "mL/(kg min)": "ml_kg_min",
    "J": "j",
    "W": "w",
    "W/kg": "w_kg",
    "K": "k",
    "Pa": "pa",
    "rad": "rad",
}
_ON_FOOT = "HKQuantityTypeIdentifierDistanceWalkingRunning"
_STEPS = "HKQuantityTypeIdentifierStepCount"
_HEART = "HKQuantityTypeIdentifierHeartRate"
_RESUMED = (b"HKWorkoutEventTypeResume", b"HKWorkoutEventTypeMotionResumed")
_KINDS = (("sum", ""), ("average", "_mean"), ("minimum", "_min"), ("maximum", "_max"))
_TOO_MUCH = "no outing can have such a value"
_UNKNOWN_UNIT = "their unit “{}” is not one that evenstride knows"


@dataclass(slots=True)
class Workout:
    """One workout and what else the file says about it.

    Attributes:
        activity: What it was.
        routes: Paths of its routes, as the file names them.
        points: Elements with its positions, where the file holds them itself (old exports).
        resumed_utc_ns: When it went on after a pause.
        left: Reasons for values that were left out.
    """

    activity: Activity
    routes: list[str] = field(default_factory=list)
    points: list[Element] = field(default_factory=list)
    resumed_utc_ns: list[int] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Sums:
    """Statistics while they are read, in SI."""

    by_type: dict[str, float] = field(default_factory=dict)
    heart_rate_bpm: float | None = None
    extra: dict[str, float] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


def start_of(raw: bytes | None, zone: str | None) -> Start | None:
    """Return a start; the offset in the text is that of the phone that made the export."""
    found = texts.stamp(raw)
    if found is None:
        return None
    if zone is not None:
        return Start(found[0], None, zone, "recorded")
    return Start(found[0], found[1], None, "export_phone")


def zone_of(metadata: dict[str, str]) -> str | None:
    """Return the zone in which something was recorded, if its metadata tell it."""
    zone = metadata.get("HKTimeZone", "")
    return zone if zone and is_zone(zone) else None


def workout_of(element: Element, device: Device) -> Workout | None:
    """Read a workout; None if its times cannot be read.

    Args:
        element: The workout.
        device: Who recorded it.
    """
    sums, left = _Sums(), list[str]()
    inside, _ = elements(element.body, 0, len(element.body), final=True)
    for child in inside:
        if child.name == b"MetadataEntry":
            key, value = (texts.word(child.attributes.get(name)) for name in (b"key", b"value"))
            sums.facts.setdefault(key, value)
        elif child.name == b"WorkoutStatistics":
            _statistic(child, sums, left)
    for key, value in sums.facts.items():
        _metadatum(key, value, sums)
    _old_totals(element, sums, left)
    zone = zone_of(sums.facts)
    start = start_of(element.attributes.get(b"startDate"), zone)
    end = texts.stamp(element.attributes.get(b"endDate"))
    if start is None or end is None or end[0] < start.utc_ns:
        return None
    workout = Workout(_activity(element, sums, start, end[0], device), left=left)
    for child in inside:
        if child.name == b"WorkoutRoute":
            _route(child, workout)
        elif child.name == b"WorkoutEvent" and child.attributes.get(b"type") in _RESUMED:
            moment = texts.stamp(child.attributes.get(b"date"))
            workout.resumed_utc_ns += [] if moment is None else [moment[0]]
    return workout


def _activity(
    element: Element, sums: _Sums, start: Start, end_utc_ns: int, device: Device
) -> Activity:
    kind = texts.word(element.attributes.get(b"workoutActivityType"))
    inside = {"1": True, "0": False}.get(sums.facts.get("HKIndoorWorkout", ""))
    duration = texts.number(element.attributes.get(b"duration"))
    unit = unit_of(texts.word(element.attributes.get(b"durationUnit")) or "min")
    if unit is None or unit.si != "s":
        duration = math.nan
    steps = sums.by_type.get(_STEPS)
    distances = {k: v for k, v in sums.by_type.items() if "IdentifierDistance" in k and v > 0}
    return Activity(
        start=start,
        end_utc_ns=end_utc_ns,
        sport=names.sport(kind),
        moving_s=None if unit is None or math.isnan(duration) else unit.of(duration),
        distance_m=distances.get(_ON_FOOT, next(iter(distances.values()), None)),
        steps=None if steps is None else round(steps),
        ascent_m=sums.extra.pop("elevation_ascended_m", None),
        descent_m=sums.extra.pop("elevation_descended_m", None),
        heart_rate_bpm=sums.heart_rate_bpm,
        indoor=inside,
        title=texts.text(sums.facts.get("HKWorkoutBrandName", "").encode()),
        device=device,
        extra=sums.extra,
    )


def _statistic(child: Element, sums: _Sums, left: list[str]) -> None:
    """Read a sum, mean, minimum and maximum of one type."""
    kind = texts.word(child.attributes.get(b"type"))
    written = texts.word(child.attributes.get(b"unit"))
    unit = unit_of(written)
    if unit is None:
        left.append(_UNKNOWN_UNIT.format(written))
        return
    name = _snake(kind.removeprefix("HKQuantityTypeIdentifier"))
    for attribute, ending in _KINDS:
        value = unit.of(texts.number(child.attributes.get(attribute.encode())))
        if math.isnan(value):
            continue
        if math.isinf(value):
            left.append(_TOO_MUCH)
            continue
        if attribute == "sum":
            sums.by_type[kind] = value
        if kind == _HEART and attribute == "average":
            sums.heart_rate_bpm = value
        elif not (attribute == "sum" and kind in (_STEPS, _ON_FOOT)):
            sums.extra[f"{name}{ending}_{_suffix(unit, written)}"] = value


def _metadatum(key: str, text: str, sums: _Sums) -> None:
    """Read a value with its unit in the same text, such as "4180 cm"."""
    value, written = texts.quantity(text.encode())
    unit = unit_of(written) if written else None
    if unit is None or math.isnan(value) or not key.startswith("HK"):
        return
    name = _snake(key.removeprefix("HKMetadataKey").removeprefix("HK"))
    if written == "%":  # 65 % is written as "6500 %", and as "65 %" by old phones
        value = value / 100 if value > 100 else value
    sums.extra.setdefault(f"{name}_{_suffix(unit, written)}", unit.of(value))


def _old_totals(element: Element, sums: _Sums, left: list[str]) -> None:
    """Read the totals that exports before iOS 16 have in the tag itself; 0 means not measured."""
    for attribute, kind in (
        (b"totalDistance", _ON_FOOT),
        (b"totalEnergyBurned", "HKQuantityTypeIdentifierActiveEnergyBurned"),
    ):
        value = texts.number(element.attributes.get(attribute))
        written = texts.word(element.attributes.get(attribute + b"Unit"))
        unit = unit_of(written)
        if not value > 0 or kind in sums.by_type:
            continue
        if unit is None:
            left.append(_UNKNOWN_UNIT.format(written))
        elif kind == _ON_FOOT:
            sums.by_type[kind] = unit.of(value)
        else:
            sums.extra.setdefault(f"active_energy_burned_{_suffix(unit, written)}", unit.of(value))


def _route(child: Element, workout: Workout) -> None:
    inside, _ = elements(child.body, 0, len(child.body), final=True)
    for element in inside:
        if element.name == b"FileReference":
            workout.routes.append(texts.word(element.attributes.get(b"path")))
        elif element.name == b"Location":
            workout.points.append(element)


def _snake(name: str) -> str:
    return "_".join(_WORD.findall(name)).lower() or "value"


def _suffix(unit: Unit, written: str) -> str:
    if unit.si == "1":
        return "share" if written == "%" else "count"
    return _SUFFIX[unit.si]
