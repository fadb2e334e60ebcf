"""Which places on the map a position may stand for: the nearest one of every edge around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.terrain.surface.network import Network

__all__ = ["Candidates", "find"]

_TICK_M = 10.0  # lines are looked up by marks this far apart
_WIDE = 3.5  # candidates lie within so many standard deviations
_LONGEST_M = 20_000.0  # a straight line on the map that is longer than this is a slip
_MOST_MARKS = 30_000_000
_NEAREST_M, _FURTHEST_M = 20.0, 80.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """c places on edges, in the order of the p positions they belong to.

    Attributes:
        position: (c,) the position each belongs to.
        edge: (c,) its edge.
        along_m: (c,) how far from the beginning of the edge.
        off_m: (c,) how far from the position.
        place_m: (c, 2) where it lies.
        heading: (c, 2) direction of the way there, of length 1.
        first: (p + 1,) where the candidates of each position begin.
    """

    position: Ints
    edge: Ints
    along_m: Floats
    off_m: Floats
    place_m: Floats
    heading: Floats
    first: Ints

    def part(self, begin: int, end: int) -> Candidates:
        """Return the candidates of the positions from ``begin`` to before ``end``."""
        a, b = self.first[begin], self.first[end]
        return Candidates(
            self.position[a:b] - begin,
            self.edge[a:b],
            self.along_m[a:b],
            self.off_m[a:b],
            self.place_m[a:b],
            self.heading[a:b],
            self.first[begin : end + 1] - a,
        )


def find(network: Network, place_m: Floats, spread_m: Floats) -> Candidates:
    """Find the candidates of positions.

    Args:
        network: The ways around.
        place_m: (p, 2) positions.
        spread_m: (p,) standard deviation of each, along one axis.

    Raises:
        OptionError: If there is more map around the walk than can be held.
    """
    reach = np.clip(_WIDE * spread_m, _NEAREST_M, _FURTHEST_M)
    position, line = _pairs(network, place_m, reach)
    begin, along = network.begin_m[line], network.end_m[line] - network.begin_m[line]
    length = np.hypot(along[:, 0], along[:, 1])
    off = place_m[position] - begin
    share = np.einsum("ij,ij->i", off, along) / np.maximum(length, 1e-6) ** 2
    share = np.clip(share, 0.0, 1.0)
    rest = off - share[:, None] * along
    off_m = np.hypot(rest[:, 0], rest[:, 1])
    edge = network.edge[line]
    order = np.lexsort((line, off_m, edge, position))
    order = order[off_m[order] <= reach[position[order]]]
    key = np.column_stack([position[order], edge[order]])
    new = np.ones(len(order), dtype=bool)
    new[1:] = np.any(key[1:] != key[:-1], axis=1)
    best = order[new]
    return Candidates(
        position=position[best],
        edge=edge[best],
        along_m=network.along_m[line[best]] + share[best] * length[best],
        off_m=off_m[best],
        place_m=(begin + share[:, None] * along)[best],
        heading=(along / np.maximum(length, 1e-6)[:, None])[best],
        first=np.searchsorted(position[best], np.arange(len(place_m) + 1)).astype(np.int64),
    )


def _pairs(network: Network, place_m: Floats, reach_m: Floats) -> tuple[Ints, Ints]:
    """Return positions and lines that may be within reach of each other, each pair once."""
    from scipy.spatial import cKDTree

    if len(network.edge) == 0 or len(place_m) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    along = network.end_m - network.begin_m
    length = np.hypot(along[:, 0], along[:, 1])
    marks = np.maximum(np.ceil(length / _TICK_M), 1).astype(np.int64)
    marks[length > _LONGEST_M] = 0
    if marks.sum() > _MOST_MARKS:
        raise OptionError("This walk crosses more map than can be held at once.")
    line = np.repeat(np.arange(len(marks)), marks)
    tick = np.arange(len(line)) - np.repeat(np.cumsum(marks) - marks, marks)
    share = (tick + 0.5) / marks[line]
    mark_m = network.begin_m[line] + share[:, None] * along[line]
    found = cKDTree(mark_m).query_ball_point(place_m, reach_m + _TICK_M / 2)
    position = np.repeat(np.arange(len(place_m)), [len(one) for one in found])
    near = line[np.concatenate([np.asarray(one, dtype=np.int64) for one in found])]
    pairs = np.unique(np.column_stack([position, near]), axis=0)
    return pairs[:, 0], pairs[:, 1]
