"""What was left out while reading, as a value, so that one bad part never loses the rest."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Left"]


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left out.

    Attributes:
        what: What it is, such as "3 rows" or "Location.csv".
        reason: Why, in plain words, as the end of a sentence.
    """

    what: str
    reason: str
