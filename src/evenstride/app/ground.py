"""The ground of a track, with the maps that the person has put into their folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenstride.model import TerrainProfile, Track
    from evenstride.terrain import ElevationModel, Ways

__all__ = ["MAPS", "ground_of"]

MAPS = "maps"
"""Folder in the person's own for a map (``*.osm.pbf``) and for heights (``*.hgt``, ``*.tif``)."""

_MAPS = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")
_HEIGHTS = (".hgt", ".hgt.gz", ".hgt.zip", ".tif", ".tiff")


def ground_of(track: Track, home: Path) -> TerrainProfile:
    """Return the ground of a track; surface and heights come from the person's maps, if any.

    Raises:
        EvenstrideError: If there are maps, and they cannot be read.
    """
    from evenstride.terrain import terrain

    ways, heights = _maps(home / MAPS)
    return terrain(track, elevation_model=heights, ways=ways)


@lru_cache(maxsize=4)
def _maps(folder: Path) -> tuple[Ways | None, ElevationModel | None]:
    """Return the first map of ways in a folder, and all maps of heights."""
    from evenstride.terrain import elevation_folder
    from evenstride.terrain.surface import open_map

    files = sorted(folder.iterdir()) if folder.is_dir() else []
    ways = next((file for file in files if file.name.lower().endswith(_MAPS)), None)
    heights = any(file.name.lower().endswith(_HEIGHTS) for file in files)
    return (
        None if ways is None else open_map(ways),
        elevation_folder(folder) if heights else None,
    )
