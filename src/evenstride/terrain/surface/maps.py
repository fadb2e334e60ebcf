"""A local map that can be asked what was underfoot."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.surface.area import Area, read_area
from evenstride.terrain.surface.candidates import find
from evenstride.terrain.surface.chain import Chain, probabilities
from evenstride.terrain.surface.extract import MapHead, read_head
from evenstride.terrain.surface.verdict import Underfoot, judge

__all__ = ["ATTRIBUTION", "GroundMap", "open_map"]

ATTRIBUTION = "© OpenStreetMap contributors"
"""What the licence of the map (ODbL 1.0) asks everybody to say who shows something of it."""

_USUAL_ACCURACY_M = 6.0  # radius of the 68 % circle, where a position does not tell its own
_CIRCLE_68 = 1.51  # that radius over the standard deviation along one axis
_MAP_ERROR_M = 2.0  # of the lines on the map
_LEAST_M, _MOST_M = 2.5, 30.0  # standard deviation that is believed
_THIN_M = 8.0  # positions closer together than this are thinned out
_BREAK_M = 150.0  # a longer jump begins a new chain

Floats = NDArray[np.float64]


def open_map(path: str | PathLike[str]) -> GroundMap:
    """Open a file of OpenStreetMap data (.osm.pbf, .osm, .osm.gz or .osm.bz2).

    Only its head is looked at; the rest is read when a walk is known.

    Raises:
        OptionError: If there is no such file, or it holds no map data.
        DamagedFile: If it is map data that cannot be read.
        MissingExtra: If the library that reads maps is not installed.
    """
    return GroundMap(read_head(Path(path)))


@dataclass(frozen=True, slots=True)
class GroundMap:
    """A local map.

    Attributes:
        head: What its file says of itself.
    """

    head: MapHead
    _read: list[Area] = field(default_factory=list, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The map by name, date and authors, to be shown beside all that comes from it."""
        date = f", data of {self.head.date}" if self.head.date else ""
        return f"{self.head.path.name}{date}, {ATTRIBUTION}"

    def surfaces(
        self, latitude_deg: Floats, longitude_deg: Floats, accuracy_m: Floats
    ) -> tuple[NDArray[np.str_], NDArray[np.str_], NDArray[np.str_], str]:
        """Return surface, surface tag and kind of way of each position, and the map by name.

        See ``underfoot``, which tells more and raises the same.
        """
        told = self.underfoot(latitude_deg, longitude_deg, accuracy_m)
        return told.surface, told.surface_tag, told.way, self.name

    def underfoot(
        self, latitude_deg: Floats, longitude_deg: Floats, accuracy_m: Floats
    ) -> Underfoot:
        """Find out what each position of a walk stood on.

        Args:
            latitude_deg: (n,) WGS 84, in the order of the walk; NaN where not known.
            longitude_deg: (n,) likewise.
            accuracy_m: (n,) radius of the 68 % circle; NaN where not known.

        Raises:
            OptionError: If there is more map around the walk than can be held.
            DamagedFile: If the file of the map breaks off or is damaged.
        """
        known = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
        latitude, longitude = latitude_deg[known], longitude_deg[known]
        area = self._area(latitude, longitude)
        place_m = area.plane.place(latitude, longitude)
        spread_m = _spread_m(accuracy_m[known])
        gone = _gone_m(place_m)
        chosen = np.flatnonzero(np.diff(np.floor(gone / _THIN_M), prepend=-1.0))
        told = _match(area, place_m[chosen], spread_m[chosen], self.name)
        nearest = _nearest(gone[chosen], gone)
        row = np.full(len(latitude_deg), -1)
        row[known] = nearest
        return _spread_out(told, row)

    def _area(self, latitude_deg: Floats, longitude_deg: Floats) -> Area:
        """Return the ways around a walk: those of the walk before, where they reach."""
        if not (self._read and self._read[0].holds(latitude_deg, longitude_deg)):
            self._read[:] = [read_area(self.head, latitude_deg, longitude_deg)]
        return self._read[0]


def _spread_m(accuracy_m: Floats) -> Floats:
    """Standard deviation along one axis, of position and map together."""
    usable = np.isfinite(accuracy_m) & (accuracy_m > 0)
    own = np.where(usable, accuracy_m, _USUAL_ACCURACY_M) / _CIRCLE_68
    return np.clip(np.hypot(own, _MAP_ERROR_M), _LEAST_M, _MOST_M)


def _gone_m(place_m: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(place_m, axis=0).T))])[: len(place_m)]


def _match(area: Area, place_m: Floats, spread_m: Floats, name: str) -> Underfoot:
    """Match positions, in one chain for each part without a jump."""
    network, ways = area.network, area.ways
    found = find(network, place_m, spread_m)
    way = network.way[found.edge]
    jump = np.hypot(*np.diff(place_m, axis=0).T) > _BREAK_M
    edges = np.concatenate([[0], np.flatnonzero(jump) + 1, [len(place_m)]])
    parts = []
    for a, b in itertools.pairwise(edges.tolist()):
        part = found.part(a, b)
        doubt = ways.doubt[network.way[part.edge]]
        parts.append(probabilities(network, part, place_m[a:b], spread_m[a:b], doubt))
    chain = Chain(*(np.concatenate([getattr(one, f.name) for one in parts]) for f in fields(Chain)))
    return judge(found, way, chain, ways, name)


def _nearest(chosen_m: Floats, gone_m: Floats) -> NDArray[np.int64]:
    """Return for each position the chosen one that is nearest along the walk."""
    if len(chosen_m) == 0:
        return np.empty(0, np.int64)
    after = np.clip(np.searchsorted(chosen_m, gone_m), 1, max(len(chosen_m) - 1, 1))
    after = np.minimum(after, len(chosen_m) - 1)
    before = np.maximum(after - 1, 0)
    nearer = gone_m - chosen_m[before] <= chosen_m[after] - gone_m
    return np.where(nearer, before, after).astype(np.int64)


def _spread_out(told: Underfoot, row: NDArray[np.int64]) -> Underfoot:
    """Return one row for each position; row -1 is a position that is not known."""
    columns = {}
    for one in fields(told):
        if one.name in told.columns():
            values = getattr(told, one.name)
            blank = np.zeros(1, dtype=values.dtype)
            if one.name == "sure":
                blank[0] = np.nan
            columns[one.name] = np.concatenate([values, blank])[row]
    return Underfoot(**columns, map=told.map)
