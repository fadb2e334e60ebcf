"""The walks of a diary up to a day, without rides, and what was measured of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenstride.model.measure import Measure
from evenstride.model.outing import Outing, Shoe
from evenstride.model.person import Person

__all__ = [
    "WINDOW_DAYS",
    "Material",
    "Reading",
    "gather",
    "reading",
    "readings",
    "told_on",
]

WINDOW_DAYS = 56
"""What was told, and pain, is counted over eight weeks: longer ago says little about now."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure of a walk that has a value and may be put beside others.

    Attributes:
        walk: The walk.
        measure: The measure.
        value: Its value.
    """

    walk: Outing
    measure: Measure
    value: float

    @property
    def how(self) -> tuple[str | None, ...]:
        """How it came about: where the sensor was worn, its kind, and how it was worked out.

        A reason names what a length was scaled to, and where the sensor was taken to be.
        """
        about = self.measure
        return self.walk.placement, self.walk.sensor, about.unit, about.grade, about.reason


@dataclass(frozen=True, slots=True)
class Material:
    """What an inventory rests on.

    Attributes:
        walks: Every walk up to today, the oldest first; a ride is none.
        recent: Those of the last ``WINDOW_DAYS`` days.
        shoes: The pairs of shoes, by name.
        person: Who walks.
        today: The day it is for.
        since: First day of ``recent``.
    """

    walks: tuple[Outing, ...]
    recent: tuple[Outing, ...]
    shoes: tuple[Shoe, ...]
    person: Person
    today: date
    since: date


def gather(
    outings: Iterable[Outing], shoes: Iterable[Shoe], person: Person, today: date
) -> Material:
    """Return walks and shoes in an order of their own, whatever order they came in."""
    kept = sorted(
        (one for one in outings if one.is_walk and one.day <= today),
        key=lambda walk: (walk.start_utc_ns, walk.id),
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


def reading(walk: Outing, name: str) -> Reading | None:
    """Return a measure of a walk if it may be put beside other walks, else None."""
    measure = walk.measures.get(name)
    if measure is None or measure.value is None or measure.grade == "not_usable":
        return None
    return Reading(walk, measure, measure.value)


def readings(walks: Sequence[Outing], name: str) -> list[Reading]:
    """Return a measure of every walk that has it, in the order of the walks."""
    found = (reading(walk, name) for walk in walks)
    return [one for one in found if one is not None]


def told_on(walks: Sequence[Outing], fact: str) -> list[tuple[Outing, float]]:
    """Return the walks on which a number was told, with the number; ``fact`` is its field."""
    told = ((walk, getattr(walk, fact)) for walk in walks)
    return [(walk, value) for walk, value in told if value is not None]
