"""The ground of a track, with the maps that the person has put into their folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from evenstride.errors import EvenstrideError

if TYPE_CHECKING:
    from evenstride.model import TerrainProfile, Track
    from evenstride.terrain import ElevationModel, Ways

__all__ = ["MAPS", "Warned", "ground_of"]

MAPS = "maps"
"""Folder in the person's own for a map (``*.osm.pbf``) and for heights (``*.hgt``, ``*.tif``)."""

_MAPS = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")
_HEIGHTS = (".hgt", ".hgt.gz", ".hgt.zip", ".tif", ".tiff")


class Warned(Protocol):
    """Takes a warning."""

    def warn(self, sentence: str) -> None:
        """Take note of a sentence; the same again is the same."""


def ground_of(track: Track, home: Path, warned: Warned | None = None) -> TerrainProfile:
    """Return the ground of a track; surface and heights come from the person's maps, if any.

    A map that cannot be read never keeps a walk from being kept: the ground is told without it.

    Args:
        track: The track.
        home: The person's folder.
        warned: Takes note of maps that could not be read.
    """
    from evenstride.terrain import terrain

    try:
        ways, heights = _maps(_files(home / MAPS))
        return terrain(track, elevation_model=heights, ways=ways)
    except EvenstrideError as error:
        if warned is not None:
            warned.warn(f"The maps in {home / MAPS} were not used. {error}")
        return terrain(track)


def _files(folder: Path) -> tuple[tuple[Path, int, int], ...]:
    """Return the files of a folder with their size and time, so that a new map is seen."""
    try:
        found = [(path, path.stat()) for path in sorted(folder.iterdir()) if path.is_file()]
    except OSError:
        return ()
    return tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in found)


@lru_cache(maxsize=4)
def _maps(
    files: tuple[tuple[Path, int, int], ...],
) -> tuple[Ways | None, ElevationModel | None]:
    """Return the first map of ways among files, and all maps of heights."""
    from evenstride.terrain import elevation_folder
    from evenstride.terrain.surface import open_map

    paths = [path for path, *_ in files]
    ways = next((path for path in paths if path.name.lower().endswith(_MAPS)), None)
    heights = next((path for path in paths if path.name.lower().endswith(_HEIGHTS)), None)
    return (
        None if ways is None else open_map(ways),
        None if heights is None else elevation_folder(heights.parent),
    )
