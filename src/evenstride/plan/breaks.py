"""Days without a walk: when the first week begins, and how to come back after a break.

Illness and holidays are no cases of their own: what counts is how long nobody walked. At the end of
a plan nobody has to note walks, so days without one say nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from evenstride.plan.level import shorter
from evenstride.plan.nouns import Change
from evenstride.plan.numbers import Break, PlanKnowledge
from evenstride.plan.stand import Stand, is_done, usual

__all__ = ["Gap", "come_back", "days_off", "first_day", "gaps", "restarts"]

_CUTS = ("cut_red", "cut_amber")


@dataclass(frozen=True, slots=True)
class Gap:
    """A break that is long enough to change a plan.

    Attributes:
        last: The last day with a walk before it.
        resumes: The next day with a walk, or today.
        is_over: Whether there was a walk again.
    """

    last: date
    resumes: date
    is_over: bool

    @property
    def missed_days(self) -> int:
        """Days between, without a walk."""
        return (self.resumes - self.last).days - 1


def first_day(days: Sequence[date], starts: date, today: date, known: PlanKnowledge) -> date:
    """Return when the first usual week began: with the first walk, if that came late.

    Args:
        days: Those with a walk since the start, in order.
        starts: The day on which the plan was begun.
        today: Without any walk, the usual week goes on.
        known: Numbers and rules.
    """
    if not days:
        return today - timedelta(days=(today - starts).days % known.baseline.days)
    return days[0] if (days[0] - starts).days >= _least_days(known) else starts


def gaps(days: Sequence[date], today: date, known: PlanKnowledge) -> Iterator[Gap]:
    """Yield the breaks that are long enough to change a plan, in order.

    Args:
        days: Those with a walk, in order.
        today: A break may last until now.
        known: Numbers and rules.
    """
    least = timedelta(days=_least_days(known))
    for last, resumes in pairwise(days):
        if resumes - last > least:
            yield Gap(last, resumes, is_over=True)
    if days and today - days[-1] > least:
        yield Gap(days[-1], today, is_over=False)


def restarts(stand: Stand, gap: Gap, known: PlanKnowledge) -> bool:
    """Return whether a break changes the plan.

    At the end only a walk after a very long silence does: that is how a relapse begins the plan
    anew.
    """
    if not is_done(stand, known):
        return True
    return gap.is_over and _row(gap.missed_days, known).factor is None


def come_back(stand: Stand, gap: Gap, known: PlanKnowledge) -> Stand:
    """Return where the plan stands after a break: lower, or in a usual week again."""
    if stand.level is None:
        return stand
    row = _row(gap.missed_days, known)
    rule = known.rules[row.rule]
    if row.factor is None:
        return usual(known, rule.applied())
    level = shorter(stand.level, row.factor, known)
    cuts = (change for change in stand.changes if change.rule in _CUTS)
    return Stand(level, stand.number + 1, (*cuts, rule.applied(minutes=level.minutes)))


def days_off(
    stand: Stand, days: Sequence[date], week: date, today: date, known: PlanKnowledge
) -> Change | None:
    """Return what days off just before today mean; None if there were none to speak of.

    Args:
        stand: Where the plan stands today.
        days: Those with a walk, in order.
        week: The first day of this week; before the first planned walk nothing is missed.
        today: A walk of today does not end the days before it.
        known: Numbers and rules.
    """
    last = max((day for day in days if day < today), default=None)
    if last is None or stand.level is None or (stand.number == 1 and last < week):
        return None
    row = next((row for row in known.breaks if (today - last).days > row.from_days), None)
    if row is None:
        return None
    if row.factor == 1:
        return known.rules[row.rule].applied()
    if not is_done(stand, known):
        return None  # the week itself says that it begins lower
    lower = shorter(stand.level, row.factor or known.start.careful_factor, known)
    return known.rules["break_held"].applied(minutes=lower.minutes)


def _least_days(known: PlanKnowledge) -> int:
    """Return the days of the shortest break that changes the level."""
    return min(row.from_days for row in known.breaks if row.factor != 1)


def _row(missed_days: int, known: PlanKnowledge) -> Break:
    """Return the row of the table for a long break; the rows stand from the longest."""
    return next(row for row in known.breaks if missed_days >= row.from_days)
