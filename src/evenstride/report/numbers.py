"""Numbers for people: no more digits than the interval supports, and durations in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evenstride.checkup.knowledge.spoken import figure, spoken
from evenstride.model import Measure
from evenstride.report.units import Unit, UnitSystem, unit_for

__all__ = ["Number", "clock", "duration", "gaps_in_words", "number"]

_MINUS = "−"
_MOST_DIGITS = 4
_LONG_S = 2.0  # durations; what is shorter is a time within a step


@dataclass(frozen=True, slots=True)
class Number:
    """A measured value, ready to be read.

    Attributes:
        value: Rounded to what the interval supports.
        interval: "106.8 to 107.9", or "" where there is none.
        unit: In the words of the reader; "" for a bare ratio.
        symbol: The unit where there is little room.
    """

    value: str
    interval: str
    unit: str
    symbol: str

    @property
    def short(self) -> str:
        """The value with the symbol of its unit."""
        return f"{self.value}{_space_before(self.symbol)}{self.symbol}"

    def __str__(self) -> str:
        return f"{self.value}{_space_before(self.unit)}{self.unit}"


def number(
    measure: Measure, system: UnitSystem, *, plain: bool, decimals: int = 3, signed: bool = False
) -> Number:
    """Show a measure that has a value.

    Args:
        measure: With a value.
        system: Metric or imperial.
        decimals: The most that are worth showing in SI units.
        plain: Whether the unit is named in plain words.
        signed: Whether it is a change, so that the sign is always shown.
    """
    value, low, high = measure.value, measure.low, measure.high
    if value is None:
        raise ValueError("an absent measure has no number")
    if measure.unit == "s" and not signed and value >= _LONG_S:
        return _long_time(value, low, high)
    unit = unit_for(measure.unit, system)
    digits = _digits(unit, max(decimals + unit.more_decimals, 0), low, high)
    while signed and digits < _MOST_DIGITS and _hides_a_sign(low, high, unit, digits):
        digits += 1
    between = ""
    if low is not None and high is not None and low < high:
        bounds = (_fixed(end, unit, digits, signed) for end in (low, high))
        between = _between(*bounds)
    shown = _fixed(value, unit, digits, signed)
    return Number(shown, between, unit.words if plain else unit.short, unit.short)


def duration(seconds: float) -> str:
    """Return a duration in the two largest units that fit: "2 min 13 s", "3 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    if whole < 48 * 3600:
        return f"{whole // 3600} h" + (f" {whole % 3600 // 60} min" if whole % 3600 >= 60 else "")
    hours = whole % 86400 // 3600
    return f"{whole // 86400} days" + (f" {hours} h" if hours else "")


def clock(seconds: float) -> str:
    """Return a moment of a walk: "2:13", "3:05:10" after the first hour, "−0:12" before it."""
    whole = round(seconds)
    if whole < 0:
        return f"−{clock(-whole)}"
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def gaps_in_words(gaps: int) -> str:
    """Return "no gap", "1 gap" or "3 gaps", and what counts as one."""
    return f"{gaps or 'no'} gap{'s' if gaps > 1 else ''} longer than 0.25 s"


def _long_time(value: float, low: float | None, high: float | None) -> Number:
    if low is None or high is None or high - low < 1.0:
        return Number(duration(value), "", "", "")
    return Number(duration(value), _between(clock(low), clock(high)), "", "")


def _between(low: str, high: str) -> str:
    between: str = spoken()["between"]
    return between.format(low=low, high=high)


def _digits(unit: Unit, most: int, low: float | None, high: float | None) -> int:
    """Show a digit only if one step of it is smaller than half the interval."""
    if low is None or high is None or high <= low:
        return most
    half = (high - low) / 2 * unit.per_si
    return min(most, max(0, math.ceil(-math.log10(half))))


def _hides_a_sign(low: float | None, high: float | None, unit: Unit, digits: int) -> bool:
    """Whether a change that is sure would seem to reach zero because a bound is rounded to it."""
    if low is None or high is None or low * high <= 0:
        return False
    near, middle = min(abs(low), abs(high)), abs(low + high) / 2
    return _rounds_to_zero(near, unit, digits) and not _rounds_to_zero(middle, unit, digits)


def _rounds_to_zero(value: float, unit: Unit, digits: int) -> bool:
    return float(f"{value * unit.per_si:.{digits}f}") == 0


def _fixed(value: float, unit: Unit, digits: int, signed: bool) -> str:
    text = f"{value * unit.per_si:.{digits}f}"
    if float(text) == 0:
        return figure(text.lstrip("-"))
    if text.startswith("-"):
        return _MINUS + figure(text[1:])
    return f"+{figure(text)}" if signed else figure(text)


def _space_before(unit: str) -> str:
    return "" if unit in {"", "°"} else " "
