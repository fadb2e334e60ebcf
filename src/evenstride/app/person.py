"""What evenstride knows of the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from evenstride.app.day_steps import recount
from evenstride.app.moments import day_of, moment, now_utc_ns, zone_named
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.errors import OptionError

__all__ = ["country_of", "emergency_number", "moment_of", "tell_me"]

_OLDEST = 120
_LONGEST_ALIAS = 60
_MASSES_KG = (20.0, 400.0)
_ALWAYS, _EVER = 0, 2**62


def tell_me(home: Path | None, changes: Mapping[str, Any], *, now: int | None = None) -> Shown:
    """Keep what a person tells of themselves, and return all that is known.

    After a change of the zone the steps of all days are counted anew.

    Args:
        home: The person's folder, if not the usual one.
        changes: By attribute of ``Person``; what is missing stays as it was, and None takes back
            what can be untold.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If something cannot be right.
    """
    from evenstride.report.diary import me_sheet

    with own(home, now or now_utc_ns()) as mine:
        person = replace(mine.person, **_checked(changes, mine.now))
        if changes:
            mine.diary.keep_person(person)
        if person.time_zone != mine.person.time_zone:
            # Days begin at other moments there, so each has other steps.
            recount(replace(mine, person=person), _ALWAYS, _EVER)
    number = emergency_number(person.country)
    document = {"schema": "evenstride/person/1", **asdict(person), "emergency_number": number}
    return mine.shown(document, me_sheet(person, number))


def country_of(home: Path | None = None, *, now: int | None = None) -> str:
    """Return the country that the person told, as two letters; empty if they told none."""
    with own(home, now or now_utc_ns()) as mine:
        return mine.person.country


def emergency_number(country: str, otherwise: str | None = None) -> str:
    """Return the number of the ambulance in a country.

    Args:
        country: Two letters.
        otherwise: What is returned where it is not known; None: examples.
    """
    from evenstride.checkup.knowledge.read import document

    known = document("emergency")
    found = [
        number
        for number, groups in known["numbers"].items()
        for group in groups
        if country in group
    ]
    if found:
        return str(found[0])
    return str(known["examples"]) if otherwise is None else otherwise


def moment_of(home: Path | None, text: str, *, now: int | None = None) -> int:
    """Return when something was on the person's clock, in nanoseconds UTC.

    Raises:
        OptionError: If it cannot be understood, or lies in the future.
    """
    with own(home, now or now_utc_ns()) as mine:
        return moment(text, mine.person.time_zone, mine.now)


def _checked(changes: Mapping[str, Any], now: int) -> dict[str, Any]:
    checked = dict(changes)
    if len(checked.get("alias", "")) > _LONGEST_ALIAS:
        raise OptionError(f"A name has at most {_LONGEST_ALIAS} letters.")
    year, born = day_of(now, "UTC").year, checked.get("birth_year")
    if born is not None and not year - _OLDEST <= born <= year:
        raise OptionError(f"A year of birth of {born} cannot be right.")
    (low, high), mass_kg = _MASSES_KG, checked.get("mass_kg")
    if mass_kg is not None and not low <= mass_kg <= high:
        raise OptionError(f"A weight of {mass_kg:g} kg cannot be right.")
    if "time_zone" in checked:
        checked["time_zone"] = zone_named(checked["time_zone"])
    if "country" in checked:
        country = checked["country"].strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise OptionError(f"“{country}” is not a country.", "Use two letters, such as GB.")
        checked["country"] = country
    return checked
