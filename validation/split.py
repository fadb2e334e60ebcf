"""Who is tuned on and who is not. Fixed before the first result was seen.

H is split by person. P has three people; every result is given per person, so that a reader sees
each of them as the one left out. L is one person: tuning on it leaves no hold-out, and the report
says so. Stride length on H has a direct reference only for people 1, 2 and 5, who are all tuning
people: for the hold-out people only the 10 m leg is a cross-check.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["HOLD_OUT_H", "TUNING_H", "Part", "people_of"]

TUNING_H: tuple[str, ...] = ("1", "2", "3", "5", "7", "9")
HOLD_OUT_H: tuple[str, ...] = ("4", "6", "8", "10")

Part = Literal["tuning", "hold-out"]


def people_of(part: Part) -> tuple[str, ...]:
    """Return the people of H that belong to a part."""
    return TUNING_H if part == "tuning" else HOLD_OUT_H
