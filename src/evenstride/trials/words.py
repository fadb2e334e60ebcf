"""What a trial found, in words that a person reads."""

from __future__ import annotations

from typing import Literal

__all__ = [
    "ABOUT_YOU",
    "BANDS",
    "CHANGED_OFTEN",
    "DONE_DIFFERS",
    "EDGES",
    "FLOOR",
    "NOT_BLIND",
    "NOT_EQUAL",
    "TESTS_DIFFER",
    "Verdict",
    "band_words",
    "say",
]

EDGES = (-2.0, -1.0, -0.3, 0.3, 1.0, 2.0)
"""Edges of the bands in points; 0.3 is hardly felt, 2 is the change that people call important."""

BANDS = (
    "much better",
    "better",
    "a bit better",
    "about the same",
    "a bit worse",
    "worse",
    "much worse",
)
"""How B does against A, from the lowest band to the highest."""

Verdict = Literal["B_better", "A_better", "no_big_difference", "no_clear_difference", "running"]

ABOUT_YOU = "This is about you, these {what}, these weeks."
FLOOR = (
    "More than a quarter of your ratings are 0, so a real change can hide here. "
    "Compare minutes until the pain rises, or distance, in your next trial."
)
TESTS_DIFFER = "A second check that needs fewer assumptions is less sure. Take this with care."
DONE_DIFFERS = "Going by what you really did gives another answer. Take this with care."
CHANGED_OFTEN = "On {changed} of {of} walks you did not do what was drawn. That blurs the answer."
NOT_BLIND = "You knew which one you had, and hopes can change how pain feels."
NOT_EQUAL = '"No clear difference" does not mean that both are the same.'


def band_words(probabilities: tuple[float, ...], *, better: bool) -> str:
    """Return how large a difference is, given that it has a clear direction.

    The strongest words that are more likely true than not.
    """
    one_way = probabilities if better else probabilities[::-1]
    words = BANDS[:3] if better else BANDS[:3:-1]
    reached = 0.0
    for probability, word in zip(one_way[:3], words, strict=True):
        reached += probability
        if reached > 0.5:
            return word
    return words[-1]


def say(
    verdict: Verdict,
    names: tuple[str, str],
    probabilities: tuple[float, ...],
    *,
    small: str = "one point",
) -> str:
    """Return the answer as one sentence; ``small`` is one point in words of the outcome."""
    a, b = names
    if verdict == "running":
        return f"It is too early to tell {b} from {a}."
    if verdict == "no_clear_difference":
        return f"There is no clear difference between {b} and {a}."
    if verdict == "no_big_difference":
        return f"If {b} and {a} differ, then by less than {small}."
    better = verdict == "B_better"
    words = band_words(probabilities, better=better)
    return f"With {b} your walks were {words} than with {a}."
