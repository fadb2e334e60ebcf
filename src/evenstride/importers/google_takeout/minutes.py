"""Fitbit, now Google Health: tables of values -> series; how long each value counts."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np

from evenstride.importers.gathering import Gatherer, device_kind
from evenstride.importers.google_takeout.kinds import VALUES, Found
from evenstride.importers.jsons import number
from evenstride.importers.moments import is_possible, moment_of_text
from evenstride.importers.named_rows import Columns, read_rows
from evenstride.importers.source import Source
from evenstride.model import METRICS, Device, Left, Series
from evenstride.model.day import NS

__all__ = ["MINUTE_NS", "read_table_of_values"]

MINUTE_NS = 60 * NS
"""The longest that a value of a table counts."""

_MOST_ROWS = 200_000


class _Rows:
    """The rows of a piece of a table, by the device that wrote them."""

    def __init__(self) -> None:
        self.count = 0
        self._by_name: dict[str, tuple[array[int], array[float]]] = {}

    def add(self, name: str, ns: int, value: float) -> None:
        times, values = self._by_name.setdefault(name, (array("q"), array("d")))
        times.append(ns)
        values.append(value)
        self.count += 1

    def hand_on(self, metric: str, gatherer: Gatherer) -> None:
        """Give all rows to ``gatherer``; one that adds up counts until the next of its device.

        A watch writes a row each full minute, a phone at any second: two rows of the phone within
        a minute would otherwise seem to overlap, and steps be lost.
        """
        adds_up = METRICS[metric].adds_up
        for name, (times, values) in self._by_name.items():
            device = Device(name, "", device_kind(name))
            starts = np.array(times, np.int64)
            moments = np.append(np.unique(starts), np.iinfo(np.int64).max)
            following = moments[np.searchsorted(moments, starts, side="right")]
            ends = np.minimum(starts + MINUTE_NS, following) if adds_up else starts
            for start, end, value in zip(starts.tolist(), ends.tolist(), values, strict=True):
                gatherer.add(metric, start, end, value, device)
        self._by_name.clear()
        self.count = 0


def read_table_of_values(
    source: Source, found: Found, gatherer: Gatherer
) -> Iterator[Series | Left]:
    """Yield the values of a table; the source of each row is its device."""
    metric, factor = VALUES[found.detail]
    rows = _Rows()
    columns: Columns | None = None
    for row in read_rows(source, found.member):
        if isinstance(row, Left):
            yield row
        elif columns is None or row[0].strip().lower() == "timestamp":
            columns = Columns(row)
        else:
            moment = moment_of_text(row[0])
            cell = columns.cell(row, found.detail)
            possible = moment is not None and is_possible(moment.ns)
            if moment is None or moment.offset_min is None or not possible or not cell:
                gatherer.reject()
                continue
            rows.add(columns.cell(row, "data source"), moment.ns, number(cell) * factor)
            if rows.count >= _MOST_ROWS:
                rows.hand_on(metric, gatherer)
                yield from gatherer.full()
    rows.hand_on(metric, gatherer)
    if gatherer.is_full:
        yield from gatherer.full()
