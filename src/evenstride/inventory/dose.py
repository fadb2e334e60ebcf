"""How much is walked: minutes, days, load, sitting before, and when pain begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from statistics import fmean, median

from evenstride.inventory.change import compare
from evenstride.inventory.facts import absent, counted, days_of, fact
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.nouns import Comparison, Observed
from evenstride.inventory.walks import Material, told_on

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
    told = told_on(material.walks, "minutes")
    if not told:
        yield absent(factor, "week_minutes", "min", known)
        yield absent(factor, "four_weeks_minutes", "min", known)
        return
    this, *before = _minutes_by_week(material)
    walks = [walk for walk, _ in told if (material.today - walk.day).days < WEEK]
    yield fact(
        factor,
        "week_minutes",
        this,
        "min",
        len(walks),
        comparison=_next_to_weeks(this, before, factor, known),
        walks_said=counted(len(walks), "walk"),
    )
    if len(before) < FOUR_WEEKS:
        yield absent(factor, "four_weeks_minutes", "min", known, why="few_weeks")
        return
    mean = fmean(before[:FOUR_WEEKS])
    walks = [w for w, _ in told if WEEK <= (material.today - w.day).days < WEEK * (FOUR_WEEKS + 1)]
    yield fact(
        factor, "four_weeks_minutes", mean, "min", len(walks), than=_than(this, mean, factor)
    )


def _minutes_by_week(material: Material) -> list[float]:
    """Return the minutes of the last seven days and of each full week before, newest first.

    A week lies between the first walk and today, so that no week from before the diary counts.
    """
    first = material.walks[0].day
    weeks = max(1, min(MOST_WEEKS + 1, ((material.today - first).days + 1) // WEEK))
    minutes = [0.0] * weeks
    for walk, value in told_on(material.walks, "minutes"):
        week = (material.today - walk.day).days // WEEK
        if week < weeks:
            minutes[week] += value
    return minutes


def _next_to_weeks(
    this: float, before: list[float], factor: FactorKnowledge, known: FactorsKnowledge
) -> Comparison:
    words = {
        **known.verdicts,
        "as_usual": known.verdicts["week_as_usual"],
        "too_few": known.verdicts["too_few_weeks"],
        "differs": "",
        **factor.texts["week"],
    }
    return compare(this, (None, None), before, words)


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
