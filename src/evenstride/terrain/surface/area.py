"""A piece of the map, ready to be asked again: most walks begin at the same door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.surface.extract import MapHead, Ways, near_cells, read_ways
from evenstride.terrain.surface.network import Network, Plane, build

__all__ = ["Area", "read_area"]

_WIDER = 4  # cells of half a kilometre that are read around a walk, for the next walks

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """Ways that were read, on a plane.

    Attributes:
        cells: The cells whose ways are all here.
        ways: The ways.
        plane: The plane around them.
        network: The ways on that plane.
    """

    cells: frozenset[tuple[int, int]]
    ways: Ways
    plane: Plane
    network: Network

    def holds(self, latitude_deg: Floats, longitude_deg: Floats) -> bool:
        """Whether all ways around these positions are here."""
        return near_cells(latitude_deg, longitude_deg) <= self.cells


def read_area(head: MapHead, latitude_deg: Floats, longitude_deg: Floats) -> Area:
    """Read the ways around a walk, and some more.

    Raises:
        OptionError: If there is more map around the walk than can be held.
        DamagedFile: If the file of the map breaks off or is damaged.
    """
    cells = near_cells(latitude_deg, longitude_deg, around=1 + _WIDER)
    ways = read_ways(head, cells)
    plane = Plane(0.0, 0.0)
    if len(latitude_deg):
        plane = Plane(float(np.mean(latitude_deg)), float(longitude_deg[0]))
    return Area(cells, ways, plane, build(ways, plane))
