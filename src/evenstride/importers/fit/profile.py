"""The numbers of the messages and fields of FIT that evenstride reads, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ACTIVITY",
    "DEVELOPER_FIELD",
    "DEVICE_INFO",
    "EVENT",
    "FILE_ID",
    "FIRST_DATE",
    "FROM_SEMICIRCLES",
    "MONITORING",
    "MONITORING_INFO",
    "RECORD",
    "SESSION",
    "SPORT",
    "TIME",
    "Written",
]

FILE_ID, SPORT, SESSION, RECORD, EVENT, DEVICE_INFO = 0, 12, 18, 20, 21, 23
ACTIVITY, MONITORING, MONITORING_INFO, DEVELOPER_FIELD = 34, 55, 103, 206

TIME = 253
"""Number of the time stamp in every message."""

FIRST_DATE = float(0x10000000)
"""Smaller times are seconds since the device was switched on: its clock was not set."""

FROM_SEMICIRCLES = 180.0 / 2**31
"""Degrees in one step of a position."""


@dataclass(frozen=True, slots=True)
class Written:
    """How a field is written: value = what is written / scale - offset, in SI.

    Attributes:
        field: Its number.
        scale: Divides.
        offset: Is taken away.
    """

    field: int
    scale: float = 1.0
    offset: float = 0.0
