"""Where a person stood still: the places of half a minute lie close together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["standing"]

Floats = NDArray[np.float64]

_LOOKS_S = (10.0, 20.0, 30.0)
_WITHIN_M = 9.0
_AT_REST_M = 4.0


def standing(time_s: Floats, east_m: Floats, north_m: Floats) -> NDArray[np.int64]:
    """Return the number of the pause that each point lies in, -1 while moving.

    A stretch counts where the places 10, 20 and 30 s later are all within a few metres: positions
    wander by metres even where nobody moves. A bend back on the spot is no pause, since its middle
    is farther away.
    """
    count = len(time_s)
    pause = np.full(count, -1, np.int64)
    if count < 2:
        return pause
    close = np.ones(count, np.bool_)
    last = np.arange(count)
    for look in _LOOKS_S:
        last = np.searchsorted(time_s, time_s + look)
        close &= last < count
        last = np.minimum(last, count - 1)
        close &= np.hypot(east_m[last] - east_m, north_m[last] - north_m) < _WITHIN_M
    change = np.zeros(count + 1, np.int64)
    np.add.at(change, np.flatnonzero(close), 1)
    np.add.at(change, last[close] + 1, -1)
    covered = np.cumsum(change[:-1]) > 0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], covered, [False]]).astype(np.int8)))
    for number, (first, end) in enumerate(edges.reshape(-1, 2).tolist()):
        first, end = _at_rest(east_m, north_m, first, end)
        if end - first > 1:
            pause[first:end] = number
    return pause


def _at_rest(east_m: Floats, north_m: Floats, first: int, end: int) -> tuple[int, int]:
    """Cut off the last steps before the pause and the first ones after it."""
    away = np.hypot(
        east_m[first:end] - np.median(east_m[first:end]),
        north_m[first:end] - np.median(north_m[first:end]),
    )
    resting = np.flatnonzero(away < _AT_REST_M)
    if not len(resting):
        return first, first
    return first + int(resting[0]), first + int(resting[-1]) + 1
