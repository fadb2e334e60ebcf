"""Step 2a: the step rhythm: how fast, how strong, and where in the step we are.

A bank of Gaussian band filters shows the strength of each step rate; the most likely path through
it (dynamic programming) is the rhythm; the phase of the filter on the path says where in the step
we are. A step is one turn of that phase.

Source: a wavelet ridge as in Straczkiewicz 2023 (10.1038/s41746-022-00745-z); ours differs in the
path search and in following the phase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.fft import fft, ifft, next_fast_len
from scipy.ndimage import uniform_filter1d

from evenstride.gait.grid import SLOW_HZ

__all__ = ["STEP_RATES_HZ", "Rhythm", "find_rhythm"]

STEP_RATES_HZ = np.geomspace(0.75, 3.0, 24)
"""Step rates that are looked for."""

_RELATIVE_WIDTH = 0.22  # standard deviation of a band filter over its centre: about two steps
_FLOOR_M_S2 = 0.3  # movement weaker than this says little about the rhythm
_SHOCK_M_S2 = 12.0  # a knock is no step, however hard
_HABIT_S = 40.0  # the rate of the surrounding walk speaks for itself ...
_HABIT_WEIGHT = 1.0  # ... as loudly as the moment
_WIDTH_WEIGHT = 0.2  # fast bands are wider and let more noise in, by the root of their rate
_HOP = 4  # the path is searched every 0.32 s
_JUMP = 4  # bands the path may move per hop
_JUMP_COST = 0.35
_CHUNK, _MARGIN = 48, 12  # hops searched together, and how far beyond the path is led in
_PADDING_S = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """The step rhythm of a segment at the slow rate.

    Attributes:
        phase_rad: (m,) unwrapped, increasing; 2 pi a step.
        rate_hz: (m,) steps per second.
        strength_m_s2: (m,) amplitude of the vertical at the step rate.
    """

    phase_rad: NDArray[np.float64]
    rate_hz: NDArray[np.float64]
    strength_m_s2: NDArray[np.float64]


def find_rhythm(vertical_m_s2: NDArray[np.float64]) -> Rhythm:
    """Follow the step rhythm through the vertical acceleration (m,) at the slow rate."""
    count = len(vertical_m_s2)
    bank = _filter_bank(np.clip(vertical_m_s2, -_SHOCK_M_S2, _SHOCK_M_S2))
    moment = np.log(np.abs(bank) + _FLOOR_M_S2) - _WIDTH_WEIGHT * np.log(STEP_RATES_HZ)[:, None]
    habit_length = min(round(_HABIT_S * SLOW_HZ), count)
    habit = uniform_filter1d(moment, habit_length, axis=1, mode="nearest")
    band = _band_path(moment + _HABIT_WEIGHT * habit)
    at = np.arange(count)
    on_path = bank[band, at]
    phase = np.maximum.accumulate(np.unwrap(np.angle(on_path)))
    return Rhythm(phase, STEP_RATES_HZ[band], np.abs(on_path))


def _filter_bank(signal: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Return the analytic band signals (bands, m)."""
    size = next_fast_len(len(signal) + round(_PADDING_S * SLOW_HZ))
    spectrum = fft(signal, size)
    frequency = np.arange(size) * SLOW_HZ / size
    positive = int(np.searchsorted(frequency, SLOW_HZ / 2))
    centre = STEP_RATES_HZ[:, None]
    shape = np.exp(-0.5 * ((frequency[:positive] - centre) / (_RELATIVE_WIDTH * centre)) ** 2)
    shape[:, 0] = 0.0
    product = np.zeros((len(STEP_RATES_HZ), size), dtype=np.complex128)
    product[:, :positive] = 2.0 * shape * spectrum[:positive]
    out: NDArray[np.complex128] = ifft(product, axis=1, overwrite_x=True)[:, : len(signal)]
    return out


def _band_path(score: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the band (m,) of the best path through a score (bands, m)."""
    bands, count = score.shape
    hops = -(-count // _HOP)
    filled = np.pad(score, ((0, 0), (0, hops * _HOP - count)), mode="edge")
    path = _best_path(filled.reshape(bands, hops, _HOP).mean(axis=2).T)
    middle = np.arange(hops) * _HOP + (_HOP - 1) / 2
    return np.rint(np.interp(np.arange(count), middle, path)).astype(np.intp)


def _best_path(score: NDArray[np.float64]) -> NDArray[np.intp]:
    """Viterbi over (hops, bands), many overlapping chunks of the time line at once.

    One chunk after the other would be a loop of Python; side by side they are one of NumPy. The
    margins are long enough that the path has forgotten where it began.
    """
    hops, bands = score.shape
    chunks = -(-hops // _CHUNK)
    index = np.arange(chunks)[:, None] * _CHUNK + np.arange(-_MARGIN, _CHUNK + _MARGIN)
    table = score[np.clip(index, 0, hops - 1)]
    steps = table.shape[1]
    cost = _JUMP_COST * np.arange(-_JUMP, _JUMP + 1) ** 2
    best = np.full((chunks, bands + 2 * _JUMP), -np.inf)
    inside = slice(_JUMP, _JUMP + bands)
    best[:, inside] = table[:, 0]
    neighbours = sliding_window_view(best, 2 * _JUMP + 1, axis=1)  # follows ``best`` as it changes
    reached = np.empty(neighbours.shape)
    first = np.arange(chunks * bands).reshape(chunks, bands) * neighbours.shape[2]
    came_from = np.empty((steps, chunks, bands), dtype=np.intp)
    for step in range(1, steps):
        np.subtract(neighbours, cost, out=reached)
        reached.argmax(axis=2, out=came_from[step])
        highest = reached.ravel()[first + came_from[step]]  # many times faster than a short max
        np.add(highest, table[:, step], out=best[:, inside])
    came_from -= _JUMP
    path = np.empty((chunks, steps), dtype=np.intp)
    path[:, -1] = best[:, inside].argmax(axis=1)
    rows = np.arange(chunks)
    for step in range(steps - 1, 0, -1):
        path[:, step - 1] = path[:, step] + came_from[step, rows, path[:, step]]
    return path[:, _MARGIN : _MARGIN + _CHUNK].reshape(-1)[:hops]
