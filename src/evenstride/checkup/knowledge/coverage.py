"""How much of the knowledge a translation says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evenstride.checkup.knowledge.language import Misfit, fault, misfits, translated
from evenstride.checkup.knowledge.places import FOR_A_PERSON, Place, is_for_a_person
from evenstride.checkup.knowledge.read import document, documents
from evenstride.model.language import ENGLISH, speaking

__all__ = ["Coverage", "coverage", "digest", "share_of", "texts_of"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a translation says of one file.

    Attributes:
        name: Of the file.
        texts: Every English text that a person reads, by its place.
        missing: Places that the translation does not say, or not so that it can be used.
        misfits: What it says and is not used.
    """

    name: str
    texts: Mapping[Place, str]
    missing: tuple[Place, ...]
    misfits: tuple[Misfit, ...]


def share_of(code: str) -> float:
    """Return how much of the texts for a person a language says, from 0 to 1."""
    found = list(coverage(code))
    texts, missing = sum(len(one.texts) for one in found), sum(len(one.missing) for one in found)
    return 1 - missing / texts


def coverage(code: str) -> Iterator[Coverage]:
    """Yield what a translation says of each file that a person reads of."""
    for name, english in _english().items():
        texts, other = dict(texts_of(name, english)), translated(code, name)
        if not texts:
            continue
        said = dict(_leaves(other))
        missing = tuple(
            place for place, text in texts.items() if place not in said or fault(text, said[place])
        )
        wrong = () if other is None else tuple(misfits(name, english, other))
        yield Coverage(name, texts, missing, wrong)


def texts_of(name: str, english: Any) -> Iterator[tuple[Place, str]]:
    """Yield (place, text) of every text of a file that a person reads."""
    for place, text in _leaves(english):
        if text and is_for_a_person(name, place, text):
            yield place, text


def digest(text: str) -> str:
    """Return a short name of an English text, to see later whether it is still the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _english() -> dict[str, Any]:
    with speaking(ENGLISH):
        shelves = {f"screens/{name}": data for name, data in documents("screens").items()}
        names = [name for name in FOR_A_PERSON if "/" not in name]
        return {name: document(name) for name in names} | shelves


def _leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, (*place, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            name = str(part.get("id", number)) if isinstance(part, Mapping) else str(number)
            yield from _leaves(part, (*place, name))
