"""Worry about moving, as a questionnaire scored it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenstride.plan.nouns import FearScore
from evenstride.plan.numbers import PlanKnowledge

__all__ = ["is_high"]


def is_high(fear: Sequence[FearScore], day: date, known: PlanKnowledge) -> bool:
    """Return whether the last score until a day is high; without a score it is not."""
    told = [(score.day, score.value) for score in fear if score.day <= day]
    return bool(told) and max(told)[1] > known.start.fear_above
