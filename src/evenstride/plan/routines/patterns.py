"""Which routines go with the patterns of a check-up."""

from __future__ import annotations

from evenstride.model.checkup import CheckUp, Pattern
from evenstride.plan.routines.knowledge import RoutineKnowledge, RoutineRule
from evenstride.plan.routines.nouns import When

__all__ = ["lifted", "routine_for", "strongest"]


def lifted(checkup: CheckUp, known: RoutineKnowledge) -> dict[str, str]:
    """Return the names of the causes that the answers point to, by id, the strongest first."""
    found = [one for one in checkup.patterns if one.lift >= known.pattern_from_lift]
    return {one.id: one.name for one in sorted(found, key=lambda one: -one.lift)}


def strongest(checkup: CheckUp, known: RoutineKnowledge) -> Pattern:
    """Return the pattern that the answers point to most; ordinary back pain if there is none."""
    first = next(iter(lifted(checkup, known)), None)
    return next(one for one in checkup.patterns if one.id == first or (not first and one.residual))


def routine_for(cause: str, when: When, known: RoutineKnowledge) -> RoutineRule | None:
    """Return the routine for a cause at this time; None if there is none."""
    return next(
        (rule for rule in known.routines.values() if rule.when == when and cause in rule.causes),
        None,
    )
