"""Where a person's own files are kept."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = [
    "BACKUPS",
    "CHANGING_KEY",
    "CUT_OFF",
    "DIARY",
    "INCOMING",
    "RECORDINGS",
    "SIDE_FILES",
    "WEB",
    "home_of",
]

DIARY = "diary.sqlite"
RECORDINGS = "recordings"
BACKUPS = "backups"
INCOMING = "incoming"
WEB = "web"
"""What the server keeps: paired devices, and the keys it proves itself by. No copy has it."""

CHANGING_KEY = ".evenstride-changing-key"
CUT_OFF = ".evenstride-cut-off"

SIDE_FILES = tuple(f"{DIARY}{ending}" for ending in ("-wal", "-shm", "-journal"))
"""What SQLite keeps beside the diary while it is open, or after a program was cut off."""


def home_of(wanted: Path | None) -> Path:
    """Return the folder of a person: the wanted one, ``EVENSTRIDE_HOME``, or ``~/evenstride``."""
    chosen = wanted or os.environ.get("EVENSTRIDE_HOME") or Path.home() / "evenstride"
    return Path(chosen).expanduser()
