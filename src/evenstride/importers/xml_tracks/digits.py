"""Many texts of the same field at once -> the values that ``values`` gives one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.xml_tracks.values import LOCAL, NO_TIME, UTC, moment, number

__all__ = ["Texts", "moments", "numbers"]

_EXACT = 1 << 53  # whole numbers up to here, divided by up to 10**22, are rounded once: as float()
_MOST_DIGITS = 18
_WIDEST = 20
_ZERO, _DOT, _MINUS, _Z = 48, 46, 45, 90
_SECOND_NS = 10**9
_MARKS = np.array([4, 7, 10, 13, 16])  # 2024-05-01T07:30:00
_SIGNS = np.frombuffer(b"--T::", np.uint8)
_CLOCK = np.array([0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18])


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

    def groups(self, key: NDArray[np.int64]) -> list[tuple[int, NDArray[np.intp]]]:
        """Return the rows of each key above 0."""
        there = np.flatnonzero(np.bincount(key)).tolist()
        return [(k, np.flatnonzero(key == k)) for k in there if k > 0]

    def table(self, rows: NDArray[np.intp], width: int) -> NDArray[np.uint8]:
        """Return the first bytes of some slices, one slice per row.

        Args:
            rows: Slices that have this many bytes before the end of ``data``.
            width: Bytes.
        """
        starts = max(self.data.size - width + 1, 0)
        windows: NDArray[np.void] = np.ndarray(
            (starts,), f"V{width}", buffer=self.data, strides=(1,)
        )
        return windows[self.start[rows]].view(np.uint8).reshape(rows.size, width)


def numbers(texts: Texts) -> NDArray[np.float64]:
    """Return the number in each text, exactly as ``number`` does."""
    out = np.full(len(texts), np.nan)
    rest = np.ones(len(texts), bool)
    fits = (texts.size > 0) & (texts.size <= _WIDEST)
    for size, same_size in texts.groups(np.where(fits, texts.size, 0)):
        table = texts.table(same_size, size)
        dots = table == _DOT
        dot = np.where(dots.any(axis=1), dots.argmax(axis=1), size)
        minus = table[:, 0] == _MINUS
        for key, group in texts.groups(dot * 2 + minus + 1):
            good, values = _decimal(table[group], (key - 1) // 2, minus=key % 2 == 0)
            rows = same_size[group[good]]
            out[rows] = values[good]
            rest[rows] = False
    for i in np.flatnonzero(rest).tolist():
        out[i] = number(texts.one(i))
    return out


def _decimal(
    table: NDArray[np.uint8], dot: int, *, minus: bool
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Read texts of one length with the decimal point at one place; say which are so."""
    size = table.shape[1]
    columns = [i for i in range(int(minus), size) if i != dot]
    if not 0 < len(columns) <= _MOST_DIGITS:
        return np.zeros(len(table), bool), np.zeros(len(table))
    digits = table[:, columns] - np.uint8(_ZERO)  # below "0" it wraps round to more than 9
    whole = digits.astype(np.int64) @ _tens(len(columns))
    good = np.all(digits <= 9, axis=1) & (whole <= _EXACT)
    values = whole / 10.0 ** max(size - 1 - dot, 0)
    return good, -values if minus else values


def moments(texts: Texts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the time in each text and its offset, exactly as ``moment`` does."""
    time_ns = np.full(len(texts), NO_TIME, np.int64)
    zone = np.full(len(texts), LOCAL, np.int64)
    rest = np.ones(len(texts), bool)
    usual = (texts.size == 20) | ((texts.size >= 22) & (texts.size <= 30))
    for size, rows in texts.groups(np.where(usual, texts.size, 0)):
        good, found = _clock(texts.table(rows, size))
        time_ns[rows[good]], zone[rows[good]] = found[good], UTC
        rest[rows[good]] = False
    for i in np.flatnonzero(rest).tolist():
        time_ns[i], zone[i] = moment(texts.one(i))
    return time_ns, zone


def _clock(table: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Read "2024-05-01T07:30:00Z", with or without a fraction; say which are so."""
    behind = max(table.shape[1] - 21, 0)
    columns = np.concatenate([_CLOCK, np.arange(20, 20 + behind)])
    raw = table[:, columns] - np.uint8(_ZERO)
    good = np.all(raw <= 9, axis=1) & np.all(table[:, _MARKS] == _SIGNS, axis=1)
    good &= (table[:, -1] == _Z) & ((table[:, 19] == _DOT) | (behind == 0))
    digits = raw.astype(np.int64)
    year, month, day = (
        digits[:, :4] @ _tens(4),
        digits[:, 4:6] @ _tens(2),
        digits[:, 6:8] @ _tens(2),
    )
    hour, minute, second = (digits[:, i : i + 2] @ _tens(2) for i in (8, 10, 12))
    good &= (year > 1800) & (year < 2200) & (month >= 1) & (month <= 12) & (day >= 1)
    good &= (hour <= 23) & (minute <= 59) & (second <= 60)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    good &= first + day <= after
    seconds = (first + day - 1) * 86_400 + hour * 3600 + minute * 60 + second
    fraction = digits[:, 14:] @ _tens(behind) * 10 ** (9 - behind)
    return good, np.where(good, seconds, 0) * _SECOND_NS + fraction


def _tens(count: int) -> NDArray[np.int64]:
    """Return what the digits of a whole number stand for."""
    return 10 ** np.arange(count - 1, -1, -1, dtype=np.int64)
