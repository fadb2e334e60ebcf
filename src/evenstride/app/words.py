"""The words of the screens, for skins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenstride.checkup.knowledge.sentences import in_own_words
from evenstride.report.screens import screen_words

__all__ = ["in_own_words", "words_of"]


def words_of(screen: str) -> Mapping[str, Any]:
    """Return the words of a screen in the language of the moment.

    Args:
        screen: Name of a file in ``knowledge/screens``, such as "web-today".
    """
    return screen_words(screen)
