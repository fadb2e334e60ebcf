"""The walk as a hidden Markov chain over candidates, with one state for "on no way of the map".

After Newson and Krumm 2009 (10.1145/1653771.1653818): a position is likely near its way, and from
one position to the next the route is about as long as the straight line. Where they look for the
one best path, we ask how probable each candidate is, given the whole walk (forward-backward,
Rabiner 1989, 10.1109/5.18626), for what is not sure shall not be said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.surface.candidates import Candidates
from evenstride.terrain.surface.network import Network

__all__ = ["Chain", "pooled", "probabilities"]

_ALIKE_M = 25.0  # over this distance errors of position are alike, and count once
_OFF_SPREADS = 2.5  # from here on it is likelier to be on no way of the map
_OFF_STEP = -1.0  # a step on no way costs what one on a way costs on average
_SIDE_BY_SIDE = 1.0  # standard deviations, within which ways beside each other are one to us
_SAME_HEADING = 0.94  # cosine of 20 degrees
_LEAVE = -3.0  # to leave the ways of the map, or to come back to them
_STEP_OVER = -7.0  # the most that it costs to change ways where the map has no link
_SCALE = 0.4  # of the standard deviation: how far route and straight line differ
_LEAST_SCALE_M = 2.0  # the same, at the least

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """What is known of each position.

    Attributes:
        on: (c,) probability of each candidate.
        safe: (c,) the same, shared out among ways side by side; see ``pooled``.
        off: (p,) probability that the position is on no way of the map.
    """

    on: Floats
    safe: Floats
    off: Floats


def probabilities(
    network: Network, found: Candidates, place_m: Floats, spread_m: Floats, doubt: Floats
) -> Chain:
    """Weigh the candidates of an unbroken run of positions.

    Args:
        network: The ways around.
        found: The candidates of the positions.
        place_m: (p, 2) positions.
        spread_m: (p,) standard deviation of each, along one axis.
        doubt: (c,) log-odds against walking on the way of a candidate.
    """
    step_m = np.hypot(*np.diff(place_m, axis=0).T)
    weight = _weights(step_m)
    scaled = found.off_m / spread_m[found.position]
    on = (doubt - 0.5 * scaled**2) * weight[found.position]
    off = -0.5 * _OFF_SPREADS**2 * weight
    seen = [
        np.append(on[a:b], off[i])
        for i, (a, b) in enumerate(zip(found.first[:-1], found.first[1:], strict=True))
    ]
    moves = [
        _move(network, found, i, float(step_m[i]), float(spread_m[i : i + 2].mean()))
        for i in range(len(step_m))
    ]
    state = _forward_backward(seen, moves)
    likely = np.concatenate([one[:-1] for one in state]) if state else np.empty(0)
    return Chain(
        on=likely,
        safe=pooled(found, spread_m, likely),
        off=np.array([one[-1] for one in state]),
    )


def pooled(found: Candidates, spread_m: Floats, on: Floats) -> Floats:
    """Share out the probability of ways that run side by side closer than the positions are good.

    The error of a phone may stay on one side of it for a whole street, so that a long walk beside
    two such ways tells them apart no better than a short one.

    Args:
        found: The candidates of the positions.
        spread_m: (p,) standard deviation of each position, along one axis.
        on: (c,) probability of each candidate.
    """
    count = np.diff(found.first)
    times = np.repeat(count, count)
    one = np.repeat(np.arange(len(on)), times)
    begin = np.repeat(found.first[found.position], times)
    other = begin + np.arange(len(one)) - np.repeat(np.cumsum(times) - times, times)
    apart = np.hypot(*(found.place_m[one] - found.place_m[other]).T)
    along = np.abs(np.einsum("ij,ij->i", found.heading[one], found.heading[other]))
    near = (apart <= _SIDE_BY_SIDE * spread_m[found.position[one]]) & (along >= _SAME_HEADING)
    near |= one == other
    one, other = one[near], other[near]
    share = on / np.bincount(one, minlength=len(on))
    return np.bincount(other, weights=share[one], minlength=len(on)).astype(np.float64)


def _weights(step_m: Floats) -> Floats:
    """How far each position counts as news: neighbours err alike."""
    around = np.zeros(len(step_m) + 1)
    around[:-1] += step_m / 2
    around[1:] += step_m / 2
    return np.clip(around / _ALIKE_M, 0.02, 1.0)


def _move(network: Network, found: Candidates, i: int, step_m: float, spread_m: float) -> Floats:
    """Return log-weights (k + 1, m + 1) of moves between neighbouring positions."""
    a, b, c = found.first[i : i + 3]
    move = np.full((b - a + 1, c - b + 1), _LEAVE)
    move[-1, -1] = _OFF_STEP
    if b > a and c > b:
        route = network.between_m(
            found.edge[a:b], found.along_m[a:b], found.edge[b:c], found.along_m[b:c]
        )
        scale = max(_SCALE * spread_m, _LEAST_SCALE_M)
        move[:-1, :-1] = np.maximum(-np.abs(route - step_m) / scale, _STEP_OVER)
    return move


def _forward_backward(seen: list[Floats], moves: list[Floats]) -> list[Floats]:
    """Return the probability of each state at each position."""
    ahead = [np.zeros_like(seen[-1])] if seen else []
    for i in range(len(moves) - 1, -1, -1):
        ahead.append(_log_sum(moves[i] + (seen[i + 1] + ahead[-1])))
    ahead.reverse()
    state: list[Floats] = []
    gone = np.zeros(0)
    for i, here in enumerate(seen):
        gone = here + (_log_sum(moves[i - 1].T + gone) if i else 0.0)
        both = gone + ahead[i]
        share = np.exp(both - both.max())
        state.append(share / share.sum())
    return state


def _log_sum(values: Floats) -> Floats:
    """Return log of the sum of exponentials over the last axis."""
    top = values.max(axis=-1, keepdims=True)
    total: Floats = np.log(np.exp(values - top).sum(axis=-1)) + top[..., 0]
    return total
