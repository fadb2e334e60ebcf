"""Moments on the clock and the calendar of the place where they were lived."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["NS", "day_of", "is_zone", "local", "zone"]

NS = 1_000_000_000
"""Nanoseconds in a second."""


def is_zone(name: str) -> bool:
    """Tell whether this is the IANA name of a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; a name that nobody knows counts as UTC."""
    return ZoneInfo(name if is_zone(name) else "UTC")


def local(utc_ns: int, time_zone: str) -> datetime:
    """Return a moment, in whole seconds, on the clock of a place.

    Args:
        utc_ns: Nanoseconds since 1970, UTC.
        time_zone: IANA name.
    """
    return datetime.fromtimestamp(utc_ns // NS, UTC).astimezone(zone(time_zone))


@lru_cache(maxsize=1 << 14)  # asked many times for each of ten years of walks
def day_of(utc_ns: int, time_zone: str) -> date:
    """Return the day of a moment on the calendar of a place; arguments as in ``local``."""
    return local(utc_ns, time_zone).date()
