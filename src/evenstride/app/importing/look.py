"""What a skin needs to know before it imports: whether to show a plan first, and how to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from evenstride.errors import EvenstrideError
from evenstride.importers import Choice, Options, Source, survey

__all__ = ["AskWords", "ask_words", "is_one_recording"]


@dataclass(frozen=True, slots=True)
class AskWords:
    """How a skin asks whether to go on.

    Attributes:
        ask: The question.
        left: What is said after a no.
    """

    ask: str
    left: str


def ask_words() -> AskWords:
    """Return how a skin asks whether to go on."""
    from evenstride.report.screens import screen_words

    words = screen_words("diary")["import"]
    return AskWords(words["ask"], words["left_alone"])


def is_one_recording(paths: Sequence[Path]) -> bool:
    """Tell whether there is one recording of motion and nothing else, which needs no plan.

    So does what cannot be opened: the import itself says why.
    """
    if len(paths) != 1:
        return False
    try:
        found = list(islice(survey(Source.of(paths[0]), Options()), 2))
    except EvenstrideError:
        return True
    return len(found) == 1 and not (isinstance(found[0], Choice) and not found[0].recordings())
