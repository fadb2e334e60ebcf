"""Step 7: turns, from the turning rate about the vertical.

Source: El-Gohary 2014 (10.3390/s140100356): yaw above a threshold, at least 45 degrees. We ask for
34 degrees a second on average over a second: along a gentle bend people still walk evenly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from evenstride.gait.frame import Upright, seconds_of_slow
from evenstride.gait.grid import SLOW_FACTOR, SLOW_HZ, Segment, averaged
from evenstride.gait.paths import runs

__all__ = ["find_turns"]

_SMOOTHING_S = 1.0  # takes out the to and fro of each stride
_TURNING_RAD_S = 0.6
_BARELY_TURNING_RAD_S = 0.15
_LEAST_ANGLE_RAD = np.pi / 4


def find_turns(segment: Segment, frame: Upright) -> NDArray[np.float64]:
    """Return the turns (k, 3) of a segment: start in s, end in s, angle in degrees (left > 0).

    The times hold the quick part of a turn, the angle all of it. Empty without a gyroscope.
    """
    if segment.angular_velocity_rad_s is None:
        return np.empty((0, 3))
    turning = averaged(segment.angular_velocity_rad_s, SLOW_FACTOR)
    yaw = np.einsum("ij,ij->i", turning, frame.up)
    length = round(_SMOOTHING_S * SLOW_HZ)
    steady = uniform_filter1d(yaw, length, mode="nearest")
    found = []
    for sign in (1.0, -1.0):
        for begin, stop in runs(sign * steady > _BARELY_TURNING_RAD_S):
            angle = float(steady[begin:stop].sum()) / SLOW_HZ
            quick = begin + np.flatnonzero(sign * steady[begin:stop] > _TURNING_RAD_S)
            if len(quick) and abs(angle) >= _LEAST_ANGLE_RAD:
                start, end = seconds_of_slow(segment, quick[[0, -1]].astype(np.float64))
                found.append((start, end, np.degrees(angle)))
    return np.array(sorted(found)).reshape(-1, 3)
