"""What a person tells of a walk, checked, and put into the walk."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields, replace
from typing import Any

from evenstride.errors import OptionError
from evenstride.model import Outing, PainRatings
from evenstride.model.outing import Hills, Kind, Reach, Surface

__all__ = ["FORGETTABLE", "Told", "forgotten"]

_LIMITS = {
    "minutes": (1, 1440, "A walk lasts from 1 minute to a day."),
    "distance_m": (1, 200_000, "A walk is up to 200 km long."),
    "steps": (1, 300_000, "A walk has up to 300,000 steps."),
    "minutes_to_rise": (0, 1440, "Minutes until the pain rose lie between 0 and a day."),
    "load_kg": (0, 100, "What you carry weighs up to 100 kg."),
    "sleep_h": (0, 24, "A night has up to 24 hours of sleep."),
    "sitting_before_min": (0, 1440, "Sitting before a walk lasts up to a day."),
}
_RATING = "Pain is a number from 0, none, to 10, the worst you can think of."
_LONGEST_NOTE = 2000
_OF_THE_WALK = ("start_utc_ns", "minutes", "kind", "distance_m", "steps")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one walk; None: not told, which leaves what was known before.

    The attributes are those of ``Outing``.

    Raises:
        OptionError: If a number cannot be right.
    """

    start_utc_ns: int | None = None
    minutes: float | None = None
    kind: Kind | None = None
    distance_m: float | None = None
    steps: int | None = None
    back: PainRatings = field(default_factory=PainRatings)
    leg: PainRatings = field(default_factory=PainRatings)
    reach: Reach | None = None
    minutes_to_rise: float | None = None
    new_numbness: bool | None = None
    shoe: str | None = None
    load_kg: float | None = None
    surface: Surface | None = None
    hills: Hills | None = None
    sleep_h: float | None = None
    sitting_before_min: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        for name, (low, high, sentence) in _LIMITS.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise OptionError(sentence, f"{_shown(value)} was given.")
        for ratings in (self.back, self.leg):
            for value in _told(ratings).values():
                if not 0 <= value <= 10:
                    raise OptionError(_RATING, f"{_shown(value)} was given.")
        if self.note is not None and len(self.note) > _LONGEST_NOTE:
            raise OptionError(f"A note is at most {_LONGEST_NOTE} letters long.")

    @property
    def is_a_walk(self) -> bool:
        """Whether it tells of a walk itself, not only of how one felt."""
        return any(getattr(self, name) is not None for name in _OF_THE_WALK)

    def only_adds(self, outing: Outing) -> bool:
        """Whether a walk loses nothing that was told of it before."""
        before, after = (_flat(one) for one in (outing, self.applied(outing)))
        return all(after[name] == value for name, value in before.items())

    def applied(self, outing: Outing) -> Outing:
        """Return the walk with what was told."""
        plain = {name: value for name, value in _told(self).items() if name not in ("back", "leg")}
        return replace(
            outing,
            **plain,
            back=replace(outing.back, **_told(self.back)),
            leg=replace(outing.leg, **_told(self.leg)),
        )


FORGETTABLE = (
    *(f.name for f in fields(Told) if f.name not in {"start_utc_ns", "kind", "back", "leg"}),
    *(f"{place}_{f.name}" for place in ("back", "leg") for f in fields(PainRatings)),
)
"""What can be taken back, so that it counts as not told."""


def forgotten(outing: Outing, names: tuple[str, ...]) -> Outing:
    """Return the walk without what was told of these; each is one of ``FORGETTABLE``."""
    for name in names:
        place, _, when = name.partition("_")
        gone: dict[str, Any] = {name: "" if name == "note" else None}
        if place in ("back", "leg"):
            gone = {place: replace(getattr(outing, place), **{when: None})}
        outing = replace(outing, **gone)
    return outing


def _flat(outing: Outing) -> dict[str, Any]:
    """Return what is known of a walk, by name."""
    ratings = {
        f"{place}_{when}": rating
        for place in ("back", "leg")
        for when, rating in _told(getattr(outing, place)).items()
    }
    return {
        name: value
        for name, value in _told(outing).items()
        if name not in ("back", "leg") and value != ""
    } | ratings


def _told(values: Told | Outing | PainRatings) -> dict[str, Any]:
    found = {field.name: getattr(values, field.name) for field in fields(values)}
    return {name: value for name, value in found.items() if value is not None}


def _shown(value: float) -> str:
    return "No number" if math.isnan(value) else f"{value:g}"
