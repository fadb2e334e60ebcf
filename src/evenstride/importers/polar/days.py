"""Steps of whole days as Polar counted them; a day is that of the person's own clock."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date

from evenstride.importers.contract import Options
from evenstride.importers.gathering import Gatherer
from evenstride.importers.jsons import number, read_json
from evenstride.importers.moments import WallClock
from evenstride.importers.source import Member, Source
from evenstride.importers.words import counted
from evenstride.model import Device, Left, Series

__all__ = ["Days"]

_DEVICE = Device("Polar", "counts of whole days", "watch")
_MOST_BYTES = 16 << 20


class Days:
    """Reads the files of days.

    Args:
        options: Of the person; their zone tells when a day began.
    """

    def __init__(self, options: Options) -> None:
        self._clock = WallClock(options.zone)
        self._since = options.since_utc_ns

    def read(self, source: Source, members: tuple[Member, ...]) -> Iterator[Series | Left]:
        """Yield the steps, one value for a day."""
        steps: dict[date, float] = {}
        unclear = 0
        for member in members:
            value = read_json(source, member, _MOST_BYTES)
            if isinstance(value, Left):
                yield value
                continue
            day = _day(value)
            if day is None:
                unclear += 1
            elif (count := _steps(value)) is not None:
                steps[day] = count
        gatherer = Gatherer(self._since)
        for day, count in sorted(steps.items()):
            span = self._clock.day(day)
            if span is None:
                unclear += 1
            else:
                gatherer.add("steps", *span, count, _DEVICE)
        yield from gatherer.rest("the steps of days")
        if unclear:
            yield Left(counted(unclear, "days"), "the date is not clear")


def _day(value: object) -> date | None:
    text = value.get("date") if isinstance(value, dict) else None
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _steps(value: object) -> float | None:
    """Return the steps of a day as summed up, else as sampled; None if it tells none."""
    day = value if isinstance(value, dict) else {}
    summary = day.get("summary")
    count = number(summary.get("stepCount")) if isinstance(summary, Mapping) else math.nan
    if not math.isnan(count):
        return count
    samples = day.get("samples")
    rows = samples.get("steps") if isinstance(samples, Mapping) else None
    if not isinstance(rows, list):
        return None
    values = [number(row.get("value")) for row in rows if isinstance(row, Mapping)]
    counted = [value for value in values if value >= 0]
    return math.fsum(counted) if counted else None
