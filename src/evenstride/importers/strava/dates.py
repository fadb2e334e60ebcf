"""Dates as Strava writes them in each language; they are in UTC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

from evenstride.importers.strava.words import MONTHS

__all__ = ["Dates"]

_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s*(\d{1,2})[-/.]\s*(\d{4})")
_WORDS = re.compile(r"[^\W\d_]+")
_AFTERNOON = re.compile(r"\bp\.?\s?m\b|午後|下午|오후", re.IGNORECASE)
_MORNING = re.compile(r"\ba\.?\s?m\b|午前|上午|오전", re.IGNORECASE)


class Dates:
    """Reads the dates of one column, whose order of day and month is told by all of them.

    Args:
        cells: Some cells of the column.

    Attributes:
        day_first: Whether "03/04/2024" is the third of April; None when no cell tells.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        self.day_first: bool | None = None
        for cell in cells:
            match = _YEAR_LAST.match(cell.strip())
            if match and match[2] != ".":
                if int(match[1]) > 12:
                    self.day_first = True
                elif int(match[3]) > 12:
                    self.day_first = False

    def utc_ns(self, cell: str) -> int | None:
        """Return the moment in ns since 1970, UTC; None if it is no date and time, or unclear."""
        text = unicodedata.normalize("NFKC", cell).strip()
        day = self._day(text)
        if day is None:
            return None
        (year, month, date), end = day
        clock = _TIME.search(text, end)
        if clock is None:
            return None
        hour = int(clock[1])
        if _AFTERNOON.search(text):
            hour = hour % 12 + 12
        elif _MORNING.search(text):
            hour %= 12
        try:
            when = datetime(year, month, date, hour, int(clock[2]), int(clock[3] or 0), tzinfo=UTC)
        except ValueError:
            return None
        return round(when.timestamp()) * 1_000_000_000

    def _day(self, text: str) -> tuple[tuple[int, int, int], int] | None:
        """Return year, month and day, and where the text goes on behind them."""
        if match := _YEAR_FIRST.match(text):
            return (int(match[1]), int(match[2]), int(match[3])), match.end()
        if match := _YEAR_LAST.match(text):
            day_first = True if match[2] == "." else self.day_first
            if day_first is None:
                return None
            one, two = int(match[1]), int(match[3])
            return (int(match[4]), *((two, one) if day_first else (one, two))), match.end()
        return self._in_words(text)

    @staticmethod
    def _in_words(text: str) -> tuple[tuple[int, int, int], int] | None:
        months = [n for word in _WORDS.findall(text) if (n := _month(word)) is not None]
        year = re.search(r"\d{4}", text)
        if not months or year is None:
            return None
        day = re.search(r"\d{1,2}", text[: year.start()])
        return None if day is None else ((int(year[0]), months[0], int(day[0])), year.end())


def _month(word: str) -> int | None:
    low = word.casefold()
    return next((MONTHS[low[:n]] for n in (4, 3) if low[:n] in MONTHS), None)
