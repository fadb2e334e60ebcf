"""Xsens and Movella text exports: MTw tables with tabs, and the CSV of Movella DOT.

Both number their packets, so a lost packet is a gap and never a shift.
"""

from __future__ import annotations

import re

from evenstride.errors import UnusableRecording
from evenstride.importers.contract import Options, Part, Sniff
from evenstride.importers.tables.clocks import Stamps
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.motion import Axes, Motion, Table
from evenstride.importers.tables.names import Triple, triples
from evenstride.model.units import DEGREE_RAD

__all__ = ["MovellaDot", "XsensMtw"]

_RATE = re.compile(r"(?:frequency|rate)\s*[:;,=\t ]*\s*([\d.]+)\s*Hz", re.IGNORECASE)
_DEFAULT_RATE_HZ = 100.0
_SIXTEEN_BITS, _THIRTY_TWO_BITS = 2.0**16, 2.0**32
_RATE_ASSUMED = "The file does not tell its rate; 100 packets per second were taken."


class XsensMtw(SingleTable):
    """Tab-separated ``PacketCounter``, ``Acc_X`` .. in m/s2, ``Gyr_X`` .. in rad/s."""

    name = "Xsens MTw text"

    def match(self, layout: Layout) -> Sniff:
        """Recognise the packet counter and Xsens' names."""
        if layout.column("PacketCounter") is None or _named(layout, "acceleration") is None:
            return Sniff(0)
        return Sniff(80, "its columns PacketCounter and Acc_X")

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording; the 16-bit packet counter is its clock."""
        stated = _RATE.search("\n".join(file.layout.preamble))
        rate_hz = options.rate_hz or (float(stated[1]) if stated else 0.0) or _DEFAULT_RATE_HZ
        assumed = () if stated or options.rate_hz else (_RATE_ASSUMED,)
        counter = file.layout.column("PacketCounter") or 0
        clock = Stamps(counter, 1.0 / rate_hz, wraps_at=_SIXTEEN_BITS)
        return _part(file, Table(file.member, file.layout, clock), rate_hz, 1.0, assumed)


class MovellaDot(SingleTable):
    """``PacketCounter,SampleTimeFine,..`` below lines such as ``OutputRate:,60Hz``."""

    name = "Movella DOT CSV"

    def match(self, layout: Layout) -> Sniff:
        """Recognise the device lines, or FreeAcc beside the fine sample time."""
        fine = layout.column("SampleTimeFine") is not None
        device = any("DeviceTag" in line or "OutputRate" in line for line in layout.preamble)
        # MT Manager writes tabs and turns in rad/s; the app of the DOT writes commas and deg/s.
        if not fine or not (device or layout.delimiter == ","):
            return Sniff(0)
        return Sniff(90, "its columns PacketCounter and SampleTimeFine")

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording; the microseconds of SampleTimeFine are its clock."""
        stated = _RATE.search("\n".join(file.layout.preamble))
        fine = file.layout.column("SampleTimeFine") or 0
        clock = Stamps(fine, 1e-6, wraps_at=_THIRTY_TWO_BITS)
        rate_hz = float(stated[1]) if stated else options.rate_hz
        return _part(file, Table(file.member, file.layout, clock), rate_hz, DEGREE_RAD, ())


def _named(layout: Layout, sensor: str) -> Triple | None:
    return next((t for t in triples(layout.names) if t.sensor == sensor), None)


def _part(
    file: TextTable,
    table: Table,
    rate_hz: float | None,
    turning: float,
    assumptions: tuple[str, ...],
) -> Part:
    raw, angular = _named(file.layout, "acceleration"), _named(file.layout, "angular")
    acceleration = raw or _named(file.layout, "linear")
    if acceleration is None:
        raise UnusableRecording(
            f"“{file.source.name}” holds no acceleration.",
            "Export it again with the inertial data switched on.",
        )
    clock = file.layout.names[table.time.column] if isinstance(table.time, Stamps) else ""
    return Part(
        kind="recording",
        name=file.member.path,
        columns=(clock, *acceleration.names, *(angular.names if angular else ())),
        unit="m/s²" + ("" if angular is None else " and rad/s" if turning == 1 else " and deg/s"),
        gravity_included=raw is not None,
        gyroscope=angular is not None,
        nominal_rate_hz=rate_hz,
        assumptions=assumptions,
        how=Motion(
            Axes(table, acceleration.columns),
            angular=None if angular is None else Axes(table, angular.columns, turning),
        ),
    )
