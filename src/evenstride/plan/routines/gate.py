"""When there is no routine: what holds the walking plan holds it, and some limits do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from evenstride.checkup.knowledge import knowledge
from evenstride.model.checkup import CheckUp
from evenstride.plan.build import walk_lights
from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.nouns import History
from evenstride.plan.refusals import refusal
from evenstride.plan.routines.knowledge import RoutineKnowledge
from evenstride.plan.routines.limits import limits_present
from evenstride.plan.routines.nouns import Answer, NoRoutine
from evenstride.plan.routines.patterns import strongest
from evenstride.plan.walks import ordered

__all__ = ["held", "refused"]


def refused(
    history: History,
    checkup: CheckUp | None,
    limits: Mapping[str, Answer],
    today: date,
    known: RoutineKnowledge,
) -> NoRoutine | None:
    """Return why there is no routine, the most pressing reason first; None if there may be one."""
    walks, lights = ordered(history.outings, today), walk_lights(history, checkup, today)
    found = refusal(history, checkup, walks, lights, today, plan_knowledge())
    if found is not None:
        says = known.refusals[found.reason]
        return NoRoutine(found.reason, says, found.does, found.safety_net)
    if checkup is None:
        return NoRoutine("no_checkup", known.refusals["no_checkup"], "", "")
    return _no_own(checkup, known) or _ask_first(checkup, limits, known)


def held(
    reason: str, checkup: CheckUp, known: RoutineKnowledge, does: str = "", **gaps: str
) -> NoRoutine:
    """Return a refusal in the words of the knowledge, with its gaps filled."""
    says = known.refusals[reason].format(**gaps)
    return NoRoutine(reason, says, does, checkup.triage.safety_net)


def _no_own(checkup: CheckUp, known: RoutineKnowledge) -> NoRoutine | None:
    """Return a refusal if the strongest pattern has no exercises of its own."""
    because = strongest(checkup, known)
    if because.id not in known.no_routine_yet:
        return None
    helps = next(cause.helps for cause in knowledge().causes if cause.id == because.id)
    return held("no_own_routine", checkup, known, helps, cause=because.name)


def _ask_first(
    checkup: CheckUp, limits: Mapping[str, Answer], known: RoutineKnowledge
) -> NoRoutine | None:
    """Return a refusal if somebody should be asked first, or nobody knows whether."""
    present = limits_present(checkup, limits, known)
    first = [rule for rule in known.limits.values() if rule.ask_first]
    there = next((rule for rule in first if present[rule.id]), None)
    asked = there is None or known.cleared_id in limits
    if not asked or any(present[rule.id] is None for rule in first):
        return held("limits_open", checkup, known)
    if there is None or limits[known.cleared_id] is True:
        return None
    return held("ask_first", checkup, known, limit=there.says)
