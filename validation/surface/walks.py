"""Simulated walks along real ways, with positions that are off as phones are off."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from evenstride.terrain.surface.extract import Ways
from evenstride.terrain.surface.network import Plane
from evenstride.terrain.surface.tags import surface_word

__all__ = ["ALIKE_M", "SPACING_M", "Town", "Walk", "blurred"]

SPACING_M = 10.0
ALIKE_M = 50.0  # over this distance most of the error of a position stays the same
_STOPS = 4
_CIRCLE_68 = 1.51
_FRESH = 0.1  # share of the variance that is new at each position

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """A walk: where it really went and where the phone says it went.

    Attributes:
        way: (n,) row of the way under each position.
        true_m: (n, 2) metres east and north.
        latitude_deg: (n,) as the phone says.
        longitude_deg: (n,) likewise.
        accuracy_m: Radius of the 68 % circle.
    """

    way: Ints
    true_m: Floats
    latitude_deg: Floats
    longitude_deg: Floats
    accuracy_m: float

    @property
    def length_m(self) -> float:
        """Length walked."""
        return SPACING_M * len(self.way)


@dataclass(frozen=True, eq=False)
class Town:
    """The ways of a map and the routes along them that nobody is barred from."""

    ways: Ways

    @cached_property
    def plane(self) -> Plane:
        """The plane that everything is measured on."""
        return Plane(
            float(np.mean(self.ways.latitude_deg)), float(np.mean(self.ways.longitude_deg))
        )

    @cached_property
    def words(self) -> NDArray[np.str_]:
        """(w,) surface of each way in a word, "" where the map gives none."""
        return np.array([surface_word(tag) for tag in self.ways.surface_tag.tolist()])

    @cached_property
    def _lines(self) -> tuple[Ints, Ints, Ints, Floats]:
        """Begin, end and way of each line, and the place of each node."""
        place = self.plane.place(self.ways.latitude_deg, self.ways.longitude_deg)
        way = np.repeat(np.arange(len(self.ways.id)), np.diff(self.ways.first))
        nodes, number = np.unique(self.ways.node, return_inverse=True)
        number = number.reshape(-1)
        where = np.zeros((len(nodes), 2))
        where[number] = place
        line = np.flatnonzero((way[1:] == way[:-1]) & (self.ways.doubt[way[1:]] == 0))
        return number[line], number[line + 1], way[line], where

    @cached_property
    def _graph(self) -> coo_matrix:
        begin, end, _, where = self._lines
        far = np.hypot(*(where[end] - where[begin]).T) + 1e-3
        graph = coo_matrix((far, (begin, end)), shape=(len(where), len(where))).tocsr()
        return graph.maximum(graph.T)

    def walk(self, rng: np.random.Generator, accuracy_m: float, alike_m: float = ALIKE_M) -> Walk:
        """Walk the shortest way from one random corner to the next, a few times."""
        begin, end, way, where = self._lines
        of = {(a, b): w for a, b, w in zip(begin, end, way, strict=True)}
        of |= {(b, a): w for (a, b), w in of.items()}
        part = connected_components(self._graph)[1]
        corners = np.flatnonzero(part == np.argmax(np.bincount(part)))
        stops = rng.choice(corners, _STOPS, replace=False)
        path = [int(stops[0])]
        for a, b in itertools.pairwise(stops):
            before = dijkstra(self._graph, indices=a, return_predecessors=True)[1]
            leg = [int(b)]
            while leg[-1] != a:
                leg.append(int(before[leg[-1]]))
            path += leg[-2::-1]
        under = np.array([of[pair] for pair in itertools.pairwise(path)])
        corner = where[path]
        gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corner, axis=0).T))])
        at = np.arange(SPACING_M / 2, gone[-1], SPACING_M)
        true_m = np.column_stack([np.interp(at, gone, corner[:, i]) for i in (0, 1)])
        row = np.clip(np.searchsorted(gone, at, side="right") - 1, 0, len(under) - 1)
        said = blurred(true_m, accuracy_m, rng, alike_m)
        degree = np.rad2deg(1 / 6_371_008.8)
        narrow = np.cos(np.deg2rad(self.plane.latitude_deg))
        return Walk(
            way=under[row],
            true_m=true_m,
            latitude_deg=self.plane.latitude_deg + said[:, 1] * degree,
            longitude_deg=self.plane.longitude_deg + said[:, 0] * degree / narrow,
            accuracy_m=accuracy_m,
        )


def blurred(
    place_m: Floats, accuracy_m: float, rng: np.random.Generator, alike_m: float = ALIKE_M
) -> Floats:
    """Return places with an error whose greater part wanders, as it does between houses."""
    fresh = rng.normal(size=place_m.shape)
    drift = rng.normal(size=place_m.shape)
    keep = np.exp(-SPACING_M / alike_m) if alike_m > 0 else 0.0
    for i in range(1, len(drift)):
        drift[i] = keep * drift[i - 1] + np.sqrt(1 - keep**2) * drift[i]
    error = np.sqrt(1 - _FRESH) * drift + np.sqrt(_FRESH) * fresh
    return place_m + accuracy_m / _CIRCLE_68 * error
