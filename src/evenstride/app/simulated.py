"""The mark of a diary that is simulated, so that every screen can say that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenstride.diary import Diary

__all__ = ["SIMULATED", "is_simulated"]

SIMULATED = "simulated"
"""Name of the setting that marks it."""


def is_simulated(diary: Diary) -> bool:
    """Return whether a diary says of itself that it is simulated."""
    return any(one.id == SIMULATED for one in diary.entries("setting"))
