"""Which folder is the person's."""

from __future__ import annotations

from pathlib import Path

from evenstride.diary import home_of

__all__ = ["folder_of"]


def folder_of(home: Path | None) -> Path:
    """Return the folder of a person, which need not be there yet.

    Args:
        home: The one they named; None: the usual one.
    """
    return home_of(home)
