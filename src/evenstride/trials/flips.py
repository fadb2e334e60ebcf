"""The randomisation test: how often would chance alone have drawn as large a difference?

Within a balanced group of walks A and B could as well have been drawn the other way round. If the
arm does nothing, each group's difference may change its sign; all sign patterns are counted. The
test needs no model of pain at all, and it is exact.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEWEST_GROUPS", "differences", "sign_flip"]

FEWEST_GROUPS = 6
"""With fewer groups the smallest possible p is above 0.03, and the test cannot say anything."""


def differences(
    groups: NDArray[np.int64], arms: NDArray[np.float64], outcome: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return mean of B minus mean of A in each group of walks that holds both.

    Args:
        groups: Which group each walk belongs to.
        arms: 0 or 1 for each walk.
        outcome: In points; NaN where not known.
    """
    found = []
    for group in np.unique(groups):
        a = outcome[(groups == group) & (arms == 0) & ~np.isnan(outcome)]
        b = outcome[(groups == group) & (arms == 1) & ~np.isnan(outcome)]
        if a.size and b.size:
            found.append(b.mean() - a.mean())
    return np.array(found)


def sign_flip(difference: NDArray[np.float64]) -> float | None:
    """Return the two-sided p of the mean difference, or None with too few groups."""
    if difference.size < FEWEST_GROUPS:
        return None
    sums = np.zeros(1)
    for value in difference:
        sums = np.concatenate([sums + value, sums - value])
    # A hair of tolerance: the pattern that was drawn must count itself whatever the rounding.
    limit = abs(difference.sum()) - 1e-9 * np.abs(difference).sum()
    return float(np.mean(np.abs(sums) >= limit))
