"""Where a plan stands between two weeks."""

from __future__ import annotations

from dataclasses import dataclass

from evenstride.plan.level import Level, is_full, next_step
from evenstride.plan.nouns import Change
from evenstride.plan.numbers import PlanKnowledge

__all__ = ["Stand", "is_done", "upward", "usual"]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a plan stands.

    Attributes:
        level: How much the week has; None in a usual week.
        number: Of the week; 0 for a usual one.
        changes: What made the week what it is.
        ambers: Amber weeks in a row.
        greens: Green weeks in a row at the target, since the last new kind of ground.
    """

    level: Level | None
    number: int
    changes: tuple[Change, ...]
    ambers: int = 0
    greens: int = 0


def usual(known: PlanKnowledge, *why: Change) -> Stand:
    """Return the start of a plan: a usual week, and why if it is not the first one."""
    return Stand(None, 0, (*why, known.rules["baseline"].applied()))


def upward(stand: Stand, known: PlanKnowledge) -> str | None:
    """Return the rule of the next step; None at the end, and before the first planned week.

    The end is reached when no step is left, or after half a year if the target is reached by then.
    """
    if stand.level is None:
        return None
    if stand.number >= known.progress.by_week and is_full(stand.level, known):
        return None
    return next_step(stand.level, stand.greens, known)


def is_done(stand: Stand, known: PlanKnowledge) -> bool:
    """Return whether the plan has reached its end, and is only kept up."""
    return stand.level is not None and upward(stand, known) is None
