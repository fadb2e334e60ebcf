"""Any other table with a time and an acceleration: read as far as honest, and say how."""

from __future__ import annotations

from dataclasses import replace

from evenstride.importers.contract import Options, Part, Sniff
from evenstride.importers.tables.guess import by_values, part_of, sensors_in
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.names import Sensor, Triple

__all__ = ["GeneralTable"]

_BY_NAME, _BY_VALUE = 30, 15


class GeneralTable(SingleTable):
    """The reader for tables of no known app."""

    name = "table (CSV)"

    def match(self, layout: Layout) -> Sniff:
        """Look for an acceleration by the names of the columns, then by their values."""
        found = sensors_in(layout)
        if "acceleration" in found or "linear" in found:
            triple = found.get("acceleration") or found["linear"]
            return Sniff(_BY_NAME, f"its columns {', '.join(triple.names)}")
        if by_values(layout) is not None:
            return Sniff(_BY_VALUE, "three columns whose values behave like an acceleration")
        return Sniff(0)

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording and all that was assumed."""
        found: dict[Sensor, Triple] = sensors_in(file.layout)
        if "acceleration" in found or "linear" in found:
            return part_of(file, options, found)
        triple = by_values(file.layout)
        if triple is not None:
            found["acceleration"] = triple
        part = part_of(file, options, found)
        assumed = (
            f"{', '.join(part.columns[-3:])} were taken as the acceleration in x, y and z, "
            "because their values behave like one."
        )
        return replace(part, assumptions=(*part.assumptions, assumed))
