"""From a table whose columns have telling names (or values) to the recording in it.

What the names do not tell is worked out from the values, and said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import UnusableRecording
from evenstride.importers.contract import Options, Part
from evenstride.importers.start import start_of_text
from evenstride.importers.tables.importer import TextTable
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.motion import Axes, Motion, Table, read_columns
from evenstride.importers.tables.names import Sensor, Triple, triples
from evenstride.importers.tables.stamps import is_time_text
from evenstride.importers.tables.times import FoundTime, find_time, numbers_in
from evenstride.model import Start
from evenstride.model.units import acceleration_unit, angular_velocity_unit

__all__ = ["Rules", "by_values", "gravity_in", "part_of", "sensors_in"]

_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*Hz\b", re.IGNORECASE)
_POSSIBLE = 1e9  # no sensor in any unit writes more; NaN fails the comparison as well
_LEAST_WITH_GRAVITY_M_S2 = 6.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a format knows better than the values can tell.

    Attributes:
        sign: -1 where the app writes the opposite of what evenstride uses (Apple's sign).
        sum_first: Take linear acceleration plus gravity even where the raw one is there too.
        assumptions: Sentences that hold for every file of the format.
    """

    sign: float = 1.0
    sum_first: bool = False
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scaled:
    axes: Axes
    unit: str
    assumptions: tuple[str, ...] = ()
    gravity_included: bool = True


def sensors_in(layout: Layout) -> dict[Sensor, Triple]:
    """Return the first triple of each sensor, by the names of the columns."""
    found: dict[Sensor, Triple] = {}
    for triple in triples(layout.names):
        found.setdefault(triple.sensor, triple)
    return found


def by_values(layout: Layout) -> Triple | None:
    """Return three neighbouring columns whose length is that of gravity, or None."""
    time = find_time(layout, ())
    clock = None if time is None else getattr(time.time, "column", None)
    columns = [i for i in range(layout.width) if i != clock]
    for at in range(len(columns) - 2):
        x, y, z = columns[at : at + 3]
        values = np.stack([numbers_in(layout, i) for i in (x, y, z)], axis=1)
        values = values[(np.abs(values) < _POSSIBLE).all(axis=1)]
        if z - x != 2 or len(values) < max(2, 0.5 * len(layout.rows)):
            continue
        length = float(np.median(np.linalg.norm(values, axis=1)))
        alive = bool(np.all(np.ptp(values, axis=0) > 0))  # a constant column is no sensor
        if alive and (0.85 < length < 1.2 or 8.5 < length < 11.5):
            names = layout.names or tuple(f"column {i + 1}" for i in range(layout.width))
            named = (names[x], names[y], names[z])
            return Triple("acceleration", (x, y, z), named, None, "")
    return None


def part_of(
    file: TextTable,
    options: Options,
    found: dict[Sensor, Triple],
    rules: Rules | None = None,
) -> Part:
    """Describe the recording made of the triples that were found.

    Raises:
        UnusableRecording: If the table does not tell the time and no rate was given, or if the
            values fit no unit.
    """
    rules = rules or Rules()
    main, gravity = _main(found, rules)
    chosen = [t for t in (main, gravity, found.get("angular")) if t is not None]
    taken = tuple(column for triple in found.values() for column in triple.columns)
    time = find_time(file.layout, taken, options.rate_hz) or _by_stated_rate(file.layout, taken)
    if time is None:
        raise UnusableRecording(
            f"“{file.source.name}” does not tell when its samples were taken.",
            "Say how many samples per second it has: --rate 100, or rate_hz=100.",
        )
    table = Table(file.member, file.layout, time.time)
    acceleration = _acceleration(file, table, main, gravity, rules)
    angular = _angular(file, table, found.get("angular"))
    assumptions = time.assumptions + acceleration.assumptions + rules.assumptions
    if angular is not None:
        assumptions += angular.assumptions
    sensor = None if gravity is None else Axes(table, gravity.columns, acceleration.axes.factor)
    return Part(
        kind="recording",
        name=file.member.path,
        columns=tuple(n for n in (time.name, *(n for t in chosen for n in t.names)) if n),
        unit=acceleration.unit + ("" if angular is None else f" and {angular.unit}"),
        gravity_included=acceleration.gravity_included,
        gyroscope=angular is not None,
        nominal_rate_hz=options.rate_hz,
        start=time.start or _start_in(file.layout),
        assumptions=tuple(dict.fromkeys(assumptions)),
        warnings=_other_triples(file.layout, chosen),
        how=Motion(acceleration.axes, sensor, None if angular is None else angular.axes),
    )


def _by_stated_rate(layout: Layout, taken: tuple[int, ...]) -> FoundTime | None:
    """Count rows at the rate that stands above the table, as ActiGraph writes it."""
    stated = _RATE.search("\n".join(layout.preamble))
    found = find_time(layout, taken, float(stated[1])) if stated and float(stated[1]) else None
    if stated is None or found is None:
        return None
    assumed = f"No column tells the time; the stated {stated[1]} samples per second were taken."
    return replace(found, assumptions=(assumed,))


def _main(found: dict[Sensor, Triple], rules: Rules) -> tuple[Triple, Triple | None]:
    """Return the acceleration to take, and the gravity to add to it."""
    linear, gravity = found.get("linear"), found.get("gravity")
    both = linear is not None and gravity is not None
    if "acceleration" in found and not (rules.sum_first and both):
        return found["acceleration"], None
    if linear is None:
        raise UnusableRecording("The table holds no acceleration.", "Record the accelerometer.")
    return linear, gravity


def _acceleration(
    file: TextTable, table: Table, main: Triple, gravity: Triple | None, rules: Rules
) -> _Scaled:
    told = gravity or main  # gravity itself tells the unit best
    values = _sample(file, table, told)
    factor, included = told.factor, True
    assumptions: tuple[str, ...] = ()
    if gravity is None and main.sensor == "linear":
        included = False
        if factor is None:
            factor = 1.0
            assumptions = ("The linear acceleration was taken to be in m/s².",)
    elif factor is None:
        guess = acceleration_unit(values)
        factor, included = guess.factor, guess.gravity_included
        assumptions = guess.assumptions
    else:
        included = gravity is not None or gravity_in(file, table, main)
    unit = told.unit or ("m/s²" if factor == 1.0 else "g")
    axes = Axes(table, main.columns, factor * rules.sign)
    return _Scaled(axes, unit, assumptions, included)


def _angular(file: TextTable, table: Table, triple: Triple | None) -> _Scaled | None:
    if triple is None:
        return None
    values = _sample(file, table, triple)
    if len(values) == 0:
        return None
    factor = triple.factor
    assumptions: tuple[str, ...] = ()
    if factor is None:
        guess = angular_velocity_unit(values)
        factor = guess.factor
        assumptions = guess.assumptions or ("The turning rate looks like radians per second.",)
    unit = triple.unit or ("rad/s" if factor == 1.0 else "deg/s")
    return _Scaled(Axes(table, triple.columns, factor), unit, assumptions)


def _sample(file: TextTable, table: Table, triple: Triple) -> NDArray[np.float64]:
    """Return the values of a triple in about the first megabyte, whole rows only."""
    for piece in read_columns(file.source, table, triple.columns):
        return piece.values[(np.abs(piece.values) < _POSSIBLE).all(axis=1)]
    return np.empty((0, 3))


def gravity_in(file: TextTable, table: Table, triple: Triple) -> bool:
    """Tell from the usual length of the acceleration whether the pull of the earth is in it."""
    values = _sample(file, table, triple) * (triple.factor or 1.0)
    if len(values) == 0:
        return True
    return float(np.median(np.linalg.norm(values, axis=1))) > _LEAST_WITH_GRAVITY_M_S2


def _start_in(layout: Layout) -> Start | None:
    """Return the first clock time with a date in the first row."""
    texts = (cell for cell in layout.rows[0] if is_time_text(cell))
    return next((start for text in texts if (start := start_of_text(text))), None)


def _other_triples(layout: Layout, chosen: list[Triple]) -> tuple[str, ...]:
    """Say which triples were not used although they are of the same sensor as one in use."""
    used = {triple.names for triple in chosen}
    sensors = {triple.sensor for triple in chosen}
    others = [
        t.names[0] for t in triples(layout.names) if t.sensor in sensors and t.names not in used
    ]
    if not others:
        return ()
    return (f"The table holds further sensors that were not used: {', '.join(others)}.",)
