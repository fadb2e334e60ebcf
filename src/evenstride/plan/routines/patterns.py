"""Which routine goes with the patterns of a check-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenstride.model.checkup import CheckUp, Pattern
from evenstride.model.day import day_of
from evenstride.plan.nouns import History
from evenstride.plan.routines.knowledge import RoutineKnowledge, RoutineRule
from evenstride.plan.routines.nouns import DoneRoutine, When

__all__ = ["granted", "lifted", "routine_for", "strongest"]


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


def granted(
    rule: RoutineRule,
    history: History,
    checkup: CheckUp,
    done: Sequence[DoneRoutine],
    today: date,
    known: RoutineKnowledge,
) -> tuple[RoutineRule, tuple[str, ...]]:
    """Return the routine, or the one that stands in for it and the limits that come with that.

    Leg pain that moved further down during the routine counts until the next check-up.
    """
    if rule.needs is None:
        return rule, ()
    since = day_of(history.checked_up_utc_ns or 0, history.time_zone)
    spread = any(
        one.leg_further and one.routine == rule.id and since <= one.day <= today for one in done
    )
    if checkup.triage.level == rule.needs.level and not spread:
        return rule, ()
    return known.routines[rule.needs.otherwise], rule.needs.limits
