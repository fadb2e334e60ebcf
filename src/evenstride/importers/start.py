"""When a recording began, and how the zone of that time is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from evenstride.importers.moments import is_possible
from evenstride.importers.tables.stamps import has_zone, offset_minutes, seconds_of_text
from evenstride.model import Start

__all__ = ["ZONE_ASSUMED", "start_of_epoch", "start_of_text"]

ZONE_ASSUMED = "The file does not name its time zone; the zone of this computer was taken."


def start_of_epoch(seconds: float, zone: str | None = None) -> Start | None:
    """Return the start from seconds since 1970 in UTC, or None if they cannot be a date.

    Args:
        seconds: Since 1970.
        zone: IANA name of the zone, if the file names it.
    """
    if not _is_possible(seconds):
        return None
    return Start(_nanoseconds(seconds), None, zone, "recorded" if zone else "assumed")


def start_of_text(text: str) -> Start | None:
    """Return the start from a clock text with a date; without a zone, the computer's is taken."""
    seconds = float(seconds_of_text(np.array([text]))[0])
    if not _is_possible(seconds):
        return None
    if has_zone(text):
        minutes = offset_minutes(_zone_text(text))
        return Start(_nanoseconds(seconds), minutes, None, "file_offset")
    naive = datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 - local by intent
    local = naive.astimezone()
    offset = local.utcoffset() or timedelta()
    utc_s = (local - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    return Start(_nanoseconds(utc_s), round(offset.total_seconds() / 60), None, "assumed")


def _is_possible(seconds: float) -> bool:
    return np.isfinite(seconds) and is_possible(round(seconds * 1e9))


def _zone_text(text: str) -> str | None:
    tail = text.rstrip()
    if tail.endswith(("Z", "UTC")):
        return None
    sign = max(tail.rfind("+"), tail.rfind("-"))
    return tail[sign:]


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1e6) * 1000
