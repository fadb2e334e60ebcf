"""What each step and stride looked like: numbers per contact, taken while the signal is at hand.

Row k describes the step from contact k to k + 1, or the stride from k to k + 2; NaN where that
step or stride is not there. Everything after this works on these rows alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.grid import GRID_HZ

__all__ = ["FEATURE_NAMES", "SHAPE_POINTS", "STRIDE_FEATURES", "step_features"]

SHAPE_POINTS = 50
"""Samples per step in the average step that is shown."""

_STRIDE_POINTS = 64
_HARMONICS = 20
_FAST_FROM = 5  # harmonics of the stride, from about 4.5 Hz: jolts, not swings
_IMPACT_S = 0.1
_WINDOW_POINTS = 512  # about five seconds for the spectral arc length
_WINDOW_EVERY = 12  # contacts
_SPECTRUM_POINTS = 2048
_ARC_HZ = 10.0
_ARC_FLOOR = 0.05

FEATURE_NAMES = (
    "rms_forward",
    "rms_left",
    "rms_up",
    "impact",
    "range",
    "like_next",
    "like_second",
    "energy_next",
    "energy_second",
    "harmonics_forward",
    "harmonics_left",
    "harmonics_up",
    "log_jerk",
    "arc",
    "fast",
)
"""Columns of ``step_features``."""

STRIDE_FEATURES = [i for i, name in enumerate(FEATURE_NAMES) if name not in ("impact", "range")]
"""Columns that describe the stride; the others describe the step."""


def step_features(
    acceleration_m_s2: NDArray[np.float64], contact: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Describe the steps and strides of one bout.

    Args:
        acceleration_m_s2: (m, 3) forward, left, up on the grid, gravity taken off.
        contact: (n,) increasing fractional grid indices; n >= 3.

    Returns:
        (n, 15) features, see ``FEATURE_NAMES``, and (n, 50) the shape of each step, vertical.
    """
    count = len(contact)
    out = np.full((count, len(FEATURE_NAMES)), np.nan)
    shapes = np.full((count, SHAPE_POINTS), np.nan)
    up = acceleration_m_s2[:, 2]
    at = np.arange(len(up))

    phase = np.arange(SHAPE_POINTS) / SHAPE_POINTS
    shapes[:-1] = np.interp(contact[:-1, None] + np.diff(contact)[:, None] * phase, at, up)
    impact_at = contact[:-1, None] + np.arange(0, _IMPACT_S * GRID_HZ + 1)
    out[:-1, 3] = np.interp(impact_at, at, up).max(axis=1)
    out[:-1, 4] = np.ptp(shapes[:-1], axis=1)
    power = np.einsum("ij,ij->i", shapes, shapes)
    for lag, column in ((1, 5), (2, 6)):
        if count > lag + 1:
            these, those = shapes[: -1 - lag], shapes[lag:-1]
            out[: -1 - lag, column] = np.einsum("ij,ij->i", these, those)
            out[: -1 - lag, column + 2] = 0.5 * (power[: -1 - lag] + power[lag:-1])

    _stride_features(out, acceleration_m_s2, contact, at)
    out[:, 13] = _arc_lengths(acceleration_m_s2, contact)
    return out, shapes


def _stride_features(
    out: NDArray[np.float64],
    acceleration: NDArray[np.float64],
    contact: NDArray[np.float64],
    at: NDArray[np.intp],
) -> None:
    length = contact[2:] - contact[:-2]
    phase = np.arange(_STRIDE_POINTS) / _STRIDE_POINTS
    grid = contact[:-2, None] + length[:, None] * phase
    stride = np.stack([np.interp(grid, at, acceleration[:, i]) for i in range(3)], axis=1)
    centred = stride - stride.mean(axis=2, keepdims=True)
    squares = np.einsum("kij,kij->ki", centred, centred) / _STRIDE_POINTS
    out[:-2, 0:3] = np.sqrt(squares)
    size = np.abs(np.fft.rfft(centred, axis=2))[:, :, 1 : _HARMONICS + 1]
    odd, even = size[:, :, 0::2].sum(axis=2), size[:, :, 1::2].sum(axis=2)
    tiny = 1e-9
    powers = size**2
    fast = powers[:, :, _FAST_FROM - 1 :].sum(axis=(1, 2))
    out[:-2, 14] = np.sqrt(fast / (powers[:, 2].sum(axis=1) + tiny))
    out[:-2, 9] = even[:, 0] / (odd[:, 0] + tiny)
    out[:-2, 10] = odd[:, 1] / (even[:, 1] + tiny)
    out[:-2, 11] = even[:, 2] / (odd[:, 2] + tiny)
    # Dimensionless jerk of acceleration: duration / peak^2 x integral of |da/dt|^2.
    change = np.diff(stride, axis=2)
    jerk = np.einsum("kij,kij->k", change, change) * _STRIDE_POINTS
    peak = np.einsum("kij,kij->kj", centred, centred).max(axis=1)
    out[:-2, 12] = -np.log((jerk + tiny) / (peak + tiny))


def _arc_lengths(
    acceleration: NDArray[np.float64], contact: NDArray[np.float64]
) -> NDArray[np.float64]:
    out = np.full(len(contact), np.nan)
    rows = np.arange(1, len(contact), _WINDOW_EVERY)  # the first stride is not used
    starts = np.rint(contact[rows]).astype(np.intp)
    whole = starts + _WINDOW_POINTS <= min(contact[-1] + 1, len(acceleration))
    starts, rows = starts[whole], rows[whole]
    if len(starts) == 0:
        return out
    length = np.sqrt(np.einsum("ij,ij->i", acceleration, acceleration))
    window = length[starts[:, None] + np.arange(_WINDOW_POINTS)]
    window = window - window.mean(axis=1, keepdims=True)
    spectrum = np.abs(np.fft.rfft(window, _SPECTRUM_POINTS, axis=1))
    last = int(_ARC_HZ / (GRID_HZ / _SPECTRUM_POINTS)) + 1
    spectrum = spectrum[:, :last]
    shape = spectrum / np.maximum(spectrum.max(axis=1, keepdims=True), 1e-9)
    loud = shape >= _ARC_FLOOR
    # The paper cuts at the highest frequency that is still loud.
    cut = last - np.argmax(loud[:, ::-1], axis=1)
    inside = np.arange(1, last)[None, :] < cut[:, None]
    pieces = np.hypot(1.0 / np.maximum(cut - 1, 1)[:, None], np.diff(shape, axis=1))
    out[rows] = -np.sum(pieces * inside, axis=1)
    return out
