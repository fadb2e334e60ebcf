"""A file of OpenStreetMap data -> the walkable ways near a walk, in one pass and bounded memory.

Positions of nodes are kept in a temporary file that the reader maps into memory, and only ways
that come near the walk are kept, so the size of the map costs time and disk but little memory.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import DamagedFile, MissingExtra, OptionError
from evenstride.terrain.surface.tags import doubt, walkable

if TYPE_CHECKING:
    import osmium

__all__ = ["MapHead", "Ways", "near_cells", "read_head", "read_ways"]

_CELL = 50_000  # in units of 1e-7 degree: half a kilometre from south to north
_ROUND = 3_600_000_000 // _CELL  # cells around the earth
_MOST_NODES = 5_000_000  # of ways near one walk
_LONGEST_TAG = 255  # the limit of OpenStreetMap itself

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "osm.gz"),
    (b"BZh", "osm.bz2"),
)


@dataclass(frozen=True, slots=True)
class MapHead:
    """What a file of map data says of itself.

    Attributes:
        path: Where it lies.
        format: As osmium calls it, found from the content.
        date: State of the data as "YYYY-MM-DD"; "" where the file does not tell.
    """

    path: Path
    format: str
    date: str


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The walkable ways near a walk: w ways with n nodes in all, one after the other.

    Attributes:
        id: (w,) ids of the map.
        highway: (w,) values of ``highway=*``.
        surface_tag: (w,) values of ``surface=*``, "" where there is none.
        doubt: (w,) log-odds against walking there.
        first: (w + 1,) where the nodes of each way begin.
        node: (n,) ids of the nodes.
        latitude_deg: (n,) of each node.
        longitude_deg: (n,) of each node.
    """

    id: NDArray[np.int64]
    highway: NDArray[np.str_]
    surface_tag: NDArray[np.str_]
    doubt: NDArray[np.float64]
    first: NDArray[np.int64]
    node: NDArray[np.int64]
    latitude_deg: NDArray[np.float64]
    longitude_deg: NDArray[np.float64]


def near_cells(
    latitude_deg: NDArray[np.float64], longitude_deg: NDArray[np.float64], around: int = 1
) -> frozenset[tuple[int, int]]:
    """Return the cells (east, north) that the walk runs through, and those around them.

    Args:
        latitude_deg: (n,) WGS 84.
        longitude_deg: (n,) likewise.
        around: How many cells of half a kilometre more, to every side.
    """
    north = np.floor(latitude_deg * 1e7 / _CELL).astype(np.int64)
    east = np.floor(longitude_deg * 1e7 / _CELL).astype(np.int64) % _ROUND
    cells = np.unique(np.column_stack([east, north]), axis=0)
    near = set()
    for x, y in cells.tolist():
        narrow = np.cos(np.deg2rad(min(abs(y * _CELL / 1e7), 89.0)))
        reach = int(np.ceil(around / narrow))
        near |= {
            ((x + i) % _ROUND, y + j)
            for i in range(-reach, reach + 1)
            for j in range(-around, around + 1)
        }
    return frozenset(near)


def read_head(path: Path) -> MapHead:
    """Look at the head of a file of map data.

    Raises:
        OptionError: If there is no such file, or it holds no map data.
        DamagedFile: If it is map data that cannot be read.
        MissingExtra: If the library that reads maps is not installed.
    """
    if not path.is_file():
        raise OptionError(f"There is no map file {path.name}.", "Check its name and folder.")
    kind = _format_of(path)
    reader = _osmium().FileProcessor(_file(path, kind))
    try:
        stamp = reader.header.get("osmosis_replication_timestamp")
    except _torn() as error:
        raise _damaged(path) from error
    return MapHead(path, kind, stamp[:10] if stamp[:4].isdigit() else "")


def read_ways(head: MapHead, near: frozenset[tuple[int, int]]) -> Ways:
    """Read the walkable ways that touch any of the cells.

    Raises:
        OptionError: If there is more map around the walk than can be held.
        DamagedFile: If the file breaks off or is damaged.
    """
    kept = _Kept()
    with tempfile.TemporaryDirectory(prefix="evenstride-map-") as folder:
        try:
            for way in _highways(head, Path(folder) / "nodes"):
                tags = {tag.k: tag.v for tag in way.tags}
                if walkable(tags):
                    kept.take(way, tags, near)
        except _torn() as error:
            raise _damaged(head.path) from error
    return kept.ways()


def _highways(head: MapHead, nodes: Path) -> Iterator[Any]:
    osm = _osmium()
    wanted = osm.osm.NODE | osm.osm.WAY
    return iter(
        osm.FileProcessor(_file(head.path, head.format), wanted)
        .with_locations(f"sparse_file_array,{nodes}")
        .with_filter(osm.filter.EntityFilter(osm.osm.WAY))
        .with_filter(osm.filter.KeyFilter("highway"))
    )


@dataclass(slots=True)
class _Kept:
    """Ways as they come in; long columns as plain arrays, for a list takes ten times the room."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    words: list[tuple[str, str]] = field(default_factory=list)
    doubts: array[float] = field(default_factory=lambda: array("d"))
    first: array[int] = field(default_factory=lambda: array("q", [0]))
    node: array[int] = field(default_factory=lambda: array("q"))
    east: array[int] = field(default_factory=lambda: array("q"))
    north: array[int] = field(default_factory=lambda: array("q"))

    def take(self, way: Any, tags: Mapping[str, str], near: frozenset[tuple[int, int]]) -> None:
        """Keep a way if one of its nodes is in one of the cells; nodes without place are left."""
        placed = [(one.ref, one.x, one.y) for one in way.nodes if one.location.valid()]
        if len(placed) < 2:
            return
        if not any(((x // _CELL) % _ROUND, y // _CELL) in near for _, x, y in placed):
            return
        for ref, x, y in placed:
            self.node.append(ref)
            self.east.append(x)
            self.north.append(y)
        self.first.append(len(self.node))
        self.ids.append(way.id)
        self.words.append((tags["highway"][:_LONGEST_TAG], tags.get("surface", "")[:_LONGEST_TAG]))
        self.doubts.append(doubt(tags))
        if len(self.node) > _MOST_NODES:
            raise OptionError("This walk crosses more map than can be held at once.")

    def ways(self) -> Ways:
        words = np.array(self.words, dtype=np.str_).reshape(-1, 2)
        return Ways(
            id=np.array(self.ids, dtype=np.int64),
            highway=words[:, 0],
            surface_tag=words[:, 1],
            doubt=np.array(self.doubts, dtype=np.float64),
            first=np.array(self.first, dtype=np.int64),
            node=np.array(self.node, dtype=np.int64),
            latitude_deg=np.array(self.north, dtype=np.float64) / 1e7,
            longitude_deg=np.array(self.east, dtype=np.float64) / 1e7,
        )


def _format_of(path: Path) -> str:
    """Tell the format by the first bytes; a name proves nothing."""
    with path.open("rb") as file:
        start = file.read(512)
    if start[4:].startswith(b"\x0a\x09OSMHeader"):
        return "pbf"
    for magic, name in _STARTS:
        if start.startswith(magic):
            return name
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"<?xml", b"<osm")) and b"<osm" in start:
        return "osm"
    raise OptionError(
        f"{path.name} is no OpenStreetMap file that we can read."
        if start
        else f"The map file {path.name} is empty.",
        "It should end in .osm.pbf, .osm, .osm.gz or .osm.bz2.",
    )


def _file(path: Path, kind: str) -> osmium.io.File:
    # A full path: osmium takes "-" and web addresses for something else than files.
    file: osmium.io.File = _osmium().io.File(str(path.resolve()), kind)
    return file


def _damaged(path: Path) -> DamagedFile:
    return DamagedFile(
        f"The map file {path.name} is damaged or breaks off.", "Get it again from where it came."
    )


def _torn() -> tuple[type[Exception], ...]:
    """Return what osmium raises for files that break off or hold nonsense."""
    return RuntimeError, ValueError, _osmium().InvalidLocationError


def _osmium() -> Any:
    try:
        import osmium
    except ImportError as error:
        raise MissingExtra("Maps", "terrain") from error
    return osmium
