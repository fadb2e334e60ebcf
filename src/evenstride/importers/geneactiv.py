"""GENEActiv CSV export: a block of device facts, then clock text and acceleration in g."""

from __future__ import annotations

import re

from evenstride.importers.contract import Options, Part, Sniff
from evenstride.importers.start import ZONE_ASSUMED, start_of_text
from evenstride.importers.tables.clocks import TextTimes
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.motion import Axes, Motion, Table
from evenstride.importers.tables.stamps import is_time_text
from evenstride.model.units import STANDARD_GRAVITY_M_S2

__all__ = ["GeneActiv"]

_RATE = re.compile(r"Measurement Frequency\s*,\s*([\d.]+)")


class GeneActiv(SingleTable):
    """The CSV that the GENEActiv PC software writes; its clock is local time without a zone."""

    name = "GENEActiv CSV"

    def match(self, layout: Layout) -> Sniff:
        """Recognise the device block and rows that start with a clock text."""
        named = any(line.startswith("Device Type,GENEActiv") for line in layout.preamble)
        if not named or layout.width < 4 or not is_time_text(layout.rows[0][0]):
            return Sniff(0)
        return Sniff(95, "the line “Device Type,GENEActiv” at its top")

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording; x, y and z follow the clock text."""
        stated = _RATE.search("\n".join(file.layout.preamble))
        start = start_of_text(file.layout.rows[0][0])
        table = Table(file.member, file.layout, TextTimes(0))
        return Part(
            kind="recording",
            name=file.member.path,
            columns=("time", "x", "y", "z"),
            unit="g",
            nominal_rate_hz=float(stated[1]) if stated else options.rate_hz,
            start=start,
            assumptions=(ZONE_ASSUMED,) if start else (),
            how=Motion(Axes(table, (1, 2, 3), STANDARD_GRAVITY_M_S2)),
        )
