"""Single values -> ``Series`` in pieces of bounded size, with a count of what was no value."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from evenstride.importers.moments import EARLIEST_NS, LATEST_NS
from evenstride.model import METRICS, Device, Left, Series
from evenstride.model.device import UNKNOWN_DEVICE, DeviceKind

__all__ = ["Gatherer", "device_kind"]

_MOST_ROWS = 200_000
_WATCH = re.compile(
    r"watch|\bgear\b|band\b|versa|charge|sense|inspire|luxe|\balta\b|ionic|forerunner|fenix|venu"
    r"|vivo(?:smart|active|fit)|tracker|fitbit air|\bring\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"phone|pixel|galaxy [asznm]|\bSM-[ASGFNM]|oneplus|redmi|moto\b|mobiletrack|handset",
    re.IGNORECASE,
)


def device_kind(name: str) -> DeviceKind:
    """Tell a watch and a phone by their name; a guess that only sets who is believed first."""
    if _WATCH.search(name):
        return "watch"
    return "phone" if _PHONE.search(name) else "other"


@dataclass
class _Columns:
    unit: str
    start: array[int] = field(default_factory=lambda: array("q"))
    end: array[int] = field(default_factory=lambda: array("q"))
    value: array[float] = field(default_factory=lambda: array("d"))
    device: array[int] = field(default_factory=lambda: array("i"))
    devices: dict[Device, int] = field(default_factory=dict)
    last: tuple[Device | None, int] = (None, 0)

    def series(self, metric: str) -> Series:
        rows = len(self.value)
        return Series(
            np.array(self.start, np.int64),
            np.array(self.end, np.int64),
            np.array(self.value, np.float64),
            np.array(self.device, np.int32),
            np.zeros(rows, np.int8),
            metric=metric,
            unit=self.unit,
            devices=tuple(self.devices),
        )


class Gatherer:
    """Collects values by metric and hands them on as ``Series``.

    What cannot be true (a time outside of 1990 to 2100, an end before its begin, no number, less
    than nothing) is left out and counted, and what ended before ``since_utc_ns`` is left out.

    Args:
        since_utc_ns: See ``Options``.
        most_rows: Rows after which a piece is handed on.

    Attributes:
        is_full: Whether a piece waits to be taken with ``full``.
    """

    def __init__(self, since_utc_ns: int | None, most_rows: int = _MOST_ROWS) -> None:
        self._since = since_utc_ns
        self._most_rows = most_rows
        self._columns: dict[str, _Columns] = {}
        self._impossible = self._older = 0
        self.is_full = False

    def add(
        self,
        metric: str,
        start_ns: int,
        end_ns: int,
        value: float,
        device: Device = UNKNOWN_DEVICE,
        unit: str | None = None,
    ) -> None:
        """Take one value; ``unit`` is only needed for a metric that is not in ``METRICS``."""
        possible = EARLIEST_NS < start_ns <= end_ns < LATEST_NS and 0 <= value < math.inf
        if not possible:
            self._impossible += 1
            return
        if self._since is not None and end_ns < self._since:
            self._older += 1
            return
        columns = self._columns.get(metric)
        if columns is None:
            columns = self._columns[metric] = _Columns(unit or METRICS[metric].unit)
        columns.start.append(start_ns)
        columns.end.append(end_ns)
        columns.value.append(value)
        if device is not columns.last[0]:  # most rows have the device of the row before
            columns.last = device, columns.devices.setdefault(device, len(columns.devices))
        columns.device.append(columns.last[1])
        if len(columns.value) >= self._most_rows:
            self.is_full = True

    def reject(self, rows: int = 1) -> None:
        """Count rows that could not be read at all."""
        self._impossible += rows

    def full(self) -> Iterator[Series]:
        """Yield, and let go of, the metrics that have grown to a full piece."""
        self.is_full = False
        for metric, columns in list(self._columns.items()):
            if len(columns.value) >= self._most_rows:
                del self._columns[metric]
                yield columns.series(metric)

    def rest(self, name: str) -> Iterator[Series | Left]:
        """Yield what is there, and say how much was left out of ``name``, and why."""
        for metric, columns in self._columns.items():
            yield columns.series(metric)
        self._columns.clear()
        if self._impossible:
            yield Left(
                f"{self._impossible} rows of {name}", "their values were missing or impossible"
            )
        if self._older:
            yield Left(f"{self._older} rows of {name}", "they are older than what was asked for")
        self._impossible = self._older = 0
