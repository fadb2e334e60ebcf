"""What stands between the quotes: text, times, numbers and devices, one at a time."""

from __future__ import annotations

import html
import re
from calendar import monthrange
from datetime import date

from evenstride.model import Device
from evenstride.model.device import DeviceKind

__all__ = ["EARLIEST_YEAR", "LATEST_YEAR", "device", "number", "quantity", "stamp", "text", "word"]

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_STAMP = re.compile(
    rb"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})"
)
_NUMBER = re.compile(rb"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]{1,4})?")
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SECOND_NS = 1_000_000_000
_ODD = {ord("\u2019"): "'", ord("\u2018"): "'", ord("\u201c"): '"', ord("\u201d"): '"'}
_FIELD = re.compile(r"(name|manufacturer|model|hardware|software|localIdentifier):")


def word(raw: bytes | None) -> str:
    """Return an attribute as the file means it: entities become what they stand for."""
    return "" if raw is None else html.unescape(raw.decode("utf-8", "replace"))


def text(raw: bytes | None) -> str:
    """Return an attribute made plain: odd quotes, odd spaces and control characters are gone."""
    known = word(raw).translate(_ODD)
    return " ".join("".join(c if c.isprintable() else " " for c in known).split())


def stamp(raw: bytes | None) -> tuple[int, int] | None:
    """Return nanoseconds since 1970 in UTC, and the offset in minutes.

    The text is like "2024-05-06 07:08:09 +0200". None if it is no such text, or no day of the
    calendar.
    """
    match = _STAMP.fullmatch(raw) if raw is not None else None
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    offset = int(match[8]) * 60 + int(match[9])
    in_range = EARLIEST_YEAR <= year < LATEST_YEAR and 1 <= month <= 12
    if not in_range or not 1 <= day <= monthrange(year, month)[1]:
        return None
    if hour > 23 or minute > 59 or second > 60 or int(match[8]) > 15 or int(match[9]) > 59:
        return None
    offset = -offset if match[7] == b"-" else offset
    days = date(year, month, day).toordinal() - _EPOCH_DAY
    seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
    return seconds * _SECOND_NS, offset


def number(raw: bytes | None) -> float:
    """Return a number; NaN for anything else, such as the name of a category."""
    if raw is None or _NUMBER.fullmatch(raw) is None:
        return float("nan")
    value = float(raw)
    return value if abs(value) < float("inf") else float("nan")


def quantity(raw: bytes | None) -> tuple[float, str]:
    """Split "4180 cm" into its number and its unit; the number is NaN if there is none."""
    value, _, unit = word(raw).strip().partition(" ")
    return number(value.encode()), unit


def device(source: bytes | None, described: bytes | None) -> Device:
    """Return who recorded a value.

    The description of a device holds an address in memory, which changes from record to record,
    and the version of its software; neither tells devices apart.
    """
    name = text(source)
    facts = _facts(text(described))
    make = facts.get("name", "") or facts.get("model", "")
    hardware = facts.get("hardware", "")
    model = f"{make} ({hardware})" if make and hardware else make or hardware
    return Device(name, model, _kind(f"{model} {facts.get('model', '')}" if model else name))


def _facts(described: str) -> dict[str, str]:
    """Take "<<HKDevice: 0x28>, name:iPhone, hardware:iPhone14,2, software:17>" apart."""
    pieces = _FIELD.split(described.removesuffix(">"))
    pairs = zip(pieces[1::2], pieces[2::2], strict=False)
    return {key: value.strip().removesuffix(",").strip() for key, value in pairs}


def _kind(said: str) -> DeviceKind:
    if "watch" in said.lower():
        return "watch"
    return "phone" if "iphone" in said.lower() else "other"
