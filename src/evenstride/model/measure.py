"""A number that carries its own uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Grade", "Measure"]

Grade = Literal["firm", "own_trend", "not_usable"]
"""How far a measure can be trusted.

``firm``: good enough to compare with other people and earlier walks. ``own_trend``: good enough to
follow this person's own walks with the same sensor in the same place. ``not_usable``: shown only
so that nothing is hidden, or absent; the reason says why.
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured quantity.

    Attributes:
        value: The estimate in ``unit``, or None when absent (``reason`` then says why).
        low: Lower end of the 95 % interval, or None.
        high: Upper end of the 95 % interval, or None.
        unit: Unit in plain text, such as "steps/min"; "1" for a bare ratio.
        grade: How far the value can be trusted.
        reason: Why it has this grade, or why it is absent; a full sentence in plain words.
        n: How many events (steps, strides, windows) it rests on.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str
    grade: Grade
    reason: str
    n: int

    @classmethod
    def absent(cls, unit: str, reason: str, n: int = 0) -> Measure:
        """Return a measure that has no value, with the reason."""
        return cls(None, None, None, unit, "not_usable", reason, n)
