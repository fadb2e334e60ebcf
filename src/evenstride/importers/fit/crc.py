"""The check sum of FIT files (CRC-16), folded in halves so that NumPy does the work.

Adding a byte to a check sum is linear, and zeros in front change nothing. So two halves of a text
can be summed on their own: the sum of the first is moved over the length of the second, by one
look-up in a table, and both are combined. Folding again and again leaves few.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["check_sum"]

_POLYNOMIAL = 0xA001
_WORDS = 1 << 16
_SHORT = 1000
_FEW_WORDS = 64


def _one_bit(state: NDArray[np.uint16]) -> NDArray[np.uint16]:
    return (state >> np.uint16(1)) ^ ((state & np.uint16(1)) * np.uint16(_POLYNOMIAL))


@cache
def _moved(level: int) -> NDArray[np.uint16]:
    """Return what becomes of each sum when ``2 << level`` zero bytes follow it."""
    if level == 0:
        state: NDArray[np.uint16] = np.arange(_WORDS, dtype=np.uint16)
        for _ in range(16):
            state = _one_bit(state)
        return state
    half = _moved(level - 1)
    return half[half]


@cache
def _table() -> list[int]:
    """Return what becomes of the sum of each byte."""
    state = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        state = _one_bit(state)
    return [int(value) for value in state]


def _one_by_one(data: bytes | memoryview) -> int:
    """Return the same for few bytes, for which NumPy is no help."""
    table, state = _table(), 0
    for byte in data:
        state = (state >> 8) ^ table[(state ^ byte) & 0xFF]
    return state


def check_sum(data: bytes | memoryview) -> int:
    """Return the CRC-16 of FIT over bytes."""
    if len(data) < _SHORT:
        return _one_by_one(data)
    even = data if len(data) % 2 == 0 else b"\0" + bytes(data)
    words: NDArray[np.uint16] = np.frombuffer(even, dtype="<u2")
    level = 0
    while len(words) > _FEW_WORDS:
        if len(words) % 2:
            words = np.concatenate((np.zeros(1, np.uint16), words))
        words = _moved(level)[words[0::2]] ^ words[1::2]
        level += 1
    step, state = _moved(level), 0
    for word in words.tolist():
        state = int(step[state]) ^ word
    return int(_moved(0)[state])
