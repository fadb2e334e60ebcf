"""Many records at once: lane A, for exports as Apple usually writes them.

Nothing is believed unchecked. A record is taken here only if its line looks exactly as usual: the
tag stands at the left with one space before it, the type comes first, the last attributes are the
two times and the value, each of the usual length, and what stands before them is byte for byte the
same as in a record that ``tags`` has taken apart (but for an address in memory). Everything else is
handed back as a stretch of bytes for lane B.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.apple_health.heads import Heads
from evenstride.importers.apple_health.likes import alike
from evenstride.importers.apple_health.stamps import WIDEST_NUMBER, numbers, utc
from evenstride.importers.apple_health.windows import groups, windows, words

__all__ = ["PAD", "Lines", "scan"]

PAD = 256
"""So many bytes must follow the stretch that is scanned, whatever they are."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def _word(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text.ljust(8, b"\0"), "little"))


_RECORD, _RECORD_MASK = _word(b"Record"), np.uint64((1 << 48) - 1)
_RECORD_TYPE, _TYPE, _TYPE_MASK = _word(b"Record t"), _word(b'ype="'), np.uint64((1 << 40) - 1)
_ONLY_AT_THE_TOP = np.array([_word(b"Workout "), _word(b"Correlat"), _word(b"Activity")])
_BEFORE_TYPE = len(b'<Record type="')
_TYPE_BYTES = 64
_VALUE = _word(b' value="')
_LONGEST_VALUE = 72
_STAMP = b"0000-00-00 00:00:00 +0000"
_CREATED = b' creationDate="' + _STAMP + b'"'
_TIMES = b' startDate="' + _STAMP + b'" endDate="' + _STAMP + b'"'
_DIGITS = np.array([i for i, byte in enumerate(_STAMP) if byte == ord("0")])
_SIGN = _STAMP.index(b"+")
_SHORTEST = _BEFORE_TYPE + len(_CREATED + _TIMES)


@dataclass(slots=True)
class Lines:
    """What was found in a stretch of bytes.

    Attributes:
        others: Stretches (from, to) for lane B, each a whole element or something odd.
        unwanted: Number of records of types that nobody asked for.
        summaries: Number of summaries of days.
        at: Where each record starts.
        head: Number of its head.
        start_utc_ns: Begin.
        end_utc_ns: End.
        value: As written; NaN for text.
        inside: Where what is inside of the record begins; -1 if nothing is.
        stop: Where the record ends at the latest.
    """

    others: list[tuple[int, int]] = field(default_factory=list)
    unwanted: int = 0
    summaries: int = 0
    at: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    head: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    start_utc_ns: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    end_utc_ns: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    value: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    inside: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    stop: Ints = field(default_factory=lambda: np.zeros(0, np.int64))


def scan(data: bytes, end: int, heads: Heads) -> Lines | None:
    """Read the records of a stretch that begins outside of any element and ends before one.

    Args:
        data: The bytes; at least ``PAD`` more than the stretch.
        end: Where the stretch ends.
        heads: The heads so far; new ones are added.

    Returns:
        None if the layout is so unusual that all of it is for lane B.
    """
    every = np.frombuffer(data, np.uint8)
    left = np.flatnonzero(every[:end] == ord("<"))
    left = left[np.searchsorted(left, 2) :]
    name = words(data)[left + 1]
    at_the_top = (every[left - 1] == ord(" ")) & (every[left - 2] == ord("\n"))
    at_the_top &= (every[left + 1] >= ord("A")) & (every[left + 1] <= ord("Z"))
    if not at_the_top.any() or _misplaced(name[~at_the_top]):
        return None
    is_record = (name & _RECORD_MASK) == _RECORD
    top = left[at_the_top]
    stop = np.append(top[1:], end)
    usual = is_record[at_the_top] & (name[at_the_top] == _RECORD_TYPE)
    usual &= (words(data)[top + 9] & _TYPE_MASK) == _TYPE
    owner = np.searchsorted(top, left[is_record & ~at_the_top], side="right") - 1
    usual[owner[owner >= 0]] = False
    found = Lines(others=[(0, int(top[0]))])
    wanted = _wanted(data, top, usual, heads, found)
    taken = _records(data, top[wanted], stop[wanted], heads, found)
    usual[wanted[~taken]] = False
    alone = np.ones(len(top), bool)
    alone[owner[owner >= 0]] = False
    summary = (name[at_the_top] == _ONLY_AT_THE_TOP[2]) & alone
    found.summaries = int(np.count_nonzero(summary))
    odd = np.flatnonzero(~usual & ~summary)
    found.others += zip(top[odd].tolist(), stop[odd].tolist(), strict=True)
    return found


def _misplaced(name: NDArray[np.uint64]) -> bool:
    """Tell whether tags that are not at the top are such as can only stand there."""
    return any(bool((name == only).any()) for only in _ONLY_AT_THE_TOP)


def _wanted(data: bytes, top: Ints, usual: Bools, heads: Heads, found: Lines) -> NDArray[np.intp]:
    """Return which elements are records that are asked for; takes symptoms out of ``usual``."""
    rows = np.flatnonzero(usual)
    text = windows(data, _TYPE_BYTES)[top[rows] + _BEFORE_TYPE]
    word = text.view(np.uint64).reshape(-1, _TYPE_BYTES // 8)
    first, which, same = groups(word)
    uses = []
    for row in first.tolist():
        kind, quote, _ = text[row].tobytes().partition(b'"')
        plain = quote and b"&" not in kind and kind.isascii()
        uses.append(heads.use(kind.decode()) if plain else "odd")
    unwanted = np.array([use == "unwanted" for use in uses], bool)[which] & same
    value = np.array([use == "value" for use in uses], bool)[which] & same
    found.unwanted = int(np.count_nonzero(unwanted))
    usual[rows[~(unwanted | value)]] = False
    chosen: NDArray[np.intp] = rows[value]
    return chosen


def _records(data: bytes, at: Ints, stop: Ints, heads: Heads, found: Lines) -> Bools:
    """Put records into ``found``; return which of them look as usual, and so were taken."""
    taken = np.zeros(len(at), bool)
    if not len(at):
        return taken
    every = np.frombuffer(data, np.uint8)
    right = np.flatnonzero(every[at[0] : stop[-1]] == ord(">")) + at[0]
    order = np.searchsorted(right, at)
    good = order < len(right)
    tag_end = right[np.where(good, order, 0)] if len(right) else np.zeros(len(at), np.int64)
    good &= tag_end < stop
    empty = every[tag_end - 1] == ord("/")
    quote = tag_end - 1 - empty
    good &= (every[quote] == ord('"')) & (quote - at > _SHORTEST)
    rows = np.flatnonzero(good)
    row_quote = quote[rows]
    text, length = _value_texts(data, row_quote)
    opening = row_quote - length - 1
    good_rows = (length >= 0) & (words(data)[opening - 7] == _VALUE)
    begin = opening - 7 - len(_TIMES)
    good_rows &= begin - at[rows] > len(_CREATED)
    begin = np.where(good_rows, begin, len(_CREATED))
    start, end, times_good, created = _times(data, begin)
    good_rows &= times_good
    rows, begin = rows[good_rows], begin[good_rows]
    head_end = begin - len(_CREATED) * created[good_rows]
    head = alike(data, at[rows], head_end, heads)
    kept = head >= 0
    which = rows[kept]
    taken[which] = True
    of = np.flatnonzero(good_rows)[kept]
    found.at, found.stop, found.head = at[which], stop[which], head[kept]
    found.start_utc_ns, found.end_utc_ns = start[of], end[of]
    found.inside = np.where(empty[which], -1, tag_end[which] + 1)
    no_number = np.array([heads.heads[i].no_number for i in range(len(heads.heads))], bool)
    found.value = _values(text[of], length[of], no_number[found.head])
    return taken


def _value_texts(data: bytes, quote: Ints) -> tuple[NDArray[np.uint8], Ints]:
    """Return the bytes before each closing quote, and how many are the value; -1: too long."""
    text = windows(data, WIDEST_NUMBER)[quote - WIDEST_NUMBER]
    opening = text[:, ::-1] == ord('"')
    length = np.where(opening.any(axis=1), opening.argmax(axis=1), -1)
    long = np.flatnonzero(length < 0)
    if len(long):
        opening = windows(data, _LONGEST_VALUE)[quote[long] - _LONGEST_VALUE][:, ::-1] == ord('"')
        length[long] = np.where(opening.any(axis=1), opening.argmax(axis=1), -1)
    return text, length


def _values(text: NDArray[np.uint8], length: Ints, no_number: Bools) -> NDArray[np.float64]:
    value = np.full(len(text), np.nan)
    rows = np.flatnonzero(~no_number & (length <= WIDEST_NUMBER))
    value[rows] = numbers(text[rows], length[rows])
    return value


def _times(data: bytes, begin: Ints) -> tuple[Ints, Ints, Bools, Bools]:
    """Return start and end, whether both are as usual, and whether a creation date is before."""
    size = len(_CREATED) + len(_TIMES)
    text = windows(data, size)[begin - len(_CREATED)]
    pattern = np.frombuffer(_CREATED + _TIMES, np.uint8)
    digit = np.zeros(size, bool)
    places = [_CREATED.index(_STAMP), len(_CREATED) + _TIMES.index(_STAMP)]
    places.append(len(_CREATED) + _TIMES.rindex(_STAMP))
    for place in places:
        digit[place + _DIGITS] = True
        digit[place + _SIGN] = True
    fixed = np.flatnonzero(~digit)
    match = text[:, fixed] == pattern[fixed]
    edge = int(np.searchsorted(fixed, len(_CREATED)))
    created = match[:, :edge].all(axis=1) & (_digits(text, places[0]) <= 9).all(axis=1)
    start, start_good = utc(_digits(text, places[1]), text[:, places[1] + _SIGN])
    end, end_good = utc(_digits(text, places[2]), text[:, places[2] + _SIGN])
    return start, end, match[:, edge:].all(axis=1) & start_good & end_good, created


def _digits(text: NDArray[np.uint8], place: int) -> NDArray[np.uint8]:
    return text[:, place + _DIGITS] - np.uint8(ord("0"))
