"""Parts of a walk that went faster than anybody walks: a car, a bus, a bicycle.

A back does not feel the hills that a car climbs, so these parts are no part of the walk.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["rides"]

Floats = NDArray[np.float64]

_LOOK_S = 15.0
_RIDE_M_S, _STILL_RIDING_M_S = 4.5, 2.5
_SHORTEST_S, _SHORTEST_M = 15.0, 100.0
_BRIDGED_S = 60.0
_MOST = 0.8


def rides(
    time_s: Floats, east_m: Floats, north_m: Floats, piece: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which steps between two points were ridden; none if nearly all were: no walk at all.

    A ride is a stretch at a speed that nobody walks, with the slower parts next to it that are
    still faster than a walk, and the stops between two such stretches.
    """
    count = len(time_s)
    if count < 3:
        return np.zeros(max(count - 1, 0), np.bool_)
    speed = _speeds(time_s, east_m, north_m)
    joined = piece[1:] == piece[:-1]
    faster = (speed > _STILL_RIDING_M_S) & joined
    ridden = np.zeros(count - 1, np.bool_)
    last = -1
    for first, end in _runs(faster):
        long_enough = time_s[end] - time_s[first] >= _SHORTEST_S
        far = np.hypot(east_m[end] - east_m[first], north_m[end] - north_m[first]) >= _SHORTEST_M
        if speed[first:end].max() > _RIDE_M_S and long_enough and far:
            ridden[first:end] = True
            if last >= 0 and time_s[first] - time_s[last] < _BRIDGED_S:
                ridden[last:first] = joined[last:first]
            last = end
    moved = np.hypot(np.diff(east_m), np.diff(north_m)) * joined
    most = moved[ridden].sum() > _MOST * moved.sum()
    return np.zeros_like(ridden) if most else ridden


def _speeds(time_s: Floats, east_m: Floats, north_m: Floats) -> Floats:
    """Return the speed around each step, over a time in which errors of places matter little."""
    middle = 0.5 * (time_s[1:] + time_s[:-1])
    first = np.minimum(
        np.searchsorted(time_s, middle - _LOOK_S / 2, side="right") - 1,
        np.arange(len(middle)),
    )
    first = np.maximum(first, 0)
    last = np.maximum(
        np.minimum(np.searchsorted(time_s, middle + _LOOK_S / 2), len(time_s) - 1),
        np.arange(len(middle)) + 1,
    )
    away = np.hypot(east_m[last] - east_m[first], north_m[last] - north_m[first])
    speed: Floats = away / np.maximum(time_s[last] - time_s[first], 0.1)
    return speed


def _runs(states: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (first, one past last) of every unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], states, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
