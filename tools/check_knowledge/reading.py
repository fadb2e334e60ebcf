"""How hard a text is to read: the Flesch-Kincaid grade, with a small counter of syllables."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["WORD", "grade", "syllables"]

WORD = re.compile(r"[A-Za-z][A-Za-z']*")
SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?:e|es|ed)$")
SOUNDED_END = re.compile(r"(?:[td]ed|[aeiouy]ed|[lr]e|[csxz]es|sses|ches|shes)$")


def syllables(word: str, counted_as: Mapping[str, int] | None = None) -> int:
    """Return about how many syllables an English word has; every word has one.

    Args:
        word: A single word.
        counted_as: Words with a count of their own, in small letters.
    """
    small = word.lower().strip("'")
    if counted_as and small in counted_as:
        return counted_as[small]
    heard = small if SOUNDED_END.search(small) else SILENT_END.sub("", small)
    return max(1, len(VOWELS.findall(heard)))


def grade(text: str, counted_as: Mapping[str, int] | None = None) -> float:
    """Return the Flesch-Kincaid grade of a text: years of school; 6 is an age of about 11."""
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in SENTENCE_END.split(text) if part.strip())
    heard = sum(syllables(word, counted_as) for word in words)
    return 0.39 * len(words) / max(1, sentences) + 11.8 * heard / len(words) - 15.59
