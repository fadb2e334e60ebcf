"""How much is walked: minutes, days, load, sitting before, and when pain begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import fsum
from statistics import fmean, median

from evenstride.inventory.change import compare
from evenstride.inventory.facts import absent, days_of, fact
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.nouns import Comparison, Observed
from evenstride.inventory.walks import Material, Walk, told_on
from evenstride.inventory.words import counted

__all__ = ["dose"]

WEEK = 7
FOUR_WEEKS = 4
MOST_WEEKS = 12
HEAVY_SHARE = 0.1
"""Of body mass; the load on the spine rises faster above it (Li & Chow 2017; the use is ours)."""


def dose(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> tuple[Observed, ...]:
    """Return what was walked in the last weeks."""
    return (
        *_weeks(factor, material, known),
        _longest(factor, material, known),
        _days_between(factor, material, known),
        *_load(factor, material, known),
        _middle("sitting_before", "sitting_before_min", factor, material, known),
        _middle("minutes_to_rise", "minutes_to_rise", factor, material, known),
    )


def _weeks(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> Iterator[Observed]:
    this, *before = _by_week(material) or [Week(())]
    if this.walks and not this.told:
        yield absent(factor, "week_minutes", "min", known)
    elif not material.walks:
        yield absent(factor, "week_minutes", "min", known, why="no_walks")
    else:
        yield fact(
            factor,
            "week_minutes",
            this.minutes,
            "min",
            len(this.walks),
            comparison=_next_to_weeks(this, before, factor, known),
            walks_said=counted(len(this.walks), "walk"),
            told=len(this.told),
        )
    four = before[:FOUR_WEEKS]
    if len(four) < FOUR_WEEKS or not all(week.whole for week in four):
        yield absent(factor, "four_weeks_minutes", "min", known, why="few_weeks")
        return
    mean = fmean(week.minutes for week in four)
    than = known.verdicts["week_not_whole"]
    if this.whole:
        than = _than(this.minutes, mean, factor)
    walks = sum(len(week.walks) for week in four)
    yield fact(factor, "four_weeks_minutes", mean, "min", walks, than=than)


@dataclass(frozen=True, slots=True)
class Week:
    """The walks of seven days."""

    walks: tuple[Walk, ...]

    @property
    def told(self) -> list[tuple[Walk, float]]:
        """The walks with minutes, and those."""
        return told_on(self.walks, "minutes")

    @property
    def minutes(self) -> float:
        """What is known of its minutes."""
        return fsum(minutes for _, minutes in self.told)

    @property
    def whole(self) -> bool:
        """Whether every walk has minutes; a week without walks is whole."""
        return len(self.told) == len(self.walks)


def _by_week(material: Material) -> list[Week]:
    """Return the last seven days and each seven days before, the newest first.

    A week lies between the first walk and today, so that no week from before the diary counts.
    """
    if not material.walks:
        return []
    days = (material.today - material.walks[0].day).days + 1
    weeks: list[list[Walk]] = [[] for _ in range(max(1, min(MOST_WEEKS + 1, days // WEEK)))]
    for walk in material.walks:
        number = (material.today - walk.day).days // WEEK
        if number < len(weeks):
            weeks[number].append(walk)
    return [Week(tuple(walks)) for walks in weeks]


def _next_to_weeks(
    this: Week, before: list[Week], factor: FactorKnowledge, known: FactorsKnowledge
) -> Comparison:
    if not this.whole:
        return Comparison("cannot_say", known.verdicts["week_not_whole"], 0)
    words = {
        **known.verdicts,
        "as_usual": known.verdicts["week_as_usual"],
        "too_few": known.verdicts["too_few_weeks"],
        "differs": known.verdicts["week_differs"],
        **factor.texts["week"],
    }
    whole = [week.minutes for week in before if week.whole]
    return compare(this.minutes, (None, None), whole, words)


def _than(this: float, mean: float, factor: FactorKnowledge) -> str:
    words = factor.texts["than"]
    difference = round(this - mean)
    if difference == 0:
        return words["same"]
    said = counted(abs(difference), "minute")
    return words["more" if difference > 0 else "less"].format(minutes=said)


def _longest(factor: FactorKnowledge, material: Material, known: FactorsKnowledge) -> Observed:
    told = told_on(material.recent, "minutes")
    if not told:
        return absent(factor, "longest_minutes", "min", known)
    walk, minutes = max(told, key=lambda one: one[1])
    return fact(factor, "longest_minutes", minutes, "min", len(told), walk=walk)


def _days_between(factor: FactorKnowledge, material: Material, known: FactorsKnowledge) -> Observed:
    gaps = [
        (after - before) / timedelta(days=1) for before, after in pairwise(days_of(material.recent))
    ]
    if not gaps:
        return absent(factor, "days_between", "days", known, why="one_walk")
    return fact(
        factor, "days_between", median(gaps), "days", len(material.recent),
        most=counted(round(max(gaps)), "day"),
    )  # fmt: skip


def _load(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> Iterator[Observed]:
    told = told_on(material.recent, "load_kg")
    mass = material.person.mass_kg
    if not told:
        yield absent(factor, "load", "kg", known)
        yield absent(factor, "load_share", "1", known)
        return
    walk, load = told[-1]
    yield fact(factor, "load", load, "kg", len(told), walk=walk)
    if mass is None:
        yield absent(factor, "load_share", "1", known, why="no_mass")
        return
    words = factor.texts["load_says"]
    says = words["light" if load / mass < HEAVY_SHARE else "heavy"]
    yield fact(factor, "load_share", load / mass, "1", len(told), walk=walk, share=says)


def _middle(
    name: str, field: str, factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> Observed:
    told = told_on(material.recent, field)
    if not told:
        return absent(factor, name, "min", known)
    return fact(
        factor, name, median(value for _, value in told), "min", len(told),
        walks_said=counted(len(told), "walk"),
    )  # fmt: skip
