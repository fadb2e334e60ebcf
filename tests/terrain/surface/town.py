"""A small town that the tests draw for themselves, and walks through it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium

LATITUDE, LONGITUDE = 52.0, 13.0
METRE = np.rad2deg(1 / 6_371_008.8)
BLOCK = 100.0

STREETS = {"highway": "residential", "surface": "asphalt"}
PATH = {"highway": "path", "surface": "compacted"}
PAVEMENT = {"highway": "footway", "surface": "paving_stones"}
COBBLES = {"highway": "living_street", "surface": "cobblestone"}
BARE = {"highway": "track", "tracktype": "grade2"}


@dataclass
class Drawn:
    """Ways by number: corners in metres east and north of the middle, and tags."""

    ways: list[tuple[list[tuple[float, float]], dict[str, str]]]
    longitude: float = LONGITUDE

    def write(self, path: Path, kind: str = "", date: str = "") -> Path:
        """Write the map; corners at one place are one node."""
        header = osmium.io.Header()
        if date:
            header.set("osmosis_replication_timestamp", date)
        corners = sorted({place for line, _ in self.ways for place in line})
        number = {place: i + 1 for i, place in enumerate(corners)}
        file = osmium.io.File(str(path), kind)
        with osmium.SimpleWriter(file, header=header, overwrite=True) as writer:
            for place, node in number.items():
                latitude, longitude = degrees(np.array([place]), self.longitude)
                where = (float(longitude[0]), float(latitude[0]))
                writer.add_node(osmium.osm.mutable.Node(id=node, location=where))
            for i, (line, tags) in enumerate(self.ways):
                nodes = [number[place] for place in line]
                writer.add_way(osmium.osm.mutable.Way(id=i + 1, nodes=nodes, tags=tags))
        return path


def degrees(place_m, longitude=LONGITUDE):
    """Return latitude and longitude of metres east and north of the middle."""
    east = place_m[:, 0] * METRE / np.cos(np.deg2rad(LATITUDE))
    return LATITUDE + place_m[:, 1] * METRE, (longitude + east + 180) % 360 - 180


def town(longitude=LONGITUDE):
    """Draw five streets each way, a path across a park of four blocks, and a lane to nowhere."""
    grid = [i * BLOCK for i in range(5)]
    ways = []
    for fixed in grid:
        ways.append(([(x, fixed) for x in grid if not park(x, fixed)], dict(STREETS)))
        ways.append(([(fixed, y) for y in grid if not park(fixed, y)], dict(STREETS)))
    ways.append(([(200.0, 200.0), (300.0, 300.0), (400.0, 400.0)], dict(PATH)))
    ways.append(([(0.0, 0.0), (-400.0, 0.0)], dict(BARE)))
    return Drawn([way for way in ways if len(way[0]) > 1], longitude)


def park(x, y):
    """Whether a corner lies inside the park, where no street is."""
    return 200 < x < 400 and 200 < y < 400


def walk(*corners, blur_m=0.0, seed=0, spacing_m=10.0):
    """Return (n, 2) places along straight lines between corners, blurred as a phone does."""
    corners = np.array(corners, dtype=float)
    gone = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    at = np.arange(spacing_m / 2, gone[-1], spacing_m)
    place = np.column_stack([np.interp(at, gone, corners[:, i]) for i in (0, 1)])
    rng = np.random.default_rng(seed)
    drift = rng.normal(size=place.shape)
    for i in range(1, len(drift)):
        drift[i] = 0.8 * drift[i - 1] + 0.6 * drift[i]
    return place + blur_m / 1.51 * drift


def asked(ground, place_m, accuracy_m, longitude=LONGITUDE):
    """Ask a map what was under places in metres."""
    latitude, longitudes = degrees(place_m, longitude)
    return ground.underfoot(latitude, longitudes, np.full(len(place_m), float(accuracy_m)))
