"""What is told of a plan, held back for walks of which nobody told how they felt.

The walks that were rated earn a course of their own (``course.py``). What is told never asks for
more than that, never goes up after a week with a walk that was not rated, and then comes nearer
again by one step for each green week. Every step here keeps the order of two levels, and the
course that was earned knows nothing of walks that were not rated: so one more of them, whenever it
was, never makes any week ask for more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from evenstride.plan.level import Level, grown, is_full, lowest, next_step
from evenstride.plan.nouns import Change
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.review import Went, next_week
from evenstride.plan.stand import Stand

__all__ = ["Review", "held_back"]


@dataclass(frozen=True, slots=True)
class Review:
    """A planned week that is over.

    Attributes:
        before: What had been earned before it.
        after: What has been earned after it.
        how: How its walks that were rated went.
        is_sure: Whether all of its walks were rated.
        is_whole: False for a week that a break cut short.
    """

    before: Stand
    after: Stand
    how: Went
    is_sure: bool
    is_whole: bool


def held_back(told: Stand, week: Review, known: PlanKnowledge) -> Stand:
    """Return what is told after a week.

    Args:
        told: What was told of it; never more than what had been earned.
        week: How it went.
        known: Numbers and rules.
    """
    level, most, how = told.level, week.after.level, week.how
    if level is None or most is None:
        return week.after
    is_level = level == week.before.level
    is_done = any(change.rule == "hold" for change in week.after.changes)
    if is_level and (week.is_sure or is_done):
        return week.after
    if how.light == "red" or (how.light == "amber" and how.known):
        return _after_pain(told, level, week, known)
    rises = week.is_sure and week.is_whole and how.light == "green" and how.on_foot
    if rises and not is_level:
        level, change = _nearer(level, most, known)
    else:
        is_unknown = not week.is_sure or how.light == "amber"
        change = known.rules["repeat_unknown" if is_unknown else "repeat_missed"].applied()
    changes = [change]
    is_late = week.is_whole and week.after.number == known.progress.by_week
    if is_late and not is_full(level, known):
        changes.append(known.rules["past_end"].applied())
    return replace(week.after, level=level, changes=tuple(changes))


def _after_pain(told: Stand, level: Level, week: Review, known: PlanKnowledge) -> Stand:
    """Return what is told after a week that hurt: the step down that was earned."""
    same = replace(told, ambers=week.before.ambers)
    return next_week(same, level, week.how, known, is_whole=week.is_whole)


def _nearer(level: Level, most: Level, known: PlanKnowledge) -> tuple[Level, Change]:
    """Return a level one step nearer to what was earned, and the change."""
    step = next_step(level, known.progress.terrain_green_weeks, known)
    if step is None:
        return level, known.rules["steady"].applied()
    up, change = grown(level, step, known)
    capped = lowest(up, most)
    if capped != up:  # only minutes go up by more than what is left to what was earned
        change = known.rules["longer"].applied(minutes=capped.minutes)
    return capped, change
