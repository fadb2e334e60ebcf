"""Step 2c: which way is forward, from the runs of turns that look like walking.

A run of a quarter of a minute may have a forward direction of its own, since a phone can be moved
between two walks; shorter ones share the direction of all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from evenstride.gait.frame import Axes, Upright, body_axes
from evenstride.gait.grid import SLOW_HZ
from evenstride.gait.rhythm import Rhythm

__all__ = ["forward_of_run", "forward_of_runs"]

_OWN_AXES_S = 15.0
_SAME_FORWARD = 0.8  # cosine; below, the sensor has been moved


def forward_of_runs(
    frame: Upright, rhythm: Rhythm, turn: NDArray[np.float64], walking: list[tuple[int, int]]
) -> Axes:
    """Find forward from all the given runs of turns together."""
    cross = np.zeros(3, dtype=np.complex128)
    energy = np.zeros(2)
    for first, stop in walking:
        span = slice(int(turn[first]), int(turn[stop - 1]) + 1)
        still = np.exp(-1j * rhythm.phase_rad[span])[:, None]
        horizontal = 2 * _running_mean(frame.horizontal_m_s2[span] * still)
        strength = rhythm.strength_m_s2[span]
        cross += strength @ horizontal
        energy += strength @ strength, np.sum(np.abs(horizontal) ** 2)
    return body_axes(cross, energy)


def _running_mean(values: NDArray[np.complex128]) -> NDArray[np.complex128]:
    length = min(round(0.7 * SLOW_HZ), len(values))
    once = uniform_filter1d(values, length, axis=0, mode="constant")
    out: NDArray[np.complex128] = uniform_filter1d(once, length, axis=0, mode="constant")
    return out


def forward_of_run(
    frame: Upright,
    rhythm: Rhythm,
    turn: NDArray[np.float64],
    run: tuple[int, int],
    shared: Axes,
) -> Axes:
    """Return the forward of one run: its own where the sensor has been moved, else the shared."""
    if (turn[run[1] - 1] - turn[run[0]]) / SLOW_HZ < _OWN_AXES_S:
        return shared
    own = forward_of_runs(frame, rhythm, turn, [run])
    moved = own.sure and float(own.forward @ shared.forward) < _SAME_FORWARD
    return own if moved or not shared.sure else shared
