"""The ground under the way: likely courses of its height, from every source at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.course import Nodes, Seen, Ties
from evenstride.terrain.elevations import SCALE_ERROR, Elevations
from evenstride.terrain.fit import Known, Prior, Problem, courses
from evenstride.terrain.repair import Clean

__all__ = ["Grid", "Heights", "ground", "laid_out"]

Floats = NDArray[np.float64]

SEGMENT_M = 10.0
_SHORTEST_M, _MOST_PIECES = 5.0, 6000
_GROUP_M, _RESTING_GROUP_S = 8.0, 20.0
_DRAWS, _TRUST = 240, 0.3
_INTERVAL = (0.025, 0.975)
_SLOPE = 0.04
_REACH_M = (150.0, 0.6)
_LEANING = 0.6
_TINY_M, _TINY_S = 1.0, 0.05
_MOST_LIMITS, _MOST_TIES = 400, 12
_SAME_PLACE_M, _LATER_S, _FARTHER_M = 10.0, 120.0, 250.0
_SAME_HEIGHT_M, _SAME_SLOPE = 1.0, 0.5
_LOST_M, _SLOPE_BETWEEN, _LEAST_JUMP_M = 500.0, 0.1, 5.0


@dataclass(frozen=True, eq=False)
class Grid:
    """The limits between which the way is cut in pieces.

    Attributes:
        at_m: (k,) along the way.
        point: (k,) where each limit lies among the points of the clean track, in between too.
        piece: (k,) of the track.
        inside: (k - 1,) whether the limits j and j + 1 enclose a piece of the way.
    """

    at_m: Floats
    point: Floats
    piece: NDArray[np.int64]
    inside: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Heights:
    """Likely heights at the limits of a grid.

    Long errors and long hills look alike, and then the answer rests on what was believed of slopes
    beforehand. So everything is looked at with a belief in calmer ground and one in hillier ground
    as well: an interval reaches as far as any of them.

    Attributes:
        likely_m: (k, draws)
        calm: (draws,) which of the draws stand for calmer ground.
        hilly: (draws,) which stand for hillier ground.
    """

    likely_m: Floats
    calm: NDArray[np.intp]
    hilly: NDArray[np.intp]

    def interval(self, draws: Floats) -> tuple[Floats, Floats]:
        """Return the limits of the 95 % interval of anything drawn for each of the draws.

        Args:
            draws: (..., draws)
        """
        views = [draws, draws[..., self.calm], draws[..., self.hilly]]
        low, high = np.quantile(views, _INTERVAL, axis=-1)
        return low.min(axis=0), high.max(axis=0)


def laid_out(clean: Clean, at_m: Floats) -> Grid:
    """Cut the way in pieces of about 10 m; a break of the track ends a piece.

    A way of more than 60 km is cut in fewer, longer ones.
    """
    whole = float(at_m[-1] - at_m[0]) if len(at_m) else 0.0
    aim = max(SEGMENT_M, whole / _MOST_PIECES)
    limits, points, pieces = [np.zeros(0)], [np.zeros(0)], [np.zeros(0, np.int64)]
    for piece in np.unique(clean.piece).tolist():
        mine = np.flatnonzero(clean.piece == piece)
        first, last = float(at_m[mine[0]]), float(at_m[mine[-1]])
        if last - first < _SHORTEST_M:
            continue
        count = max(1, round((last - first) / aim))
        cuts = np.linspace(first, last, count + 1)
        limits.append(cuts)
        points.append(np.interp(cuts, at_m[mine], mine.astype(float)))
        pieces.append(np.full(count + 1, piece))
    piece_of = np.concatenate(pieces)
    return Grid(
        np.concatenate(limits), np.concatenate(points), piece_of, piece_of[1:] == piece_of[:-1]
    )


def ground(
    clean: Clean, at_m: Floats, grid: Grid, sources: Sequence[Elevations], seed: int
) -> Heights:
    """Return likely heights at the limits of a grid.

    Args:
        clean: The track.
        at_m: (n,) how far along the way each point lies.
        grid: The limits.
        sources: The heights; at least one.
        seed: The same seed gives the same draws.
    """
    grouped = [_grouped(clean, at_m, one) for one in sources]
    place = np.concatenate([grid.point, *(group.point for group in grouped)])
    order = np.argsort(place, kind="stable")
    where = np.empty(len(order), np.intp)
    where[order] = np.arange(len(order))
    ends = np.cumsum([len(grid.point), *(len(group.point) for group in grouped)])
    seen, level = [], float(np.median(grouped[0].height_m))
    for number, (one, group) in enumerate(zip(sources, grouped, strict=True)):
        nodes_of = where[ends[number] : ends[number + 1]]
        extra = np.full(len(nodes_of), one.floor_m**2)
        value = (group.height_m - level)[:, None]
        seen.append(Seen(nodes_of, value, extra, group.count, np.ones(len(extra)), one.wanders))
    nodes = _nodes(clean, at_m, np.sort(place, kind="stable"), sources)
    prior = Prior(Known(_SLOPE), Known(*_REACH_M), tuple(one.usual for one in sources))
    found = courses(
        Problem(nodes, tuple(seen), prior, _ties(clean, grid, where), _TRUST),
        _DRAWS,
        seed,
        wild=True,
    )
    drawn = found.course[:, 0, :]
    scale = np.random.default_rng(seed + 1).standard_normal(drawn.shape[1])
    stretched = 1.0 + SCALE_ERROR[sources[0].source] * scale
    heights = level + drawn[where[: ends[0]]] * stretched
    return Heights(heights, found.leaning(-_LEANING), found.leaning(_LEANING))


@dataclass(frozen=True, eq=False)
class _Group:
    point: Floats
    height_m: Floats
    count: Floats


def _grouped(clean: Clean, at_m: Floats, one: Elevations) -> _Group:
    """Average the heights of points that lie close together on the way, and in a pause in time."""
    there = np.flatnonzero(np.isfinite(one.height_m))
    still = clean.still[there] >= 0
    slot = np.where(
        still,
        np.floor(clean.time_s[there] / _RESTING_GROUP_S),
        np.floor(at_m[there] / _GROUP_M),
    )
    fresh = (np.diff(slot) != 0) | (np.diff(clean.piece[there]) != 0)
    fresh |= np.diff(clean.still[there]) != 0
    of = np.concatenate([[0], np.cumsum(fresh)])
    count = np.bincount(of).astype(float)
    return _Group(
        np.bincount(of, there) / count, np.bincount(of, one.height_m[there]) / count, count
    )


def _nodes(clean: Clean, at_m: Floats, place: Floats, sources: Sequence[Elevations]) -> Nodes:
    rows = np.arange(len(clean.row), dtype=float)
    way, time = np.interp(place, rows, at_m), np.interp(place, rows, clean.time_s)
    before = np.floor(place + 1e-9).astype(np.intp)
    piece = clean.piece[np.minimum(before, len(clean.piece) - 1)]
    same = np.diff(piece) == 0
    step = np.where(same, np.maximum(np.diff(way), _TINY_M), _LOST_M)
    east, north = np.interp(place, rows, clean.east_m), np.interp(place, rows, clean.north_m)
    apart = np.hypot(np.diff(east), np.diff(north))
    loose = np.where(same, 0.0, (_LEAST_JUMP_M + _SLOPE_BETWEEN * apart) ** 2)
    clocks = {"time": np.maximum(np.diff(time), _TINY_S), "way": step}
    return Nodes(
        step,
        loose,
        tuple(clocks[one.clock] for one in sources),
        tuple(np.ones(len(step)) for _ in sources),
    )


def _ties(clean: Clean, grid: Grid, where: NDArray[np.intp]) -> Ties:
    """Return limits of the grid that lie at the same place, passed at different times."""
    some = np.unique(np.linspace(0, len(grid.at_m) - 1, _MOST_LIMITS).round().astype(np.intp))
    rows = np.arange(len(clean.row), dtype=float)
    east, north, time = (
        np.interp(grid.point[some], rows, values)
        for values in (clean.east_m, clean.north_m, clean.time_s)
    )
    apart = np.hypot(east[:, None] - east, north[:, None] - north)
    later = (time - time[:, None] > _LATER_S) & (
        np.abs(grid.at_m[some] - grid.at_m[some][:, None]) > _FARTHER_M
    )
    first, second = np.nonzero((apart < _SAME_PLACE_M) & later)
    if not len(first):
        return Ties.none()
    picked = np.unique(np.linspace(0, len(first) - 1, _MOST_TIES).round().astype(np.intp))
    first, second = first[picked], second[picked]
    spread = _SAME_HEIGHT_M + _SAME_SLOPE * apart[first, second]
    return Ties(where[some[first]], where[some[second]], spread**2, np.ones(len(first)))
