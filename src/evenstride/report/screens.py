"""The words of the screens: they stand in ``knowledge/screens``, so a translation is a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenstride.model.language import per_language

__all__ = ["screen_words"]


@per_language
def screen_words(name: str) -> Mapping[str, Any]:
    """Return the words of a screen, such as "today", in the language of the moment."""
    from evenstride.checkup.knowledge.read import document

    words: Mapping[str, Any] = document(f"screens/{name}")
    return words
