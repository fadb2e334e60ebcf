"""What a person is, as a form shows it and takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from evenstride.app.person import emergency_number, tell_me
from evenstride.app.quantities import height_m, mass_kg
from evenstride.errors import OptionError
from evenstride.model import Person
from evenstride.report.screens import screen_words

__all__ = ["PersonForm", "person_form", "read_person"]


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What stands in the fields of the form.

    Attributes:
        texts: By attribute of ``Person``; empty for what was not told.
        labels: By the same names.
        emergency_label: Says what the number is.
        emergency: The number of the ambulance in the person's country, or examples.
        why: What all of it is used for.
    """

    texts: Mapping[str, str]
    labels: Mapping[str, str]
    emergency_label: str
    emergency: str
    why: str


def person_form(home: Path | None, *, now: int | None = None) -> PersonForm:
    """Return what is known of the person as texts that the same form takes again."""
    shown = tell_me(home, {}, now=now)
    words = screen_words("diary")["me"]
    table = shown.sheet.sections[0].table
    names = [field.name for field in fields(Person)]
    told = [row[1] for row in table.rows] if table else []
    texts = {
        name: "" if shown.document[name] in (None, "") else text
        for name, text in zip(names, told, strict=False)
    }
    return PersonForm(
        texts=texts | {"units": shown.document["units"]},
        labels={name: words[name] for name in names},
        emergency_label=words["emergency"],
        emergency=emergency_number(shown.document["country"]),
        why=words["why"],
    )


def read_person(home: Path | None, typed: Mapping[str, str], *, now: int | None = None) -> None:
    """Keep what was typed into the form.

    What still reads as it was shown stays exactly as it is: what is shown is rounded. What was
    emptied is taken back.

    Args:
        home: The person's folder, if not the usual one.
        typed: By attribute of ``Person``.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If something cannot be right; nothing is kept then.
    """
    before = person_form(home, now=now).texts
    changed = {name: text.strip() for name, text in typed.items() if text.strip() != before[name]}
    tell_me(home, {name: _READERS[name](text) for name, text in changed.items()}, now=now)


def _born(text: str) -> int | None:
    if text and not (text.isascii() and text.isdecimal() and len(text) <= len("1980")):
        raise OptionError(f"“{text}” is not a year.", "Give your year of birth like 1965.")
    return int(text) if text else None


def _units(text: str) -> str:
    if text not in ("metric", "imperial"):
        raise OptionError(f"“{text}” is no kind of units.", "Choose metric or imperial.")
    return text


_READERS: Mapping[str, Callable[[str], Any]] = {
    "alias": str,
    "birth_year": _born,
    "height_m": lambda text: height_m(text) if text else None,
    "mass_kg": lambda text: mass_kg(text) if text else None,
    "time_zone": str,
    "units": _units,
    "country": str,
}
