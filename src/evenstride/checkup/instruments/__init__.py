"""Questionnaires: totals, and the change that matters.

Each questionnaire is one file in ``knowledge/instruments`` with its licence, its range and a mark
of honesty on every fact. Only questions in our own words have texts; the others bring their
answers or totals from elsewhere. What is not known is None with a reason, never zero.
"""

from evenstride.checkup.instruments.change import compare
from evenstride.checkup.instruments.nouns import (
    BandCut,
    Change,
    ChangeThatMatters,
    Choice,
    Direction,
    Instrument,
    Item,
    Licence,
    Score,
    Span,
    Weak,
)
from evenstride.checkup.instruments.read import instruments
from evenstride.checkup.instruments.score import imported, score

__all__ = [
    "BandCut",
    "Change",
    "ChangeThatMatters",
    "Choice",
    "Direction",
    "Instrument",
    "Item",
    "Licence",
    "Score",
    "Span",
    "Weak",
    "compare",
    "imported",
    "instruments",
    "score",
]
