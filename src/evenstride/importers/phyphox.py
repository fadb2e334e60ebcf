"""phyphox: a zip or folder with ``Raw Data.csv`` or one CSV per sensor, and facts in ``meta/``.

Its clock stands still while an experiment is paused; the START and PAUSE rows of
``meta/time.csv`` tell for how long.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Kind, Options, Part, Plan, Sniff
from evenstride.importers.source import Source
from evenstride.importers.start import start_of_epoch
from evenstride.importers.tables.clocks import Stamps
from evenstride.importers.tables.guess import gravity_in
from evenstride.importers.tables.importer import TableFormat, TextTable, layout_in, tables_in
from evenstride.importers.tables.layout import cells_of, is_number
from evenstride.importers.tables.motion import Axes, Motion, Table
from evenstride.importers.tables.names import Sensor, Triple, triples
from evenstride.importers.tables.positions import Column, Positions
from evenstride.model import Left, Start

__all__ = ["Phyphox"]

_CLOCK = "Time (s)"
_POSITIONS = (
    ("latitude_deg", "Latitude"),
    ("longitude_deg", "Longitude"),
    ("elevation_m", "Height"),
    ("speed_m_s", "Velocity"),
    ("accuracy_m", "Horizontal Accuracy"),
    ("vertical_accuracy_m", "Vertical Accuracy"),
)


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    experiment_s: float
    system_s: float


@dataclass(frozen=True, slots=True)
class _Found:
    file: TextTable
    triple: Triple


class Phyphox(TableFormat):
    """A phyphox export in any of its five dialects, as zip, folder or single file."""

    name = "phyphox"
    version = 2
    kinds: frozenset[Kind] = frozenset({"recording", "track"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise its time column beside a motion sensor."""
        if any(triples(f.layout.names) or _places(f) or _air(f) is not None for f in _ours(source)):
            return Sniff(85, f"its column “{_CLOCK}” beside its sensors")
        return Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the one recording, joined from the sensors, and the positions."""
        files = _ours(source)
        events = _events(source)
        sensors: dict[Sensor, _Found] = {}
        for file in files:
            for triple in triples(file.layout.names):
                sensors.setdefault(_sensor(file, triple), _Found(file, triple))
        tracks = _tracks(files, events, sensors)
        parts = [] if not sensors and tracks else [_motion(sensors, events)]
        parts += tracks
        used = {name for part in parts for name in part.name.split(", ")}
        left = tuple(
            Left(member.path, "it is not needed to measure walking")
            for member in source.files()
            if member.path not in used
        )
        return Plan(self.name, tuple(parts), left, placement=options.placement, folders=("meta",))


def _ours(source: Source) -> list[TextTable]:
    return [file for file in tables_in(source) if file.layout.column(_CLOCK) is not None]


def _sensor(file: TextTable, triple: Triple) -> Sensor:
    """On an iPhone the columns are just X, Y, Z: the name of the file tells the sensor."""
    if triple.sensor == "acceleration" and "linear" in file.member.stem.lower():
        return "linear"
    return triple.sensor


def _motion(sensors: dict[Sensor, _Found], events: list[_Event]) -> Part:
    main = sensors.get("acceleration") or sensors.get("linear")
    if main is None:
        raise DamagedFile(
            "The phyphox experiment holds no acceleration.",
            "Record “Acceleration with g”, best together with the gyroscope.",
        )
    turning = sensors.get("angular")
    included = "acceleration" in sensors and gravity_in(
        main.file, _table(main.file, events), main.triple
    )
    found = [main] + ([turning] if turning else [])
    return Part(
        kind="recording",
        name=", ".join(dict.fromkeys(item.file.member.path for item in found)),
        columns=(_CLOCK, *(name for item in found for name in item.triple.names)),
        unit="m/s²" if turning is None else "m/s² and rad/s",
        gravity_included=included,
        gyroscope=turning is not None,
        start=_start(main.file, events),
        how=Motion(
            _axes(main, events), angular=None if turning is None else _axes(turning, events)
        ),
    )


def _axes(found: _Found, events: list[_Event]) -> Axes:
    factor = found.triple.factor if found.triple.factor is not None else 1.0
    return Axes(_table(found.file, events), found.triple.columns, factor)


def _table(file: TextTable, events: list[_Event]) -> Table:
    column = file.layout.column(_CLOCK) or 0
    return Table(file.member, file.layout, Stamps(column, pauses=_pauses(events)))


def _pauses(events: list[_Event]) -> tuple[tuple[float, float], ...]:
    """Return from which experiment time on how much must be added for the pauses so far."""
    starts = [event for event in events if event.name == "START"]
    if len(starts) < 2:
        return ()
    zero = starts[0].system_s - starts[0].experiment_s
    return tuple((s.experiment_s, s.system_s - s.experiment_s - zero) for s in starts)


def _places(file: TextTable) -> tuple[Column, ...]:
    """Return the columns of positions in a table; empty if it has none."""
    found = [
        (ours, next((i for i, n in enumerate(file.layout.names) if n.startswith(theirs)), None))
        for ours, theirs in _POSITIONS
    ]
    columns = tuple(Column(ours, index) for ours, index in found if index is not None)
    return columns if {"latitude_deg", "longitude_deg"} <= {c.name for c in columns} else ()


def _air(file: TextTable) -> int | None:
    """Return the column of air pressure, if there is one."""
    names = enumerate(file.layout.names)
    return next((i for i, name in names if name.lower().startswith("pressure (")), None)


def _tracks(
    files: list[TextTable], events: list[_Event], sensors: dict[Sensor, _Found]
) -> list[Part]:
    """Describe positions and air pressure, on the clock that starts with the motion."""
    place = next((file for file in files if _places(file)), None)
    air = next((file for file in files if _air(file) is not None), None)
    main = sensors.get("acceleration") or sensors.get("linear")
    first = main.file if main is not None else place or air
    if first is None or (place is None and air is None):
        return []
    columns = () if place is None else _places(place)
    start = _start(first, events)
    pressure = None if air is None else (_table(air, events), _air(air) or 0)
    table = None if place is None else _table(place, events)
    how = Positions(table, columns, _first_s(first), pressure, start, "gps", Phyphox.name)
    used = [place.layout.names[c.index] for c in columns] if place else []
    used += [air.layout.names[_air(air) or 0]] if air else []
    members = dict.fromkeys(file.member.path for file in (place, air) if file is not None)
    return [Part("track", ", ".join(members), columns=tuple(used), start=start, how=how)]


def _first_s(file: TextTable) -> float:
    cell = file.layout.rows[0][file.layout.column(_CLOCK) or 0].replace(",", ".")
    return float(cell) if is_number(cell) else 0.0


def _start(file: TextTable, events: list[_Event]) -> Start | None:
    starts = [event for event in events if event.name == "START"]
    if not starts:
        return None
    return start_of_epoch(starts[0].system_s - starts[0].experiment_s + _first_s(file))


def _events(source: Source) -> list[_Event]:
    """Read ``meta/time.csv``: event, experiment time, system time."""
    member = source.find("meta/time.csv")
    layout = None if member is None else layout_in(source, member)
    if member is None or layout is None:
        return []
    text = source.head(member).decode("utf-8", "replace")
    events = []
    for line in text.splitlines():
        cells = [cell.replace(",", ".") for cell in cells_of(line, layout.delimiter)]
        if len(cells) >= 3 and is_number(cells[1]) and is_number(cells[2]):
            events.append(_Event(cells[0].upper(), float(cells[1]), float(cells[2])))
    return events
