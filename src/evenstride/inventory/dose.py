"""How much is walked: minutes, days, load, sitting before, and when pain begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from statistics import median

from evenstride.checkup.knowledge.spoken import counted
from evenstride.inventory.facts import absent, days_of, fact
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.nouns import Observed
from evenstride.inventory.walks import Material, told_on
from evenstride.inventory.weeks import weeks

__all__ = ["dose"]

HEAVY_SHARE = 0.1
"""Of body mass; the load on the spine rises faster above it (Li & Chow 2017; the use is ours)."""


def dose(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> tuple[Observed, ...]:
    """Return what was walked in the last weeks."""
    return (
        *weeks(factor, material, known),
        _longest(factor, material, known),
        _days_between(factor, material, known),
        *_load(factor, material, known),
        _middle("sitting_before", "sitting_before_min", factor, material, known),
        _middle("minutes_to_rise", "minutes_to_rise", factor, material, known),
    )


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
