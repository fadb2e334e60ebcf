"""The routine of today, put together from the check-up, the limits and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from evenstride.checkup.knowledge import knowledge
from evenstride.model.checkup import CheckUp
from evenstride.plan.build import walk_lights
from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.nouns import Change, Evidence, History
from evenstride.plan.refusals import refusal
from evenstride.plan.routines.choose import Person, chosen, left_out
from evenstride.plan.routines.knowledge import RoutineKnowledge, RoutineRule, routine_knowledge
from evenstride.plan.routines.limits import limits_present
from evenstride.plan.routines.nouns import Answer, DoneRoutine, Item, NoRoutine, Routine, When
from evenstride.plan.routines.patterns import lifted, routine_for, strongest
from evenstride.plan.routines.progress import progress
from evenstride.plan.walks import local_day, ordered

__all__ = ["routine"]


def routine(
    history: History,
    checkup: CheckUp | None,
    limits: Mapping[str, Answer],
    done: Sequence[DoneRoutine],
    today: date,
    when: When = "daily",
) -> Routine | NoRoutine:
    """Return the exercises of a day, or why there are none.

    It needs what the walking plan needs, and it rests on the same check-up. The same arguments
    give the same routine; no clock is read and nothing is kept.

    Args:
        history: What the diary knows: when the check-up was done, and walks with a warning sign.
        checkup: The last check-up; None without one.
        limits: Answers to ``open_limits``, by id. One that is missing is told as advice with its
            exercises, unless somebody should be asked first: then it has to be answered.
        done: Routines that were done, in any order.
        today: The person's local day.
        when: Whether it is the one for each day, or one around a walk.

    Raises:
        AnswerError: If an answer belongs to no limit.
    """
    known = routine_knowledge()
    lights = walk_lights(history, checkup, today)
    walks = ordered(history.outings, today)
    refused = refusal(history, checkup, walks, lights, today, plan_knowledge())
    if refused is not None:
        says = known.refusals[refused.reason]
        return NoRoutine(refused.reason, says, refused.does, refused.safety_net)
    if checkup is None:
        return NoRoutine("no_checkup", known.refusals["no_checkup"], "", "")
    present = limits_present(checkup, limits, known)
    held = _no_own(checkup, known) or _held(present, limits, checkup, known)
    if held is not None:
        return held
    red = any(light.light == "red" and light.day == today for light in lights)
    return _routine(history, checkup, present, red, done, today, when, known)


def _held(
    present: Mapping[str, bool | None],
    limits: Mapping[str, Answer],
    checkup: CheckUp,
    known: RoutineKnowledge,
) -> NoRoutine | None:
    """Return a refusal if somebody should be asked first, or nobody knows whether."""
    first = [rule for rule in known.limits.values() if rule.ask_first]
    net = checkup.triage.safety_net
    if any(present[rule.id] is None for rule in first):
        return NoRoutine("limits_open", known.refusals["limits_open"], "", net)
    held = next((rule for rule in first if present[rule.id]), None)
    if held is None or limits.get(known.cleared_id) is True:
        return None
    return NoRoutine("ask_first", known.refusals["ask_first"].format(limit=held.says), "", net)


def _no_own(checkup: CheckUp, known: RoutineKnowledge) -> NoRoutine | None:
    because = strongest(checkup, known)
    if because.id not in known.no_routine_yet:
        return None
    says = known.refusals["no_own_routine"].format(cause=because.name)
    helps = next(cause.helps for cause in knowledge().causes if cause.id == because.id)
    return NoRoutine("no_own_routine", says, helps, checkup.triage.safety_net)


def _routine(
    history: History,
    checkup: CheckUp,
    present: Mapping[str, bool | None],
    red_today: bool,
    done: Sequence[DoneRoutine],
    today: date,
    when: When,
    known: RoutineKnowledge,
) -> Routine | NoRoutine:
    because = strongest(checkup, known)
    wanted = routine_for(because.id, when, known)
    net = checkup.triage.safety_net
    if wanted is None:
        return NoRoutine("not_at_this_time", known.refusals["not_at_this_time"], "", net)
    rule, extra = _granted(wanted, history, checkup, done, today, known)
    person = Person(dict(present) | dict.fromkeys(extra, True), lifted(checkup, known), red_today)
    at = progress([one for one in done if one.routine == rule.id], today, known.progress)
    items = chosen(rule.slots, person, at.level, at.week, known)
    if not items:
        return NoRoutine("nothing_left", known.refusals["nothing_left"], "", net)
    rules = [at.rule, *(["new_mix"] if at.fresh else []), *(["without_bending"] if extra else [])]
    changes = tuple(known.rules[name].applied() for name in rules)
    return Routine(
        knowledge_version=known.version,
        reviewed_by=known.reviewed_by,
        today=today,
        id=rule.id,
        name=rule.name,
        when=when,
        because=because.name,
        week=at.week,
        level=at.level,
        level_says=known.levels[at.level],
        seconds=sum(item.seconds for item in items),
        items=items,
        left_out=left_out(rule.slots, person, known),
        changes=changes,
        effort=known.before.effort,
        pain=known.before.pain,
        stop_if=known.before.stop_if,
        stop_does=known.before.stop_does,
        evidence=_behind([*changes, *items], known),
        safety_net=net,
    )


def _granted(
    rule: RoutineRule,
    history: History,
    checkup: CheckUp,
    done: Sequence[DoneRoutine],
    today: date,
    known: RoutineKnowledge,
) -> tuple[RoutineRule, tuple[str, ...]]:
    """Return the routine, or the one that stands in for it with its limits.

    Leg pain that moved further down during a routine counts until the next check-up.
    """
    if rule.needs is None:
        return rule, ()
    since = local_day(history.checked_up_utc_ns or 0, history.time_zone)
    spread = any(
        one.leg_further and one.routine == rule.id and since <= one.day <= today for one in done
    )
    if checkup.triage.level == rule.needs.level and not spread:
        return rule, ()
    return known.routines[rule.needs.otherwise], rule.needs.limits


def _behind(parts: Sequence[Change | Item], known: RoutineKnowledge) -> dict[str, Evidence]:
    names = dict.fromkeys(name for part in parts for name in part.evidence)
    return {name: known.evidence[name] for name in names}
