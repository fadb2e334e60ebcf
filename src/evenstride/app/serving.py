"""What a program sets once if it opens the diary again and again, as a server does."""

from __future__ import annotations

from evenstride.diary import LOOKS, REMEMBERED

__all__ = ["prepare_to_serve"]

_SEARCHED_EVERY_S = 600.0


def prepare_to_serve() -> None:
    """Search the diary for damage every ten minutes, and remember the walks between two pages."""
    REMEMBERED.begin()
    LOOKS.seldom(_SEARCHED_EVERY_S)
