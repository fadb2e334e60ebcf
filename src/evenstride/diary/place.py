"""Where a person's own files are kept."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["home_of"]


def home_of(wanted: Path | None) -> Path:
    """Return the folder of a person: the wanted one, ``EVENSTRIDE_HOME``, or ``~/evenstride``."""
    chosen = wanted or os.environ.get("EVENSTRIDE_HOME") or Path.home() / "evenstride"
    return Path(chosen).expanduser()
