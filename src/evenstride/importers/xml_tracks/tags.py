"""All tags of some bytes at once: where they stand, and which are written alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Tags", "tags_of"]

_LT, _GT, _BANG, _QUESTION = 60, 62, 33, 63
_MOST_KINDS = 80
_WORD = 8
POINT = -1


@dataclass(frozen=True, slots=True, eq=False)
class Tags:
    """The tags of some bytes, in their order.

    Attributes:
        data: The bytes as numbers.
        lt: Where each tag begins.
        gt: Where its last sign stands.
        kind: Row of ``kinds``; -1 for the begin of a point, whose attributes differ.
        kinds: The bytes of each kind of tag, from "<" to ">".
    """

    data: NDArray[np.uint8]
    lt: NDArray[np.int64]
    gt: NDArray[np.int64]
    kind: NDArray[np.int64]
    kinds: list[bytes]

    def same(self, places: NDArray[np.int64], pattern: bytes) -> NDArray[np.bool_]:
        """Tell at which places these bytes stand."""
        return _same(self.data, places, pattern)


def tags_of(data: NDArray[np.uint8], begin: bytes) -> Tags | None:
    """Find the tags, or return None if the signs < and > are not in good order.

    Args:
        data: From the begin of a point to the end of one.
        begin: How a point begins, such as b"<trkpt".
    """
    lt, gt = np.flatnonzero(data == _LT), np.flatnonzero(data == _GT)
    if lt.size != gt.size or np.any(lt >= gt) or np.any(gt[:-1] >= lt[1:]):
        return None
    mark = data[lt + 1]
    if np.any((mark == _BANG) | (mark == _QUESTION)):
        return None
    after = data.take(lt + len(begin), mode="clip")
    ends = (after == _GT) | (after == 32) | ((after >= 9) & (after <= 13))
    point = ends & _same(data, lt, begin)
    kinds = _Kinds(data, lt, gt - lt + 1)
    kinds.guess(point)
    return Tags(data, lt, gt, kinds.kind, kinds.kinds) if kinds.settle(point) else None


class _Kinds:
    """Sorts tags by their bytes."""

    def __init__(
        self, data: NDArray[np.uint8], lt: NDArray[np.int64], size: NDArray[np.int64]
    ) -> None:
        self._data, self._lt, self._size = data, lt, size
        self.kind = np.full(lt.size, POINT, np.int64)
        self.kinds: list[bytes] = []

    def guess(self, point: NDArray[np.bool_]) -> None:
        """Try whether every point has the tags of the first, which saves most of the search."""
        begins = np.flatnonzero(point[: _MOST_KINDS + 2])[:2]
        if begins.size < 2 or begins[0] != 0:
            return
        period = int(begins[1])
        for place in range(1, period):
            pattern = self._pattern(place)
            number = self._number(pattern)
            self.kind[place::period] = np.where(
                (self._size[place::period] == len(pattern))
                & _same(self._data, self._lt[place::period], pattern),
                number,
                POINT,
            )

    def settle(self, point: NDArray[np.bool_]) -> bool:
        """Sort what is left; False if there are too many kinds for a file in good order."""
        rest = np.flatnonzero(~point & (self.kind == POINT))
        known = list(self.kinds)
        while rest.size:
            if len(self.kinds) > _MOST_KINDS:
                return False
            pattern = known.pop(0) if known else self._pattern(int(rest[0]))
            number = self._number(pattern)
            alike = self._size[rest] == len(pattern)
            alike[alike] = _same(self._data, self._lt[rest[alike]], pattern)
            self.kind[rest[alike]] = number
            rest = rest[~alike]
        return True

    def _pattern(self, tag: int) -> bytes:
        start = int(self._lt[tag])
        return self._data[start : start + int(self._size[tag])].tobytes()

    def _number(self, pattern: bytes) -> int:
        if pattern not in self.kinds:
            self.kinds.append(pattern)
        return self.kinds.index(pattern)


def _same(data: NDArray[np.uint8], places: NDArray[np.int64], pattern: bytes) -> NDArray[np.bool_]:
    """Compare eight bytes at a time; what reaches beyond the end is not the same."""
    words: NDArray[np.uint64] = np.ndarray(
        (max(data.size - _WORD + 1, 0),), "<u8", buffer=data, strides=(1,)
    )
    if not words.size:
        return np.zeros(places.size, bool)
    last = words.size - 1
    if len(pattern) < _WORD:  # an end tag of a point, which is longer, ends the data
        mask = np.uint64((1 << 8 * len(pattern)) - 1)
        wanted = np.uint64(int.from_bytes(pattern, "little"))
        alike: NDArray[np.bool_] = words[np.minimum(places, last)] & mask == wanted
        return np.logical_and(places <= last, alike)
    out = places <= data.size - len(pattern)
    for at in (*range(0, len(pattern) - _WORD, _WORD), len(pattern) - _WORD):
        part = np.uint64(int.from_bytes(pattern[at : at + _WORD], "little"))
        out &= words[np.minimum(places + at, last)] == part
    return out
