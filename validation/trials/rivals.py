"""What is commonly done instead: a paired t test, and seven-day phases with a Welch test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

__all__ = ["abab", "paired_t", "welch"]

PHASE = 7


def paired_t(
    arms: NDArray[np.float64], outcome: NDArray[np.float64], present: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return p of a paired t test over the groups of four walks, for each trial."""
    trials, walks = arms.shape
    usable = walks // 4 * 4
    shape = (trials, usable // 4, 4)
    in_b = (arms[:, :usable] > 0).reshape(shape)
    known = present[:, :usable].reshape(shape)
    values = outcome[:, :usable].reshape(shape)
    sums = [np.sum(values * (known & arm), axis=2) for arm in (in_b, ~in_b)]
    counts = [np.sum(known & arm, axis=2) for arm in (in_b, ~in_b)]
    whole = (counts[0] > 0) & (counts[1] > 0)
    difference = np.where(
        whole, sums[0] / np.maximum(counts[0], 1) - sums[1] / np.maximum(counts[1], 1), 0.0
    )
    n = whole.sum(axis=1)
    mean = difference.sum(axis=1) / np.maximum(n, 1)
    square = np.sum(np.where(whole, difference - mean[:, None], 0.0) ** 2, axis=1)
    error = np.sqrt(np.maximum(square / np.maximum(n - 1, 1), 1e-12) / np.maximum(n, 1))
    p: NDArray[np.float64] = 2 * stats.t.sf(np.abs(mean) / error, np.maximum(n - 1, 1))
    return np.where(n > 1, p, 1.0)


def abab(count: int, walks: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return phases of seven walks, A and B in turn, starting with either."""
    start = rng.integers(0, 2, count)[:, None]
    return ((np.arange(walks) // PHASE + start) % 2).astype(np.float64)


def welch(
    arms: NDArray[np.float64], outcome: NDArray[np.float64], present: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return p of a Welch test over single walks, for each trial."""
    moments = []
    for arm in (arms > 0, arms <= 0):
        chosen = arm & present
        n = np.maximum(chosen.sum(axis=1), 2)
        mean = np.sum(outcome * chosen, axis=1) / n
        square = np.sum(np.where(chosen, outcome - mean[:, None], 0.0) ** 2, axis=1)
        moments.append((mean, np.maximum(square / (n - 1), 1e-12) / n, n))
    (mean_b, error_b, n_b), (mean_a, error_a, n_a) = moments
    error = error_a + error_b
    freedom = error**2 / (error_a**2 / (n_a - 1) + error_b**2 / (n_b - 1))
    p: NDArray[np.float64] = 2 * stats.t.sf(np.abs(mean_b - mean_a) / np.sqrt(error), freedom)
    return p
