"""Views of bytes as overlapping windows, so that many places are picked in one step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Windows", "groups", "windows", "words"]

_LONGEST = 256  # words of a row
_MIX = np.array(
    [(0x9E3779B97F4A7C15 * (2 * i + 1) ** 5) & (2**64 - 1) | 1 for i in range(_LONGEST)], np.uint64
)


class Windows:
    """Windows of one width at every place of a buffer; ``windows[places]`` copies some of them."""

    def __init__(self, data: bytes, width: int) -> None:
        self._width = width
        shape = (max(len(data) - width + 1, 0),)
        self._views = np.ndarray(shape, f"V{width}", buffer=data, strides=(1,))

    def __getitem__(self, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        picked = np.ascontiguousarray(self._views[places])
        return picked.view(np.uint8).reshape(len(places), self._width)


def windows(data: bytes, width: int) -> Windows:
    """Return the windows of ``width`` bytes at every place."""
    return Windows(data, width)


def words(data: bytes) -> NDArray[np.uint64]:
    """Return eight bytes from every place on as one number, the first byte lowest."""
    return np.ndarray((max(len(data) - 7, 0),), "<u8", buffer=data, strides=(1,))


def groups(
    rows: NDArray[np.uint64],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
    """Put equal rows together.

    Returns:
        The first row of each group, the group of each row, and whether the row is truly the same as
        the first one of its group: they are put together by a checksum.
    """
    if len(rows) and (rows == rows[0]).all():
        return np.zeros(1, np.intp), np.zeros(len(rows), np.intp), np.ones(len(rows), bool)
    mixed = rows @ _MIX[: rows.shape[1]]
    _, first, which = np.unique(mixed, return_index=True, return_inverse=True)
    return first, which, (rows == rows[first[which]]).all(axis=1)
