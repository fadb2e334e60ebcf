"""When something began, and how the zone of that time is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Basis", "Start"]

Basis = Literal["recorded", "file_offset", "export_phone", "asked", "assumed"]


@dataclass(frozen=True, slots=True)
class Start:
    """When something began.

    Attributes:
        utc_ns: Nanoseconds since 1970 in UTC.
        utc_offset_min: Minutes that the local clock was ahead of UTC, or None when not known.
        zone: IANA name of the zone, or None.
        basis: How the zone is known: "recorded" with the value, "file_offset" of its time stamp,
            "export_phone" where one offset of the exporting phone stands on all years (so it tells
            UTC, not the wall clock), "asked" of the person, or "assumed".
    """

    utc_ns: int
    utc_offset_min: int | None
    zone: str | None
    basis: Basis
