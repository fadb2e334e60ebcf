"""Many texts of the same field at once -> the values that ``values`` gives one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.xml_tracks.values import LOCAL, NO_TIME, UTC, moment, number

__all__ = ["Texts", "moments", "numbers"]

_EXACT = 1 << 53  # whole numbers up to here, divided by up to 10**22, are rounded once: as float()
_WIDEST = 24
_POWERS = 10.0 ** np.arange(23)
_ZERO, _DOT, _MINUS = 48, 46, 45
_SECOND_NS = 10**9
_MARKS = ((4, 45), (7, 45), (10, 84), (13, 58), (16, 58))  # 2024-05-01T07:30:00


class Texts:
    """Slices of the same bytes.

    Attributes:
        data: The bytes as numbers.
        start: Where each slice begins.
        size: Its length.
    """

    def __init__(
        self, data: NDArray[np.uint8], start: NDArray[np.int64], stop: NDArray[np.int64]
    ) -> None:
        self.data = data
        self.start = start
        self.size = stop - start

    def __len__(self) -> int:
        return self.start.size

    def one(self, i: int) -> bytes:
        """Return one slice."""
        start = int(self.start[i])
        return self.data[start : start + int(self.size[i])].tobytes()

    def column(self, place: int) -> NDArray[np.uint8]:
        """Return the byte at a place of every slice; what lies behind its end means nothing."""
        if not self.data.size:
            return np.zeros(len(self), np.uint8)
        return self.data.take(self.start + place, mode="clip")


def numbers(texts: Texts) -> NDArray[np.float64]:
    """Return the number in each text, exactly as ``number`` does."""
    size = texts.size
    widest = int(min(size.max(initial=0), _WIDEST))
    whole = np.zeros(len(texts), np.int64)
    dot_at = np.full(len(texts), -1, np.int64)
    first = texts.column(0)
    minus = first == _MINUS
    plain = (size > 0) & (size <= _WIDEST)
    digits = np.zeros(len(texts), np.int64)
    for place in range(widest):
        byte = texts.column(place)
        inside = size > place
        digit = byte - np.uint8(_ZERO)  # what is below "0" wraps round to more than 9
        is_digit = (digit <= 9) & inside
        whole = np.where(is_digit, whole * 10 + digit, whole)
        digits += is_digit
        is_dot = (byte == _DOT) & inside
        plain &= ~is_dot | (dot_at < 0)
        dot_at[is_dot] = place
        other = inside & ~is_digit & ~is_dot
        plain &= ~(other & ~minus) if place == 0 else ~other
    behind = np.where(dot_at >= 0, size - 1 - dot_at, 0)
    plain &= (digits > 0) & (digits <= 18) & (whole <= _EXACT) & (behind >= 0)
    out: NDArray[np.float64] = whole / _POWERS[np.clip(behind, 0, 22)]
    np.negative(out, out=out, where=minus)
    for i in np.flatnonzero(~plain).tolist():
        out[i] = number(texts.one(i))
    return out


def moments(texts: Texts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the time in each text and its offset, exactly as ``moment`` does."""
    time_ns = np.full(len(texts), NO_TIME, np.int64)
    zone = np.full(len(texts), LOCAL, np.int64)
    rest = np.ones(len(texts), bool)
    for size in np.unique(texts.size).tolist():
        if size == 20 or 22 <= size <= 30:
            rows = np.flatnonzero(texts.size == size)
            group = Texts(texts.data, texts.start[rows], texts.start[rows] + size)
            good, found = _alike(group, size)
            time_ns[rows[good]], zone[rows[good]] = found[good], UTC
            rest[rows[good]] = False
    for i in np.flatnonzero(rest).tolist():
        time_ns[i], zone[i] = moment(texts.one(i))
    return time_ns, zone


def _alike(texts: Texts, size: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Read "2024-05-01T07:30:00Z", with or without a fraction; say which are so."""
    good = texts.column(size - 1) == ord("Z")
    for place, mark in _MARKS:
        good &= texts.column(place) == mark
    good &= (texts.column(19) == _DOT) | (size == 20)

    def value(begin: int, end: int) -> NDArray[np.int64]:
        total = np.zeros(len(texts), np.int64)
        for place in range(begin, end):
            digit = texts.column(place) - np.uint8(_ZERO)
            np.logical_and(good, digit <= 9, out=good)
            total = total * 10 + digit
        return total

    year, month, day = value(0, 4), value(5, 7), value(8, 10)
    hour, minute, second = value(11, 13), value(14, 16), value(17, 19)
    fraction = value(20, size - 1) * 10 ** (30 - size) if size > 20 else np.zeros_like(year)
    good &= (year > 1800) & (year < 2200) & (month >= 1) & (month <= 12) & (day >= 1)
    good &= (hour <= 23) & (minute <= 59) & (second <= 60)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    good &= first + day <= after
    seconds = (first + day - 1) * 86_400 + hour * 3600 + minute * 60 + second
    seconds = np.where(good, seconds, 0)
    return good, seconds * _SECOND_NS + fraction
