"""Moments as people say them ("yesterday 17:30"), on the clock of the place where they are."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evenstride.checkup.knowledge.spoken import spoken, spoken_day
from evenstride.errors import OptionError
from evenstride.model.day import NS, day_of, local

__all__ = [
    "NS",
    "day_of",
    "day_typed",
    "local",
    "moment",
    "now_utc_ns",
    "own_zone",
    "said",
    "zone_named",
]

_HINT = "Say it like “today 17:30”, “yesterday 8:15” or “2026-11-20 17:30”."
_SPOKEN = re.compile(
    r"(?:(?P<word>now|today|yesterday)|(?P<day>\d{4}-\d{2}-\d{2}))?"
    r"[\sT,]*(?:at\s+)?(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?",
    re.IGNORECASE,
)
_NOON = time(12)
_EARLIEST = date(1900, 1, 1)


def now_utc_ns() -> int:
    """Return the time now in nanoseconds since 1970, UTC."""
    return int(datetime.now(UTC).timestamp() * 1e6) * 1000


def own_zone() -> str:
    """Return the IANA name of the time zone of this computer; "UTC" if it does not tell."""
    named = os.environ.get("TZ", "").removeprefix(":")
    linked = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    for name in (named, linked):
        try:
            if name:
                return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def zone_named(name: str) -> str:
    """Return the name of a time zone if it is one.

    Raises:
        OptionError: If it is not known.
    """
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise OptionError(
            f"“{name}” is not a known time zone.", "Use a name such as Europe/London."
        ) from error


def moment(text: str, zone: str, now: int) -> int:
    """Return when something was, in nanoseconds UTC, from what a person typed.

    A day without a time is noon of that day, and a time without a day is today. An hour that the
    clock skips in spring is the hour after; one that comes twice in autumn is the first.

    Raises:
        OptionError: If it cannot be understood, or lies in the future.
    """
    found = _SPOKEN.fullmatch(text.strip())
    if not found or not text.strip():
        raise OptionError(f"“{text}” is not a time.", _HINT)
    if (found["word"] or "").lower() == "now":
        return now
    today = day_of(now, zone)
    try:
        day = date.fromisoformat(found["day"]) if found["day"] else today
        clock = time(int(found["hour"]), int(found["minute"])) if found["hour"] else None
    except ValueError as error:
        raise OptionError(f"“{text}” is not a time.", _HINT) from error
    if (found["word"] or "").lower() == "yesterday":
        day -= timedelta(days=1)
    if day < _EARLIEST:
        raise OptionError(f"“{text}” is too long ago.", _HINT)
    at = datetime.combine(day, clock or _NOON, ZoneInfo(zone))
    utc_ns = int(at.timestamp()) * NS
    if clock is None and day == today:
        return min(utc_ns, now)
    if utc_ns > now:
        raise OptionError(f"“{text}” has not come yet.", _HINT)
    return utc_ns


def day_typed(text: str) -> date:
    """Return a day of the calendar from what a person typed, such as "2026-11-20".

    Raises:
        OptionError: If it is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise OptionError(f"“{text}” is not a day.", "Type it like 2026-11-20.") from error


def said(utc_ns: int, zone: str, now: int) -> str:
    """Return a moment as people say it: "today 17:30", "yesterday 8:15", "20 November 17:30"."""
    at, today = local(utc_ns, zone), day_of(now, zone)
    days = (today - at.date()).days
    words, clock = spoken()["moments"], f"{at:%H:%M}"
    if days in (0, 1):
        return str(words[("today", "yesterday")[days]].format(clock=clock))
    day = spoken_day(at.date(), "day" if at.year == today.year else "day_year")
    return str(words["day"].format(day=day, clock=clock))
