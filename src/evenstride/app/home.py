"""Which folder is the person's."""

from __future__ import annotations

from pathlib import Path

from evenstride.diary import home_of
from evenstride.diary.place import WEB

__all__ = ["folder_of", "server_folder"]


def folder_of(home: Path | None) -> Path:
    """Return the folder of a person, which need not be there yet.

    Args:
        home: The one they named; None: the usual one.
    """
    return home_of(home)


def server_folder(home: Path | None) -> Path:
    """Return the folder for what the server keeps, which need not be there yet.

    No export or backup has it, ``erase`` removes it, and ``restore`` leaves it alone.
    """
    return home_of(home) / WEB
