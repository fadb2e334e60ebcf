"""Times written as text -> seconds, fast where all rows look alike and tolerant elsewhere."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

__all__ = ["TEXT_WIDTH", "has_zone", "is_time_text", "offset_minutes", "seconds_of_text"]

TEXT_WIDTH = 40
"""Longest time text that is read, in characters."""

_DAY_S = 86_400.0
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STAMP = re.compile(
    r"(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[T ]\s*"
    r"|(?P<matlab>\d{1,2}-[A-Z][a-z]{2}-\d{4}) )?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})(?:[.,:](?P<fraction>\d{1,9}))?"
    r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?"
)


def is_time_text(cell: str) -> bool:
    """Tell whether a cell holds a clock time, with or without a date."""
    return len(cell) <= TEXT_WIDTH and ":" in cell and _STAMP.fullmatch(cell) is not None


def has_zone(cell: str) -> bool:
    """Tell whether a time text names its offset from UTC."""
    match = _STAMP.fullmatch(cell)
    return match is not None and match["zone"] is not None


def offset_minutes(zone: str | None) -> int:
    """Return how far a zone text such as "+05:30" is ahead of UTC, in minutes."""
    if not zone or zone in ("Z", "UTC"):
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def seconds_of_text(texts: NDArray[np.str_]) -> NDArray[np.float64]:
    """Return seconds since 1970 (since midnight without a date); NaN where it is no time.

    Without a zone the clock is counted as if it ran in UTC.

    Args:
        texts: (n,) strings.
    """
    fast = _alike(texts)
    return _one_by_one(texts) if fast is None else fast


def _one_by_one(texts: NDArray[np.str_]) -> NDArray[np.float64]:
    out = np.full(texts.size, np.nan)
    for i, text in enumerate(texts.tolist()):
        match = _STAMP.fullmatch(text.strip().strip('"').strip())
        if match is not None:
            out[i] = _seconds(match)
    return out


def _seconds(match: re.Match[str]) -> float:
    part = match.groupdict()
    days = 0
    try:
        if part["year"]:
            day = date(int(part["year"]), int(part["month"]), int(part["day"]))
            days = day.toordinal() - _EPOCH
        elif part["matlab"]:
            number, month, year = part["matlab"].split("-")
            day = date(int(year), _MONTHS.index(month) + 1, int(number))
            days = day.toordinal() - _EPOCH
    except ValueError:
        return float("nan")
    seconds = int(part["hour"]) * 3600 + int(part["minute"]) * 60 + int(part["second"])
    fraction = float(f"0.{part['fraction']}") if part["fraction"] else 0.0
    return days * _DAY_S + seconds + fraction - 60.0 * offset_minutes(part["zone"])


def _alike(texts: NDArray[np.str_]) -> NDArray[np.float64] | None:
    """Read texts that all look like the first one, or return None if they do not."""
    if texts.size == 0:
        return None
    first = str(texts[0])
    match = _STAMP.fullmatch(first)
    width = texts.dtype.itemsize // 4
    if match is None or match["matlab"] or len(first) > width:
        return None
    signs = np.ascontiguousarray(texts).view(np.uint32).reshape(texts.size, width)
    pattern = np.array([ord(c) for c in first.ljust(width, "\0")], dtype=np.uint32)
    digits = np.zeros(width, dtype=bool)
    for name in ("year", "month", "day", "hour", "minute", "second", "fraction"):
        start, stop = match.span(name)
        digits[max(start, 0) : max(stop, 0)] = True
    numbers = signs.astype(np.int64) - ord("0")
    if np.any(signs[:, ~digits] != pattern[~digits]):
        return None
    if np.any((numbers[:, digits] < 0) | (numbers[:, digits] > 9)):
        return None

    def value(name: str) -> NDArray[np.int64]:
        out = np.zeros(texts.size, dtype=np.int64)
        for column in range(*match.span(name)):
            out = out * 10 + numbers[:, column]
        return out

    seconds = value("hour") * 3600 + value("minute") * 60 + value("second")
    if match["year"]:
        days = _days(value("year"), value("month"), value("day"))
        if days is None:
            return None
        seconds = seconds + days * int(_DAY_S)
    out = seconds - 60.0 * offset_minutes(match["zone"])
    digits_after = len(match["fraction"] or "")
    return np.asarray(out + value("fraction") / 10.0**digits_after, dtype=np.float64)


def _days(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """Return days since 1970, or None if one of the dates does not exist."""
    if month.min() < 1 or month.max() > 12 or day.min() < 1:
        return None
    months = (year - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return None if np.any(first + day > after) else first + day - 1
