"""Times that stand alone: of one point, far from those of the points before and after it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["stray_times"]

_FEWEST = 5
_BESIDE = 4  # looked at on either side
_FAR_S, _FAR_STEPS = 60.0, 20.0
_FAR_AT_END_S, _FAR_STEPS_AT_END = 4 * 3600.0, 50.0
_MOST = 0.1


def stray_times(time_s: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which times cannot be right, as those around them agree on another.

    A clock jumps for a point or a few; a pause does not, as all that follows is later as well.
    Within a row that only rises nothing is stray, except up to four points at its begin or end that
    lie hours apart from all others: a place from the memory of the phone, or a late last word.
    Nothing is stray where more than a tenth would be: then the times are wrong in another way.

    Args:
        time_s: (n,) finite, in seconds, in the order of the file.
    """
    none = np.zeros(len(time_s), np.bool_)
    if len(time_s) < _FEWEST:
        return none
    steps = np.diff(time_s)
    if steps.min() >= 0 and steps.max() <= _FAR_AT_END_S:
        return none
    beside = min(_BESIDE, (len(time_s) - 1) // 2)
    windows = np.lib.stride_tricks.sliding_window_view(time_s, 2 * beside + 1)
    usual = np.pad(np.median(windows, axis=1), beside, mode="edge")
    step = float(np.median(np.abs(steps)))
    late, early = np.full((2, len(time_s)), max(_FAR_S, _FAR_STEPS * step))
    early[:beside] = late[-beside:] = max(_FAR_AT_END_S, _FAR_STEPS_AT_END * step)
    stray = (time_s - usual > late) | (usual - time_s > early)
    return stray if stray.sum() <= max(1.0, _MOST * len(time_s)) else none
