"""``python -m validation.plan``: walk the plan with simulated people and print it week by week.

Every walker asks the plan each morning, walks what it says for that day, and notes the pain that
their story has for that week. Nothing here is a person; it shows what the rules do, not whether
they help.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import yaml

from evenstride.checkup import check_up
from evenstride.model.checkup import CheckUp, Level, MatchedRule, Pattern
from evenstride.model.outing import Outing, PainRatings, Reach
from evenstride.plan import EarlierCheckUp, FearScore, History, Plan, Refused, Week, plan
from evenstride.plan.knowledge import PlanKnowledge, plan_knowledge

__all__ = [
    "WALKERS",
    "Result",
    "Walker",
    "check_up_of",
    "faults",
    "jumps",
    "simulate",
    "targets",
    "walk",
]

FIRST = date(2026, 1, 5)
_KNOWLEDGE = Path(__file__).parents[1] / "src/evenstride/knowledge/walking_plan.yaml"
MOST_WEEKS = 40

GREEN = PainRatings(before=1, worst=2, hour_after=1, next_morning=1)
AMBER = PainRatings(before=1, worst=5, hour_after=3, next_morning=1)
RED = PainRatings(before=1, worst=7, hour_after=5, next_morning=2)
UNKNOWN = PainRatings(before=1, worst=2)


@dataclass(frozen=True)
class Walker:
    """A simulated person.

    Attributes:
        name: For the report.
        tolerated_min: Minutes until the pain has risen by two points, in the usual week.
        pain: Pain of every walk in some weeks, counted from the first planned one; else green.
        pain_on_day: Pain of the walk on some days, counted from the first one; goes before `pain`.
        away: Days (from, to) without any walk, counted from the first.
        before: Pain before the walks of the usual week.
        misses: Leaves out every walk with this number in the week (0 is the first).
        lifts: How far the answers of the check-up lift some causes.
        fear: A score of worry about moving; None without one.
        steps: Steps of some days, counted from the first.
        reach: How far down the leg the pain goes; None if not told.
        leg: Pain in the leg in every planned walk.
        overshoots: Minutes that are walked more than planned.
        morning_every: Pain next morning is noted for every n-th walk only.
    """

    name: str
    tolerated_min: int = 10
    pain: Mapping[int, PainRatings] = field(default_factory=dict)
    pain_on_day: Mapping[int, PainRatings] = field(default_factory=dict)
    away: tuple[tuple[int, int], ...] = ()
    before: float = 1
    misses: tuple[int, ...] = ()
    lifts: Mapping[str, float] = field(default_factory=dict)
    fear: float | None = None
    steps: Mapping[int, int] = field(default_factory=dict)
    reach: Mapping[int, Reach] = field(default_factory=dict)
    overshoots: float = 0.0
    leg: PainRatings = field(default_factory=PainRatings)
    morning_every: int = 1


@dataclass(frozen=True)
class Result:
    """What a walker did.

    Attributes:
        walker: Who.
        weeks: Every week, the last one unfinished.
        reached: The number of the first week at the target; None if never.
        refused: Days without a plan, by reason, after which the check-up was done again.
        last: The last plan.
        sessions: The longest walk that was planned for each day.
    """

    walker: Walker
    weeks: tuple[Week, ...]
    reached: int | None
    refused: Mapping[str, int]
    last: Plan
    sessions: Mapping[date, int]


def every(number: int, ratings: PainRatings) -> dict[int, PainRatings]:
    """Return this pain in every n-th week."""
    return {week: ratings for week in range(1, 100) if week % number == 0}


_WILD = {day: 12_000 if day % 7 == 2 else 2_000 for day in range(300)}
_LEG = {"stenosis": "lumbar_stenosis", "sciatica": "sciatica_disc"}

WALKERS: tuple[Walker, ...] = (
    *(Walker(f"green, {minutes} min", minutes) for minutes in (5, 10, 15, 20, 30)),
    *(
        Walker(f"every 4th week amber, {minutes} min", minutes, every(4, AMBER))
        for minutes in (5, 10, 20)
    ),
    Walker("amber in weeks 5 and 6", 20, {5: AMBER, 6: AMBER}),
    Walker("one red walk", 20, pain_on_day={45: RED}),
    Walker("two red walks in two weeks", 20, pain_on_day={45: RED, 52: RED}),
    Walker("pain of 5 before every walk", 20, before=5),
    Walker("high fear", 20, fear=18),
    *(Walker(f"{days} days away", 20, away=((42, 42 + days),)) for days in (5, 10, 20, 35)),
    *(
        Walker(f"pattern: {name}", 15, lifts={cause: 3.0})
        for name, cause in {
            **_LEG,
            "bending": "disc_degeneration",
            "arching": "extension_sensitive",
        }.items()
    ),
    Walker(
        "pattern: stenosis, leg to 4 of 10 each time",
        15,
        lifts={"lumbar_stenosis": 3.0},
        leg=PainRatings(1, 4, 1, 1),
    ),
    Walker("leg to 4 of 10 each time, no pattern", 15, leg=PainRatings(1, 4, 1, 1)),
    Walker("pain moves down the leg in week 6", 20, reach={45: "calf"}),
    Walker("boom and bust", 15, pain_on_day={45: RED}, steps=_WILD),
    Walker("misses the second walk each week", 15, misses=(1,)),
    Walker("walks 15 min more than planned", 10, overshoots=15),
    Walker("notes every second morning", 15, morning_every=2),
)


def check_up_of(
    day: date,
    lifts: Mapping[str, float] | None = None,
    *,
    complete: bool = True,
    level: Level = "self_care",
    runs: bool = True,
) -> tuple[CheckUp, int]:
    """Return a check-up done on the morning of a day, and when that was."""
    rules: tuple[MatchedRule, ...] = ()
    if level != "self_care":
        rule = MatchedRule("C00_test", level, 14, "w", "c", ("expert",), "estimate", runs)
        rules = (rule,)
    soon = level in ("self_care", "clinician_soon")
    empty = check_up({})
    triage = replace(
        empty.triage,
        level=level,
        within_days=rules[0].within_days if rules else None,
        recheck_days=14 if soon else None,
        rules=rules,
        not_answered=(),
        doubts=(),
    )
    patterns = tuple(
        Pattern(cause, cause, cause, "unlikely", "possible", lift, (), (), 0.1, "expert", False)
        for cause, lift in (lifts or {}).items()
    )
    found = replace(empty, complete=complete, triage=triage, patterns=patterns)
    return found, at_ns(day, 5)


def at_ns(day: date, hour: float) -> int:
    """Return an hour of a day, UTC, in nanoseconds."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)
    return int(start.timestamp()) * 1_000_000_000


def walk(day: date, minutes: float | None, back: PainRatings, **more: object) -> Outing:
    """Return a walk at ten o'clock UTC."""
    return Outing(f"{day}", at_ns(day, 10), minutes=minutes, back=back, **more)  # type: ignore[arg-type]


def simulate(walker: Walker, weeks: int = MOST_WEEKS) -> Result:
    """Walk the plan day by day until the target is held, or for some weeks."""
    known = plan_knowledge()
    outings: list[Outing] = []
    refused: dict[str, int] = {}
    longest: dict[date, int] = {}
    checkup, checked = check_up_of(FIRST, walker.lifts)
    earlier: list[EarlierCheckUp] = []
    fear = () if walker.fear is None else (FearScore(FIRST, walker.fear),)
    steps: dict[date, int] = {}
    found: Plan | Refused | None = None
    for number in range(weeks * 7):
        day = FIRST + timedelta(days=number)
        if number in walker.steps:
            steps[day] = walker.steps[number]
        history = History(
            tuple(outings),
            FIRST,
            checked,
            fear=fear,
            steps_per_day=steps,
            earlier=tuple(earlier),
        )
        found = plan(history, checkup, day)
        if isinstance(found, Refused):
            refused[found.reason] = refused.get(found.reason, 0) + 1
            earlier.append(EarlierCheckUp(checked, checkup))
            checkup, checked = check_up_of(day, walker.lifts)
            found = plan(replace(history, checked_up_utc_ns=checked), checkup, day)
        if isinstance(found, Refused):
            raise AssertionError(f"{walker.name}: {found.reason} after a new check-up")
        if found.session_today is not None:
            longest[day] = found.session_today.minutes
        if any(first <= number < last for first, last in walker.away):
            continue
        outings += _walked(walker, found, number, len(outings))
    if not isinstance(found, Plan):
        raise AssertionError("a simulation lasts a day at least")
    all_weeks = (*found.past, found.week)
    target = known.progress.sessions_to * known.progress.target_min
    reached = next((week.number for week in all_weeks if week.minutes >= target), None)
    return Result(walker, all_weeks, reached, refused, found, longest)


def _walked(walker: Walker, today: Plan, number: int, count: int) -> Iterator[Outing]:
    day = FIRST + timedelta(days=number)
    if today.phase == "baseline":
        if (day - today.week.starts).days in (0, 2, 4):
            rises = PainRatings(walker.before, walker.before + 2, walker.before, walker.before)
            minutes = walker.tolerated_min
            first: Reach = "thigh" if walker.leg.worst else "none"
            yield walk(day, minutes + 5.0, rises, minutes_to_rise=float(minutes), reach=first)
        return
    session = today.session_today
    if session is None:
        return
    nth = (day - today.week.starts).days
    usual = plan_knowledge().days[today.week.sessions]
    if nth in usual and usual.index(nth) in walker.misses:
        return
    if walker.misses and nth not in usual:
        return  # does not make up for it either
    pain = walker.pain_on_day.get(number) or walker.pain.get(today.week.number, GREEN)
    if count % walker.morning_every:
        pain = replace(pain, next_morning=None)
    reach = walker.reach.get(number, "thigh" if walker.leg.worst else "none")
    yield walk(day, session.minutes + walker.overshoots, pain, leg=walker.leg, reach=reach)


def jumps(weeks: Sequence[Week], known: PlanKnowledge) -> Iterator[str]:
    """Yield where a week was planned above what the week before allows."""
    grows = known.progress
    for before, after in pairwise(weeks):
        if not before.sessions or not after.sessions:
            continue
        name = f"week {after.number} ({after.starts})"
        small = grows.small_most_min if before.minutes < grows.small_week_min else 0
        most = before.minutes + max(grows.most_fraction * before.minutes, small)
        if after.sessions > before.sessions:
            if after.sessions > before.sessions + 1:
                yield f"{name}: more than one walk more"
            if after.session_min > before.session_min:
                yield f"{name}: more walks and longer walks at once"
        elif after.minutes > most + 1e-9:
            yield f"{name}: {after.minutes} min after {before.minutes}"
        extras = (
            after.minutes > before.minutes,
            after.brisk_min > before.brisk_min,
            after.ground > before.ground,
            after.load > before.load,
        )
        if sum(extras) > 1:
            yield f"{name}: more than one change upward"
        if after.session_min > grows.target_min or after.sessions > grows.sessions_to:
            yield f"{name}: above the target"
        if before.light in ("red", "amber") and any(extras):
            yield f"{name}: went up after {before.light}"
        if after.session_min < min(known.start.session_min, before.session_min):
            yield f"{name}: below the shortest walk"


def targets() -> tuple[dict[int, int], tuple[int, int]]:
    """Return the weeks that the draft's simulation took: when green, and when often amber."""
    data = yaml.safe_load(_KNOWLEDGE.read_text("utf-8"))["simulated"]
    green = {row["tolerated_min"]: row["weeks"] for row in data["weeks_by_tolerated_min"]}
    amber = data["every_fourth_week_amber"]
    return green, (amber["tolerated_min"], amber["weeks"])


def faults(results: Sequence[Result]) -> Iterator[str]:
    """Yield everything that is not as the rules or the draft's simulation have it."""
    known = plan_knowledge()
    green, (amber_min, amber_weeks) = targets()
    expected = {f"green, {minutes} min": weeks for minutes, weeks in green.items()}
    expected[f"every 4th week amber, {amber_min} min"] = amber_weeks
    for result in results:
        name = result.walker.name
        for jump in jumps(result.weeks, known):
            yield f"{name}: {jump}"
        if name in expected:
            weeks = result.reached
            if weeks is None or abs(weeks - expected[name]) > 1:
                yield f"{name}: {weeks} weeks, expected {expected[name]}"


def render(results: Sequence[Result]) -> str:
    """Return the report."""
    green, amber = targets()
    lines = [
        "# The walking plan, walked by simulated people",
        "",
        "Week 0 is the usual week. `3x16`: three walks of 16 minutes. `b`: faster stretches. `g`:",
        "one more kind of ground. `l`: a light bag. Last, the worst light of the week.",
        "",
        "| walker | 5 x 30 in week | draft | check-up again for |",
        "|---|---|---|---|",
    ]
    wanted = {f"green, {minutes} min": weeks for minutes, weeks in green.items()}
    wanted[f"every 4th week amber, {amber[0]} min"] = amber[1]
    for result in results:
        why = ", ".join(f"{reason} x{count}" for reason, count in result.refused.items())
        name = result.walker.name
        lines.append(f"| {name} | {result.reached or '-'} | {wanted.get(name, '')} | {why} |")
    for result in results:
        lines += ["", f"**{result.walker.name}**: {', '.join(_runs(result.weeks))}"]
    found = list(faults(results))
    lines += ["", "## Faults", "", *(f"- {fault}" for fault in found)]
    return "\n".join([*lines, "" if found else "None.", ""])


def _runs(weeks: Sequence[Week]) -> Iterator[str]:
    """Yield each week; those in a row that are alike stand together."""
    for shown, run in groupby(weeks, key=_shown):
        numbers = [week.number for week in run]
        last = f"-{numbers[-1]}" if len(numbers) > 1 else ""
        yield f"{numbers[0]}{last}: {shown}"


def _shown(week: Week) -> str:
    extras = "b" * bool(week.brisk_min) + "g" * week.ground + "l" * week.load
    doubt = "" if week.known else "?"
    return f"{week.sessions}x{week.session_min}{extras} {week.light or '-'}{doubt}"


def main() -> int:
    """Print the report; the exit code says whether every walker is as expected."""
    parser = argparse.ArgumentParser(prog="python -m validation.plan", description=__doc__)
    parser.add_argument("--weeks", type=int, default=MOST_WEEKS)
    options = parser.parse_args()
    results = [simulate(walker, options.weeks) for walker in WALKERS]
    sys.stdout.write(render(results))
    return 1 if list(faults(results)) else 0


if __name__ == "__main__":
    sys.exit(main())
