"""Heads of records that are the same byte for byte, but for an address in memory."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.apple_health.heads import Heads
from evenstride.importers.apple_health.tags import elements
from evenstride.importers.apple_health.windows import groups, windows

__all__ = ["alike"]

Ints = NDArray[np.int64]

_ADDRESS = re.compile(rb'device="(?:<<|&lt;&lt;)HKDevice: 0x([0-9a-fA-F]+)')
_LONGEST_HEAD = 2048
_MOST_ROUNDS = 8
_MOST_MET = 4096
_NOT_IN_A_HEAD = (b"creationDate", b"startDate", b"endDate", b"value")
_HEX = np.zeros(256, bool)
_HEX[np.frombuffer(b"0123456789abcdefABCDEF", np.uint8)] = True


def alike(data: bytes, start: Ints, end: Ints, heads: Heads) -> Ints:
    """Return the number of each record's head; -1 for one that is for lane B.

    One head of each kind is taken apart; the others are compared with it.

    Args:
        data: The bytes.
        start: Where each record begins.
        end: Where its head ends.
        heads: The heads so far; new ones are added.
    """
    number = np.full(len(start), -1, np.int64)
    length = end - start
    for size in np.unique(length).tolist():
        if size > _LONGEST_HEAD:
            continue
        rows = np.flatnonzero(length == size)
        padded = -(-size // 8) * 8
        text = windows(data, padded)[start[rows]]
        text[:, size:] = 0
        for _ in range(_MOST_ROUNDS):
            if not len(rows):
                break
            done = _of_one_layout(text, size, number, rows, heads)
            rows, text = rows[~done], text[~done]
    return number


def _of_one_layout(
    text: NDArray[np.uint8], size: int, number: Ints, rows: Ints, heads: Heads
) -> NDArray[np.bool_]:
    """Number the heads whose address stands where that of the first one does."""
    place = _address(text[0, :size].tobytes())
    hidden = text.copy()
    hidden[:, place[0] : place[1]] = ord("0")
    word = hidden.view(np.uint64)
    first, which, same = groups(word)
    same &= _HEX[text[:, place[0] : place[1]]].all(axis=1)
    done = np.zeros(len(rows), bool)
    for group, row in enumerate(first.tolist()):
        raw = text[row, :size].tobytes()
        if _address(raw) != place:
            continue
        members = (which == group) & same
        done |= members
        number[rows[members]] = _parsed(hidden[row, :size].tobytes(), heads)
    done[0] = True  # it was looked at, so that every round moves on
    return done


def _address(head: bytes) -> tuple[int, int]:
    found = _ADDRESS.search(head)
    return (0, 0) if found is None else found.span(1)


def _parsed(head: bytes, heads: Heads) -> int:
    """Return the number of a head that may have been met before; -1 if it is odd."""
    found = heads.met.get(head)
    if found is None:
        found = _taken_apart(head, heads)
        if len(heads.met) < _MOST_MET:
            heads.met[head] = found
    return found


def _taken_apart(head: bytes, heads: Heads) -> int:
    (element, *more), _ = elements(head + b"/>", 0, len(head) + 2, final=True)
    odd = bool(more) or not element.sound or element.name != b"Record"
    if odd or any(name in element.attributes for name in _NOT_IN_A_HEAD):
        return -1
    return heads.number(element.attributes)
