"""Ways as a network on a flat plane: lines to stand on, and how far it is from one to another."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.surface.extract import Ways

__all__ = ["Network", "Plane", "build"]

_EARTH_M = 6_371_008.8
_FURTHEST_M = 300.0  # routes are followed no further than this
_MOST_KNOWN = 20_000  # junctions whose routes are kept

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plane:
    """A flat picture of the ground around one place, good for a day's walk."""

    latitude_deg: float
    longitude_deg: float

    def place(self, latitude_deg: Floats, longitude_deg: Floats) -> Floats:
        """Return (n, 2) metres east and north of the middle; works across the date line."""
        east = (longitude_deg - self.longitude_deg + 180.0) % 360.0 - 180.0
        narrow = np.cos(np.deg2rad(self.latitude_deg))
        turned = np.column_stack([east * narrow, latitude_deg - self.latitude_deg])
        place: Floats = np.deg2rad(turned) * _EARTH_M
        return place


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """l straight lines that make up e edges between junctions.

    Attributes:
        begin_m: (l, 2) where each line begins.
        end_m: (l, 2) where it ends.
        edge: (l,) the edge it is part of.
        along_m: (l,) how far from the beginning of the edge it begins.
        way: (e,) row of the way of each edge.
        ends: (e, 2) junctions at both ends.
        length_m: (e,) length of each edge.
        neighbours: By junction: those one edge away, and how far.
    """

    begin_m: Floats
    end_m: Floats
    edge: Ints
    along_m: Floats
    way: Ints
    ends: Ints
    length_m: Floats
    neighbours: dict[int, list[tuple[int, float]]]
    _known: dict[int, dict[int, float]] = field(default_factory=dict, repr=False)

    def reach_m(self, junction: int) -> dict[int, float]:
        """Return the junctions within reach and the way to them (Dijkstra, kept once found)."""
        known = self._known.get(junction)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[junction] = self._search(junction)
        return known

    def _search(self, junction: int) -> dict[int, float]:
        settled: dict[int, float] = {}
        queue = [(0.0, junction)]
        while queue:
            gone, here = heapq.heappop(queue)
            if here in settled:
                continue
            settled[here] = gone
            for there, far in self.neighbours[here]:
                if there not in settled and gone + far <= _FURTHEST_M:
                    heapq.heappush(queue, (gone + far, there))
        return settled

    def between_m(self, one: Ints, one_m: Floats, other: Ints, other_m: Floats) -> Floats:
        """Return (k, m) shortest ways from places on edges to others; infinite beyond reach."""
        near = np.stack([one_m, self.length_m[one] - one_m])
        far = np.stack([other_m, self.length_m[other] - other_m])
        start, start_row = np.unique(self.ends[one].T, return_inverse=True)
        stop, stop_row = np.unique(self.ends[other].T, return_inverse=True)
        table = np.array(
            [
                [reach.get(b, np.inf) for b in stop.tolist()]
                for reach in map(self.reach_m, start.tolist())
            ]
        )
        start_row, stop_row = start_row.reshape(2, -1), stop_row.reshape(2, -1)
        best = np.full((len(one), len(other)), np.inf)
        for i in (0, 1):
            for j in (0, 1):
                through = table[start_row[i][:, None], stop_row[j]]
                np.minimum(best, near[i][:, None] + through + far[j], out=best)
        straight = np.abs(one_m[:, None] - other_m)
        return np.where(one[:, None] == other, np.minimum(best, straight), best)


def build(ways: Ways, plane: Plane) -> Network:
    """Join the ways where they share nodes."""
    place = plane.place(ways.latitude_deg, ways.longitude_deg)
    way_of = np.repeat(np.arange(len(ways.id)), np.diff(ways.first))
    number, times = np.unique(ways.node, return_inverse=True, return_counts=True)[1:]
    number = number.reshape(-1).astype(np.int64)
    junction = times[number] > 1
    junction[ways.first[:-1]] = True
    junction[ways.first[1:] - 1] = True
    line = np.flatnonzero(way_of[:-1] == way_of[1:]) if len(way_of) else np.empty(0, np.int64)
    edge = np.cumsum(junction[line]) - 1
    first = np.flatnonzero(junction[line])
    last = np.append(first[1:], len(line))[: len(first)] - 1
    step = np.hypot(*(place[line + 1] - place[line]).T)
    gone = np.concatenate([[0.0], np.cumsum(step)])
    ends = np.column_stack([number[line[first]], number[line[last] + 1]])
    length = gone[last + 1] - gone[first]
    neighbours: dict[int, list[tuple[int, float]]] = {}
    for (a, b), far in zip(ends.tolist(), length.tolist(), strict=True):
        neighbours.setdefault(a, []).append((b, far))
        neighbours.setdefault(b, []).append((a, far))
    return Network(
        begin_m=place[line],
        end_m=place[line + 1],
        edge=edge,
        along_m=gone[:-1] - gone[first][edge] if len(line) else np.empty(0),
        way=way_of[line[first]],
        ends=ends,
        length_m=length,
        neighbours=neighbours,
    )
