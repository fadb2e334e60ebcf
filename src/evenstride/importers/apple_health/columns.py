"""Rows of many metrics, put aside until a piece of a series is full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.apple_health.heads import Heads
from evenstride.importers.apple_health.names import FRACTIONS
from evenstride.importers.apple_health.tally import Tally
from evenstride.importers.moments import EARLIEST_NS, LATEST_NS
from evenstride.model import Series

__all__ = ["Columns", "Rows"]

_PIECE_ROWS = 65_536
_MOST_ROWS = 1_000_000  # of all metrics together


@dataclass(slots=True)
class Rows:
    """Records in the order of the file.

    Attributes:
        at: Where each stood.
        head: Number of its head.
        start_utc_ns: Begin.
        end_utc_ns: End.
        value: As written.
        side: -1 left, +1 right, 0 not known.
        zone: Zones of the few rows that tell it, by the place where they stood.
    """

    at: NDArray[np.int64]
    head: NDArray[np.int64]
    start_utc_ns: NDArray[np.int64]
    end_utc_ns: NDArray[np.int64]
    value: NDArray[np.float64]
    side: NDArray[np.int8]
    zone: dict[int, str] = field(default_factory=dict)


_Piece = tuple[
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.float64],
    NDArray[np.int32],
    NDArray[np.int8],
]


class Columns:
    """Collects rows by metric, unit and zone, and gives them back as ``Series``."""

    def __init__(self, heads: Heads, tally: Tally, since_utc_ns: int | None) -> None:
        self._heads = heads
        self._tally = tally
        self._since_utc_ns = since_utc_ns
        self._pieces: dict[tuple[str, str, str | None], list[_Piece]] = {}
        self._waiting: dict[tuple[str, str, str | None], int] = {}

    def add(self, rows: Rows) -> None:
        """Put rows aside; those that cannot be used are counted with the reason."""
        kept = np.ones(len(rows.at), bool)
        if self._since_utc_ns is not None:
            kept = rows.end_utc_ns >= self._since_utc_ns
            old = len(kept) - int(np.count_nonzero(kept))
            self._tally.add("record", "they are older than the date that you asked for", old)
        possible = (rows.start_utc_ns <= rows.end_utc_ns) & (rows.start_utc_ns > EARLIEST_NS)
        possible &= rows.end_utc_ns < LATEST_NS
        wrong = kept & ~possible
        self._tally.add("record", "their times cannot be right", int(np.count_nonzero(wrong)))
        kept &= possible
        names = sorted(set(rows.zone.values()))
        zone = np.zeros(len(rows.at), np.int64)
        if rows.zone:
            place = {name: i + 1 for i, name in enumerate(names)}
            told = np.flatnonzero(np.isin(rows.at, np.array(list(rows.zone))))
            zone[told] = [place[rows.zone[at]] for at in rows.at[told].tolist()]
        for index, name in enumerate([None, *names]):
            self._by_metric(rows, np.flatnonzero(kept & (zone == index)), name)

    def _by_metric(self, rows: Rows, which: NDArray[np.intp], zone: str | None) -> None:
        """Put rows of one zone aside, each metric apart."""
        metric_of = {}
        for number in np.unique(rows.head[which]).tolist():
            head = self._heads.heads[number]
            metric_of[number] = (head.metric, head.unit)
        groups = {key: i for i, key in enumerate(dict.fromkeys(metric_of.values()))}
        group = np.zeros(len(self._heads.heads), np.int64)
        for number, key in metric_of.items():
            group[number] = groups[key]
        of_row = group[rows.head[which]]
        for index in groups.values():
            self._put(rows, which[of_row == index], zone)

    def _put(self, rows: Rows, which: NDArray[np.intp], zone: str | None) -> None:
        """Put rows of one metric aside."""
        head = rows.head[which]
        numbers = np.unique(head).tolist()
        first = self._heads.heads[numbers[0]]
        scale, device = np.zeros((2, max(numbers) + 1)), np.zeros(max(numbers) + 1, np.int32)
        good = np.ones(len(which), bool)
        for number in numbers:
            one = self._heads.heads[number]
            scale[:, number], device[number] = (one.factor, one.offset), one.device
            if one.reason:
                good &= head != number
                self._tally.add("record", one.reason, int(np.count_nonzero(head == number)))
        value = rows.value[which] * scale[0, head] + scale[1, head]
        if first.metric in FRACTIONS:
            above = good & (value > 1.0)
            good &= ~above
            reason = f"a share of more than a whole is not possible ({first.metric})"
            self._tally.add("record", reason, int(np.count_nonzero(above)))
        if not good.any():
            return
        which, head, value = which[good], head[good], value[good]
        start, end = rows.start_utc_ns[which], rows.end_utc_ns[which]
        key = (first.metric, first.unit, zone)
        piece = (start, end, value, device[head], rows.side[which])
        self._pieces.setdefault(key, []).append(piece)
        self._waiting[key] = self._waiting.get(key, 0) + len(which)

    def full(self) -> Iterator[Series]:
        """Yield what is long enough for a piece; the longest ones if too much waits."""
        for key in [key for key, count in self._waiting.items() if count >= _PIECE_ROWS]:
            yield self._series(key)
        while sum(self._waiting.values()) > _MOST_ROWS or len(self._waiting) > _MOST_ROWS // 100:
            yield self._series(max(self._waiting, key=self._waiting.__getitem__))

    def rest(self) -> Iterator[Series]:
        """Yield all that waits."""
        for key in list(self._waiting):
            yield self._series(key)

    def _series(self, key: tuple[str, str, str | None]) -> Series:
        metric, unit, zone = key
        del self._waiting[key]
        start, end, value, device, side = (
            np.concatenate(column) for column in zip(*self._pieces.pop(key), strict=True)
        )
        seen, row = np.unique(device, return_inverse=True)
        return Series(
            start,
            end,
            value,
            row.astype(np.int32),
            side,
            metric=metric,
            unit=unit,
            devices=tuple(self._heads.devices[number] for number in seen.tolist()),
            zone=zone,
        )
