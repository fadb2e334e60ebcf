"""The routine of today, put together from the check-up, the limits and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from evenstride.model.checkup import CheckUp
from evenstride.plan.build import walk_lights
from evenstride.plan.nouns import Change, Evidence, History
from evenstride.plan.routines.choose import Person, chosen, left_out
from evenstride.plan.routines.gate import held, refused
from evenstride.plan.routines.knowledge import RoutineKnowledge, routine_knowledge
from evenstride.plan.routines.limits import limits_present
from evenstride.plan.routines.nouns import Answer, DoneRoutine, Item, NoRoutine, Routine, When
from evenstride.plan.routines.patterns import granted, lifted, routine_for, strongest
from evenstride.plan.routines.progress import Progress, progress

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
    refusal = refused(history, checkup, limits, today, known)
    if refusal is not None or checkup is None:
        return refusal or NoRoutine("no_checkup", known.refusals["no_checkup"], "", "")
    because = strongest(checkup, known)
    wanted = routine_for(because.id, when, known)
    if wanted is None:
        return held("not_at_this_time", checkup, known)
    rule, extra = granted(wanted, history, checkup, done, today, known)
    person = Person(
        limits=limits_present(checkup, limits, known) | dict.fromkeys(extra, True),
        lifted=lifted(checkup, known),
        red_today=_red_today(history, checkup, today),
    )
    at = progress([one for one in done if one.routine == rule.id], today, known.progress)
    items = chosen(rule.slots, person, at.level, at.week, known)
    if not items:
        return held("nothing_left", checkup, known)
    changes = _changes(at, bool(extra), known)
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
        safety_net=checkup.triage.safety_net,
    )


def _red_today(history: History, checkup: CheckUp, today: date) -> bool:
    lights = walk_lights(history, checkup, today)
    return any(light.light == "red" and light.day == today for light in lights)


def _changes(at: Progress, stands_in: bool, known: RoutineKnowledge) -> tuple[Change, ...]:
    rules = [at.rule]
    if at.fresh:
        rules.append("new_mix")
    if stands_in:
        rules.append("without_bending")
    return tuple(known.rules[rule].applied() for rule in rules)


def _behind(parts: Sequence[Change | Item], known: RoutineKnowledge) -> dict[str, Evidence]:
    names = dict.fromkeys(name for part in parts for name in part.evidence)
    return {name: known.evidence[name] for name in names}
