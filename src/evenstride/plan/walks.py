"""Walks in the order of time, each on the local day on which it was walked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from evenstride.model.day import NS, zone
from evenstride.model.outing import Outing, PainRatings
from evenstride.plan.nouns import WalkLight

__all__ = ["LitWalk", "Walk", "is_rated", "ordered", "utc_ns"]


_NOTHING = PainRatings()


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

    @property
    def is_rated(self) -> bool:
        """Whether anything was told of how it felt."""
        return self.light.light is not None


def is_rated(outing: Outing) -> bool:
    """Return whether anything was told of how a walk felt; most imported walks have nothing."""
    if outing.back.worst is not None or outing.back != _NOTHING or outing.leg != _NOTHING:
        return True
    told = (outing.reach, outing.minutes_to_rise, outing.new_numbness)
    return any(one is not None for one in told)


def utc_ns(local: datetime, time_zone: str) -> int:
    """Return the moment of a local wall clock; of two possible ones the first."""
    return int(local.replace(tzinfo=zone(time_zone)).timestamp()) * NS


def ordered(outings: Iterable[Outing], until: date) -> tuple[Walk, ...]:
    """Return the walks up to a day, the oldest first; equal starts go by id."""
    walks = (Walk(one, one.day) for one in outings)
    kept = (walk for walk in walks if walk.day <= until)
    return tuple(sorted(kept, key=lambda walk: (walk.outing.start_utc_ns, walk.outing.id)))
