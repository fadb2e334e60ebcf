"""Times and numbers of many records at once, as NumPy columns: the same results as ``texts``."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.apple_health.texts import EARLIEST_YEAR, LATEST_YEAR, number

__all__ = ["WIDEST_NUMBER", "numbers", "utc"]

WIDEST_NUMBER = 24
"""Bytes before the closing quote that ``numbers`` is given."""

_EXACT_DIGITS = 15  # whole numbers of so many digits, and powers of ten, are exact as float64
_POWERS = 10.0 ** np.arange(WIDEST_NUMBER + 1)
_DOT, _ZERO = 46, 48


def _months() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first day and the length of each month, from January of the earliest year."""
    years = range(EARLIEST_YEAR, LATEST_YEAR)
    epoch = date(1970, 1, 1).toordinal()
    firsts = [date(y, m, 1).toordinal() - epoch for y in years for m in range(1, 13)]
    firsts.append(date(LATEST_YEAR, 1, 1).toordinal() - epoch)
    table = np.array(firsts, np.int64)
    return table[:-1], np.diff(table)


_FIRST_DAY, _DAYS = _months()

# "YYYYMMDDHHMMSShhmm": the month counted from year 0, day, seconds of the day, offset in minutes.
_WEIGHTS = np.zeros((18, 5))
_WEIGHTS[0:4, 0] = np.array([1000, 100, 10, 1]) * 12
_WEIGHTS[4:6, 0] = _WEIGHTS[4:6, 1] = [10, 1]
_WEIGHTS[6:8, 2] = [10, 1]
_WEIGHTS[8:14, 3] = np.array([10, 1] * 3) * np.repeat([3600, 60, 1], 2)
_WEIGHTS[14:18, 4] = np.array([10, 1] * 2) * np.repeat([60, 1], 2)


def utc(
    digits: NDArray[np.uint8], sign: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return nanoseconds since 1970 in UTC, and which rows are a time of the calendar.

    Args:
        digits: (n, 18), the values 0 to 9 of year, month, day, hour, minute, second and offset;
            anything above 9 is no digit.
        sign: "+" or "-" of the offset.
    """
    parts = (digits.astype(np.float64) @ _WEIGHTS).astype(np.int64)
    month, month_of_year, day, second, offset = (parts[:, i] for i in range(5))
    index = month - EARLIEST_YEAR * 12 - 1
    hour = digits[:, 8].astype(np.int16) * 10 + digits[:, 9]
    seconds = digits[:, 12].astype(np.int16) * 10 + digits[:, 13]
    ahead = digits[:, 14].astype(np.int16) * 10 + digits[:, 15]
    good: NDArray[np.bool_] = (
        (digits <= 9).all(axis=1)
        & (month_of_year >= 1)
        & (month_of_year <= 12)
        & (index >= 0)
        & (index < len(_DAYS))
        & (hour < 24)
        & (digits[:, 10] <= 5)
        & (seconds <= 60)
        & (ahead <= 15)
        & (digits[:, 16] <= 5)
        & ((sign == ord("+")) | (sign == ord("-")))
    )
    index = np.where(good, index, 0)
    good &= (day >= 1) & (day <= _DAYS[index])
    offset = np.where(sign == ord("-"), -offset, offset)
    total = (_FIRST_DAY[index] + day - 1) * 86_400 + second - offset * 60
    return np.where(good, total, 0) * 1_000_000_000, good


def numbers(window: NDArray[np.uint8], length: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the numbers that stand at the right of each row; NaN for what is none.

    Plain numbers of up to 15 digits are worked out column by column; this is exact. All others
    (exponents, signs, long fractions) go through ``number``.

    Args:
        window: (n, ``WIDEST_NUMBER``), the bytes before each closing quote.
        length: How many of them belong to the number.
    """
    widest = int(length.max(initial=0))
    whole = np.zeros(len(window))
    behind = np.zeros(len(window), np.int64)
    dots = np.zeros(len(window), np.int64)
    plain = (length > 0) & (length <= _EXACT_DIGITS + 1)
    for back in range(min(widest, _EXACT_DIGITS + 1), 0, -1):
        byte = window[:, WIDEST_NUMBER - back]
        here = length >= back
        value = byte - np.uint8(_ZERO)  # wraps: what is no digit becomes large
        digit = here & (value <= 9)
        dot = here & (byte == _DOT)
        plain &= digit | dot | ~here
        whole = np.where(digit, whole * 10 + value, whole)
        behind += digit & (dots > 0)
        dots += dot
    plain &= (dots <= 1) & (length > dots) & (length - dots <= _EXACT_DIGITS)
    out: NDArray[np.float64] = whole / _POWERS[behind]
    for row in np.flatnonzero(~plain).tolist():
        out[row] = number(window[row, WIDEST_NUMBER - int(length[row]) :].tobytes())
    return out
