"""Who recorded a value: the phone, watch or program that a file names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["DEVICE_KINDS", "UNKNOWN_DEVICE", "Device", "DeviceKind"]

DeviceKind = Literal["watch", "phone", "other"]
DEVICE_KINDS: tuple[DeviceKind, ...] = get_args(DeviceKind)
"""From the one that is believed first when several counted the same steps."""


@dataclass(frozen=True, slots=True)
class Device:
    """A source of values, as it is told apart from others of the same person.

    Attributes:
        name: What the file calls it, with odd spaces and quotes made plain; "" if it has none.
        model: Make and model, or the program that wrote the value; "" if not told.
        kind: A watch, a phone, or anything else.
    """

    name: str = ""
    model: str = ""
    kind: DeviceKind = "other"


UNKNOWN_DEVICE = Device()
