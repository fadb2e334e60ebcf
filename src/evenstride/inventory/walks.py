"""The walks of a diary up to a day, each on the local day on which it was walked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evenstride.model.measure import Measure
from evenstride.model.outing import Outing, Shoe
from evenstride.model.person import Person

__all__ = [
    "WINDOW_DAYS",
    "Material",
    "Reading",
    "Walk",
    "gather",
    "reading",
    "readings",
    "told_on",
]

WINDOW_DAYS = 56
"""What was told, and pain, is counted over eight weeks: longer ago says little about now."""

_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk and its local day."""

    outing: Outing
    day: date


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure of a walk that has a value and may be put beside others.

    Attributes:
        walk: The walk.
        measure: The measure.
        value: Its value.
    """

    walk: Walk
    measure: Measure
    value: float

    @property
    def how(self) -> tuple[str, str, str]:
        """How it came about. A walk does not tell placement or sensor; the reason does.

        Reasons name where the sensor was taken to be and what a length was scaled to.
        """
        return self.measure.unit, self.measure.grade, self.measure.reason


@dataclass(frozen=True, slots=True)
class Material:
    """What an inventory rests on.

    Attributes:
        walks: Every walk up to today, the oldest first.
        recent: Those of the last ``WINDOW_DAYS`` days.
        shoes: The pairs of shoes, by name.
        person: Who walks.
        today: The day it is for.
        since: First day of ``recent``.
    """

    walks: tuple[Walk, ...]
    recent: tuple[Walk, ...]
    shoes: tuple[Shoe, ...]
    person: Person
    today: date
    since: date


def gather(
    outings: Iterable[Outing], shoes: Iterable[Shoe], person: Person, today: date
) -> Material:
    """Return walks and shoes in an order of their own, whatever order they came in."""
    walks = (Walk(one, _local_day(one)) for one in outings)
    kept = sorted(
        (walk for walk in walks if walk.day <= today),
        key=lambda walk: (walk.outing.start_utc_ns, walk.outing.id),
    )
    since = today - timedelta(days=WINDOW_DAYS - 1)
    return Material(
        walks=tuple(kept),
        recent=tuple(walk for walk in kept if walk.day >= since),
        shoes=tuple(sorted(shoes, key=lambda shoe: (shoe.name.casefold(), shoe.id))),
        person=person,
        today=today,
        since=since,
    )


def reading(walk: Walk, name: str) -> Reading | None:
    """Return a measure of a walk if it may be put beside other walks, else None."""
    measure = walk.outing.measures.get(name)
    if measure is None or measure.value is None or measure.grade == "not_usable":
        return None
    return Reading(walk, measure, measure.value)


def readings(walks: Sequence[Walk], name: str) -> list[Reading]:
    """Return a measure of every walk that has it, in the order of the walks."""
    found = (reading(walk, name) for walk in walks)
    return [one for one in found if one is not None]


def told_on(walks: Sequence[Walk], fact: str) -> list[tuple[Walk, float]]:
    """Return the walks on which a number was told, with the number; ``fact`` is its field."""
    told = ((walk, getattr(walk.outing, fact)) for walk in walks)
    return [(walk, value) for walk, value in told if value is not None]


def _local_day(outing: Outing) -> date:
    at = datetime.fromtimestamp(outing.start_utc_ns // _NS, UTC)
    return at.astimezone(_zone(outing.time_zone)).date()


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    """Return a time zone; a name that nobody knows counts as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
