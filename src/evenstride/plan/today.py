"""What today adds to the week: the lights since it began, and words about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.plan.level import Level, halved, is_full, shorter
from evenstride.plan.nouns import Change, Phase, WalkLight
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.review import minutes_by_day
from evenstride.plan.walks import LitWalk

__all__ = ["light_says", "notes", "phase", "rest_of_week", "would_change"]


def rest_of_week(
    level: Level, walked: Sequence[LitWalk], known: PlanKnowledge
) -> tuple[Level, tuple[Change, ...]]:
    """Return what is planned for the rest of the week, after the walks of this week, and why."""
    lights = [one.light for one in walked]
    if any(light.light == "red" for light in lights):
        level = halved(level, known)
        return level, (known.rules["today_red"].applied(minutes=level.minutes),)
    told = [light for light in lights if light.light is not None and not light.waiting]
    felt = [light.light == "amber" and light.known for light in told]
    if any(one and two for one, two in pairwise(felt)):
        level = shorter(level, known.light.amber_twice_factor, known)
        return level, (known.rules["today_amber_twice"].applied(minutes=level.minutes),)
    return level, ()


def phase(level: Level | None, known: PlanKnowledge, *, is_done: bool) -> Phase:
    """Return the phase that a week belongs to."""
    if level is None:
        return "baseline"
    if is_done:
        return "hold"
    return "extend" if is_full(level, known) else "build"


def light_says(light: WalkLight | None, known: PlanKnowledge) -> str:
    """Return what a light means and does, for the person; empty without one."""
    if light is None:
        return ""
    if light.light is None or light.waiting:
        return light.says
    if not light.known:
        return f"{light.says} {known.lights['unknown']['does']}"
    words = known.lights[light.light]
    return f"{words['says']} {light.says} {words['does']}"


def notes(
    week: Level | None, now: Level | None, walked: Sequence[LitWalk], known: PlanKnowledge
) -> tuple[Change, ...]:
    """Return that walks were shorter or longer than planned; it changes nothing.

    Args:
        week: What was planned when the week began.
        now: What is planned since its last walk; a walk may be as short as that.
        walked: Walks of this week.
        known: Numbers and rules.
    """
    if week is None or now is None:
        return ()
    minutes = minutes_by_day(one for one in walked if one.walk.outing.minutes is not None).values()
    found = []
    if any(one < now.minutes * known.progress.done_fraction for one in minutes):
        found.append(known.rules["stopped_early"].applied())
    if any(one > week.minutes * known.overshoot_from for one in minutes):
        found.append(known.rules["overshoot"].applied())
    return tuple(found)


def would_change(at: Phase, check_up_by: date, known: PlanKnowledge) -> tuple[str, ...]:
    """Return what would make the plan change, for the person."""
    words = known.would_change
    first = {"baseline": "start", "build": "advance", "extend": "advance", "hold": "at_end"}[at]
    pain = [] if at == "baseline" else [words["amber"], words["red"], words["rest"]]
    day = spoken_day(check_up_by)
    return (words[first], *pain, words["checkup"].format(day=day))
