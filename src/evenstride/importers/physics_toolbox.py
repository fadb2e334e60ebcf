"""Physics Toolbox Sensor Suite: g-force, or linear acceleration without gravity, or both."""

from __future__ import annotations

from evenstride.importers.contract import Options, Part, Sniff
from evenstride.importers.tables.guess import part_of, sensors_in
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout

__all__ = ["PhysicsToolbox"]


class PhysicsToolbox(SingleTable):
    """``time,gFx,gFy,gFz,TgF``, ``time,ax (m/s^2),..`` or several sensors side by side."""

    name = "Physics Toolbox"

    def match(self, layout: Layout) -> Sniff:
        """Recognise the app's short names next to a column called time."""
        bare = [name.lower().split("(")[0].strip() for name in layout.names]
        if not bare or bare[0] != "time":
            return Sniff(0)
        if {"gfx", "gfy", "gfz"} <= set(bare):
            return Sniff(85, "its columns gFx, gFy, gFz")
        if {"ax", "ay", "az"} <= set(bare) and ("at" in bare or "wx" in bare):
            return Sniff(70, "its columns ax, ay, az")
        return Sniff(0)

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording; gFx carries gravity, whether ax does is told by its values."""
        return part_of(file, options, sensors_in(file.layout))
