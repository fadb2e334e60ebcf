"""What is asked about a walk, one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from evenstride.app.moments import moment, now_utc_ns
from evenstride.app.own import own
from evenstride.app.quantities import amount, distance_m, mass_kg
from evenstride.app.told import Told
from evenstride.app.walks import shoe_named
from evenstride.errors import OptionError
from evenstride.model import PainRatings
from evenstride.model.outing import HILLS, KINDS, REACHES, SURFACES
from evenstride.report.screens import screen_words

__all__ = ["Questions", "WalkQuestion", "questions", "told_of"]

_CHOICES = {"reach": REACHES, "surface": SURFACES, "hills": HILLS, "kind": KINDS}
_RATINGS = tuple(field.name for field in fields(PainRatings))


@dataclass(frozen=True, slots=True)
class WalkQuestion:
    """One question about a walk.

    Attributes:
        name: An attribute of ``Told``, or a place and a rating, such as "back_worst".
        ask: The question.
        read: Makes an answer of what was typed; raises ``OptionError`` if it cannot.
    """

    name: str
    ask: str
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions about a walk, and the words around them."""

    begin: str
    again: str
    all: tuple[WalkQuestion, ...]


def questions(home: Path | None = None, *, now: int | None = None) -> Questions:
    """Return what is asked about a new walk, the most telling first.

    Shoes are asked for only if there are any in the diary.
    """
    words = screen_words("diary")["ask"]
    with own(home, now or now_utc_ns()) as mine:
        shoes = [shoe.name for shoe in mine.diary.shoes() if not shoe.retired]
        zone, at = mine.person.time_zone, mine.now

    def shoe(text: str) -> str:
        with own(home, at) as mine:
            return shoe_named(mine.diary, text).name

    readers: dict[str, Callable[[str], Any]] = {
        "start_utc_ns": lambda text: moment(text, zone, at),
        "minutes": lambda text: _spoken(text, "minutes"),
        "minutes_to_rise": lambda text: _spoken(text, "minutes"),
        "sitting_before_min": lambda text: _spoken(text, "minutes"),
        "sleep_h": lambda text: _spoken(text, "hours"),
        "new_numbness": lambda text: _agreed(text, words["agree"]),
        "distance_m": distance_m,
        "load_kg": mass_kg,
        "shoe": shoe,
        "note": str,
        **{name: _one_of(choices) for name, choices in _CHOICES.items()},
    }
    asked = []
    for name, ask in words["questions"].items():
        choices = shoes if name == "shoe" else _CHOICES.get(name, ())
        if name == "shoe" and not shoes:
            continue
        offered = words["choices"].format(choices=", ".join(choices)) if choices else ""
        read = readers.get(name) or (lambda text: _spoken(text, "points"))
        asked.append(WalkQuestion(name, f"{ask} {offered}".rstrip(), _checked(name, read)))
    return Questions(words["begin"], words["again"], tuple(asked))


def told_of(values: Mapping[str, Any]) -> Told:
    """Return what was told, from values by the names of the questions; None: not told.

    Raises:
        OptionError: If a number cannot be right.
    """
    ratings = {
        place: PainRatings(**{when: values.get(f"{place}_{when}") for when in _RATINGS})
        for place in ("back", "leg")
    }
    plain: dict[str, Any] = {field.name: values.get(field.name) for field in fields(Told)}
    return Told(**plain | ratings)


def _checked(name: str, read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a reader that also refuses what a walk cannot have."""

    def checked(text: str) -> Any:
        value = read(text)
        told_of({name: value})
        return value

    return checked


def _spoken(text: str, unit: str) -> float:
    found = amount(text, unit)
    if found is None:
        raise OptionError(f"“{text}” is not a number.")
    return found


def _agreed(text: str, words: Mapping[str, list[str]]) -> bool:
    said = text.strip().lower()
    for value in (True, False):
        if said in words[str(value).lower()]:
            return value
    raise OptionError(f"“{text}” is neither yes nor no.")


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        said = text.strip().lower()
        found = [choice for choice in choices if said and choice.startswith(said)]
        if said in choices:
            return said
        if len(found) == 1:
            return found[0]
        raise OptionError(f"“{text}” is none of: {', '.join(choices)}.")

    return read
