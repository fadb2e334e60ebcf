"""Sentences that the program itself puts together, in the language of the moment.

Most words stand in the knowledge files. Some are made deep in rooms that read no words: the reason
of a grade, what an experiment found, what is wrong with what was typed. These stay English in the
code, and are turned where they are shown: ``sentences.yaml`` of a translation has them with
numbered gaps, as they stand in the code ("No shoes last for {1}."). A test sees to it that each of
them is still there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from evenstride.checkup.knowledge.language import translated
from evenstride.model.language import ENGLISH, language, per_language

__all__ = ["FILE", "in_own_words", "term"]

FILE = "sentences"

_GAP = re.compile(r"\{(\d)\}")
_END = re.compile(r"(?<=[.!?]) (?=[A-Z“])")


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The sentences of a translation.

    Attributes:
        whole: Those without gaps.
        gapped: Those with gaps, by their first word; "" for those that begin with a gap.
        terms: Units and the like, which are turned only where it is known that they are such.
    """

    whole: Mapping[str, str]
    gapped: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]
    terms: Mapping[str, str]


def in_own_words(text: str) -> str:
    """Return a text in the language of the moment; what the translation does not have is English.

    Args:
        text: One or more sentences, or a title.
    """
    if language() == ENGLISH or not text or text.isspace():
        return text
    found = _turned(text)
    if found is None and _END.search(text):
        found = " ".join(_turned(one) or one for one in _END.split(text))
    return text if found is None else found


def term(text: str) -> str:
    """Return a unit, or another short term, in the language of the moment."""
    return text if language() == ENGLISH else _catalogue().terms.get(text, text)


def _turned(text: str) -> str | None:
    catalogue = _catalogue()
    if text in catalogue.whole:
        return catalogue.whole[text]
    for first in (text.partition(" ")[0], ""):
        for pattern, other in catalogue.gapped.get(first, ()):
            if found := pattern.fullmatch(text):
                gaps = [_turned(gap) or term(gap) for gap in found.groups()]
                return _GAP.sub(lambda gap, gaps=gaps: gaps[int(gap[1]) - 1], other)  # type: ignore[misc]
    return None


@per_language
def _catalogue() -> _Catalogue:
    read = translated(language(), FILE) or {}
    sentences: Mapping[str, str] = read.get("sentences", {})
    gapped: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for english, other in sentences.items():
        if _GAP.search(english):
            first = english.partition(" ")[0]
            gapped.setdefault("" if _GAP.search(first) else first, []).append(
                (_pattern(english), other)
            )
    return _Catalogue(
        {english: other for english, other in sentences.items() if not _GAP.search(english)},
        {first: tuple(some) for first, some in gapped.items()},
        read.get("terms", {}),
    )


def _pattern(english: str) -> re.Pattern[str]:
    """Return what matches a sentence with anything in its gaps."""
    parts = _GAP.split(english)[::2]
    return re.compile("(.*?)".join(map(re.escape, parts)), re.DOTALL)
