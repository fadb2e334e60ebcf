"""The ground of the walks, kept to what the ways of walking allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evenstride.plan.course import Course
from evenstride.plan.nouns import Ground, Variant
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.stand import is_done, upward

__all__ = ["GROUNDS", "ground_limit", "within"]

GROUNDS: tuple[Ground, ...] = ("flat", "gentle_uphill", "uneven", "downhill")
"""From the easiest to the most demanding."""


def ground_limit(variants: Sequence[Variant], known: PlanKnowledge) -> int:
    """Return the place in ``GROUNDS`` of the most demanding ground that all variants allow."""
    limits = (GROUNDS.index(known.variants[one.id].terrain_to) for one in variants)
    return min([len(GROUNDS) - 1, *limits])


def within(at: Course, limit: int, known: PlanKnowledge) -> tuple[Course, bool]:
    """Return the course with the ground and load that are allowed, and whether it is done.

    The minutes never depend on patterns: a new check-up may change them, and must not let the
    minutes jump. So the limit is laid over the course when all of it is known. Where the ground is
    limited there is no bag either.
    """
    stand, done = at.stand, is_done(at.stand, known)
    if stand.level is None or limit == len(GROUNDS) - 1:
        return at, done
    beyond = stand.level.ground > limit or stand.level.load
    waits = stand.level.ground == limit and upward(stand, known) == "steady"
    changes = stand.changes
    if beyond or waits:
        progress = known.progress
        end = known.rules["hold"].applied(low=progress.hold_low_min, day=progress.hold_day_min)
        steps = ("steady", "load", *(("terrain",) if beyond else ()))
        changes = tuple(end if one.rule in steps else one for one in changes)
    level = replace(stand.level, ground=min(stand.level.ground, limit), load=False)
    past = tuple(replace(one, ground=min(one.ground, limit), load=False) for one in at.past)
    kept = replace(at, stand=replace(stand, level=level, changes=changes), past=past)
    return kept, done or beyond or waits
