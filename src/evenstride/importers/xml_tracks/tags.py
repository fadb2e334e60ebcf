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
    kind = np.full(lt.size, POINT, np.int64)
    kinds: list[bytes] = []
    rest, size = np.flatnonzero(~point), gt - lt + 1
    while rest.size:
        if len(kinds) == _MOST_KINDS:
            return None
        first = int(rest[0])
        pattern = data[lt[first] : gt[first] + 1].tobytes()
        alike = size[rest] == len(pattern)
        alike[alike] = _same(data, lt[rest[alike]], pattern)
        kind[rest[alike]] = len(kinds)
        kinds.append(pattern)
        rest = rest[~alike]
    return Tags(data, lt, gt, kind, kinds)


def _same(data: NDArray[np.uint8], places: NDArray[np.int64], pattern: bytes) -> NDArray[np.bool_]:
    """Compare eight bytes at a time; what reaches beyond the end is not the same."""
    out = places <= data.size - len(pattern)
    for at in range(0, len(pattern), _WORD):
        part = pattern[at : at + _WORD]
        if len(part) == _WORD:
            words: NDArray[np.uint64] = np.ndarray(
                (max(data.size - _WORD + 1, 0),), "<u8", buffer=data, strides=(1,)
            )
            inside = np.minimum(places + at, max(words.size - 1, 0))
            out &= words[inside] == np.frombuffer(part, "<u8")[0] if words.size else False
        else:
            for i, byte in enumerate(part):
                out &= data.take(places + at + i, mode="clip") == byte
    return out
