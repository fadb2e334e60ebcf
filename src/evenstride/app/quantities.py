"""Amounts as people type them: "1.75", "175 cm", "5ft9", "1.2 km" -> metres; "3 weeks" -> days."""

from __future__ import annotations

import re
from datetime import date

from evenstride.errors import OptionError
from evenstride.report.units import FACTORS_TO_METRES, KG_PER_POUND

__all__ = ["amount", "day_told", "distance_m", "height_m", "mass_kg", "worn_m"]

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_PIECE = re.compile(rf"\s*{_NUMBER}\s*([a-z'\"′″]*)", re.IGNORECASE)
_SPELLINGS = {
    **{unit: unit for unit in FACTORS_TO_METRES},
    **dict.fromkeys(("'", "′", "foot", "feet"), "ft"),
    **dict.fromkeys(('"', "″", "''", "inch", "inches"), "in"),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("mile", "miles"), "mi"),
    **dict.fromkeys(("yard", "yards"), "yd"),
    **dict.fromkeys(("kilometre", "kilometres", "kilometer", "kilometers"), "km"),
}
_NEXT_SMALLER = {"ft": "in", "m": "cm"}
_LARGEST_HEIGHT_IN_METRES = 3.0
_HEIGHTS_M = (0.5, 2.6)
_DISTANCES_M = (1.0, 200_000.0)
_LONGEST_WORN_M = 20e6
_DAYS = {"d": 1.0, "w": 7.0, "m": 365.25 / 12, "y": 365.25}
_TIMES = {
    **{letter: letter for letter in _DAYS},
    **{f"{word}{s}": word[0] for word in ("day", "week", "month", "year") for s in ("", "s")},
}
_MINUTES = {
    "m": 1.0,
    "min": 1.0,
    "mins": 1.0,
    "minutes": 1.0,
    "h": 60.0,
    "hour": 60.0,
    "hours": 60.0,
}
_MASSES = {
    **dict.fromkeys(("", "kg", "kilo", "kilos"), 1.0),
    "g": 1e-3,
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), KG_PER_POUND),
}
_SPOKEN = re.compile(rf"\s*{_NUMBER}\s*([a-z]*)\s*", re.IGNORECASE)


def height_m(text: str) -> float:
    """Return the height of a person in metres; a bare number is metres or, if large, centimetres.

    Raises:
        OptionError: If it is not a length, or not that of a person.
    """
    metres = _length(text, "Give your height like 175cm, 1.75 or 5ft9.")
    if metres > _LARGEST_HEIGHT_IN_METRES and _bare(text):
        metres /= 100
    low, high = _HEIGHTS_M
    if not low <= metres <= high:
        raise OptionError(
            f"A height of “{text}” cannot be right.",
            "Give your height like 175cm, 1.75 or 5ft9.",
        )
    return metres


def distance_m(text: str) -> float:
    """Return the distance walked in metres; a bare number is metres.

    Raises:
        OptionError: If it is not a length, or not one that is walked.
    """
    hint = "Give the distance like 1.2km, 800m or 0.75mi."
    metres = _length(text, hint)
    low, high = _DISTANCES_M
    if not low <= metres <= high:
        raise OptionError(f"A walk of “{text}” cannot be measured.", hint)
    return metres


def worn_m(text: str) -> float:
    """Return how far a pair of shoes was walked, in metres; a bare number is metres.

    Raises:
        OptionError: If it is not a length, or longer than a pair of shoes lasts.
    """
    metres = _length(text, "Give the distance like 300km or 200mi.")
    if metres > _LONGEST_WORN_M:
        raise OptionError(f"No shoes last for {text}.", "Give the distance like 300km or 200mi.")
    return metres


def mass_kg(text: str) -> float:
    """Return a mass in kilograms; a bare number is kilograms.

    Raises:
        OptionError: If it is not a mass.
    """
    spoken = _SPOKEN.fullmatch(text)
    factor = _MASSES.get(spoken[2].lower()) if spoken else None
    if spoken is None or factor is None:
        raise OptionError(f"“{text}” is not a weight.", "Give it like 70kg or 150lb.")
    return float(spoken[1].replace(",", ".")) * factor


def amount(text: str, unit: str) -> float | None:
    """Return a number as people say it, in the unit of a question; None if it is none.

    Args:
        text: Such as "5", "4,5", "3 weeks" for days, "1 hour" for minutes.
        unit: "days", "minutes", or any other, which is then typed as a bare number.
    """
    spoken = _SPOKEN.fullmatch(text)
    if not spoken:
        return None
    number, word = float(spoken[1].replace(",", ".")), spoken[2].lower()
    if not word or word == unit:
        return number
    if unit == "days" and word in _TIMES:
        return float(round(number * _DAYS[_TIMES[word]]))
    if unit == "minutes" and word in _MINUTES:
        return number * _MINUTES[word]
    return None


def day_told(text: str) -> date:
    """Return a day that is written like 2026-11-20.

    Raises:
        OptionError: If it is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise OptionError(f"“{text}” is not a day.", "Write it like 2026-11-20.") from error


def _bare(text: str) -> bool:
    return re.fullmatch(rf"\s*{_NUMBER}\s*", text) is not None


def _length(text: str, hint: str) -> float:
    pieces = _PIECE.findall(text)
    metres, unit = 0.0, ""
    if not pieces or _PIECE.sub("", text).strip():
        raise OptionError(f"“{text}” is not a length.", hint)
    for place, (number, spelling) in enumerate(pieces):
        implied = _NEXT_SMALLER.get(unit, "") if place else "m"
        unit = _SPELLINGS.get(spelling.lower(), "") if spelling else implied
        if not unit or place > 1:
            raise OptionError(f"“{text}” is not a length.", hint)
        metres += float(number.replace(",", ".")) * FACTORS_TO_METRES[unit]
    return metres
