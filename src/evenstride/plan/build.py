"""The plan of today, put together from the course of the weeks, the lights and the patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import floor
from statistics import fmean

from evenstride.model.checkup import CheckUp
from evenstride.plan.course import (
    Course,
    Level,
    course,
    minutes_by_day,
    next_step,
    week_of,
    worst,
)
from evenstride.plan.knowledge import PlanKnowledge, plan_knowledge
from evenstride.plan.lights import lights
from evenstride.plan.nouns import Change, History, Phase, Plan, Refused, WalkLight
from evenstride.plan.refusals import check_up_by, refusal
from evenstride.plan.sessions import GROUNDS, ground_limit, own_cadence, sessions
from evenstride.plan.variants import (
    interval_walks,
    is_boom_and_bust,
    steps_goal,
    steps_most,
    variants,
)
from evenstride.plan.walks import Walk, ordered

__all__ = ["plan", "walk_lights"]

_WEEK = timedelta(days=7)
_SHOWN = timedelta(days=28)  # whose lights a plan lists; ``walk_lights`` has them all
_FEW_DAYS = 4  # of a week with counted steps; fewer say nothing of it


def plan(history: History, checkup: CheckUp | None, today: date) -> Plan | Refused:
    """Return this week's walks and today's light, or why there is no plan.

    The same history, check-up and day give the same plan; no clock is read and nothing is kept.

    Args:
        history: What the diary knows; the order of the walks does not matter.
        checkup: The last check-up; None without one.
        today: The person's local day.
    """
    known = plan_knowledge()
    walks, found = _lit(history, checkup, today, known)
    refused = refusal(history, checkup, walks, found, today, known)
    if refused is not None or checkup is None:
        return refused or Refused("no_checkup", known.refusals["no_checkup"], "", "")
    starts = min(history.started_on or (walks[0].day if walks else today), today)
    first = next((at for at, walk in enumerate(walks) if walk.day >= starts), len(walks))
    at = course(walks[first:], found[first:], history.fear, starts, today, known)
    return _plan(history, checkup, walks, found, at, today, known)


def walk_lights(history: History, checkup: CheckUp | None, today: date) -> tuple[WalkLight, ...]:
    """Return the light of every walk up to a day, the oldest first; there need be no plan."""
    return _lit(history, checkup, today, plan_knowledge())[1]


def _lit(
    history: History, checkup: CheckUp | None, today: date, known: PlanKnowledge
) -> tuple[tuple[Walk, ...], tuple[WalkLight, ...]]:
    walks = ordered(history.outings, today)
    return walks, lights(walks, today, known, interval_walks(history, checkup, walks, known))


def _plan(
    history: History,
    checkup: CheckUp,
    walks: Sequence[Walk],
    found: Sequence[WalkLight],
    at: Course,
    today: date,
    known: PlanKnowledge,
) -> Plan:
    this_week = [pair for pair in zip(walks, found, strict=True) if pair[0].day >= at.starts]
    walked = [walk for walk, _ in this_week]
    boom = is_boom_and_bust(history.steps_per_day, found, today, known)
    ways = variants(checkup, history.fear, boom, today, known)
    at = _within(at, ground_limit(ways, known), known)
    level, changes = at.level, at.changes
    if at.days_off is not None:
        changes = (*changes, at.days_off)
    if level is not None:
        level, more = _today(level, [light for _, light in this_week], known)
        changes = (*changes, *more)
    left = (
        sessions(
            level,
            at.starts,
            walked,
            ways,
            own_cadence(walks),
            history.mass_kg,
            today,
            known,
        )
        if level is not None
        else ()
    )
    last = next((light for light in reversed(found) if light.day > today - _WEEK), None)
    light, sure = worst([light for _, light in this_week])
    done = sum(1 for minutes in minutes_by_day(walked).values() if minutes >= _enough(at, known))
    week = week_of(at.level, at.number, at.starts, done, light, sure, at.changes, known)
    phase = _phase(at, known)
    mean = _mean_steps(history.steps_per_day, at.starts)
    by = check_up_by(history, checkup)
    notes = _notes(at.level, walked, known)
    return Plan(
        knowledge_version=known.version,
        today=today,
        phase=phase,
        week=week,
        changes=changes,
        sessions=left,
        session_today=next((one for one in left if one.day == today), None),
        light=last,
        light_says=_light_says(last, known),
        lights=tuple(light for light in found if light.day > today - _SHOWN),
        variants=ways,
        notes=notes,
        would_change=_would_change(phase, by, known),
        check_up_by=by or today,
        check_up_again=any(
            light.light == "red" and walk.outing.start_utc_ns >= (history.checked_up_utc_ns or 0)
            for walk, light in zip(walks, found, strict=True)
        ),
        steps_goal=_goal(mean, at, known),
        steps_most=None if mean is None or not boom else steps_most(mean, known),
        green_walks=sum(1 for one in found if one.light == "green" and not one.waiting),
        past=at.past,
        evidence={
            name: known.evidence[name]
            for name in sorted(
                {n for one in (*changes, *notes) for n in one.evidence}
                | {n for one in ways for n in one.evidence}
            )
        },
        safety_net=checkup.triage.safety_net,
    )


def _within(at: Course, limit: int, known: PlanKnowledge) -> Course:
    """Keep the ground to what the variants allow; the minutes never depend on patterns.

    A new check-up may change the patterns, and must not let the minutes jump.
    """
    if at.level is None or limit >= len(GROUNDS) - 1:
        return at
    past = tuple(replace(one, ground=min(one.ground, limit), load=False) for one in at.past)
    beyond = at.level.ground > limit or at.level.load
    last = beyond or (at.level.ground == limit and next_step(at.level, known) == "steady")
    changes = at.changes
    if last:
        end = known.rules["hold"].applied(low=known.progress.hold_low_min)
        steps = ("steady", "load", *(("terrain",) if beyond else ()))
        changes = tuple(end if one.rule in steps else one for one in changes)
    level = replace(at.level, ground=min(at.level.ground, limit), load=False)
    return replace(at, level=level, changes=changes, held=at.held or last, past=past)


def _enough(at: Course, known: PlanKnowledge) -> float:
    if at.level is None:
        return known.baseline.session_from_min
    return at.level.minutes * known.progress.done_fraction


def _today(
    level: Level, lights_of_week: Sequence[WalkLight], known: PlanKnowledge
) -> tuple[Level, tuple[Change, ...]]:
    """Return what is planned for the rest of the week, after the walks of this week."""
    least, numbers = known.start.session_min, known.light
    if any(light.light == "red" for light in lights_of_week):
        minutes = max(least, floor(level.minutes * numbers.red_factor + 1e-9))
        level = Level(level.sessions, minutes)
        return level, (known.rules["today_red"].applied(minutes=minutes),)
    settled = [light for light in lights_of_week if not light.waiting]
    felt = [light.light == "amber" and light.known for light in settled]
    if any(one and two for one, two in pairwise(felt)):
        shorter = floor(level.minutes * numbers.amber_twice_factor + 1e-9)
        level = replace(level, minutes=max(least, shorter))
        return level, (known.rules["today_amber_twice"].applied(minutes=level.minutes),)
    return level, ()


def _phase(at: Course, known: PlanKnowledge) -> Phase:
    if at.level is None:
        return "baseline"
    if at.held:
        return "hold"
    progress = known.progress
    full = at.level.minutes >= progress.target_min and at.level.sessions >= progress.sessions_to
    return "extend" if full else "build"


def _light_says(light: WalkLight | None, known: PlanKnowledge) -> str:
    if light is None:
        return ""
    words = known.lights[light.light]
    if light.waiting:
        return light.says
    if not light.known:
        return f"{light.says} {words['does']}"
    return f"{words['says']} {light.says} {words['does']}"


def _notes(level: Level | None, walked: Sequence[Walk], known: PlanKnowledge) -> tuple[Change, ...]:
    """Say that walks were shorter or longer than planned."""
    if level is None:
        return ()
    minutes = minutes_by_day([walk for walk in walked if walk.outing.minutes is not None]).values()
    found = []
    if any(one < level.minutes * known.progress.done_fraction for one in minutes):
        found.append(known.rules["stopped_early"].applied())
    if any(one > level.minutes * known.overshoot_from for one in minutes):
        found.append(known.rules["overshoot"].applied())
    return tuple(found)


def _would_change(phase: Phase, by: date | None, known: PlanKnowledge) -> tuple[str, ...]:
    words = known.would_change
    first = {"baseline": "start", "build": "advance", "extend": "advance", "hold": "at_end"}[phase]
    found = [words[first]]
    if phase != "baseline":
        found += [words["amber"], words["red"], words["rest"]]
    if by is not None:
        found.append(words["checkup"].format(day=by.isoformat()))
    return tuple(found)


def _mean_steps(steps: Mapping[date, int], starts: date) -> float | None:
    """Return the mean steps a day of the week before; None if too few days were counted."""
    found = [steps[day] for n in range(1, 8) if (day := starts - timedelta(days=n)) in steps]
    return fmean(found) if len(found) >= _FEW_DAYS else None


def _goal(mean: float | None, at: Course, known: PlanKnowledge) -> int | None:
    if mean is None or at.level is None or not at.past:
        return None
    before = at.past[-1]
    return steps_goal(mean, before.light, known)
