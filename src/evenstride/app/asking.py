"""What is asked about a walk, one question at a time."""

from __future__ import annotations

import re
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

__all__ = ["Questions", "WalkQuestion", "questions", "told_of", "told_readers"]

_CHOICES = {"reach": REACHES, "surface": SURFACES, "hills": HILLS, "kind": KINDS}
_COUNT = re.compile(r"[0-9]{1,9}|[0-9]{1,3}([ ,.][0-9]{3}){1,2}")
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
    readers = told_readers(home, now=now)
    asked = []
    for name, ask in words["questions"].items():
        choices = shoes if name == "shoe" else _CHOICES.get(name, ())
        if name == "shoe" and not shoes:
            continue
        offered = words["choices"].format(choices=", ".join(choices)) if choices else ""
        asked.append(WalkQuestion(name, f"{ask} {offered}".rstrip(), readers[name]))
    return Questions(words["begin"], words["again"], tuple(asked))


def told_readers(
    home: Path | None = None, *, now: int | None = None
) -> Mapping[str, Callable[[str], Any]]:
    """Return what makes a value of what was typed, for all that can be told of a walk.

    The names are the attributes of ``Told``, and a place and a rating, such as "back_worst". Each
    reader raises ``OptionError`` for what it cannot understand or what no walk can have.
    """
    words = screen_words("diary")["ask"]
    with own(home, now or now_utc_ns()) as mine:
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
        "steps": _whole,
        "new_numbness": lambda text: _agreed(text, words["agree"]),
        "distance_m": distance_m,
        "load_kg": mass_kg,
        "shoe": shoe,
        "note": str,
        **{name: _one_of(choices) for name, choices in _CHOICES.items()},
        **{
            f"{place}_{when}": (lambda text: _spoken(text, "points"))
            for place in ("back", "leg")
            for when in _RATINGS
        },
    }
    return {name: _checked(name, read) for name, read in readers.items()}


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


def _whole(text: str) -> int:
    """Return a whole number; a blank, comma or point may stand between thousands."""
    if not _COUNT.fullmatch(text.strip()):
        raise OptionError(f"“{text}” is not a whole number.")
    return int(re.sub(r"\D", "", text))


def _agreed(text: str, words: Mapping[str, list[str]]) -> bool:
    """Return what was agreed to: "true" and "false" as forms say it, or as people do."""
    said = text.strip().lower()
    for value in (True, False):
        name = str(value).lower()
        if said == name or said in words[name]:
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
