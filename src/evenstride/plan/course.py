"""The course of a plan: week by week from the first day to today, from the walks alone.

Nothing is remembered between two calls. Each week is planned from the one before it and reviewed
by its walks; so the same walks give the same plan, whatever the order in which they were entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenstride.plan.breaks import come_back, days_off, first_day, gaps, restarts
from evenstride.plan.nouns import Change, FearScore, Week
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.review import next_week, week_of, went
from evenstride.plan.stand import Stand, usual
from evenstride.plan.usual_week import first_level
from evenstride.plan.walks import LitWalk

__all__ = ["Course", "course"]


@dataclass(frozen=True, slots=True)
class Course:
    """Where the plan stands today, and how it came there.

    Attributes:
        stand: This week's level and why.
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
    days = sorted(weeks.by_day)
    week, stand = first_day(days, starts, today, known), usual(known)
    past: list[Week] = []
    for gap in gaps(days, today, known):
        week, stand = weeks.until(gap.last, week, stand, past)
        if restarts(stand, gap, known):
            is_whole = stand.level is None and weeks.tells(week, gap.resumes)
            stand = come_back(weeks.close(week, stand, past, is_whole=is_whole), gap, known)
            week = gap.resumes
    week, stand = weeks.until(today, week, stand, past)
    return Course(stand, week, days_off(stand, days, week, today, known), tuple(past))


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

    def until(self, day: date, week: date, stand: Stand, past: list[Week]) -> tuple[date, Stand]:
        """Close every week that is over on a day; return the week of that day and its stand."""
        while day >= week + self.length:
            stand = self.close(week, stand, past, is_whole=True)
            week += self.length
        return week, stand

    def tells(self, week: date, resumes: date) -> bool:
        """Return whether a usual week tells what suits, though a break began in it.

        It has passed, and there were walks on enough of its days.
        """
        days = [day for day in self.by_day if week <= day < week + self.length]
        return resumes >= week + self.length and len(days) >= self.known.baseline.few_walks

    def close(self, week: date, stand: Stand, past: list[Week], *, is_whole: bool) -> Stand:
        """Note a week as past, and return where the plan stands after it."""
        walks = [
            one
            for offset in range(self.length.days)
            for one in self.by_day.get(week + timedelta(days=offset), ())
        ]
        how = went(walks, stand.level, self.known)
        past.append(week_of(stand, week, how, self.known))
        if stand.level is not None:
            return next_week(stand, stand.level, how, self.known, is_whole=is_whole)
        if not is_whole:
            return stand
        level, change = first_level(walks, self.fear, week + self.length, self.known)
        return Stand(level, 0 if level is None else 1, (change,))
