"""What may stand against an exercise: told by the check-up, or asked once."""

from __future__ import annotations

from collections.abc import Mapping

from evenstride.checkup.logic import Condition
from evenstride.errors import AnswerError
from evenstride.model.checkup import CheckUp
from evenstride.plan.routines.knowledge import LimitRule, RoutineKnowledge, routine_knowledge
from evenstride.plan.routines.nouns import WHENS, Answer, Limit
from evenstride.plan.routines.patterns import routine_for, strongest

__all__ = ["limits_present", "open_limits"]


def open_limits(checkup: CheckUp, limits: Mapping[str, Answer]) -> tuple[Limit, ...]:
    """Return the limits that are still to be asked, in the order in which to ask them.

    Only those that could change this person's routines, and those for which somebody should be
    asked first. What the check-up tells is not asked again. Whether a clinician agreed to exercises
    at home is asked only if it has to be. Nothing is asked if the check-up allows no exercises. Ask
    them when ``routine`` gives a routine or refuses with "limits_open" or "ask_first"; at any other
    refusal there is nothing to choose.

    Args:
        checkup: The last check-up.
        limits: Answers so far, by the id of the limit.

    Raises:
        AnswerError: If an answer belongs to no limit.
    """
    known = routine_knowledge()
    present = limits_present(checkup, limits, known)
    if not checkup.may_exercise:
        return ()
    matter = _that_matter(checkup, known)
    found = [
        Limit(rule.id, rule.ask)
        for rule in known.limits.values()
        if present[rule.id] is None and (rule.ask_first or rule.id in matter)
    ]
    held = any(rule.ask_first and present[rule.id] for rule in known.limits.values())
    if held and known.cleared_id not in limits:
        found.append(Limit(known.cleared_id, known.cleared_ask))
    return tuple(found)


def limits_present(
    checkup: CheckUp, limits: Mapping[str, Answer], known: RoutineKnowledge
) -> dict[str, bool | None]:
    """Return for each limit whether it is there; None if nobody knows yet.

    If the check-up and the person differ, the limit is there. So it is if the person is not sure.

    Raises:
        AnswerError: If an answer belongs to no limit.
    """
    for name in limits:
        if name not in known.limits and name != known.cleared_id:
            raise AnswerError(name, f"“{name}” is no question about exercises.")
    return {rule.id: _present(rule, checkup, limits.get(rule.id)) for rule in known.limits.values()}


def _that_matter(checkup: CheckUp, known: RoutineKnowledge) -> set[str]:
    """Return the limits of every exercise that a routine of this person could have."""
    cause = strongest(checkup, known).id
    wanted = [routine_for(cause, when, known) for when in WHENS]
    rules = [rule for rule in wanted if rule is not None]
    rules += [known.routines[rule.needs.otherwise] for rule in rules if rule.needs is not None]
    names = {name for rule in rules for slot in rule.slots for name in slot.choices}
    for name in tuple(names):
        one = known.exercises[name]
        names |= {step.exercise for step in (one.easier, one.harder) if step and step.exercise}
    return {limit for name in names for limit in known.exercises[name].not_with}


def _present(rule: LimitRule, checkup: CheckUp, told: Answer | None) -> bool | None:
    if told in (True, "not_sure") or _holds(rule.present_if, checkup):
        return True
    return False if told is False or _holds(rule.absent_if, checkup) else None


def _holds(condition: Condition | None, checkup: CheckUp) -> bool:
    return condition is not None and condition.judge(checkup.answers) is True
