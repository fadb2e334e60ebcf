"""Who keeps the diary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Person"]


@dataclass(frozen=True, slots=True)
class Person:
    """What evenstride needs to know of a person; no real name is asked.

    Attributes:
        alias: What the person wants to be called.
        birth_year: Year of birth; None if not told.
        height_m: Height in metres; None if not told.
        mass_kg: Mass in kilograms; None if not told.
        time_zone: IANA name of the home zone.
        units: What screens show.
        country: Two letters (ISO 3166), for the emergency number; empty if not told.
    """

    alias: str = ""
    birth_year: int | None = None
    height_m: float | None = None
    mass_kg: float | None = None
    time_zone: str = "UTC"
    units: Literal["metric", "imperial"] = "metric"
    country: str = ""
