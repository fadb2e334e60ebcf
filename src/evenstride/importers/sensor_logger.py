"""Sensor Logger (Kelvin Choi): a zip or folder with one CSV per sensor, all on one clock.

The files are told apart by their names inside the archive, as all share the same header; columns
are read by name, as their order differs between phones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.named_rows import head_rows
from evenstride.importers.notes import NUMBERS_ARE_PAIN, Notes, is_notes, read_notes
from evenstride.importers.source import Source
from evenstride.importers.start import start_of_epoch
from evenstride.importers.tables.clocks import Stamps
from evenstride.importers.tables.importer import TableFormat, TextTable, tables_in
from evenstride.importers.tables.layout import is_number
from evenstride.importers.tables.motion import Axes, Motion, Table, read_columns
from evenstride.importers.tables.names import triples
from evenstride.importers.tables.positions import Column, Positions
from evenstride.model import Left, Start
from evenstride.model.units import STANDARD_GRAVITY_M_S2, acceleration_unit

__all__ = ["SensorLogger"]

_CLOCK = "seconds_elapsed"
_POSITIONS = {
    "latitude_deg": "latitude",
    "longitude_deg": "longitude",
    "elevation_m": "altitude",
    "speed_m_s": "speed",
    "accuracy_m": "horizontalAccuracy",
    "vertical_accuracy_m": "verticalAccuracy",
}
_APPLE = "Apple's sign was turned round, so that the pull of the earth points as on other phones."
_NO_PLATFORM = "The recording does not tell the kind of phone; Android's sign was assumed."
_QUESTION = "Was it recorded with an iPhone (with “Standardise Units & Frames” off)?"


@dataclass(frozen=True, slots=True)
class _Log:
    """The tables of one recording by the lower-case names of their sensors, and its facts."""

    tables: dict[str, TextTable]
    facts: dict[str, str]

    @property
    def sign(self) -> float:
        """-1 where the phone wrote Apple's sign."""
        apple = self.facts.get("platform", "").lower() == "ios"
        return -1.0 if apple and self.facts.get("standardisation", "").lower() != "true" else 1.0

    def axes(self, sensor: str, factor: float = 1.0) -> Axes | None:
        """Return a sensor's x, y and z, or None if it was not recorded."""
        file = self.tables.get(sensor)
        columns = None if file is None else file.layout.columns(("x", "y", "z"))
        if file is None or columns is None:
            return None
        x, y, z = columns
        return Axes(_table(file), (x, y, z), factor)


class SensorLogger(TableFormat):
    """A Sensor Logger export, as zip or as the folder in it, or a single file of one."""

    name = "Sensor Logger"
    version = 2
    kinds: frozenset[Kind] = frozenset({"recording", "track", "entry"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise the two time columns with which each of its tables begins."""
        found = [file for file in tables_in(source) if _is_ours(file)]
        if not any(triples(f.layout.names) or _is_place(f) or _is_air(f) for f in found):
            return Sniff(0)
        return Sniff(92, f"the columns “time” and “{_CLOCK}” of Sensor Logger")

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the phone's recording, the watch's if any, the positions and the notes."""
        tables = {f.member.stem.lower(): f for f in tables_in(source) if _is_ours(f)}
        log = _Log(tables, _facts(source))
        parts = [part for part in (_phone(log), _watch(log)) if part is not None]
        tracks = _track(log, parts)
        if not parts and not tracks and len(tables) == 1:
            parts = [_lone(log)]
        if not parts and (not tracks or any(triples(f.layout.names) for f in tables.values())):
            raise DamagedFile(
                f"“{source.name}” holds no acceleration.",
                "In Sensor Logger, switch on Accelerometer, Gravity and Gyroscope.",
            )
        unknown = "platform" not in log.facts and bool(parts)
        parts += tracks + _notes(source, log, options)
        return Plan(
            self.name,
            tuple(parts),
            left=_left(source, parts),
            questions=(_QUESTION,) if unknown else (),
            placement=options.placement,
            options=options,
        )

    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the recordings and tracks, what is left out, and then the notes."""
        yield from super().read(source, plan)
        for part in plan.parts:
            if isinstance(part.how, Notes):
                yield from read_notes(source, part.how)


def _is_ours(file: TextTable) -> bool:
    return file.layout.columns(("time", _CLOCK)) is not None


def _table(file: TextTable) -> Table:
    return Table(file.member, file.layout, Stamps(file.layout.column(_CLOCK) or 0))


def _facts(source: Source) -> dict[str, str]:
    """Read ``Metadata.csv``: one row, whose last cells may be missing."""
    member = source.find("Metadata.csv")
    if member is None:
        return {}
    rows = head_rows(source.head(member), 2)
    return dict(zip(rows[0], rows[1], strict=False)) if len(rows) > 1 else {}


def _phone(log: _Log) -> Part | None:
    """Describe what the phone itself recorded: the acceleration with gravity, if at all."""
    gravity, included, unit = None, True, "m/s²"
    total = log.axes("totalacceleration", log.sign)
    linear = log.axes("accelerometer", log.sign)
    if total is not None:
        main = total
    elif linear is not None:
        main, gravity = linear, log.axes("gravity", log.sign)
        included = gravity is not None
    else:
        raw = log.axes("accelerometeruncalibrated", log.sign)
        if raw is None:
            return None
        main, unit, included = _scaled(log.tables["accelerometeruncalibrated"], raw)
    angular = log.axes("gyroscope") or log.axes("gyroscopeuncalibrated")
    return _part(log, Motion(main, gravity, angular), unit, included=included)


def _watch(log: _Log) -> Part | None:
    """Describe what a watch recorded: g, gravity apart, Apple's sign."""
    file = log.tables.get("wristmotion")
    if file is None:
        return None
    table, factor = _table(file), log.sign * STANDARD_GRAVITY_M_S2
    found = {t.sensor: Axes(table, t.columns, factor) for t in triples(file.layout.names)}
    main = found.get("acceleration") or found.get("linear")
    if main is None:
        return None
    turning = found.get("angular")
    angular = None if turning is None else Axes(table, turning.columns)
    gravity = found.get("gravity")
    return _part(log, Motion(main, gravity, angular), "g", included=gravity is not None)


def _lone(log: _Log) -> Part:
    """Describe a single table whose sensor is not known: its values must tell."""
    ((name, file),) = log.tables.items()
    raw = log.axes(name, log.sign)
    if raw is None:
        raise DamagedFile("The table holds no x, y and z.", "Give evenstride the whole export.")
    axes, unit, included = _scaled(file, raw)
    return _part(log, Motion(axes), unit, included=included)


def _scaled(file: TextTable, axes: Axes) -> tuple[Axes, str, bool]:
    """Tell the unit from the values: an iPhone writes uncalibrated values in g."""
    piece = next(read_columns(file.source, axes.table, axes.columns))
    guess = acceleration_unit(piece.values)
    unit = "m/s²" if guess.factor == 1 else "g"
    return replace(axes, factor=axes.factor * guess.factor), unit, guess.gravity_included


def _part(log: _Log, motion: Motion, unit: str, *, included: bool) -> Part:
    main = motion.acceleration.table
    assumptions = [_APPLE] if log.sign < 0 else []
    if "platform" not in log.facts:
        assumptions.append(_NO_PLATFORM)
    names = [axes.table.member.path for axes in motion.axes()]
    return Part(
        kind="recording",
        name=", ".join(dict.fromkeys(names)),
        columns=(_CLOCK, "x", "y", "z"),
        unit=unit if motion.angular is None else f"{unit} and rad/s",
        gravity_included=included,
        gyroscope=motion.angular is not None,
        nominal_rate_hz=_rate_hz(log.facts),
        start=_start(log, main),
        assumptions=tuple(assumptions),
        how=motion,
    )


def _rate_hz(facts: dict[str, str]) -> float | None:
    """Return the rate asked of the phone, if it is one number for all sensors."""
    try:
        period_ms = float(facts.get("sampleRateMs", ""))
    except ValueError:
        return None
    return 1000.0 / period_ms if period_ms > 0 else None


def _is_place(file: TextTable) -> bool:
    return file.layout.columns(("latitude", "longitude")) is not None


def _is_air(file: TextTable) -> bool:
    return file.layout.column("pressure") is not None


def _track(log: _Log, motion: list[Part]) -> list[Part]:
    """Describe positions and air pressure, on the clock that starts with the motion."""
    place = next((file for file in log.tables.values() if _is_place(file)), None)
    air = next((f for name, f in log.tables.items() if _is_air(f) and "watch" not in name), None)
    if place is None and air is None:
        return []
    columns: tuple[Column, ...] = ()
    if place is not None:
        found = [(ours, place.layout.column(theirs)) for ours, theirs in _POSITIONS.items()]
        columns = tuple(Column(name, index) for name, index in found if index is not None)
    # The first sample of the motion is where the recording's own clock starts.
    main = log.tables.get("totalacceleration") or log.tables.get("accelerometer")
    first = main or place or air
    start = motion[0].start if motion else None if first is None else _start(log, first)
    origin = "" if first is None else first.layout.rows[0][first.layout.column(_CLOCK) or 0]
    how = Positions(
        None if place is None else _table(place),
        columns,
        _number(origin),
        None if air is None else (_table(air), air.layout.column("pressure") or 0),
        start,
        # An iPhone mixes satellites and air pressure; it does not say how.
        "device" if log.facts.get("platform", "").lower() == "ios" else "gps",
        SensorLogger.name,
    )
    used = [name for name in _POSITIONS.values() if place and place.layout.column(name) is not None]
    members = [file.member.path for file in (place, air) if file is not None]
    columns_used = (*used, "pressure") if air is not None else tuple(used)
    return [Part("track", ", ".join(members), columns=columns_used, start=start, how=how)]


def _start(log: _Log, file: TextTable | Table) -> Start | None:
    """Return when the first row was written; the stamps count in UTC."""
    stamp = file.layout.rows[0][file.layout.column("time") or 0]
    return start_of_epoch(_number(stamp) * 1e-9, log.facts.get("recording timezone") or None)


def _number(cell: str) -> float:
    """Return the number in a cell, with a point or a comma; 0 if there is none."""
    value = float(cell.replace(",", ".")) if is_number(cell) else 0.0
    return value if math.isfinite(value) else 0.0


def _notes(source: Source, log: _Log, options: Options) -> list[Part]:
    zone = log.facts.get("recording timezone") or None
    return [
        Part(
            "entry",
            member.path,
            columns=("text",),
            assumptions=(NUMBERS_ARE_PAIN,),
            how=Notes(member, zone, options.since_utc_ns),
        )
        for member in source.files()
        if is_notes(source, member)
    ]


def _left(source: Source, parts: list[Part]) -> tuple[Left, ...]:
    """Say for each file that is not read why it is not."""
    used = {name for part in parts for name in part.name.split(", ")}
    left = []
    for member in source.files():
        if member.path in used or member.stem.lower() == "metadata":
            continue
        if not source.head(member, 1):
            reason = "it is empty"
        else:
            reason = "it is not needed to measure walking"
        left.append(Left(member.path, reason))
    return tuple(left)
