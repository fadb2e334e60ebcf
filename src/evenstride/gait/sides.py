"""Step 4: which foot.

The body sways and turns once a stride. Seen at half the phase of the step rhythm, that movement
stands still, and its phase at a contact says which foot landed. A two-state path prefers that
feet alternate and keeps count where a step was missed.

Source: sideways acceleration as in Ben Mansour 2015 (10.1016/j.gaitpost.2015.05.021), turning
rate as in Ullrich 2021 (10.1109/EMBC46164.2021.9630653). We join both by phase, learnt from the
tuning people, instead of taking the sign of a low-passed signal.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from evenstride.gait.grid import SLOW_HZ
from evenstride.gait.paths import two_state_path

__all__ = ["at_stride_rate", "right_evidence", "which_foot"]

_WINDOW_S = 1.0
_SWAY_PHASE_RAD, _YAW_PHASE_RAD = -1.4, 0.8  # at a right contact
_SWAY_WEIGHT, _YAW_WEIGHT = 1.0, 0.6
_REPEAT_COST = 4.0  # two steps of the same foot in a row


def at_stride_rate(
    values: NDArray[np.float64], phase_rad: NDArray[np.float64]
) -> NDArray[np.complex128]:
    """Return the part of slow signals (m, k) that goes with the stride, complex (m, k).

    Args:
        values: Signals at the slow rate.
        phase_rad: (m,) phase of the step rhythm; half of it is the phase of the stride.
    """
    half_turn = np.exp(-0.5j * phase_rad)[:, None]
    length = min(round(_WINDOW_S * SLOW_HZ), len(values))
    still = uniform_filter1d(values * half_turn, length, axis=0, mode="constant")
    still = uniform_filter1d(still, length, axis=0, mode="constant")
    out: NDArray[np.complex128] = still / half_turn
    return out


def right_evidence(movement: NDArray[np.complex128]) -> NDArray[np.float64]:
    """Return, per contact (n,), how strongly the movement says "right foot".

    Args:
        movement: (n, 2) at stride rate: sideways (left) in m/s2, yaw in rad/s or zero.
    """
    usual = np.sqrt(np.mean(np.abs(movement) ** 2, axis=0))
    usual = np.where(usual > 0, usual, 1.0)
    sway = np.real(movement[:, 0] * np.exp(-1j * _SWAY_PHASE_RAD)) / usual[0]
    yaw = np.real(movement[:, 1] * np.exp(-1j * _YAW_PHASE_RAD)) / usual[1]
    evidence: NDArray[np.float64] = _SWAY_WEIGHT * sway + _YAW_WEIGHT * yaw
    return evidence


def which_foot(evidence: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
    """Name the foot of each contact of one bout.

    Args:
        evidence: (n,) for the right foot.

    Returns:
        -1 left or +1 right for each contact, and how consistent the bout is (0 to 1).
    """
    alternating = np.where(np.arange(len(evidence)) % 2 == 0, 1.0, -1.0)
    path = two_state_path(2 * evidence * alternating, _REPEAT_COST)
    side = np.where(path, alternating, -alternating)
    weight = float(np.sum(np.abs(evidence)))
    consistency = float(np.sum(evidence * side)) / weight if weight > 0 else 0.0
    return side.astype(np.int8), max(consistency, 0.0)
