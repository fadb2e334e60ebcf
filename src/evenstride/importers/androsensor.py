"""AndroSensor: a wide table with semicolons, one column per sensor axis."""

from __future__ import annotations

from evenstride.importers.contract import Kind, Options, Part, Plan, Sniff
from evenstride.importers.source import Source
from evenstride.importers.tables.beside import with_track
from evenstride.importers.tables.guess import part_of, sensors_in
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout

__all__ = ["AndroSensor"]


class AndroSensor(SingleTable):
    """``ACCELEROMETER X (m/s²);..;Time since start in ms ;YYYY-MO-DD HH-MI-SS_SSS``."""

    name = "AndroSensor"

    version = 2
    kinds: frozenset[Kind] = frozenset({"recording", "track"})

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the recording, and the positions and air pressure in the same table."""
        return with_track(super().plan(source, options), "gps")

    def match(self, layout: Layout) -> Sniff:
        """Recognise the app's own time column next to its accelerometer."""
        names = [name.lower() for name in layout.names]
        time = any(name.startswith("time since start in ms") for name in names)
        if not time or not any(name.startswith("accelerometer x") for name in names):
            return Sniff(0)
        return Sniff(90, "its columns “ACCELEROMETER X” and “Time since start in ms”")

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording; the milliseconds since the start are its clock."""
        return part_of(file, options, sensors_in(file.layout))
