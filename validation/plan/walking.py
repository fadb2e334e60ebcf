"""Walks the plan with a simulated person, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from evenstride.model.outing import Outing, PainRatings, Reach
from evenstride.plan import EarlierCheckUp, FearScore, History, Plan, Refused, Week, plan
from evenstride.plan.knowledge import plan_knowledge
from validation.plan.people import FIRST, GREEN, Walker, check_up_of, outing_of

__all__ = ["Result", "simulate"]


@dataclass(frozen=True)
class Result:
    """What a walker did.

    Attributes:
        walker: Who.
        weeks: Every week, the last one unfinished.
        reached: The number of the first week at the target; None if never.
        refused: Days without a plan, by reason, after which the check-up was done again.
        last: The last plan.
        outings: Every walk.
    """

    walker: Walker
    weeks: tuple[Week, ...]
    reached: int | None
    refused: Mapping[str, int]
    last: Plan
    outings: tuple[Outing, ...]


@dataclass
class _Diary:
    """What the walker wrote down so far."""

    walker: Walker
    outings: list[Outing] = field(default_factory=list)
    steps: dict[date, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    earlier: list[EarlierCheckUp] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.checkup, self.checked = check_up_of(FIRST, self.walker.lifts)

    def plan_of(self, day: date) -> Plan:
        """Return the plan of a day; where there is none, do the check-up again first."""
        found = plan(self._history(), self.checkup, day)
        if isinstance(found, Refused):
            self.refused[found.reason] = self.refused.get(found.reason, 0) + 1
            self.earlier.append(EarlierCheckUp(self.checked, self.checkup))
            self.checkup, self.checked = check_up_of(day, self.walker.lifts)
            found = plan(self._history(), self.checkup, day)
        if isinstance(found, Refused):
            raise AssertionError(f"{self.walker.name}: {found.reason} after a new check-up")
        return found

    def _history(self) -> History:
        fear = self.walker.fear
        return History(
            tuple(self.outings),
            FIRST,
            self.checked,
            fear=() if fear is None else (FearScore(FIRST, fear),),
            steps_per_day=self.steps,
            earlier=tuple(self.earlier),
        )


def simulate(walker: Walker, weeks: int) -> Result:
    """Ask the plan each morning for some weeks, and walk what it says as the walker does."""
    diary = _Diary(walker)
    found = diary.plan_of(FIRST)
    for number in range(weeks * 7):
        day = FIRST + timedelta(days=number)
        if number in walker.steps:
            diary.steps[day] = walker.steps[number]
        found = diary.plan_of(day)
        if not any(first <= number < last for first, last in walker.away):
            diary.outings += _walked(walker, found, number, len(diary.outings))
    known, every = plan_knowledge(), (*found.past, found.week)
    target = known.progress.sessions_to * known.progress.target_min
    reached = next((week.number for week in every if week.minutes >= target), None)
    return Result(walker, every, reached, diary.refused, found, tuple(diary.outings))


def _walked(walker: Walker, today: Plan, number: int, count: int) -> Iterator[Outing]:
    day = FIRST + timedelta(days=number)
    if today.phase == "baseline":
        if (day - today.week.starts).days in (0, 2, 4):
            rises = PainRatings(walker.before, walker.before + 2, walker.before, walker.before)
            minutes = walker.tolerated_min
            first: Reach = "thigh" if walker.leg.worst else "none"
            yield outing_of(day, minutes + 5.0, rises, minutes_to_rise=float(minutes), reach=first)
        return
    session = today.session_today
    if session is None or number in walker.skips or _misses(walker, today, day):
        return
    pain = walker.pain_on_day.get(number) or walker.pain.get(today.week.number, GREEN)
    if count % walker.morning_every:
        pain = replace(pain, next_morning=None)
    if number in walker.silent:
        pain = PainRatings()
    reach = walker.reach.get(number, "thigh" if walker.leg.worst else "none")
    yield outing_of(
        day,
        session.minutes + walker.overshoots,
        pain,
        leg=walker.leg,
        reach=reach,
        kind="cycling" if number in walker.rides else "outdoor",
    )


def _misses(walker: Walker, today: Plan, day: date) -> bool:
    """Return whether the walker leaves this walk out, and does not make up for it either."""
    if not walker.misses:
        return False
    nth = (day - today.week.starts).days
    usual = plan_knowledge().days[today.week.sessions]
    return nth not in usual or usual.index(nth) in walker.misses
