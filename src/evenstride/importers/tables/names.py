"""What column names tell: the sensor, the axis and the unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from evenstride.model.units import DEGREE_RAD, STANDARD_GRAVITY_M_S2

__all__ = ["UNIT_WORDS", "Sensor", "Triple", "time_unit_s", "triples", "unit_of"]

Sensor: TypeAlias = Literal["acceleration", "linear", "gravity", "angular"]

_UNIT = re.compile(r"[(\[]\s*([^)\]]*?)\s*[)\]]")
_SUFFIX = re.compile(r"[ ._-]*(axis|cal)$")
_AXIS_LAST = re.compile(r"(.*?)[ ._-]*([xyz])")
_AXIS_FIRST = re.compile(r"([xyz])[ ._-]+(.*)")
_FACTORS = {
    "g": STANDARD_GRAVITY_M_S2,
    "mg": STANDARD_GRAVITY_M_S2 / 1000,
    "m/s^2": 1.0,
    "m/s2": 1.0,
    "m/s²": 1.0,
    "ms-2": 1.0,
    "rad/s": 1.0,
    "°/s": DEGREE_RAD,
    "deg/s": DEGREE_RAD,
    "dps": DEGREE_RAD,
    "mdps": DEGREE_RAD / 1000,
}
_TURNING = ("rad/s", "°/s", "deg/s", "dps", "mdps")
_SECONDS = {
    "s": 1.0,
    "sec": 1.0,
    "seconds": 1.0,
    "ms": 1e-3,
    "milliseconds": 1e-3,
    "us": 1e-6,
    "µs": 1e-6,
    "ns": 1e-9,
    "nanoseconds": 1e-9,
}
UNIT_WORDS = frozenset(_FACTORS) | frozenset(_SECONDS)
"""Cells that mark a line of units."""

_OTHER = ("mag", "orient", "quat", "euler", "attitude", "accuracy", "pressure", "variance")
_SHORT: dict[str, Sensor] = {"": "acceleration", "a": "acceleration", "gf": "acceleration"}
_SHORT_ANGULAR = ("w", "g", "omega")


@dataclass(frozen=True, slots=True)
class Triple:
    """Three columns of one sensor.

    Attributes:
        sensor: Which.
        columns: Indices of x, y and z.
        names: Their names in the file.
        factor: Turns the unit into SI, or None if the names do not tell the unit.
        unit: The unit as the file writes it, or "".
    """

    sensor: Sensor
    columns: tuple[int, int, int]
    names: tuple[str, str, str]
    factor: float | None
    unit: str


def triples(names: tuple[str, ...]) -> list[Triple]:
    """Return every x, y, z triple of a motion sensor, in the order of the columns."""
    groups: dict[str, dict[str, int]] = {}
    for index, name in enumerate(names):
        split = _split(name)
        if split is not None:
            groups.setdefault(split[0], {}).setdefault(split[1], index)
    found = []
    for base, axes in groups.items():
        if len(axes) < 3:
            continue
        x, y, z = axes["x"], axes["y"], axes["z"]
        unit = unit_of(names[x])
        sensor = _sensor(base)
        if base == "" and unit:
            sensor = "angular" if unit in _TURNING else "acceleration" if unit in _FACTORS else None
        if sensor is not None:
            factor = STANDARD_GRAVITY_M_S2 if base == "gf" else _FACTORS.get(unit)
            found.append(Triple(sensor, (x, y, z), (names[x], names[y], names[z]), factor, unit))
    return found


def unit_of(name: str) -> str:
    """Return the unit in brackets in a column name, in lower case, or ""."""
    match = _UNIT.search(name)
    return match[1].lower() if match else ""


def time_unit_s(name: str) -> float | None:
    """Return the seconds that one unit of a time column lasts, if its name tells."""
    unit = unit_of(name)
    if unit in _SECONDS:
        return _SECONDS[unit]
    words = re.split(r"[^a-zµ]+", name.lower())
    for word in reversed(words):
        if word != "s" and word in _SECONDS:
            return _SECONDS[word]
    return None


def _split(name: str) -> tuple[str, str] | None:
    """Cut a name into what it measures and its axis: "Linear Acceleration x (m/s^2)"."""
    bare = _SUFFIX.sub("", _UNIT.sub("", name).strip().lower())
    first = _AXIS_FIRST.fullmatch(bare)
    if first is not None and _sensor(re.sub(r"[^a-z]", "", first[2])) is not None:
        # Before the axis at the end: “y_angularvelocity” and “x_gravity” end in a y as well.
        return re.sub(r"[^a-z]", "", first[2]), first[1]
    match = _AXIS_LAST.fullmatch(bare)
    if match is not None:
        return re.sub(r"[^a-z]", "", match[1]), match[2]
    return None if first is None else (re.sub(r"[^a-z]", "", first[2]), first[1])


def _sensor(base: str) -> Sensor | None:
    if base in _SHORT:
        return _SHORT[base]
    if base in _SHORT_ANGULAR or "gyr" in base or "rotationrate" in base or "angular" in base:
        return "angular"
    if any(word in base for word in _OTHER):
        return None
    if "linear" in base or "user" in base or "freeacc" in base:
        return "linear"
    if "grav" in base:
        return "gravity"
    return "acceleration" if "acc" in base else None
