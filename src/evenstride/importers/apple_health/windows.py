"""Views of bytes as overlapping windows, so that many places are picked in one step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Windows", "windows", "words"]


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
