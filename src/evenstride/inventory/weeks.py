"""Minutes of the last seven days, beside each seven days before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean

from evenstride.checkup.knowledge.spoken import counted
from evenstride.inventory.change import compare
from evenstride.inventory.facts import absent, fact
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.nouns import Comparison, Observed
from evenstride.inventory.walks import Material, told_on
from evenstride.model.outing import Outing

__all__ = ["weeks"]

WEEK = 7
FOUR_WEEKS = 4
MOST_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """The walks of seven days."""

    walks: tuple[Outing, ...]

    @property
    def told(self) -> list[tuple[Outing, float]]:
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


def weeks(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> tuple[Observed, Observed]:
    """Return the minutes of the last seven days, and the mean of the four weeks before."""
    if not material.walks:
        return (
            absent(factor, "week_minutes", "min", known, why="no_walks"),
            absent(factor, "four_weeks_minutes", "min", known, why="few_weeks"),
        )
    this, *before = _by_week(material)
    return (
        _this_week(this, before, factor, known),
        _four_weeks(this, before[:FOUR_WEEKS], factor, known),
    )


def _this_week(
    this: Week, before: Sequence[Week], factor: FactorKnowledge, known: FactorsKnowledge
) -> Observed:
    if this.walks and not this.told:
        return absent(factor, "week_minutes", "min", known)
    return fact(
        factor,
        "week_minutes",
        this.minutes,
        "min",
        len(this.walks),
        comparison=_next_to_weeks(this, before, factor, known),
        walks_said=counted(len(this.walks), "walk"),
        told=len(this.told),
    )


def _four_weeks(
    this: Week, four: Sequence[Week], factor: FactorKnowledge, known: FactorsKnowledge
) -> Observed:
    if len(four) < FOUR_WEEKS or not all(week.whole for week in four):
        return absent(factor, "four_weeks_minutes", "min", known, why="few_weeks")
    mean = fmean(week.minutes for week in four)
    walks = sum(len(week.walks) for week in four)
    not_whole = known.verdicts["week_not_whole"]
    than = _than(this.minutes, mean, factor) if this.whole else not_whole
    return fact(factor, "four_weeks_minutes", mean, "min", walks, than=than)


def _by_week(material: Material) -> list[Week]:
    """Return the last seven days and each seven days before, the newest first.

    A week lies between the first walk and today, so that no week from before the diary counts.
    """
    days = (material.today - material.walks[0].day).days + 1
    found: list[list[Outing]] = [[] for _ in range(max(1, min(MOST_WEEKS + 1, days // WEEK)))]
    for walk in material.walks:
        number = (material.today - walk.day).days // WEEK
        if number < len(found):
            found[number].append(walk)
    return [Week(tuple(walks)) for walks in found]


def _next_to_weeks(
    this: Week, before: Sequence[Week], factor: FactorKnowledge, known: FactorsKnowledge
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
