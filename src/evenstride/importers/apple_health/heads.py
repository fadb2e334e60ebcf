"""What stands before the times of a record: type, source, device and unit, each told apart once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evenstride.importers.apple_health import names, texts
from evenstride.importers.quantities import unit_of
from evenstride.model import METRICS, Device
from evenstride.model.device import UNKNOWN_DEVICE

__all__ = ["Head", "Heads", "Use"]

Use = Literal["value", "symptom", "unwanted"]
"""What a type of record is good for: a row of a series, an entry, or nothing that was asked for."""

_NAMED = (b"type", b"sourceName", b"unit")
_ADDRESS = re.compile(rb"0x[0-9a-fA-F]+")
_MOST_KEPT = 4096
_MOST_DEVICES = 4096  # of one person; more are no devices, and are not told apart


@dataclass(frozen=True, slots=True)
class Head:
    """What records of one type, source and unit have in common.

    Attributes:
        metric: Ours, or Apple's own name.
        unit: Of the values that come out.
        factor: Multiply by this.
        offset: Then add this.
        device: Number of the device.
        sided: Whether such records tell where the phone was carried.
        no_number: Whether the values are names of categories.
        reason: Why such records are left out, as the end of a sentence; "" if they are not.
    """

    metric: str
    unit: str
    factor: float
    offset: float
    device: int
    sided: bool
    no_number: bool
    reason: str = ""


class Heads:
    """Every head that was met; few, though there are millions of records.

    Attributes:
        everything: Whether all types are asked for.
        heads: By their numbers.
        devices: By their numbers.
        met: Numbers of heads by their bytes, without the address in memory.
    """

    def __init__(self, *, everything: bool) -> None:
        self.everything = everything
        self.heads: list[Head] = []
        self.devices: list[Device] = []
        self.met: dict[bytes, int] = {}
        self._uses: dict[str, Use] = {}
        self._of_head: dict[Head, int] = {}
        self._numbers: dict[tuple[bytes | None, ...], int] = {}
        self._device_numbers: dict[Device, int] = {}
        self._described: dict[tuple[bytes | None, bytes | None], int] = {}

    def use(self, kind: str) -> Use:
        """Return what a type of record is good for."""
        found = self._uses.get(kind)
        if found is None:
            if names.symptom(kind):
                found = "symptom"
            else:
                found = "value" if self.everything or kind in names.WALKING else "unwanted"
            if len(self._uses) < _MOST_KEPT:
                self._uses[kind] = found
        return found

    def number(self, attributes: dict[bytes, bytes]) -> int:
        """Return the number of the head that has these attributes."""
        described = attributes.get(b"device")
        same = None if described is None else _ADDRESS.sub(b"", described)
        key = (*(attributes.get(name) for name in _NAMED), same)
        found = self._numbers.get(key)
        if found is None:
            kind, unit = texts.word(attributes.get(b"type")), texts.word(attributes.get(b"unit"))
            who = self.device(attributes.get(b"sourceName"), same)
            head = _head(kind, unit, who)
            found = self._of_head.setdefault(head, len(self.heads))
            if found == len(self.heads):
                self.heads.append(head)
            if len(self._numbers) >= _MOST_KEPT:
                self._numbers.clear()
            self._numbers[key] = found
        return found

    def device(self, source: bytes | None, described: bytes | None) -> int:
        """Return the number of a device."""
        key = (source, None if described is None else _ADDRESS.sub(b"", described))
        found = self._described.get(key)
        if found is None:
            full = len(self.devices) >= _MOST_DEVICES
            device = UNKNOWN_DEVICE if full else texts.device(source, described)
            found = self._device_numbers.setdefault(device, len(self.devices))
            if found == len(self.devices):
                self.devices.append(device)
            if len(self._described) >= _MOST_KEPT:
                self._described.clear()
            self._described[key] = found
        return found


def _head(kind: str, unit: str, device: int) -> Head:
    metric = names.METRIC_OF.get(kind)
    sided, category = kind in names.SIDED, kind.startswith("HKCategoryType")
    if metric is None:
        own = "1" if unit == "%" else unit  # Apple writes shares as fractions
        return Head(kind, own, 1.0, 0.0, device, sided, category)
    wanted = METRICS[metric].unit
    found = unit_of(unit)
    if found is None or found.si != wanted:
        short = kind.removeprefix("HKQuantityTypeIdentifier")
        reason = f"the unit “{unit}” of {short} is not one that evenstride knows for it"
        return Head(metric, wanted, 1.0, 0.0, device, sided, category, reason)
    factor = 1.0 if unit == "%" else found.factor  # Apple writes shares as fractions
    return Head(metric, wanted, factor, found.offset, device, sided, category)
