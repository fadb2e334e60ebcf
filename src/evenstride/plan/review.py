"""The review of a week: how it went, and what the next one is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from evenstride.plan.level import Level, grown, halved, is_full, shorter
from evenstride.plan.nouns import Light, WalkLight, Week
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.stand import Stand, upward
from evenstride.plan.walks import LitWalk

__all__ = ["Went", "enough_min", "minutes_by_day", "next_week", "week_of", "went", "worst"]


@dataclass(frozen=True, slots=True)
class Went:
    """How a week went.

    Attributes:
        light: The worst light of its walks; None without any, or if one was not rated.
        known: False: amber, or None, only because something was not noted.
        done: Days on which enough was walked.
        on_foot: Whether anything was walked; bike rides alone say nothing about walking more.
    """

    light: Light | None
    known: bool
    done: int
    on_foot: bool


def went(walks: Sequence[LitWalk], level: Level | None, known: PlanKnowledge) -> Went:
    """Return how a week of this level went; parts of a walk add up."""
    light, sure = worst(one.light for one in walks)
    enough = enough_min(level, known)
    return Went(
        light,
        sure,
        sum(minutes >= enough for minutes in minutes_by_day(walks).values()),
        any(one.walk.outing.is_walk for one in walks),
    )


def worst(lights: Iterable[WalkLight]) -> tuple[Light | None, bool]:
    """Return the worst light, and whether it is known rather than taken to be careful."""
    found = [(light.light, light.known) for light in lights]
    if ("red", True) in found:
        return "red", True
    if ("amber", True) in found:
        return "amber", True
    if ("amber", False) in found:
        return "amber", False
    if any(light is None for light, _ in found):
        return None, False
    return ("green" if found else None), True


def minutes_by_day(walks: Iterable[LitWalk]) -> Mapping[date, float]:
    """Return the minutes walked on each day with a walk."""
    found: dict[date, float] = defaultdict(float)
    for one in walks:
        found[one.walk.day] += max(0.0, one.walk.outing.minutes or 0.0)
    return found


def enough_min(level: Level | None, known: PlanKnowledge) -> float:
    """Return the minutes from which a day counts as done."""
    if level is None:
        return known.baseline.session_from_min
    return level.minutes * known.progress.done_fraction


def week_of(stand: Stand, starts: date, how: Went, known: PlanKnowledge) -> Week:
    """Return the record of a week."""
    planned = stand.level or Level(0, 0)
    return Week(
        number=stand.number,
        starts=starts,
        sessions=planned.sessions,
        session_min=planned.minutes,
        brisk_min=known.progress.brisk_min[planned.brisk - 1] if planned.brisk else 0,
        ground=planned.ground,
        load=planned.load,
        done=how.done,
        light=how.light,
        known=how.known,
        rules=tuple(change.rule for change in stand.changes),
    )


def next_week(
    stand: Stand, level: Level, how: Went, known: PlanKnowledge, *, is_whole: bool
) -> Stand:
    """Return where the plan stands after a week: a step down, the same again, or one step up.

    Args:
        stand: Where it stood.
        level: What was planned.
        how: How the week went.
        known: Numbers and rules.
        is_whole: False for a week that a break cut short; nothing grows after it.
    """
    if how.light == "red" or (how.light == "amber" and how.known):
        after = _after_pain(stand, level, how.light, known)
    else:
        after = _after_calm(stand, level, how, known, is_whole=is_whole)
    if not is_whole:
        return after
    after = replace(after, number=stand.number + 1)
    if after.number == known.progress.by_week and not is_full(after.level or level, known):
        return replace(after, changes=(*after.changes, known.rules["past_end"].applied()))
    return after


def _after_pain(stand: Stand, level: Level, light: Light, known: PlanKnowledge) -> Stand:
    """Red: half. Amber: the same again; in another amber week in a row, a bit less."""
    rules = known.rules
    if light == "red":
        level = halved(level, known)
        return Stand(level, stand.number, (rules["cut_red"].applied(minutes=level.minutes),))
    if stand.ambers == 0:
        return Stand(level, stand.number, (rules["repeat_amber"].applied(),), ambers=1)
    level = shorter(level, known.light.amber_twice_factor, known)
    change = rules["cut_amber"].applied(minutes=level.minutes)
    return Stand(level, stand.number, (change,), ambers=stand.ambers + 1)


def _after_calm(
    stand: Stand, level: Level, how: Went, known: PlanKnowledge, *, is_whole: bool
) -> Stand:
    """One step up if the week was walked and is known to be green, else the same again."""
    rules, progress = known.rules, known.progress
    rule = upward(stand, known)
    if rule is None:
        held = rules["hold"].applied(low=progress.hold_low_min, day=progress.hold_day_min)
        return replace(stand, changes=(held,), ambers=0)
    if how.light == "amber":
        return replace(stand, changes=(rules["repeat_unknown"].applied(),), greens=0)
    allowed = progress.missed_frequency if rule == "more_often" else progress.missed_other
    walked = how.on_foot and how.done >= level.sessions - allowed
    if not is_whole or not walked:
        return replace(stand, changes=(rules["repeat_missed"].applied(),), ambers=0)
    greens = stand.greens + 1 if is_full(level, known) else 0
    step = upward(replace(stand, greens=greens), known) or rule
    level, change = grown(level, step, known)
    greens = 0 if step in ("terrain", "load") else greens
    return Stand(level, stand.number, (change,), greens=greens)
