"""GeoTIFF files of heights, in any map projection; needs the extra ``terrain``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import MissingExtra

__all__ = ["GeoTiff", "geotiffs_in"]

Floats = NDArray[np.float64]

_SUFFIXES = (".tif", ".tiff")
_METRES_PER_DEGREE = 111_195.0
_MOST_CELLS = 50_000_000


@dataclass(frozen=True, slots=True)
class GeoTiff:
    """One file.

    Attributes:
        path: The file.
        spacing_deg: Degrees between two heights, about.
    """

    path: Path
    spacing_deg: float

    def heights(self, latitude_deg: Floats, longitude_deg: Floats) -> Floats:
        """Return heights between the four around each place; NaN outside and beside a void."""
        import rasterio
        from rasterio.errors import RasterioError
        from rasterio.warp import transform

        heights = np.full(len(latitude_deg), np.nan)
        known = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
        try:
            with rasterio.open(self.path) as file:
                places = transform("EPSG:4326", file.crs, longitude_deg[known], latitude_deg[known])
                east, north = np.array(places[0]), np.array(places[1])
                to = ~file.transform
                # The value of a cell belongs to its middle.
                column = to.a * east + to.b * north + to.c - 0.5
                row = to.d * east + to.e * north + to.f - 0.5
                heights[known] = _between(file, row, column)
        except (RasterioError, OSError):
            return heights
        return heights


def geotiffs_in(files: Iterable[Path]) -> list[GeoTiff]:
    """Return every GeoTIFF of heights among files.

    Raises:
        MissingExtra: If there is one, and what reads it is not installed.
    """
    paths = [path for path in files if path.suffix.lower() in _SUFFIXES and path.is_file()]
    if not paths:
        return []
    try:
        import rasterio
        from rasterio.errors import RasterioError
    except ImportError as error:
        raise MissingExtra("Maps of heights", "terrain") from error
    found = []
    for path in paths:
        try:
            with rasterio.open(path) as file:
                if file.crs is None:
                    continue
                size = abs(float(file.transform.a))
                found.append(
                    GeoTiff(path, size if file.crs.is_geographic else size / _METRES_PER_DEGREE)
                )
        except (RasterioError, OSError):
            continue
    return found


def _between(file: object, row: Floats, column: Floats) -> Floats:
    from rasterio.windows import Window

    tall, wide = int(file.height), int(file.width)  # type: ignore[attr-defined]
    with np.errstate(invalid="ignore"):
        inside = (row >= 0) & (row <= tall - 1) & (column >= 0) & (column <= wide - 1)
    heights = np.full(len(row), np.nan)
    if not inside.any():
        return heights
    row, column = row[inside], column[inside]
    top, left = int(row.min()), int(column.min())
    down, across = min(int(row.max()) + 2, tall) - top, min(int(column.max()) + 2, wide) - left
    if down * across > _MOST_CELLS:
        return heights
    window = Window(left, top, across, down)
    read = file.read(1, window=window, masked=True)  # type: ignore[attr-defined]
    cells = np.asarray(read.astype(np.float64).filled(np.nan))
    above = np.minimum((row - top).astype(np.intp), max(down - 2, 0))
    before = np.minimum((column - left).astype(np.intp), max(across - 2, 0))
    lower, right = row - top - above, column - left - before
    found = np.zeros(len(row))
    for y, y_part in ((above, 1.0 - lower), (np.minimum(above + 1, down - 1), lower)):
        for x, part in ((before, 1.0 - right), (np.minimum(before + 1, across - 1), right)):
            weight = y_part * part
            found += np.where(weight > 0.0, cells[y, x] * weight, 0.0)
    heights[inside] = found
    return heights
