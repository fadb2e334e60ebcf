"""The plan of today, put together from the course of the weeks, the lights and the patterns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from evenstride.model.checkup import CheckUp
from evenstride.plan.course import Course, course
from evenstride.plan.fear import is_high
from evenstride.plan.ground import ground_limit, within
from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.level import Level
from evenstride.plan.lights import lights
from evenstride.plan.nouns import (
    Change,
    Evidence,
    History,
    Refused,
    Session,
    Variant,
    WalkLight,
    Week,
)
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.outcome import Plan
from evenstride.plan.refusals import check_up_by, refusal
from evenstride.plan.review import week_of, went
from evenstride.plan.sessions import own_cadence, sessions
from evenstride.plan.steps import is_boom_and_bust, mean_steps, steps_goal, steps_most
from evenstride.plan.today import light_says, notes, phase, rest_of_week, would_change
from evenstride.plan.variants import counted, interval_walks, variants
from evenstride.plan.walks import LitWalk, Walk, is_rated, ordered

__all__ = ["plan", "walk_lights"]

_WEEK = timedelta(days=7)
_SHOWN = timedelta(days=28)  # whose lights a plan lists; ``walk_lights`` has them all


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a plan rests on."""

    history: History
    checkup: CheckUp
    until: date  # the last day on which the check-up counts
    walks: tuple[LitWalk, ...]
    counts: tuple[LitWalk, ...]  # of them, those since the start that are sessions
    starts: date
    today: date
    known: PlanKnowledge


@dataclass(frozen=True, slots=True)
class _Now:
    """Where the plan stands today, after the walks of this week."""

    at: Course
    is_done: bool
    walked: tuple[LitWalk, ...]  # this week
    boom: bool
    ways: tuple[Variant, ...]
    level: Level | None  # for the rest of the week
    changes: tuple[Change, ...]


def plan(history: History, checkup: CheckUp | None, today: date) -> Plan | Refused:
    """Return this week's walks and today's light, or why there is no plan.

    The same history, check-up and day give the same plan; no clock is read and nothing is kept.

    Args:
        history: What the diary knows; the order of the walks does not matter.
        checkup: The last check-up; None without one.
        today: The person's local day.
    """
    known = plan_knowledge()
    walks = ordered(history.outings, today)
    intervals = interval_walks(history, checkup, walks, known)
    found = lights(walks, today, known, intervals)
    refused = refusal(history, checkup, walks, found, today, known)
    until = None if checkup is None else check_up_by(history, checkup)
    if refused is not None or checkup is None or until is None:
        return refused or Refused("no_checkup", known.refusals["no_checkup"], "", "")
    starts = min(history.started_on or _first_rated(walks, today), today)
    lit = tuple(LitWalk(walk, light) for walk, light in zip(walks, found, strict=True))
    counts = counted([one for one in lit if one.walk.day >= starts], intervals)
    basis = _Basis(history, checkup, until, lit, counts, starts, today, known)
    return _plan(basis, _now(basis))


def _first_rated(walks: Iterable[Walk], today: date) -> date:
    """Return the day of the first walk that was rated: an old one that was not begins no plan."""
    return next((walk.day for walk in walks if is_rated(walk.outing)), today)


def walk_lights(history: History, checkup: CheckUp | None, today: date) -> tuple[WalkLight, ...]:
    """Return the light of every walk up to a day, the oldest first; there need be no plan."""
    known, walks = plan_knowledge(), ordered(history.outings, today)
    return lights(walks, today, known, interval_walks(history, checkup, walks, known))


def _now(basis: _Basis) -> _Now:
    """Return where the plan stands, with the limits of this person's ways of walking."""
    history, known, today = basis.history, basis.known, basis.today
    boom = is_boom_and_bust(history.steps_per_day, [one.light for one in basis.walks], today, known)
    worried = is_high(history.fear, today, known)
    ways = variants(basis.checkup, boom_and_bust=boom, worried=worried, known=known)
    at = course(basis.counts, history.fear, basis.starts, today, known)
    at, is_done = within(at, ground_limit(ways, known), known)
    walked = tuple(one for one in basis.counts if one.walk.day >= at.starts)
    level, changes = at.stand.level, at.stand.changes
    if at.days_off is not None:
        changes = (*changes, at.days_off)
    if level is not None:
        level, more = rest_of_week(level, walked, known)
        changes = (*changes, *more)
    return _Now(at, is_done, walked, boom, ways, level, changes)


def _plan(basis: _Basis, now: _Now) -> Plan:
    history, known, today, at = basis.history, basis.known, basis.today, now.at
    week = week_of(at.stand, at.starts, went(now.walked, at.stand.level, known), known)
    found = [one.light for one in basis.walks]
    last = next((light for light in reversed(found) if light.day > today - _WEEK), None)
    left = _left(basis, now)
    noted = notes(at.stand.level, now.level, now.walked, known)
    stage = phase(at.stand.level, known, is_done=now.is_done)
    mean = mean_steps(history.steps_per_day, at.starts, known)
    return Plan(
        knowledge_version=known.version,
        today=today,
        phase=stage,
        week=week,
        changes=now.changes,
        sessions=left,
        session_today=next((one for one in left if one.day == today), None),
        light=last,
        light_says=light_says(last, known),
        lights=tuple(light for light in found if light.day > today - _SHOWN),
        variants=now.ways,
        notes=noted,
        would_change=would_change(stage, basis.until, known),
        check_up_by=basis.until,
        check_up_again=_was_red_since(basis.walks, history.checked_up_utc_ns or 0),
        steps_goal=_steps_goal(mean, at, week, known),
        steps_most=None if mean is None or not now.boom else steps_most(mean, known),
        green_walks=sum(light.light == "green" and not light.waiting for light in found),
        past=at.past,
        evidence=_evidence((*now.changes, *noted, *now.ways), known),
        safety_net=basis.checkup.triage.safety_net,
    )


def _left(basis: _Basis, now: _Now) -> tuple[Session, ...]:
    """Return the walks that are left this week; a usual week has none."""
    if now.level is None:
        return ()
    return sessions(
        now.level,
        now.at.starts,
        now.walked,
        now.ways,
        own_cadence([one.walk for one in basis.walks]),
        basis.history.mass_kg,
        basis.today,
        basis.known,
    )


def _was_red_since(walks: Iterable[LitWalk], utc_ns: int) -> bool:
    """Return whether a walk was red since the check-up, so that it is worth doing again."""
    return any(one.light.light == "red" and one.walk.outing.start_utc_ns >= utc_ns for one in walks)


def _steps_goal(mean: float | None, at: Course, week: Week, known: PlanKnowledge) -> int | None:
    """Return the steps a day of a planned week; a red walk of this week counts at once."""
    if mean is None or at.stand.level is None or not at.past:
        return None
    return steps_goal(mean, "red" if week.light == "red" else at.past[-1].light, known)


def _evidence(told: Iterable[Change | Variant], known: PlanKnowledge) -> Mapping[str, Evidence]:
    """Return what stands behind everything that is told, by id."""
    named = {name for one in told for name in one.evidence}
    return {name: known.evidence[name] for name in sorted(named)}
