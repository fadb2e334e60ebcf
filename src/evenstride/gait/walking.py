"""Step 2b: walking or not, for every turn of the step rhythm.

Each turn gets log-odds of being a step of a walk, from how strong the movement is, how well it
repeats after one step and one stride, how much of it the rhythm explains, and how much the body
tilts meanwhile. The most likely course of walking and not walking (a two-state Viterbi) makes the
bouts; their ends are then set by the jolt of each foot: a walk begins with a push-off, which has
none, and ends with a soft closing step, which has a weak one.

Source: regularity as in Moe-Nilssen & Helbostad 2004 (10.1016/S0021-9290(03)00233-1). The weights
are fitted by ``validation/tuning.py``: on the tuning people of H, and on all of L, P and T.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from evenstride.gait.frame import Upright
from evenstride.gait.grid import SLOW_HZ
from evenstride.gait.paths import runs, two_state_path
from evenstride.gait.rhythm import Rhythm

__all__ = ["FEATURES", "FEWEST_STEPS", "WEIGHTS", "evidence", "log_odds", "walking_runs"]

FEWEST_STEPS = 5
"""A bout has at least this many contacts."""

FEATURES = ("one", "strength", "stride", "step", "share", "tilt", "odd_rate", "upset")
"""What the log-odds are made of, in the order of the weights."""

WEIGHTS = np.array([-0.42, 1.80, 0.63, 0.64, 0.13, -0.68, -20.0, -3.0])
_SWITCH_COST = 2.0
_WINDOW_S = 1.4  # two running means of this length in a row
_TILT_OVER_S = 1.0
_USUAL_RATES_HZ = (1.0, 2.4)
_UPSET = 0.35  # a phone that turns by more than 20 degrees in two seconds is being handled


def evidence(frame: Upright, rhythm: Rhythm) -> NDArray[np.float64]:
    """Return the features (m, 8) at the slow rate, each limited to where it speaks."""
    vertical = _without_slow(frame.vertical_m_s2)
    horizontal = _without_slow(frame.horizontal_m_s2)
    squares = vertical**2
    energy_vertical = _smooth(squares)
    energy = _smooth(squares + np.einsum("ij,ij->i", horizontal, horizontal))
    lag = SLOW_HZ / rhythm.rate_hz
    moved = np.column_stack([vertical, horizontal])
    stride = _likeness(moved, energy, 2 * lag)
    step = _likeness(vertical[:, None], energy_vertical, lag)
    share = rhythm.strength_m_s2 / np.sqrt(2 * energy_vertical + 1e-6)
    tilting = np.log(np.clip(_tilting(frame.up), 0.02, 2))
    return np.column_stack(
        [
            np.ones(len(vertical)),
            np.clip(np.log(rhythm.strength_m_s2 + 0.1), -2.3, 1.0),
            np.clip(stride, 0, 1),
            np.clip(step, 0, 1),
            np.clip(share, 0, 1),
            tilting,
            _outside(np.log(rhythm.rate_hz), *np.log(_USUAL_RATES_HZ)),
            np.maximum(tilting - np.log(_UPSET), 0.0),
        ]
    )


def log_odds(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log-odds of walking (m,) for features (m, 8)."""
    odds: NDArray[np.float64] = features @ WEIGHTS
    return odds


def walking_runs(odds: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the runs (first, one past last) of turns that are walking; short ones included."""
    return runs(two_state_path(odds, _SWITCH_COST))


def _outside(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    return np.maximum(np.maximum(low - values, values - high), 0.0)


def _without_slow(values: NDArray[np.float64]) -> NDArray[np.float64]:
    length = round(1.6 * SLOW_HZ)
    return values - uniform_filter1d(values, length, axis=0, mode="nearest")


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    length = round(_WINDOW_S * SLOW_HZ)
    once = uniform_filter1d(values, length, mode="nearest")
    return np.maximum(uniform_filter1d(once, length, mode="nearest"), 0.0)


def _likeness(
    values: NDArray[np.float64], energy: NDArray[np.float64], lag: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Correlation of (m, k) with itself ``lag`` earlier or later, whichever is more alike."""
    at = np.arange(len(values))
    earlier = _shifted(values, at - lag)
    product = np.einsum("ij,ij->i", values, earlier)
    earlier_energy = np.einsum("ij,ij->i", earlier, earlier)
    before = _windowed_correlation(product, energy, earlier_energy)
    return np.maximum(before, _shifted(before[:, None], at + lag)[:, 0])


def _windowed_correlation(
    product: NDArray[np.float64], energy: NDArray[np.float64], other: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Windowed correlation from a product, a smoothed energy and a raw one."""
    length = round(_WINDOW_S * SLOW_HZ)
    smooth = uniform_filter1d(uniform_filter1d(product, length), length)
    likeness: NDArray[np.float64] = smooth / np.sqrt(energy * _smooth(other) + 1e-3)
    return likeness


def _shifted(values: NDArray[np.float64], index: NDArray[np.float64]) -> NDArray[np.float64]:
    low = np.clip(np.floor(index).astype(np.intp), 0, max(len(values) - 2, 0))
    share = np.clip(index - low, 0, 1)[:, None]
    return values[low] * (1 - share) + values[np.minimum(low + 1, len(values) - 1)] * share


def _tilting(up: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far up moves (as a chord) from one second before to one second after."""
    reach = round(_TILT_OVER_S * SLOW_HZ)
    at = np.arange(len(up))
    change = up[np.minimum(at + reach, len(up) - 1)] - up[np.maximum(at - reach, 0)]
    moved: NDArray[np.float64] = np.sqrt(np.einsum("ij,ij->i", change, change))
    return moved
