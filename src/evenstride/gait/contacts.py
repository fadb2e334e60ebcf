"""Step 3: initial contacts: the phase of the rhythm says how many, the jolt says when.

Every turn of the step rhythm holds exactly one contact. It is placed where the body is braked and
pushed up most steeply: at the peak of a Gaussian derivative whose length follows the step time.
Vertical and forward are joined, which has less jitter than either.

Source: the forward braking rule of Zijlstra & Hof 2003 (10.1016/S0966-6362(02)00190-X) and the
vertical wavelet rule of McCamley 2012 (10.1016/j.gaitpost.2012.02.019) with the adaptive scale of
Caramia 2019 (10.3390/s19081869). We differ in fixing the number of contacts beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from evenstride.gait.grid import GRID_HZ
from evenstride.gait.paths import middle
from evenstride.gait.rhythm import Rhythm

__all__ = ["Placed", "place_contacts", "trim_ends", "turns_of_rhythm"]

_CONTACT_PHASE_RAD = -0.83  # phase of the vertical rhythm at which feet land, lower back
_POINTS = 64  # samples per step time
_SCALE = 0.065  # standard deviation of the derivative, in step times
_SEARCH = 0.2  # how far from the expected phase a contact is looked for, in step times
_FORWARD_WEIGHT = 1.0
_VERTICAL_WEIGHT = 0.8
_PATTERN_POINTS, _PATTERN_REACH = 14, 0.35  # samples, and step times, before and after
_MOVES, _LARGEST_MOVE = 10, 0.0625  # tried on each side, in step times
_PATTERN_SMOOTHING_S = 0.02
_PATTERN_SHARE = 0.6
_FEWEST_FOR_PATTERN = 4
_LATE_S = 0.015  # the steepest slope comes this long after the foot reaches the ground
_FIRST_JOLT = 0.3  # a walk's first contact jolts at least this share of the usual
_LAST_JOLT = 0.05
_LAST_ODDS = -0.8


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Contacts placed in time.

    Attributes:
        index: (n,) fractional grid indices in the stretch.
        jolt_m_s2: (n,) rise of the joined acceleration at the contact.
    """

    index: NDArray[np.float64]
    jolt_m_s2: NDArray[np.float64]


def turns_of_rhythm(rhythm: Rhythm) -> NDArray[np.float64]:
    """Return the fractional slow index at which each turn of the rhythm reaches contact."""
    count = len(rhythm.phase_rad)
    turns = (rhythm.phase_rad - _CONTACT_PHASE_RAD) / (2 * np.pi)
    turns = turns + np.arange(count) * 1e-9  # strictly increasing where the phase stands still
    whole = np.arange(np.ceil(turns[0]), np.floor(turns[-1]) + 1)
    return np.interp(whole, turns, np.arange(count))


def place_contacts(
    acceleration_m_s2: NDArray[np.float64],
    expected: NDArray[np.float64],
    step_s: NDArray[np.float64],
    *,
    forward_sure: bool,
) -> Placed:
    """Place one contact near each expected grid index.

    Args:
        acceleration_m_s2: (m, 3) forward, left, up on the grid.
        expected: (n,) fractional grid indices from the phase of the rhythm.
        step_s: (n,) step time at each.
        forward_sure: Without a sure forward axis the vertical decides alone.
    """
    up = acceleration_m_s2[:, 2]
    signal = _VERTICAL_WEIGHT * up
    if forward_sure:
        signal = signal - _FORWARD_WEIGHT * acceleration_m_s2[:, 0]
    kernel = _derivative_kernel()
    reach = (len(kernel) - 1) // 2
    half = round(_SEARCH * _POINTS)
    offset = np.arange(-half - reach - 1, half + reach + 2) / _POINTS
    at = expected[:, None] + offset * (step_s * GRID_HZ)[:, None]
    around = np.interp(at, np.arange(len(signal)), signal)
    slope = around @ _sliding(kernel, around.shape[1])
    weight = np.cos(np.arange(-half - 1, half + 2) / (half + 1) * (np.pi / 4))
    best = 1 + np.argmax((slope * weight)[:, 1:-1], axis=1)
    peak, shift = _top(slope, best)
    place = (best - half - 1 + shift) / _POINTS
    index = expected + place * step_s * GRID_HZ
    index = _aligned(index, peak, signal, middle(step_s))
    return Placed(index - _LATE_S * GRID_HZ, peak)


def _top(
    values: NDArray[np.float64], best: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the value (n,) at column ``best`` of (n, k), and where a parabola peaks beside it."""
    row = np.arange(len(best))
    before, peak, after = (values[row, best + i] for i in (-1, 0, 1))
    curve = before - 2 * peak + after
    shift = np.where(curve < 0, 0.5 * (before - after) / np.minimum(curve, -1e-12), 0.0)
    return peak, np.clip(shift, -0.5, 0.5)


def _aligned(
    index: NDArray[np.float64],
    jolt: NDArray[np.float64],
    signal: NDArray[np.float64],
    step_s: float,
) -> NDArray[np.float64]:
    """Move contacts towards where their surroundings fit the usual contact of that foot best.

    One slope is easily moved by noise, a whole step hardly. Even and odd contacts have a pattern
    each; the pattern does not move on the whole. Slope and pattern err apart, so the result lies
    between them.
    """
    foot = np.arange(len(index)) % 2
    usual = jolt > _FIRST_JOLT * middle(jolt)
    shares = np.stack([usual & (foot == 0), usual & (foot == 1)]).astype(np.float64)
    counts = shares.sum(axis=1)
    if counts.min() < _FEWEST_FOR_PATTERN:
        return index
    shares /= counts[:, None]
    # Every window that is needed lies on one fine grid per contact.
    step = step_s * GRID_HZ
    fine = _LARGEST_MOVE / _MOVES
    stride = round(_PATTERN_REACH / _PATTERN_POINTS / fine)
    reach = _PATTERN_POINTS * stride + _MOVES
    smooth = gaussian_filter1d(signal, _PATTERN_SMOOTHING_S * GRID_HZ)
    grid = index[:, None] + np.arange(-reach, reach + 1) * (fine * step)
    dense = np.interp(grid, np.arange(len(signal)), smooth)
    windows = sliding_window_view(dense, 2 * _PATTERN_POINTS * stride + 1, axis=1)[:, :, ::stride]
    windows = windows - windows.mean(axis=2, keepdims=True)
    pattern = shares @ windows[:, _MOVES]
    rest = windows - pattern[foot][:, None, :]
    misfit = np.einsum("nmp,nmp->nm", rest, rest)
    best = np.clip(np.argmin(misfit, axis=1), 1, 2 * _MOVES - 1)
    _, shift = _top(-misfit, best)
    move = (best - _MOVES + shift) * fine
    move -= (shares @ move)[foot]
    moved: NDArray[np.float64] = index + _PATTERN_SHARE * move * step
    return moved


def trim_ends(
    jolt: NDArray[np.float64],
    odds: NDArray[np.float64],
    first: int,
    stop: int,
) -> tuple[int, int]:
    """Set the ends of a bout by the jolts of its turns.

    Args:
        jolt: Of all turns of the stretch.
        odds: Log-odds of walking of all turns.
        first: First turn of the bout.
        stop: One past its last turn.

    Returns:
        The bout's new first turn and one past its last.
    """
    usual = middle(jolt[first:stop])
    while first < stop and jolt[first] < _FIRST_JOLT * usual:
        first += 1
    if stop < len(jolt) and odds[stop] > _LAST_ODDS and jolt[stop] > _LAST_JOLT * usual:
        stop += 1
    while stop > first and (jolt[stop - 1] < _LAST_JOLT * usual or odds[stop - 1] < _LAST_ODDS):
        stop -= 1
    return first, stop


def _derivative_kernel() -> NDArray[np.float64]:
    sigma = _SCALE * _POINTS
    at = np.arange(-int(np.ceil(3 * sigma)), int(np.ceil(3 * sigma)) + 1)
    kernel = at * np.exp(-0.5 * (at / sigma) ** 2)
    return kernel / np.sum(kernel * np.sign(at)) * 2.0


def _sliding(kernel: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return the matrix (length, positions) whose columns are the kernel at each position."""
    positions = length - len(kernel) + 1
    matrix = np.zeros((length, positions))
    for i in range(positions):
        matrix[i : i + len(kernel), i] = kernel
    return matrix
