"""Which column is which, told by what stands in them: headers change with language and year."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.strava.dates import Dates
from evenstride.importers.strava.words import columns_called, is_sport_word

__all__ = ["Columns", "find_columns", "number_of"]

_MOST_COLUMNS = 400
_POSSIBLE = 1e15  # beyond any count or length, and short of what cannot be calculated with


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns that are used; None: not there, or not to be told.

    Attributes:
        file: Names the file of an activity.
        sport: Kind of sport, a word.
        gear: Name of the shoes or the bike.
        title: As the person called it.
        note: Their words about it.
        private: Their words about it that only they can see.
        date: When it began.
        elapsed: Seconds with pauses.
        metres: How far; the same stands in kilometres elsewhere.
        dates: How to read ``date``.
    """

    file: int | None = None
    sport: int | None = None
    gear: int | None = None
    title: int | None = None
    note: int | None = None
    private: int | None = None
    date: int | None = None
    elapsed: int | None = None
    metres: int | None = None
    dates: Dates | None = None


def find_columns(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    names_file: Callable[[str], bool],
    gear_names: frozenset[str],
) -> Columns:
    """Find the columns of a table.

    Args:
        header: Its first row.
        rows: Some of its rows.
        names_file: Whether a cell names a file of the archive.
        gear_names: Shoes and bikes, as other tables of the archive name them.
    """
    cells = [_column(rows, index) for index in range(min(len(header), _MOST_COLUMNS))]
    file = _best(cells, names_file, 0.0)
    sport = _best(cells, is_sport_word, 0.3, (file,))
    sport = _called(header, "sport", None) if sport is None else sport
    usual = sport == 3 and len(header) >= 9  # the order of columns in every export so far
    gear = _best(cells, lambda cell: cell.strip().casefold() in gear_names, 0.5, (file, sport))
    if gear is None:  # further on, the same word heads a column of numbers
        called = columns_called(header, "gear")
        gear = next((index for index in called if _in_words(cells[index])), None)
    date, dates = _date(cells)
    return Columns(
        file=file,
        sport=sport,
        gear=file - 1 if gear is None and usual and file is not None else gear,
        title=_called(header, "title", 2 if usual else None),
        note=_called(header, "note", 4 if usual else None),
        private=_called(header, "private", None),
        date=date,
        elapsed=_called(header, "elapsed", 5 if usual else None),
        metres=_metres(cells),
        dates=dates,
    )


def number_of(cell: str) -> float:
    """Return the number in a cell, with a point or comma as its language has it; NaN if none."""
    text = cell.strip()
    if "," in text and "." in text:
        text = text.replace("." if text.rfind(",") > text.rfind(".") else ",", "")
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return math.nan
    return value if abs(value) < _POSSIBLE else math.nan


def _column(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] if index < len(row) else "" for row in rows]


def _called(header: Sequence[str], role: str, usual: int | None) -> int | None:
    return next(iter(columns_called(header, role)), usual)


def _in_words(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return any(math.isnan(number_of(cell)) for cell in filled)


def _best(
    columns: Sequence[Sequence[str]],
    fits: Callable[[str], bool],
    least: float,
    taken: tuple[int | None, ...] = (),
) -> int | None:
    """Return the column most of whose cells fit; None if not even a share of ``least`` does."""
    scores = []
    for index, cells in enumerate(columns):
        filled = [cell for cell in cells if cell.strip()]
        hits = sum(map(fits, filled))
        good = hits > 0 and hits >= least * len(filled) and index not in taken
        scores.append(hits if good else 0)
    best = max(scores, default=0)
    return scores.index(best) if best else None


def _date(columns: Sequence[Sequence[str]]) -> tuple[int | None, Dates | None]:
    for index, cells in enumerate(columns):
        filled = [cell for cell in cells if cell.strip()]
        dates = Dates(filled)
        known = sum(dates.utc_ns(cell) is not None for cell in filled)
        if filled and known > 0.8 * len(filled):
            return index, dates
    return None, None


def _metres(columns: Sequence[Sequence[str]]) -> int | None:
    """Return the column of metres: a thousand times what stands in another column."""
    values = [np.array([number_of(cell) for cell in cells]) for cells in columns]
    numeric = [i for i, v in enumerate(values) if np.count_nonzero(v > 0) > 0]
    for large in numeric:
        for small in numeric:
            if small != large and _thousandfold(values[small], values[large]):
                return large
    return None


def _thousandfold(small: NDArray[np.float64], large: NDArray[np.float64]) -> bool:
    both = np.isfinite(small) & np.isfinite(large) & (small > 0.1)
    if np.count_nonzero(both) < 2 or np.unique(small[both]).size < 2:
        return False
    return bool(np.all(np.abs(large[both] - 1000 * small[both]) <= 10.0))
