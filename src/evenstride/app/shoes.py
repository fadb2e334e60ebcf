"""The log of shoes."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.app.walks import shoe_named
from evenstride.diary import Diary
from evenstride.errors import OptionError
from evenstride.model import Shoe

__all__ = ["add_shoes", "change_shoes", "new_shoe", "remove_shoes", "show_shoes"]

LONGEST_NAME = 60


def show_shoes(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return every pair of shoes, how far it was walked in, and when."""
    with own(home, now or now_utc_ns()) as mine:
        return _shown(mine, "")


def add_shoes(
    home: Path | None,
    name: str,
    *,
    first_worn: date | None = None,
    earlier_m: float = 0.0,
    now: int | None = None,
) -> Shown:
    """Add a pair of shoes.

    Args:
        home: The person's folder, if not the usual one.
        name: What the person calls it.
        first_worn: When it was new.
        earlier_m: Distance walked in it before the diary.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If the name is empty, too long, or there already, or the day has not come.
    """
    with own(home, now or now_utc_ns()) as mine:
        _check_day(mine, first_worn)
        shoe = new_shoe(mine.diary, name, first_worn, earlier_m)
        return _shown(mine, "added", shoe.name)


def new_shoe(
    diary: Diary, name: str, first_worn: date | None = None, earlier_m: float = 0.0
) -> Shoe:
    """Keep a new pair of shoes; arguments as in ``add_shoes``."""
    name = _checked(diary, name)
    worn = first_worn.isoformat() if first_worn else None
    shoe = Shoe(_new_id(diary, name), name, worn, earlier_m)
    diary.keep_shoe(shoe)
    return shoe


def change_shoes(
    home: Path | None,
    name: str,
    *,
    new_name: str | None = None,
    first_worn: date | None = None,
    earlier_m: float | None = None,
    retired: bool | None = None,
    now: int | None = None,
) -> Shown:
    """Change what is known of a pair of shoes; None leaves it as it is.

    Raises:
        OptionError: If there is no such pair, or the day has not come.
    """
    with own(home, now or now_utc_ns()) as mine:
        shoe = shoe_named(mine.diary, name)
        _check_day(mine, first_worn)
        changed = replace(
            shoe,
            name=shoe.name if new_name is None else _checked(mine.diary, new_name, but=shoe),
            first_worn=shoe.first_worn if first_worn is None else first_worn.isoformat(),
            earlier_m=shoe.earlier_m if earlier_m is None else earlier_m,
            retired=shoe.retired if retired is None else retired,
        )
        mine.diary.keep_shoe(changed)
        return _shown(mine, "changed", changed.name)


def remove_shoes(home: Path | None, name: str, *, now: int | None = None) -> Shown:
    """Remove a pair of shoes that no walk was walked in.

    Raises:
        OptionError: If there is no such pair, or a walk names it.
    """
    with own(home, now or now_utc_ns()) as mine:
        shoe = shoe_named(mine.diary, name)
        if any(outing.shoe == shoe.id for outing in mine.diary.outings()):
            raise OptionError(
                f"You walked in {shoe.name}, so it stays in the diary.",
                f'Put it away instead: evenstride shoes "{shoe.name}" --retire',
            )
        mine.diary.remove_shoe(shoe.id)
        return _shown(mine, "removed", shoe.name)


def _check_day(mine: Own, first_worn: date | None) -> None:
    if first_worn is not None and first_worn > mine.today:
        raise OptionError(f"{first_worn} has not come yet.", "Say a day on which they were worn.")


def _checked(diary: Diary, name: str, but: Shoe | None = None) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise OptionError(f"The name of a pair of shoes has 1 to {LONGEST_NAME} letters.")
    for shoe in diary.shoes():
        if shoe.name.casefold() == name.casefold() and shoe != but:
            raise OptionError(f"There are shoes “{shoe.name}” already.", "Choose another name.")
    return name


def _new_id(diary: Diary, name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "shoes"
    taken = {shoe.id for shoe in diary.shoes()}
    place = 1
    while (found := f"{stem}-{place}" if place > 1 else stem) in taken:
        place += 1
    return found


def _shown(mine: Own, what: str, name: str = "") -> Shown:
    from evenstride.report.diary import shoes_sheet

    shoes, walks = mine.diary.shoes(), mine.diary.outings()
    sheet = shoes_sheet(shoes, walks, what, name, mine.person.units)
    document = {
        "schema": "evenstride/shoes/1",
        "what": what or "shown",
        "shoes": [
            asdict(shoe) | {"distance_m": mine.diary.shoe_distance_m(shoe.id)} for shoe in shoes
        ],
    }
    return mine.shown(document, sheet)
