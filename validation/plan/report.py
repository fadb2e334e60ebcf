"""What was measured, against the targets, as Markdown."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from time import process_time

import yaml

from evenstride import __version__
from evenstride.plan import History, Plan, Week, plan
from evenstride.plan.knowledge import plan_knowledge
from validation.plan.faults import KINDS, Fault, faults
from validation.plan.people import FIRST, GREEN, WALKERS, check_up_of, outing_of
from validation.plan.walking import Result, simulate

__all__ = ["WEEKS", "Study", "marks", "measure", "render"]

WEEKS = 40
QUICK_WEEKS = 23
MOST_OFF_WEEKS = 1
MOST_MS = 50.0
_YEARS = 10
_CALLS = 9
_KNOWLEDGE = Path(__file__).parents[2] / "src/evenstride/knowledge/walking_plan.yaml"

Mark = tuple[str, str, str, bool]


@dataclass(frozen=True)
class Study:
    """Everything that was measured.

    Attributes:
        weeks: How long everybody walked.
        results: Each walker.
        faults: What is not as the rules have it, by walker.
        expected: Weeks to the target in the draft's own simulation, by walker.
        call_ms: Computing time of one plan after ten years of daily walks, the best of some.
    """

    weeks: int
    results: tuple[Result, ...]
    faults: dict[str, tuple[Fault, ...]]
    expected: dict[str, int]
    call_ms: float


def measure(weeks: int, *, quick: bool = False) -> Study:
    """Let everybody walk, and time a plan after ten years; a quick run has fewer people."""
    expected = _expected()
    people = [
        one for n, one in enumerate(WALKERS) if not quick or one.name in expected or n % 4 == 0
    ]
    results = tuple(simulate(walker, weeks) for walker in people)
    known = plan_knowledge()
    found = {one.walker.name: tuple(faults(one.weeks, known)) for one in results}
    return Study(weeks, results, found, expected, _call_ms())


def marks(study: Study) -> list[Mark]:
    """Return (what, target, measured, whether it is reached)."""
    every = [fault.kind for found in study.faults.values() for fault in found]
    rows = [(says, "0", str(every.count(kind)), kind not in every) for kind, says in KINDS.items()]
    off = max(_off(study), default=0)
    rows.append(
        (
            "Weeks to 5 x 30, furthest from the draft's simulation",
            f"≤ {MOST_OFF_WEEKS}",
            str(off),
            off <= MOST_OFF_WEEKS,
        )
    )
    quick = study.call_ms < MOST_MS
    what = f"One plan after {_YEARS} years of daily walks, computing time (ms)"
    return [*rows, (what, f"< {MOST_MS:.0f}", f"{study.call_ms:.0f}", quick)]


def render(study: Study) -> str:
    """Return the report."""
    reached = sum(mark[-1] for mark in marks(study))
    lines = [
        "# The walking plan, walked by simulated people",
        "",
        "Written by `python -m validation.plan`; do not edit. Nobody here is a person: this shows",
        "what the rules do, not whether they help.",
        "",
        f"evenstride {__version__}, walking plan {plan_knowledge().version}, Python",
        f"{platform.python_version()}, {platform.machine()}. {len(study.results)} walkers for",
        f"{study.weeks} weeks. **{reached} of {len(marks(study))} targets are reached.**",
        "",
        "|  | target | measured | reached |",
        "|---|---|---|---|",
        *(
            f"| {what} | {target} | {value} | {'yes' if ok else '**no**'} |"
            for what, target, value, ok in marks(study)
        ),
        "",
        "## Weeks to 30 minutes five times a week",
        "",
        "| walker | week | draft | last week | check-up again for |",
        "|---|---|---|---|---|",
        *(_row(result, study) for result in study.results),
        "",
        "## Week by week",
        "",
        "Week 0 is the usual week. `3x16`: three walks of 16 minutes. `b`: faster stretches. `g`:",
        "one more kind of ground. `l`: a light bag. Last, the worst light of the week; `?`: amber",
        "only because something was not noted; `-`: no walk.",
    ]
    for result in study.results:
        lines += ["", f"**{result.walker.name}**: {', '.join(_runs(result.weeks))}"]
    wrong = [f"- {name}: {one.says}" for name, found in study.faults.items() for one in found]
    return "\n".join([*lines, "", "## Faults", "", *(wrong or ["None."]), ""])


def _expected() -> dict[str, int]:
    """Return the weeks that the draft's simulation took, by walker."""
    data = yaml.safe_load(_KNOWLEDGE.read_text("utf-8"))["simulated"]
    green = {
        f"green, {row['tolerated_min']} min": row["weeks"] for row in data["weeks_by_tolerated_min"]
    }
    amber = data["every_fourth_week_amber"]
    return green | {f"every 4th week amber, {amber['tolerated_min']} min": amber["weeks"]}


def _off(study: Study) -> Iterator[int]:
    """Yield by how many weeks a walker is off the draft; who never arrives is off by all."""
    for result in study.results:
        weeks = study.expected.get(result.walker.name)
        if weeks is not None:
            yield study.weeks if result.reached is None else abs(result.reached - weeks)


def _call_ms() -> float:
    """Return the computing time of one plan after ten years of daily walks.

    The best of some: what else runs on a shared machine only makes it longer.
    """
    days = [FIRST + timedelta(days=number) for number in range(365 * _YEARS)]
    walks = (outing_of(day, 30.0, GREEN) for day in days)
    outings = tuple(replace(one, time_zone="Europe/London") for one in walks)
    checkup, checked = check_up_of(days[-1])
    history = History(outings, FIRST, checked)
    times = []
    for _ in range(_CALLS):
        start = process_time()
        found = plan(history, checkup, days[-1])
        times.append(process_time() - start)
    assert isinstance(found, Plan)  # noqa: S101 - a refusal would be quicker
    return 1000 * min(times)


def _row(result: Result, study: Study) -> str:
    why = ", ".join(f"{reason} x{count}" for reason, count in result.refused.items())
    name, last = result.walker.name, _shown(result.weeks[-1])
    return f"| {name} | {result.reached or '-'} | {study.expected.get(name, '')} | {last} | {why} |"


def _runs(weeks: Sequence[Week]) -> Iterator[str]:
    """Yield each week; those in a row that are alike stand together."""
    for shown, run in groupby(weeks, key=_shown):
        numbers = [week.number for week in run]
        last = f"-{numbers[-1]}" if len(numbers) > 1 else ""
        yield f"{numbers[0]}{last}: {shown}"


def _shown(week: Week) -> str:
    extras = "b" * bool(week.brisk_min) + "g" * week.ground + "l" * week.load
    size = f"{week.sessions}x{week.session_min}{extras}" if week.sessions else "as usual"
    return f"{size} {week.light or '-'}{'' if week.known else '?'}"
