"""A question -> the design of a self-experiment, and its order, revealed walk by walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from evenstride.errors import OptionError
from evenstride.trials import draw

__all__ = [
    "LOOK_EVERY",
    "MOST_WALKS",
    "OUTCOMES",
    "SLOW",
    "WITHIN_A_WALK",
    "Assignment",
    "Design",
    "Factor",
    "Outcome",
    "arms_of",
    "group_of",
    "look_numbers",
    "next_arm",
    "plan_trial",
]

Outcome = Literal["worst", "next_morning", "minutes_to_rise", "distance"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""Worst pain during the walk, pain on the next morning, minutes until it rose by two, distance."""

WITHIN_A_WALK: dict[str, str] = {
    "shoe": "shoes",
    "route": "routes",
    "cadence": "step rates",
    "load": "loads",
    "style": "ways of walking",
    "poles": "poles",
    "pace": "paces",
}
"""What acts within one walk and can be swapped from walk to walk, with the word for several."""

SLOW: dict[str, str] = {
    "routine": "An exercise routine",
    "plan": "A walking plan",
    "sleep": "Sleep",
    "weight": "Body weight",
    "fitness": "Fitness",
}
"""What acts over weeks and cannot be swapped from walk to walk."""

FEWEST_WALKS = 8
MOST_WALKS = 84
USUAL_WALKS = 28
USUAL_WALKS_MANY = 40
LOOK_EVERY = 7
_GROUP_ONE = 4
_GROUP_MANY = 8
_MOST_FACTORS = 3
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that is tried in two ways.

    Attributes:
        kind: What it is: a key of ``WITHIN_A_WALK``.
        arms: The two ways in the person's own words: A, mostly what they do now, and B.
    """

    kind: str
    arms: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Design:
    """A self-experiment as it was fixed before its first walk; nothing in it changes afterwards.

    Attributes:
        factors: One to three things that are tried, each in two ways.
        outcome: What is compared.
        walks: How many walks it takes.
        seed: What the order is drawn from.
    """

    factors: tuple[Factor, ...]
    outcome: Outcome
    walks: int
    seed: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one walk of a trial is to be walked in.

    Attributes:
        number: Which walk of the trial, from 0.
        arms: Arm of each factor: 0 is A, 1 is B.
        names: The arms in the person's words.
    """

    number: int
    arms: tuple[int, ...]
    names: tuple[str, ...]


def plan_trial(
    factors: Sequence[Factor],
    *,
    seed: int,
    outcome: str = "worst",
    walks: int | None = None,
) -> Design:
    """Return the design that answers a question, or say why it cannot be answered this way.

    Args:
        factors: One to three things that act within a walk, with two arms each.
        seed: A whole number from 0 up to 2**63 - 1; keep it, the order hangs on it.
        outcome: One of ``OUTCOMES``.
        walks: How many walks; None takes 28 for one factor and 40 for more. With one factor an
            even number, with more a multiple of eight.

    Raises:
        OptionError: The trial would not give an honest answer; the sentence says why.
    """
    if not 1 <= len(factors) <= _MOST_FACTORS:
        raise OptionError(
            "A trial can try one, two or three things at once.",
            "Choose the one you most want to know about.",
        )
    for factor in factors:
        _check_factor(factor)
    kinds = [factor.kind for factor in factors]
    if len(set(kinds)) < len(kinds):
        raise OptionError(
            "The same thing is in this trial twice.",
            "Try each thing once, in two ways.",
        )
    if outcome not in OUTCOMES:
        raise OptionError(
            f'A trial cannot compare "{outcome}".', f"Choose one of: {', '.join(OUTCOMES)}."
        )
    if not 0 <= seed < 2**63:
        raise OptionError("The seed of a trial is a whole number from 0 up to 2**63 - 1.")
    usual = USUAL_WALKS if len(factors) == 1 else USUAL_WALKS_MANY
    number = usual if walks is None else walks
    _check_walks(number, len(factors))
    chosen: Outcome = next(known for known in OUTCOMES if known == outcome)
    return Design(tuple(factors), chosen, number, seed)


def _check_factor(factor: Factor) -> None:
    """Raise if a factor cannot be tried from walk to walk, or its arms are not two."""
    if factor.kind in SLOW:
        raise OptionError(
            f"{SLOW[factor.kind]} works over weeks, so it cannot be swapped from walk to walk.",
            "A trial of it would mislead you. Look at its trend report instead: "
            "note your pain for 14 days first, then start.",
        )
    if factor.kind not in WITHIN_A_WALK:
        raise OptionError(
            f'A trial cannot try "{factor.kind}".',
            f"Choose one of: {', '.join(WITHIN_A_WALK)}.",
        )
    names = {name.strip().casefold() for name in factor.arms}
    if "" in names or len(names) != len(factor.arms):
        raise OptionError(
            "A trial compares two ways, and each needs a name of its own.",
            'For example "old shoes" and "new shoes".',
        )
    if any(len(name) > _LONGEST_NAME for name in names):
        raise OptionError(f"The name of a way is at most {_LONGEST_NAME} letters long.")


def _check_walks(walks: int, factors: int) -> None:
    """Raise if a trial is too short, too long, or cannot be balanced."""
    step = 2 if factors == 1 else _GROUP_MANY
    if not FEWEST_WALKS <= walks <= MOST_WALKS:
        raise OptionError(
            f"A trial takes {FEWEST_WALKS} to {MOST_WALKS} walks.",
            "With 28 walks most changes of two points are found. Smaller changes take more.",
        )
    if walks % step:
        lower = walks - walks % step
        raise OptionError(
            "Both ways must get the same number of walks."
            if factors == 1
            else "Each mix of ways must get the same number of walks.",
            f"Choose {max(lower, FEWEST_WALKS)} or {lower + step} walks.",
        )


def group_of(design: Design, number: int) -> int:
    """Return which balanced group of walks a walk belongs to: four walks, or eight with factors.

    Within a group each arm of each factor comes equally often.
    """
    return number // (_GROUP_ONE if len(design.factors) == 1 else _GROUP_MANY)


def arms_of(design: Design, number: int) -> tuple[int, ...]:
    """Return the arm (0 is A, 1 is B) of each factor in walk ``number`` (from 0).

    One factor: AABB or BBAA per four walks; two walks that are left over are AB or BA. Two
    factors: the four mixes in a random order per eight walks, each twice running. Three factors:
    the eight mixes in a random order per eight walks.
    """
    if not 0 <= number < design.walks:
        raise OptionError(f"This trial has walks 1 to {design.walks}.")
    factors = len(design.factors)
    group = group_of(design, number)
    source = draw.bits(design.seed, f"group/{group}")
    if factors == 1:
        first = next(source)
        left = min(_GROUP_ONE, design.walks - group * _GROUP_ONE)
        second_half = number % _GROUP_ONE >= left // 2
        return (first ^ int(second_half),)
    mixes = 2**factors
    place = number % _GROUP_MANY * mixes // _GROUP_MANY
    mix = draw.order(mixes, source)[place]
    return tuple((mix >> factor) & 1 for factor in range(factors))


def next_arm(design: Design, done: int) -> Assignment | None:
    """Return what the next walk is to be walked in, after ``done`` walks; None: the trial is over.

    Only this one walk is revealed. Who knows the order can choose the day for it.
    """
    if done < 0:
        raise OptionError("The number of walks done cannot be below 0.")
    if done >= design.walks:
        return None
    arms = arms_of(design, done)
    names = tuple(factor.arms[arm] for factor, arm in zip(design.factors, arms, strict=True))
    return Assignment(done, arms, names)


def look_numbers(design: Design) -> tuple[int, ...]:
    """Return after how many walks the answer is looked at: every seventh walk, and the end.

    Looks are counted in walks, not in weeks, so that the share of false answers does not hang on
    how often somebody walks.
    """
    return (*range(LOOK_EVERY, design.walks, LOOK_EVERY), design.walks)
