"""Walks in the order of time, each on the local day on which it was walked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evenstride.model.outing import Outing
from evenstride.plan.nouns import WalkLight

__all__ = ["LitWalk", "Walk", "local_day", "ordered", "utc_ns", "zone"]

_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk and its local day."""

    outing: Outing
    day: date


@dataclass(frozen=True, slots=True)
class LitWalk:
    """A walk and its light."""

    walk: Walk
    light: WalkLight


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Return a time zone; a name that nobody knows counts as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_day(time_utc_ns: int, time_zone: str) -> date:
    """Return the local date of a moment."""
    return datetime.fromtimestamp(time_utc_ns // _NS, UTC).astimezone(zone(time_zone)).date()


def utc_ns(local: datetime, time_zone: str) -> int:
    """Return the moment of a local wall clock; of two possible ones the first."""
    return int(local.replace(tzinfo=zone(time_zone)).timestamp()) * _NS


def ordered(outings: Iterable[Outing], until: date) -> tuple[Walk, ...]:
    """Return the walks up to a day, the oldest first; equal starts go by id."""
    walks = (Walk(one, local_day(one.start_utc_ns, one.time_zone)) for one in outings)
    kept = (walk for walk in walks if walk.day <= until)
    return tuple(sorted(kept, key=lambda walk: (walk.outing.start_utc_ns, walk.outing.id)))
