"""Whether the ground that was found explains the heights that were recorded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.elevations import Elevations
from evenstride.terrain.ground import Grid, Heights

__all__ = ["UNEXPLAINED", "explained"]

Floats = NDArray[np.float64]

UNEXPLAINED = (
    "The heights in the file differ by far more than the ground that fits them best, "
    "so no climb or slope is told from them."
)

_SPAN = (0.05, 0.95)
_LARGE_ERROR, _ERRORS_APART = 2.0, 3.3
_SMOOTHED = 5


def explained(one: Elevations, grid: Grid, heights: Heights) -> bool:
    """Return whether the likely ground spans what was recorded, but for errors that may be.

    A fit can end where hills are taken for errors. Whoever climbed a mountain would then read that
    it was flat, and with a narrow interval.

    Args:
        one: The heights that the ground rests on most.
        grid: The limits of the pieces.
        heights: The ground that was found.
    """
    from scipy.ndimage import median_filter

    if one.wanders:
        return True  # the drift of a barometer has no size that it cannot exceed
    there = np.flatnonzero(np.isfinite(one.height_m))
    recorded = np.interp(grid.point, there, one.height_m[there])
    low, high = np.quantile(median_filter(recorded, _SMOOTHED, mode="nearest"), _SPAN)
    ends = np.quantile(heights.likely_m, _SPAN, axis=0)
    _, widest = heights.interval(ends[1] - ends[0])
    lasting = one.usual[1]
    error = lasting.middle * np.exp(_LARGE_ERROR * (lasting.spread or 0.0))
    return bool(high - low <= widest + _ERRORS_APART * error)
