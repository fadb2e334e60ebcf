"""Amounts as they are said: "25 minutes", "2.4 km", "3 walks"."""

from __future__ import annotations

from evenstride.checkup.knowledge.spoken import counted, figure
from evenstride.report.units import FACTORS_TO_METRES, KG_PER_POUND, UnitSystem

__all__ = ["distance_said", "mass_said", "minutes_said", "rating_said", "size_said"]

_WHOLE_FROM = 10


def minutes_said(minutes: float) -> str:
    """Return a length of time, in whole minutes."""
    return counted(round(minutes), "minute")


def distance_said(metres: float, system: UnitSystem) -> str:
    """Return a distance walked, in kilometres or miles."""
    unit = "mi" if system == "imperial" else "km"
    value = metres / FACTORS_TO_METRES[unit]
    said = figure(f"{value:,.{0 if value >= _WHOLE_FROM else 1}f}")
    return f"{said} {unit}"


def mass_said(kilograms: float, system: UnitSystem) -> str:
    """Return a mass, in kilograms or pounds."""
    if system == "imperial":
        return f"{kilograms / KG_PER_POUND:.0f} lb"
    return f"{kilograms:.0f} kg"


def rating_said(rating: float | None, unknown: str = "-") -> str:
    """Return a rating of pain without needless decimals."""
    return unknown if rating is None else figure(f"{rating:g}")


def size_said(size: int) -> str:
    """Return how much room something takes on a disk."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{figure(f'{size / factor:.1f}')} {unit}"
    return counted(size, "byte")
