"""Where a sensor was worn. Stands alone, so that the diary can name it without numpy."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["PLACEMENTS", "Placement"]

Placement = Literal[
    "lower back", "waist", "front pocket", "back pocket", "hand", "bag", "wrist", "foot"
]
"""Where the sensor was worn."""

PLACEMENTS: tuple[Placement, ...] = get_args(Placement)
