"""How far it was, and how far along the way each point lies.

Adding up the distances between points is wrong in two ways: the errors of places make a way longer
(most where points are dense), and straight lines between points cut its bends (most where they are
rare). So the way is followed as a smooth course under lasting and passing errors, and the length is
that of likely courses: each of them has as many bends as the person really walked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.course import Nodes, Seen, Ties
from evenstride.terrain.fit import Known, Prior, Problem, courses
from evenstride.terrain.repair import Clean

__all__ = ["Way", "follow"]

Floats = NDArray[np.float64]

_GROUP_S, _RESTING_GROUP_S = 4.0, 20.0
_BETWEEN_S, _MOST_BETWEEN = 5.0, 5
_DRAWS = 48
_PLACE_WHITE_M = (0.7, 0.7)
_PLACE_LASTING_M = (3.0, 0.5)
_PLACE_MEMORY_S = (60.0, 0.8)
_VELOCITY_SPREAD = 0.3
_TURNING_S = (25.0, 0.8)
_USUAL_M_S = 1.25
_LEAST_M_S = 0.2
_EDGE_S, _PIECE_M = 8.0, 10.0
_TINY_S, _LOST_S = 0.05, 100.0
_UNKNOWN_GAP_M = 100.0
_FLOOR_M = 0.1


@dataclass(frozen=True, eq=False)
class Way:
    """The way of a track.

    Attributes:
        at_m: (n,) how far along the way each point of the clean track lies.
        lengths_m: Likely lengths of the whole way.
        piece_error: Standard deviation of the length of a short piece, as a share of it.
        moving_s: Time without pauses; NaN without times.
        moving_low_s: The least it can be: what lies between points may belong to a pause.
        moving_high_s: The most.
    """

    at_m: Floats
    lengths_m: Floats
    piece_error: float
    moving_s: float
    moving_low_s: float
    moving_high_s: float


@dataclass(frozen=True, eq=False)
class _Groups:
    """Points that are seen as one, since they are so close in time."""

    of: NDArray[np.intp]
    count: Floats
    time_s: Floats
    moving_s: Floats
    place_m: Floats
    piece: NDArray[np.int64]


def follow(clean: Clean, accuracy_m: Floats, seed: int) -> Way:
    """Return the way of a clean track.

    Args:
        clean: The track.
        accuracy_m: As recorded for each of its points; NaN where not.
        seed: The same seed gives the same draws.
    """
    moves = _moves(clean)
    groups = _grouped(clean, moves)
    if len(groups.time_s) < 2:
        nothing = np.zeros(len(clean.row))
        return Way(nothing, np.zeros(1), 0.0, *_moving(clean, moves))
    steps, counted, node = _steps(groups)
    problem = _problem(groups, steps, node, accuracy_m)
    drawn = courses(problem, _DRAWS, seed, sizes_open=False).course
    lengths = np.hypot(*np.moveaxis(np.diff(drawn, axis=0), 1, 0)) * counted[:, None]
    along = np.concatenate([[0.0], np.cumsum(lengths.mean(axis=1))])[node]
    at = _spread(clean, groups, along)
    return Way(at, lengths.sum(axis=0), _piece_error(lengths, counted), *_moving(clean, moves))


def _piece_error(lengths: Floats, counted: NDArray[np.bool_]) -> float:
    """Return how much likely ways differ in the length of a piece of about 10 m."""
    walked = lengths[counted]
    step_m = float(walked.mean()) if len(walked) else 0.0
    together = int(np.clip(round(_PIECE_M / step_m), 1, len(walked))) if step_m else 0
    if not together:
        return 0.0
    pieces = walked[: len(walked) // together * together].reshape(-1, together, walked.shape[1])
    length = pieces.sum(axis=1)
    return float(np.median(length.std(axis=1) / np.maximum(length.mean(axis=1), _PIECE_M / 4)))


def _moves(clean: Clean) -> NDArray[np.bool_]:
    """Return for each step between points whether it was walked: no pause, and no break."""
    same = clean.piece[1:] == clean.piece[:-1]
    pausing = (clean.still[1:] == clean.still[:-1]) & (clean.still[1:] >= 0)
    walked: NDArray[np.bool_] = same & ~pausing
    if not clean.timed:
        return walked
    # A long gap that ends where it began is a pause that the device did not record.
    step_s = np.diff(clean.time_s)
    apart = np.hypot(np.diff(clean.east_m), np.diff(clean.north_m))
    return walked & ~((step_s > 60.0) & (apart < _LEAST_M_S * step_s))


def _moving(clean: Clean, moves: NDArray[np.bool_]) -> tuple[float, float, float]:
    if not clean.timed:
        return np.nan, np.nan, np.nan
    step_s = np.diff(clean.time_s)
    total = float(step_s[moves].sum())
    edges = np.count_nonzero(np.diff(np.concatenate([[True], moves, [True]]).astype(np.int8)))
    open_s = np.sqrt(edges) * (_EDGE_S + (float(np.median(step_s)) if len(step_s) else 0.0))
    whole = float(clean.time_s[-1] - clean.time_s[0]) if len(step_s) else 0.0
    return total, max(0.0, total - open_s), min(whole, total + open_s)


def _grouped(clean: Clean, moves: NDArray[np.bool_]) -> _Groups:
    time, still = clean.time_s, clean.still >= 0
    if not len(time):
        none, empty = np.zeros(0, np.int64), np.zeros(0)
        return _Groups(none, empty, empty, empty, np.zeros((0, 2)), none)
    moving = np.concatenate([[0.0], np.cumsum(np.diff(time) * moves)])
    width = np.where(still, _RESTING_GROUP_S, _GROUP_S)
    slot = np.floor((time - time[0]) / width)
    fresh = (np.diff(slot) != 0) | (np.diff(clean.piece) != 0) | (np.diff(clean.still) != 0)
    of = np.concatenate([[0], np.cumsum(fresh)])
    count = np.bincount(of).astype(float)
    columns = (time, moving, clean.east_m, clean.north_m)
    mean = [np.bincount(of, column) / count for column in columns]
    first = np.flatnonzero(np.concatenate([[True], fresh]))
    place = np.column_stack(mean[2:])
    return _Groups(of, count, mean[0], mean[1], place, clean.piece[first])


def _steps(groups: _Groups) -> tuple[Nodes, NDArray[np.bool_], NDArray[np.intp]]:
    """Return the nodes, which steps count as way, and the node of each group.

    Between groups that lie far apart there are more nodes, for bends that were not seen.
    """
    moving, real = np.diff(groups.moving_s), np.diff(groups.time_s)
    same = groups.piece[1:] == groups.piece[:-1]
    parts = np.clip(np.ceil(moving / _BETWEEN_S), 1, _MOST_BETWEEN).astype(np.intp)
    parts[~same] = 1
    node = np.concatenate([[0], np.cumsum(parts)])
    step = np.repeat(np.where(same, np.maximum(moving, _TINY_S), _LOST_S) / parts, parts)
    apart = np.hypot(*np.diff(groups.place_m, axis=0).T)
    loose = np.where(same, 0.0, np.maximum(apart, _UNKNOWN_GAP_M) ** 2)
    clock = np.repeat(np.maximum(real, _TINY_S) / parts, parts)
    counted = np.repeat(same & (moving > 0.0), parts)
    return Nodes(step, np.repeat(loose, parts), (clock,), (np.ones(len(clock)),)), counted, node


def _problem(groups: _Groups, nodes: Nodes, node: NDArray[np.intp], accuracy_m: Floats) -> Problem:
    extra = np.full(len(node), _FLOOR_M**2)
    told = np.isfinite(accuracy_m)
    if told.any():
        usual = float(np.median(accuracy_m[told]))
        worse = np.where(told, np.maximum(accuracy_m**2 - usual**2, 0.0), 0.0)
        extra = extra + np.bincount(groups.of, worse) / groups.count
    same = (groups.piece[1:] == groups.piece[:-1]) & (np.diff(groups.moving_s) > 0.0)
    away = np.hypot(*np.diff(groups.place_m, axis=0).T)[same]
    usual_m_s = _USUAL_M_S
    if same.any():
        usual_m_s = max(float(np.median(away / np.diff(groups.moving_s)[same])), _LEAST_M_S)
    prior = Prior(
        Known(usual_m_s / np.sqrt(2.0), _VELOCITY_SPREAD),
        Known(*_TURNING_S),
        ((Known(*_PLACE_WHITE_M), Known(*_PLACE_LASTING_M), Known(*_PLACE_MEMORY_S)),),
    )
    place = groups.place_m - groups.place_m[0]
    return Problem(
        nodes, (Seen(node, place, extra, groups.count, np.ones(len(node))),), prior, Ties.none()
    )


def _spread(clean: Clean, groups: _Groups, along: Floats) -> Floats:
    """Return how far along the way each point lies, from how far each group does.

    Breaks have no length: what lies before one stays below what lies after it.
    """
    if len(groups.time_s) == len(clean.time_s):
        return along
    at = np.interp(clean.time_s, groups.time_s, along)
    for piece in np.flatnonzero(np.diff(clean.piece)):
        mine = clean.piece == clean.piece[piece]
        at[mine] = np.minimum(at[mine], along[groups.of[piece]])
    return at
