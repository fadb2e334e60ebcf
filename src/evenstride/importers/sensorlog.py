"""SensorLog and other dumps of Apple's Core Motion: one wide table, in g, with Apple's sign."""

from __future__ import annotations

from evenstride.importers.contract import Kind, Options, Part, Plan, Sniff
from evenstride.importers.source import Source
from evenstride.importers.tables.beside import with_track
from evenstride.importers.tables.guess import Rules, part_of, sensors_in
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout

__all__ = ["SensorLog"]

_SIGN = "Apple's sign was turned round, so that the pull of the earth points as on other phones."
_NEW = ("loggingtime", "accelerometeracceleration", "motionuseracceleration", "motiongravity")
_OLD = ("useracceleration.x", "gravity.x", "rotationrate.x")


class SensorLog(SingleTable):
    """The CSV of the iOS app SensorLog, new and old names, ``,`` or ``|`` between the cells."""

    name = "SensorLog (iOS)"

    version = 2
    kinds: frozenset[Kind] = frozenset({"recording", "track"})

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the recording, and the positions and air pressure in the same table."""
        return with_track(super().plan(source, options), "device")

    def match(self, layout: Layout) -> Sniff:
        """Recognise Core Motion's words for acceleration, gravity and turning rate."""
        names = [name.lower() for name in layout.names]
        new = sum(any(name.startswith(word) for name in names) for word in _NEW)
        if new >= 2 and sensors_in(layout):
            return Sniff(90, "SensorLog's column names")
        if all(word in names for word in _OLD):
            return Sniff(75, "the column names of Apple's Core Motion")
        return Sniff(0)

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording: user acceleration plus gravity, else the raw acceleration."""
        rules = Rules(sign=-1.0, sum_first=True, assumptions=(_SIGN,))
        return part_of(file, options, sensors_in(file.layout), rules)
