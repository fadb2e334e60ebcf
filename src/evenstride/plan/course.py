"""The course of a plan: week by week from the first day to today, from the walks alone.

Two courses go side by side. The walks that were rated earn one; what is told is that one, held
back for walks that were not rated. So such a walk can hold the plan, and never lifts it.

Nothing is remembered between two calls. Each week is planned from the one before it and reviewed
by its walks; so the same walks give the same plan, whatever the order in which they were entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenstride.plan.breaks import come_back, days_off, first_day, gaps, restarts
from evenstride.plan.held import Review, held_back
from evenstride.plan.nouns import Change, FearScore, Week
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.review import next_week, week_of, went
from evenstride.plan.stand import Stand, usual
from evenstride.plan.usual_week import baseline_more, first_level
from evenstride.plan.walks import LitWalk

__all__ = ["Course", "course"]


@dataclass(frozen=True, slots=True)
class Course:
    """Where the plan stands today, and how it came there.

    Attributes:
        stand: This week's level and why, as it is told.
        starts: First day of this week.
        days_off: What some days off before today mean; None without any.
        past: The weeks before this one.
    """

    stand: Stand
    starts: date
    days_off: Change | None
    past: tuple[Week, ...]


def course(
    walks: Sequence[LitWalk],
    fear: Sequence[FearScore],
    starts: date,
    today: date,
    known: PlanKnowledge,
) -> Course:
    """Return where the plan stands.

    Args:
        walks: Those since the start, in the order of time, with their lights.
        fear: Scores of worry about moving.
        starts: First day of the plan.
        today: No later walk is looked at.
        known: Numbers and rules.
    """
    weeks = _Weeks(walks, fear, known)
    rated = [day for day in sorted(weeks.by_day) if any(one.is_rated for one in weeks.by_day[day])]
    week, stand = first_day(rated, starts, today, known), usual(known)
    if not rated and any(day < week for day in weeks.by_day):
        stand = Stand(None, 0, (baseline_more(known),))  # a week has passed, and told nothing
    at = _At(stand, stand)
    past: list[Week] = []
    for gap in gaps(rated, today, known):
        week, at = weeks.until(gap.last, week, at, past)
        if restarts(at.earned, gap, known):
            is_whole = at.earned.level is None and weeks.tells(week, gap.resumes)
            at = weeks.close(week, at, past, is_whole=is_whole)
            at = _At(come_back(at.earned, gap, known), come_back(at.told, gap, known))
            week = gap.resumes
    week, at = weeks.until(today, week, at, past)
    off = days_off(at.told, rated, week, today, known)
    if off and not days_off(at.told, sorted(weeks.by_day), week, today, known):
        off = None  # somebody who walked without rating it had no days off
    return Course(at.told, week, off, tuple(past))


@dataclass(frozen=True, slots=True)
class _At:
    """What the rated walks earned, and what is told of it."""

    earned: Stand
    told: Stand


class _Weeks:
    """The walks of each week, and the step from one week to the next."""

    def __init__(
        self, walks: Sequence[LitWalk], fear: Sequence[FearScore], known: PlanKnowledge
    ) -> None:
        self.fear, self.known = fear, known
        self.length = timedelta(days=known.progress.review_days)
        self.by_day: defaultdict[date, list[LitWalk]] = defaultdict(list)
        for one in walks:
            self.by_day[one.walk.day].append(one)

    def until(self, day: date, week: date, at: _At, past: list[Week]) -> tuple[date, _At]:
        """Close every week that is over on a day; return the week of that day and its stand."""
        while day >= week + self.length:
            at = self.close(week, at, past, is_whole=True)
            week += self.length
        return week, at

    def tells(self, week: date, resumes: date) -> bool:
        """Return whether a usual week tells what suits, though a break began in it.

        It has passed, and there were walks that were rated on enough of its days.
        """
        days = {one.walk.day for one in self._walks(week) if one.is_rated}
        return resumes >= week + self.length and len(days) >= self.known.baseline.few_walks

    def close(self, week: date, at: _At, past: list[Week], *, is_whole: bool) -> _At:
        """Note a week as past, and return where the plan stands after it."""
        walks, known = self._walks(week), self.known
        rated = [one for one in walks if one.is_rated]
        is_sure = len(rated) == len(walks)
        how = went(walks, at.told.level, known)
        past.append(week_of(at.told, week, how, known))
        if at.earned.level is not None:
            if not is_sure or at.earned.level != at.told.level:
                how = went(rated, at.earned.level, known)
            earned = next_week(at.earned, at.earned.level, how, known, is_whole=is_whole)
            review = Review(at.earned, earned, how, is_sure=is_sure, is_whole=is_whole)
            return _At(earned, held_back(at.told, review, known))
        if not is_whole:
            return at
        level, change = first_level(rated, self.fear, week + self.length, known)
        first = Stand(level, 0 if level is None else 1, (change,))
        return _At(first, first)

    def _walks(self, week: date) -> list[LitWalk]:
        """Return the walks of a week."""
        days = (week + timedelta(days=offset) for offset in range(self.length.days))
        return [one for day in days for one in self.by_day.get(day, ())]
