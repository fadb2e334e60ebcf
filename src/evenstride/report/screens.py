"""The words of the screens: they stand in ``knowledge/screens``, so a translation is a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

__all__ = ["screen_words"]


@cache
def screen_words(name: str) -> Mapping[str, Any]:
    """Return the words of a screen, such as "today"."""
    from evenstride.checkup.knowledge.read import document

    words: Mapping[str, Any] = document(f"screens/{name}")
    return words
