"""A walk as a form shows it and takes it: texts by name, so that nothing is lost or guessed.

A field that comes back as it was shown changes nothing; one that comes back empty is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from evenstride.app.asking import told_of, told_readers
from evenstride.app.moments import local, now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.app.told import FORGETTABLE
from evenstride.app.walks import find_walk, log_walk, shown_walk
from evenstride.errors import OptionError
from evenstride.model import Outing, PainRatings
from evenstride.report.amounts import distance_said, mass_said
from evenstride.report.diary import walk_when

__all__ = ["FIELDS", "Noted", "WalkForm", "blank_form", "change_walk", "new_walk", "walk_form"]

PLACES = ("back", "leg")
RATINGS = tuple(field.name for field in fields(PainRatings))
FIELDS = ("start_utc_ns", "kind", *FORGETTABLE)
"""Names of all fields: attributes of ``Told``, and a place and a rating, such as "back_worst"."""

Noted = Literal["noted", "joined", "added_to", "corrected"]
"""What became of a walk that was told."""


@dataclass(frozen=True, slots=True)
class WalkForm:
    """What a form about a walk is made of.

    Attributes:
        id: Of the walk; empty for a new one.
        when: When it was, such as "yesterday 17:30"; empty for a new one.
        texts: What is known, as it is typed, by name; empty where nothing was told.
        shoes: Names of the pairs that can be chosen.
    """

    id: str
    when: str
    texts: Mapping[str, str]
    shoes: tuple[str, ...]


def blank_form(home: Path | None = None, *, now: int | None = None) -> WalkForm:
    """Return the form of a new walk."""
    with own(home, now or now_utc_ns()) as mine:
        return WalkForm("", "", dict.fromkeys(FIELDS, ""), _shoes(mine, None))


def walk_form(home: Path | None, walk: str, *, now: int | None = None) -> WalkForm:
    """Return the form of a walk that is in the diary.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name; "last" is the newest.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk.
    """
    with own(home, now or now_utc_ns()) as mine:
        outing = find_walk(mine, walk)
        return WalkForm(
            outing.id, walk_when(outing, mine.now), _texts(mine, outing), _shoes(mine, outing)
        )


def new_walk(home: Path | None, typed: Mapping[str, str], *, now: int | None = None) -> Shown:
    """Note a new walk from what was typed.

    Args:
        home: The person's folder, if not the usual one.
        typed: By name; empty means not told.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If something cannot be understood, or too little was told for a walk.
    """
    now = now or now_utc_ns()
    values = _read(home, {name: text for name, text in typed.items() if text.strip()}, now)
    told = told_of(values)
    if not replace(told, kind=None).is_a_walk:
        raise OptionError("A new walk needs its minutes, or when it began.", "Minutes are enough.")
    return log_walk(home, told, now=now)


def change_walk(
    home: Path | None, walk: str, typed: Mapping[str, str], *, now: int | None = None
) -> Shown:
    """Add to a walk or change it, from what was typed.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name; "last" is the newest.
        typed: By name. What is not named stays; what is empty is taken back, if it can be.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk, or something cannot be understood.
    """
    now = now or now_utc_ns()
    form = walk_form(home, walk, now=now)
    changed = {
        name: text.strip() for name, text in typed.items() if text.strip() != form.texts[name]
    }
    forget = tuple(name for name, text in changed.items() if not text and name in FORGETTABLE)
    values = _read(home, {name: text for name, text in changed.items() if text}, now)
    if not changed:
        return shown_walk(home, form.id, "added_to", now=now)
    return log_walk(home, told_of(values), walk=form.id, forget=forget, now=now)


def _read(home: Path | None, typed: Mapping[str, str], now: int) -> dict[str, Any]:
    readers = told_readers(home, now=now)
    return {name: readers[name](text) for name, text in typed.items()}


def _shoes(mine: Own, outing: Outing | None) -> tuple[str, ...]:
    """Return the pairs that are worn, and the one of the walk."""
    worn = outing.shoe if outing else None
    return tuple(one.name for one in mine.diary.shoes() if not one.retired or one.id == worn)


def _texts(mine: Own, outing: Outing) -> dict[str, str]:
    """Return what is known of a walk as it is typed."""
    names = {one.id: one.name for one in mine.diary.shoes()}
    at = local(outing.start_utc_ns, outing.time_zone)
    units = mine.person.units
    numb = outing.new_numbness
    found = {
        "start_utc_ns": f"{at:%Y-%m-%dT%H:%M}",
        "kind": outing.kind,
        "minutes": _number(outing.minutes),
        "distance_m": "" if outing.distance_m is None else distance_said(outing.distance_m, units),
        "steps": _number(outing.steps),
        "reach": outing.reach or "",
        "minutes_to_rise": _number(outing.minutes_to_rise),
        "new_numbness": "" if numb is None else str(numb).lower(),
        "shoe": names.get(outing.shoe or "", ""),
        "load_kg": "" if outing.load_kg is None else mass_said(outing.load_kg, units),
        "surface": outing.surface or "",
        "hills": outing.hills or "",
        "sleep_h": _number(outing.sleep_h),
        "sitting_before_min": _number(outing.sitting_before_min),
        "note": outing.note,
    }
    ratings = {
        f"{place}_{when}": _number(getattr(getattr(outing, place), when))
        for place in PLACES
        for when in RATINGS
    }
    return found | ratings


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
