"""Mobilise-D style CSV: one sensor at the lower back, acceleration in g, turning in deg/s."""

from __future__ import annotations

from evenstride.importers.contract import Options, Part, Sniff
from evenstride.importers.tables.clocks import Stamps
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.motion import Axes, Motion, Table
from evenstride.model.units import DEGREE_RAD, STANDARD_GRAVITY_M_S2

__all__ = ["MobiliseD"]

_NAMES = ("samples", "acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
_RATE_HZ = 100.0


class MobiliseD(SingleTable):
    """``samples,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z``; the sample number is the clock."""

    name = "Mobilise-D style CSV"

    def match(self, layout: Layout) -> Sniff:
        """Recognise the seven column names."""
        if layout.columns(_NAMES) is None:
            return Sniff(0)
        return Sniff(90, "its columns samples, acc_x .. gyr_z")

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording; the rate must be assumed, as the file does not tell it."""
        count, ax, ay, az, gx, gy, gz = file.layout.columns(_NAMES) or (0,) * 7
        rate_hz = options.rate_hz or _RATE_HZ
        table = Table(file.member, file.layout, Stamps(count, 1.0 / rate_hz))
        assumed = f"The file does not tell its rate; {_RATE_HZ:.0f} samples per second were taken."
        return Part(
            kind="recording",
            name=file.member.path,
            columns=_NAMES,
            unit="g and deg/s",
            gyroscope=True,
            nominal_rate_hz=rate_hz,
            assumptions=() if options.rate_hz else (assumed,),
            how=Motion(
                Axes(table, (ax, ay, az), STANDARD_GRAVITY_M_S2),
                angular=Axes(table, (gx, gy, gz), DEGREE_RAD),
            ),
        )
