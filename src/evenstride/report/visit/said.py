"""How days and a person's own words are said on the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.report.screens import screen_words
from evenstride.report.visible import visible

__all__ = ["day_said", "own_words", "words_of"]


def words_of(part: str) -> Mapping[str, Any]:
    """Return the words of a part of the page."""
    words: Mapping[str, Any] = screen_words("report")[part]
    return words


def day_said(day: date | None) -> str:
    """Return a day in words, "4 October 2026"; a dash without one."""
    return "-" if day is None else spoken_day(day, "day_year")


def own_words(text: str) -> str:
    """Return a person's own words in one line, without signs that steer instead of being read."""
    return visible(" ".join(text.split()))
