"""The text of one field -> its value. What the fast reader does for many must equal this."""

from __future__ import annotations

import math
import re
from datetime import date

from evenstride.importers.xml_tracks.text import plain

__all__ = ["LOCAL", "NO_TIME", "UTC", "moment", "number"]

NO_TIME = -(1 << 63)
"""Stands for a time that is not there, in nanoseconds."""

LOCAL, UTC = 20_000, 10_000
"""Stand in the place of an offset in minutes: no zone written, and "Z" written."""

_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LONGEST = 64
_MOMENT = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)[Tt ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?"
    r"\s*(?:([Zz]|UTC)|([+-])(\d\d):?(\d\d)?)?",
    re.ASCII,
)
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_S = 86_400
_MINUTE_NS = 60_000_000_000


def number(raw: bytes) -> float:
    """Return a number, also one with a decimal comma; NaN where there is none."""
    text = _short(raw)
    if _NUMBER.fullmatch(text) is None:
        return math.nan
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else math.nan


def moment(raw: bytes) -> tuple[int, int]:
    """Return a time in nanoseconds since 1970, and its offset from UTC in minutes.

    The offset is ``UTC`` for "Z"; it is ``LOCAL`` where none is written: the clock is then counted
    as if it ran in UTC. Without a time: ``NO_TIME`` and ``LOCAL``.
    """
    match = _MOMENT.fullmatch(_short(raw))
    if match is None:
        return NO_TIME, LOCAL
    year, month, day, hour, minute, second, fraction, zulu, sign, hours, minutes = match.groups()
    try:
        days = date(int(year), int(month), int(day)).toordinal() - _EPOCH
    except ValueError:
        return NO_TIME, LOCAL
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60 or not 1800 < int(year) < 2200:
        return NO_TIME, LOCAL
    seconds = days * _DAY_S + int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    nanoseconds = seconds * 1_000_000_000 + int((fraction or "").ljust(9, "0"))
    if zulu:
        return nanoseconds, UTC
    if not sign:
        return nanoseconds, LOCAL
    offset = int(hours) * 60 + int(minutes or 0)
    offset = -offset if sign == "-" else offset
    return (nanoseconds - offset * _MINUTE_NS, offset) if abs(offset) < 1200 else (NO_TIME, LOCAL)


def _short(raw: bytes) -> str:
    return plain(raw[:_LONGEST].decode("ascii", "replace")).strip() if len(raw) < 200 else ""
