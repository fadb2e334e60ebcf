"""Where the sensor seems to be, and how firmly.

A phone on the thigh swings with the leg: strong movement at the stride rate, not the step rate.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Placement

__all__ = ["FIRM", "LOOSE", "ONE_SIDED", "seen_placement"]

FIRM: frozenset[Placement] = frozenset({"lower back", "waist"})
"""Worn firmly in the middle of the body: posture and impact may be told."""

ONE_SIDED: frozenset[Placement] = frozenset(
    {"front pocket", "back pocket", "hand", "bag", "wrist", "foot"}
)
"""The sensor itself is on one side, so the two steps look different even in an even walk."""

LOOSE: frozenset[Placement] = frozenset({"hand", "bag", "wrist", "foot"})
"""Moves on its own: counts can be off."""

_THIGH_TURNING_RAD_S = 0.95
_THIGH_VERTICAL, _THIGH_HORIZONTAL = 0.15, 0.6


def seen_placement(swing: NDArray[np.float32]) -> Literal["thigh", "trunk"] | None:
    """Tell a thigh from the trunk.

    Args:
        swing: (n, 3) per contact: stride-rate movement over step-rate strength, vertical and
            horizontal, and stride-rate turning in rad/s (NaN without a gyroscope).

    Returns:
        None without contacts.
    """
    if len(swing) == 0:
        return None
    vertical, horizontal = np.median(swing[:, 0]), np.median(swing[:, 1])
    if np.isfinite(swing[:, 2]).any():
        return "thigh" if np.nanmedian(swing[:, 2]) > _THIGH_TURNING_RAD_S else "trunk"
    swings = vertical > _THIGH_VERTICAL and horizontal > _THIGH_HORIZONTAL
    return "thigh" if swings else "trunk"
