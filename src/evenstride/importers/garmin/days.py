"""Garmin's counts of whole days; where the watch's own files are there, those tell more."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from evenstride.importers.contract import Options
from evenstride.importers.gathering import Gatherer
from evenstride.importers.jsons import number, read_items
from evenstride.importers.moments import moment_of_text
from evenstride.importers.source import Member, Source
from evenstride.importers.words import counted
from evenstride.model import Device, Left, Series
from evenstride.model.day import NS

__all__ = ["Days"]

_QUARTER_NS = 900 * NS  # the midnights of all zones stand at a quarter of an hour
_LONGEST_NS = 26 * 3600 * NS  # the longest day of a year, and some way westwards
_DEVICE = Device("Garmin Connect", "counts of whole days", "watch")
_METRICS = {"totalSteps": "steps", "totalDistanceMeters": "distance_m"}


class Days:
    """Collects the days, and the quarters of an hour for which a watch has counted steps.

    Args:
        options: Of the person.
    """

    def __init__(self, options: Options) -> None:
        self._since = options.since_utc_ns
        self._quarters: set[int] = set()

    def counted(self, series: Series) -> None:
        """Remember when a file of the watch counted steps."""
        if series.metric == "steps":
            self._quarters.update(np.unique(series.start_utc_ns // _QUARTER_NS).tolist())

    def read(self, source: Source, members: list[Member]) -> Iterator[Series | Left]:
        """Yield the days that no file of the watch has counted."""
        days: dict[tuple[int, int], Mapping[str, object]] = {}
        unclear = 0
        for member in members:
            for item in read_items(source, member):
                if isinstance(item, Left):
                    yield item
                elif isinstance(item, dict) and (span := _span(item)) is not None:
                    days[span] = item
                else:
                    unclear += 1
        yield from self._series(days)
        if unclear:
            yield Left(
                counted(unclear, "days"), "the file does not say when the day began and ended"
            )

    def _series(self, days: dict[tuple[int, int], Mapping[str, object]]) -> Iterator[Series | Left]:
        gatherer = Gatherer(self._since)
        again = 0
        for (start, end), item in sorted(days.items(), key=lambda pair: pair[0]):
            quarters = range(start // _QUARTER_NS, -(-end // _QUARTER_NS))
            if not self._quarters.isdisjoint(quarters):
                again += 1
                continue
            for key, metric in _METRICS.items():
                value = number(item.get(key))
                if not math.isnan(value):  # a day on which the watch was not worn has no count
                    gatherer.add(metric, start, end, value, _DEVICE)
        yield from gatherer.rest("the counts of whole days")
        if again:
            yield Left(
                f"the sums of {counted(again, 'days')}",
                "files of the watch tell the same in detail",
            )


def _span(item: Mapping[str, object]) -> tuple[int, int] | None:
    """Return the first and last moment of a day, ns since 1970, UTC; None if not told."""
    times = [item.get(f"wellness{which}TimeGmt") for which in ("Start", "End")]
    moments = [moment_of_text(value) if isinstance(value, str) else None for value in times]
    start, end = moments
    if start is None or end is None or not 0 < end.ns - start.ns <= _LONGEST_NS:
        return None
    return start.ns, end.ns
