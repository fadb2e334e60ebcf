"""Quiet spells: where the sensor rests, and how gravity looks there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from evenstride.gait.frame import Upright, seconds_of_slow
from evenstride.gait.grid import SLOW_HZ, Segment
from evenstride.gait.paths import runs

__all__ = ["find_quiet"]

_STILL_M_S2 = 0.25
_SHORTEST_S = 2.0


def find_quiet(segment: Segment, frame: Upright) -> NDArray[np.float64]:
    """Return the quiet spells (k, 6): start s, end s, mean up (3), mean gravity in m/s2."""
    squares = frame.vertical_m_s2**2
    squares += np.einsum("ij,ij->i", frame.horizontal_m_s2, frame.horizontal_m_s2)
    moved = uniform_filter1d(squares, round(SLOW_HZ), mode="nearest")
    found = []
    for begin, stop in runs(moved < _STILL_M_S2**2):
        if stop - begin >= _SHORTEST_S * SLOW_HZ:
            start, end = seconds_of_slow(segment, np.array([begin, stop - 1.0]))
            up = frame.up[begin:stop].mean(axis=0)
            up /= max(float(np.linalg.norm(up)), 1e-9)
            found.append((start, end, *up, frame.gravity_m_s2[begin:stop].mean()))
    return np.array(found).reshape(-1, 6)
