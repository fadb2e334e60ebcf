"""The ground of a track, with the maps that the person has put into their folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenstride.model import TerrainProfile, Track

__all__ = ["MAPS", "ground_of"]

MAPS = "maps"
"""Folder in the person's own for maps (``*.osm.pbf``) and heights (``*.hgt``, ``*.tif``)."""


def ground_of(track: Track, home: Path) -> TerrainProfile:
    """Return the ground of a track; surface and heights come from the person's maps, if any."""
    from evenstride.terrain import terrain

    return terrain(track)
