"""Days, numbers of things and digits in the language of the moment.

The names stand in ``knowledge/screens/spoken.yaml``: the language of this computer has no say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from evenstride.checkup.knowledge.read import document
from evenstride.model.language import per_language

__all__ = ["DayForm", "counted", "figure", "spoken", "spoken_day"]

DayForm = Literal[
    "day",
    "day_year",
    "weekday",
    "short",
    "short_year",
    "short_weekday",
    "short_weekday_year",
    "month_year",
]


@per_language
def spoken() -> Mapping[str, Any]:
    """Return the words for days, numbers of things and digits."""
    words: Mapping[str, Any] = document("screens/spoken")
    return words


def spoken_day(day: date, form: DayForm = "day") -> str:
    """Return a day as people say it.

    Args:
        day: The day.
        form: How much of it: "20 November", with the year or the day of the week, or in short.
    """
    words = spoken()
    said: str = words["days"][form].format(
        day=day.day,
        month=words["months"][day.month - 1],
        short_month=words["short_months"][day.month - 1],
        weekday=words["weekdays"][day.weekday()],
        short_weekday=words["short_weekdays"][day.weekday()],
        year=day.year,
    )
    return said


def counted(number: int, thing: str) -> str:
    """Return a number of things: "1 walk", "3 walks".

    Args:
        number: Of them.
        thing: One of ``things`` in the file, such as "walk".
    """
    one, many = spoken()["things"][thing]
    said: str = (one if number == 1 else many).format(number=figure(f"{number:,}"))
    return said


def figure(text: str) -> str:
    """Return a number that Python wrote, such as "1,234.5", with the marks of the language."""
    marks = spoken()["digits"]
    return text.translate({ord(","): marks["thousands"], ord("."): marks["decimal"]})
