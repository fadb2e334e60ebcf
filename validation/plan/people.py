"""Simulated people: what they tolerate, what hurts when, when they are away, what they note."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from evenstride.checkup import check_up
from evenstride.model.checkup import CheckUp, Level, MatchedRule, Pattern
from evenstride.model.outing import Outing, PainRatings, Reach

__all__ = [
    "AMBER",
    "FIRST",
    "GREEN",
    "RED",
    "UNKNOWN",
    "WALKERS",
    "Walker",
    "at_ns",
    "check_up_of",
    "every",
    "outing_of",
    "some_days",
]

FIRST = date(2026, 1, 5)
TOLERATED_MIN = (5, 10, 15, 20, 30)
_LONGEST_DAYS = 400

GREEN = PainRatings(before=1, worst=2, hour_after=1, next_morning=1)
AMBER = PainRatings(before=1, worst=5, hour_after=3, next_morning=1)
RED = PainRatings(before=1, worst=7, hour_after=5, next_morning=2)
UNKNOWN = PainRatings(before=1, worst=2)
_LEG = PainRatings(1, 4, 1, 1)


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
        skips: Days without a walk, counted from the first.
        silent: Days on which a walk is noted without any pain.
        rides: Days on which a bike is ridden instead.
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
    skips: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    rides: frozenset[int] = frozenset()
    lifts: Mapping[str, float] = field(default_factory=dict)
    fear: float | None = None
    steps: Mapping[int, int] = field(default_factory=dict)
    reach: Mapping[int, Reach] = field(default_factory=dict)
    overshoots: float = 0.0
    leg: PainRatings = field(default_factory=PainRatings)
    morning_every: int = 1

    @property
    def first(self) -> date:
        """The first day of the plan."""
        return FIRST


def every(number: int, ratings: PainRatings) -> dict[int, PainRatings]:
    """Return this pain in every n-th week."""
    return {week: ratings for week in range(1, _LONGEST_DAYS // 7) if week % number == 0}


def some_days(share: float, seed: int, start: int = 7) -> frozenset[int]:
    """Return days drawn at random, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a simulation
    return frozenset(day for day in range(start, _LONGEST_DAYS) if chance.random() < share)


_WILD = {day: 12_000 if day % 7 == 2 else 2_000 for day in range(_LONGEST_DAYS)}
_ALL_DAYS = frozenset(range(7, _LONGEST_DAYS))
_PATTERNS = {
    "stenosis": "lumbar_stenosis",
    "leg pain": "sciatica_disc",
    "bending": "disc_degeneration",
    "arching": "extension_sensitive",
}
_STENOSIS = {"lumbar_stenosis": 3.0}

WALKERS: tuple[Walker, ...] = (
    *(Walker(f"green, {minutes} min", minutes) for minutes in TOLERATED_MIN),
    *(
        Walker(f"every 4th week amber, {minutes} min", minutes, every(4, AMBER))
        for minutes in TOLERATED_MIN
    ),
    Walker("amber in weeks 5 and 6", 20, {5: AMBER, 6: AMBER}),
    Walker("one red walk", 20, pain_on_day={45: RED}),
    Walker("two red walks in two weeks", 20, pain_on_day={45: RED, 52: RED}),
    *(
        Walker(
            f"red at random, one day in {round(1 / share)}",
            15,
            pain_on_day=dict.fromkeys(some_days(share, seed), RED),
        )
        for seed, share in ((1, 0.01), (2, 0.02), (3, 0.05))
    ),
    Walker("pain of 5 before every walk", 20, before=5),
    Walker("high fear", 20, fear=18),
    *(Walker(f"{days} days away", 20, away=((42, 42 + days),)) for days in (5, 10, 20, 40)),
    *(Walker(f"pattern: {name}", 15, lifts={cause: 3.0}) for name, cause in _PATTERNS.items()),
    Walker("stenosis, leg to 4 of 10 each time", 15, lifts=_STENOSIS, leg=_LEG),
    Walker(
        "stenosis, rides every second day",
        15,
        lifts=_STENOSIS,
        rides=frozenset(range(7, _LONGEST_DAYS, 2)),
    ),
    Walker("stenosis, only rides after the usual week", 15, lifts=_STENOSIS, rides=_ALL_DAYS),
    Walker("leg to 4 of 10 each time, no pattern", 15, leg=_LEG),
    Walker("pain moves down the leg in week 6", 20, reach={45: "calf"}),
    Walker("boom and bust", 15, pain_on_day={45: RED}, steps=_WILD),
    Walker("misses the second walk each week", 15, misses=(1,)),
    *(
        Walker(f"notes nothing at {name}", 15, silent=some_days(share, seed))
        for seed, (name, share) in enumerate(
            {"one walk in 20": 0.05, "one walk in 5": 0.2}.items(), start=4
        )
    ),
    Walker("skips one day in 10", 15, skips=some_days(0.1, 6)),
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


def outing_of(day: date, minutes: float | None, back: PainRatings, **more: object) -> Outing:
    """Return a walk at ten o'clock UTC."""
    return Outing(f"{day}", at_ns(day, 10), minutes=minutes, back=back, **more)  # type: ignore[arg-type]
