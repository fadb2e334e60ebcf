"""Moments as vendors write them: ISO texts, epoch numbers, and wall clocks without a zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from evenstride.model import Start
from evenstride.model.day import NS, zone
from evenstride.model.start import Basis

__all__ = [
    "EARLIEST_NS",
    "LATEST_NS",
    "Moment",
    "WallClock",
    "is_possible",
    "moment_of_text",
    "offset_of_text",
    "start_at",
]

EARLIEST_NS = 631_152_000 * NS
"""The year 1990: before it, the clock was not set."""
LATEST_NS = 4_102_444_800 * NS
"""The year 2100."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{2}):?(\d{2})|UTC|GMT|Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment and what its text said of the zone.

    Attributes:
        ns: Nanoseconds since 1970: in UTC where ``offset_min`` is given, else on the wall clock.
        offset_min: Minutes that the local clock was ahead of UTC; None when the text has no zone.
    """

    ns: int
    offset_min: int | None

    @property
    def wall(self) -> datetime:
        """The same as a date and time without a zone."""
        return (_EPOCH + timedelta(microseconds=self.ns // 1000)).replace(tzinfo=None)


def moment_of_text(text: str) -> Moment | None:
    """Return the moment of a text such as "2026-07-11T11:30:01.25Z", or None if it is none."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        try:
            when = datetime.fromisoformat(text.strip().replace(" UTC", "Z"))
        except ValueError:
            return None
    offset = when.utcoffset()
    if offset is None:
        return Moment(_ns_since(when.replace(tzinfo=UTC)), None)
    return Moment(_ns_since(when), round(offset.total_seconds() / 60))


@lru_cache(maxsize=256)
def offset_of_text(text: str) -> int | None:
    """Return the minutes ahead of UTC of a text such as "UTC+0100" or "+05:30"; None if none."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    if match[1] is None:
        return 0
    minutes = int(match[2]) * 60 + int(match[3])
    return None if minutes > 18 * 60 else -minutes if match[1] == "-" else minutes


def is_possible(ns: int | None) -> bool:
    """Tell whether a phone can have recorded something at this moment."""
    return ns is not None and EARLIEST_NS < ns < LATEST_NS


def start_at(utc_ns: int, offset_min: int | None, basis: Basis = "recorded") -> Start:
    """Return the start of something whose zone stands beside it as minutes, or is not known."""
    return Start(utc_ns, offset_min, None, basis if offset_min is not None else "assumed")


@dataclass(frozen=True, slots=True)
class WallClock:
    """The clock on the wall of the person, for files that write local times without a zone.

    Attributes:
        zone: IANA name as told by the person; None = the zone of this computer.
    """

    zone: str | None = None

    @property
    def basis(self) -> Basis:
        """How the zone is known."""
        return "assumed" if self.zone is None else "asked"

    def start(self, wall: datetime) -> Start | None:
        """Return the moment at which this clock shows ``wall``; None outside of 1990 to 2100."""
        try:
            if self.zone is None:
                aware = wall.replace(tzinfo=None).astimezone()
            else:
                place: tzinfo = zone(self.zone)
                aware = wall.replace(tzinfo=place)
            offset = aware.utcoffset() or timedelta()
            ns = _ns_since(aware)
        except (OverflowError, OSError, ValueError):
            return None
        if not is_possible(ns):
            return None
        return Start(ns, round(offset.total_seconds() / 60), self.zone, self.basis)

    def day(self, day: date) -> tuple[int, int] | None:
        """Return the first moment of a day and of the next, UTC ns; None outside of the range."""
        try:
            following = day + timedelta(days=1)
        except OverflowError:
            return None
        first = self.start(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - a wall clock
        last = self.start(datetime(following.year, following.month, following.day))  # noqa: DTZ001
        return None if first is None or last is None else (first.utc_ns, last.utc_ns)


def _ns_since(when: datetime) -> int:
    passed = when - _EPOCH
    return ((passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds) * 1000
