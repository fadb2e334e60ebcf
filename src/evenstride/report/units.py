"""Units as people read them: the one table that converts SI at the edge of the program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from evenstride.checkup.knowledge.sentences import term

__all__ = ["FACTORS_TO_METRES", "KG_PER_POUND", "Unit", "UnitSystem", "unit_for"]

UnitSystem = Literal["metric", "imperial"]

_INCH_M = 0.0254
_FOOT_M = 12 * _INCH_M
_MILE_M = 5280 * _FOOT_M

FACTORS_TO_METRES = {
    "mm": 1e-3,
    "cm": 1e-2,
    "m": 1.0,
    "km": 1e3,
    "in": _INCH_M,
    "ft": _FOOT_M,
    "yd": 3 * _FOOT_M,
    "mi": _MILE_M,
}
"""Lengths that people type and read."""

KG_PER_POUND = 0.45359237


@dataclass(frozen=True, slots=True)
class Unit:
    """How a quantity is shown.

    Attributes:
        short: Symbol, for professionals and for plots.
        words: The same in plain words.
        per_si: Multiply the SI value by this.
        more_decimals: Decimals to add (or take) because the numbers get smaller (or larger).
    """

    short: str
    words: str
    per_si: float = 1.0
    more_decimals: int = 0


_METRIC = {
    "1": Unit("", ""),
    "s": Unit("s", "seconds"),
    "steps/min": Unit("steps/min", "steps a minute"),
    "m": Unit("m", "metres"),
    "m/s": Unit("m/s", "metres a second"),
    "mm/(steps/min)": Unit("mm/(steps/min)", "mm per step a minute"),
    "°": Unit("°", "degrees"),
}
_IMPERIAL = {
    "m": Unit("ft", "feet", 1 / _FOOT_M),
    "m/s": Unit("mph", "miles an hour", 3600 / _MILE_M),
    "m/s²": Unit("ft/s²", "ft/s²", 1 / _FOOT_M, more_decimals=-1),
    "mm/(steps/min)": Unit(
        "in/(steps/min)", "inches per step a minute", 1e-3 / _INCH_M, more_decimals=1
    ),
}


def unit_for(si: str, system: UnitSystem) -> Unit:
    """Return how to show an SI unit; a unit that the table lacks is shown as it is."""
    shown = _METRIC.get(si) or Unit(si, si)
    shown = _IMPERIAL.get(si, shown) if system == "imperial" else shown
    return replace(shown, short=term(shown.short), words=term(shown.words))
