"""MATLAB: a timetable of MATLAB Mobile, saved with ``writetimetable`` as CSV.

``.mat`` files hold timetables in a form that only MATLAB reads; ``known`` tells what to type.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from evenstride.errors import UnusableRecording
from evenstride.importers.contract import Options, Part, Sniff
from evenstride.importers.moments import WallClock
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.importers.tables.guess import part_of, sensors_in
from evenstride.importers.tables.importer import SingleTable, TextTable
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.stamps import has_zone, is_time_text, seconds_of_text

__all__ = ["MatlabCsv"]

_TIMES = ("timestamp", "time")
_PLAIN = ("x", "y", "z")


class MatlabCsv(SingleTable):
    """``Timestamp,X,Y,Z`` with times such as 28-Nov-2026 10:15:30.123."""

    name = "MATLAB CSV"

    def match(self, layout: Layout) -> Sniff:
        """Recognise a first column of MATLAB's times before X, Y and Z."""
        names = tuple(name.lower() for name in layout.names)
        if names[:1] not in {(name,) for name in _TIMES} or layout.delimiter == " ":
            return Sniff(0)
        first = layout.rows[0][0]
        found = sensors_in(layout)
        if not is_time_text(first) or "acceleration" not in found:
            return Sniff(0)
        if any(month.isalpha() for month in first.split("-")[1:2]):
            return Sniff(60, "its times as MATLAB writes them")
        if names == ("timestamp", *_PLAIN):
            return Sniff(60, "its columns Timestamp, X, Y, Z")
        return Sniff(0)

    def part(self, file: TextTable, options: Options) -> Part:
        """Describe the recording.

        Raises:
            UnusableRecording: If it is another sensor, whose columns have the same names.
        """
        # The app always writes SI units; guessing could take a turning rate near 1 for 1 g.
        found = {s: replace(t, factor=t.factor or 1.0) for s, t in sensors_in(file.layout).items()}
        part = part_of(file, options, found)
        if not part.gravity_included:
            raise UnusableRecording(
                f"“{file.source.name}” holds no acceleration with the pull of the earth.",
                'It may be another sensor. In MATLAB: writetimetable(Acceleration, "walk.csv").',
            )
        first = file.layout.rows[0][0]
        if options.zone is None or has_zone(first):
            return part
        seconds = float(seconds_of_text(np.array([first]))[0])
        if not np.isfinite(seconds):
            return part
        wall = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        told = tuple(text for text in part.assumptions if text != ZONE_ASSUMED)
        start = WallClock(options.zone).start(wall.replace(tzinfo=None))
        return replace(part, start=start, assumptions=told)
