"""HGT tiles: a square degree of heights as plain big-endian numbers, as SRTM was given out."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["HgtTile", "hgt_in"]

Floats = NDArray[np.float64]

_NAME = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
_SIDES = (3601, 1201)
_SIZES = {2 * side * side: side for side in _SIDES}
_LARGEST = max(_SIZES)
_VOID = -32768


@dataclass(frozen=True, eq=False)
class HgtTile:
    """One square degree.

    Attributes:
        south_deg: Latitude of its lower edge.
        west_deg: Longitude of its left edge.
        rows: Heights from north to south, west to east; edges are shared with the neighbours.
    """

    south_deg: int
    west_deg: int
    rows: NDArray[np.int16]

    @property
    def spacing_deg(self) -> float:
        """Degrees between two heights."""
        return 1.0 / (len(self.rows) - 1)

    def heights(self, latitude_deg: Floats, longitude_deg: Floats) -> Floats:
        """Return heights between the four around each place; NaN outside and beside a void."""
        last = len(self.rows) - 1
        down = (self.south_deg + 1 - latitude_deg) * last
        across = (longitude_deg - self.west_deg) * last
        with np.errstate(invalid="ignore"):
            inside = (down >= 0) & (down <= last) & (across >= 0) & (across <= last)
        heights = np.full(len(latitude_deg), np.nan)
        if not inside.any():
            return heights
        down, across = down[inside], across[inside]
        top = np.minimum(down.astype(np.intp), last - 1)
        left = np.minimum(across.astype(np.intp), last - 1)
        lower, right = down - top, across - left
        found = np.zeros(len(down))
        for row, row_part in ((top, 1.0 - lower), (top + 1, lower)):
            for column, part in ((left, 1.0 - right), (left + 1, right)):
                corner = self.rows[row, column].astype(np.float64)
                corner[corner == _VOID] = np.nan
                weight = row_part * part
                found += np.where(weight > 0.0, corner * weight, 0.0)
        heights[inside] = found
        return heights


def hgt_in(files: Iterable[Path]) -> Iterator[HgtTile]:
    """Yield every HGT tile among files; one that is packed is unpacked in memory.

    Which square it is only the name tells, as in N46E014.hgt; which resolution, the size.
    """
    for path in files:
        corner = _corner(path.name)
        if corner is None or not path.is_file():
            continue
        rows = _rows(path)
        if rows is not None:
            yield HgtTile(*corner, rows)


def _corner(name: str) -> tuple[int, int] | None:
    found = _NAME.search(name)
    if found is None or (".hgt" not in name.lower() and not name.lower().endswith(".zip")):
        return None
    south = int(found[2]) * (1 if found[1].upper() == "N" else -1)
    west = int(found[4]) * (1 if found[3].upper() == "E" else -1)
    return (south, west) if -90 <= south < 90 and -180 <= west < 180 else None


def _rows(path: Path) -> NDArray[np.int16] | None:
    side = _SIZES.get(path.stat().st_size)
    if side:
        return np.memmap(path, dtype=">i2", mode="r", shape=(side, side))
    try:
        data = _unpacked(path)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    side = _SIZES.get(len(data))
    return np.frombuffer(data, dtype=">i2").reshape(side, side) if side else None


def _unpacked(path: Path) -> bytes:
    """Return what is packed in a file; never more than the largest tile, whatever it claims."""
    if path.suffix.lower() == ".gz":
        with gzip.open(path) as file:
            return file.read(_LARGEST + 1)
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.lower().endswith(".hgt"):
                    with archive.open(name) as file:
                        return file.read(_LARGEST + 1)
    return b""
