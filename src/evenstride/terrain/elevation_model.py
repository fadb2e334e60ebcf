"""Heights from a map of the ground on this computer: a folder of HGT tiles or GeoTIFF files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.terrain.geotiff import GeoTiff, geotiffs_in
from evenstride.terrain.hgt import HgtTile, hgt_in

__all__ = ["ElevationFolder", "ElevationModel", "elevation_folder"]

Floats = NDArray[np.float64]


class ElevationModel(Protocol):
    """Anything that knows how high the ground is."""

    @property
    def name(self) -> str:
        """What it is called, in plain words."""

    def heights(self, latitude_deg: Floats, longitude_deg: Floats) -> Floats:
        """Return the height in metres at each place, NaN where it is not known."""


@dataclass(frozen=True, slots=True)
class ElevationFolder:
    """The tiles of a folder; the first that knows a place is asked.

    Attributes:
        name: Of the folder.
        tiles: The tiles, finest first.
    """

    name: str
    tiles: Sequence[HgtTile | GeoTiff]

    def heights(self, latitude_deg: Floats, longitude_deg: Floats) -> Floats:
        """Return the height in metres at each place, NaN where no tile knows it."""
        heights = np.full(len(latitude_deg), np.nan)
        for tile in self.tiles:
            missing = np.isnan(heights)
            if not missing.any():
                break
            heights[missing] = tile.heights(latitude_deg[missing], longitude_deg[missing])
        return heights


def elevation_folder(path: Path | str) -> ElevationFolder:
    """Return the map of heights in a folder: HGT tiles (also packed), GeoTIFF files, or both.

    Args:
        path: The folder, or one such file.

    Raises:
        OptionError: If there is no such folder, or no map of heights in it.
        MissingExtra: If there are GeoTIFF files only, and what reads them is not installed.
    """
    place = Path(path)
    if not place.exists():
        raise OptionError(f"There is no folder “{path}”.", "Name a folder of elevation tiles.")
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    tiles: list[HgtTile | GeoTiff] = list(hgt_in(files))
    tiles += geotiffs_in(files)
    if not tiles:
        raise OptionError(
            f"“{path}” holds no map of heights that we know.",
            "It may hold HGT tiles, such as N46E014.hgt, or GeoTIFF files.",
        )
    return ElevationFolder(place.name, sorted(tiles, key=lambda tile: tile.spacing_deg))
