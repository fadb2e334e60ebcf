"""Note, correct and remove walks, with or without a recording."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from evenstride.app.moments import NS, day_of, local, now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.planning import (
    held,
    lights_of,
    note_red,
    note_sign,
    plan_now,
    take_back_sign,
)
from evenstride.app.shown import Shown
from evenstride.app.told import Told, forgotten
from evenstride.diary import Diary
from evenstride.errors import DiaryError, OptionError
from evenstride.model import Activity, Outing, Shoe

__all__ = [
    "LAST",
    "add_new",
    "find_walk",
    "log_walk",
    "new_id",
    "noted_as",
    "remove_walk",
    "shoe_named",
    "shown_walk",
]

LAST = "last"
"""Stands for the newest walk wherever a walk is named."""

_DAY = timedelta(days=1)


def log_walk(
    home: Path | None,
    told: Told,
    *,
    walk: str | None = None,
    forget: tuple[str, ...] = (),
    now: int | None = None,
) -> Shown:
    """Note a new walk, or add to one that is in the diary.

    What tells only how a walk felt belongs to the newest walk; it must not replace what was told of
    that walk before. A new walk without a time ended just now. One that was imported already, from
    a watch or a phone, is that walk: it is added to, and nothing is counted twice.

    Args:
        home: The person's folder, if not the usual one.
        told: What is told of it; the shoes by name.
        walk: Which walk is added to; None for a new one.
        forget: What is taken back, by names of ``told.FORGETTABLE``.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk or pair of shoes, nothing was told, or it is not clear
            which walk is meant.
    """
    with own(home, now or now_utc_ns()) as mine:
        if told.shoe is not None:
            told = replace(told, shoe=shoe_named(mine.diary, told.shoe).id)
        if walk is None and told.is_a_walk:
            outing, what = _noted(mine, told)
            if told.new_numbness:
                note_sign(mine, outing.id)
            return _shown(mine, outing, what)
        before = find_walk(mine, walk or LAST)
        only_adds = told.only_adds(before) and not forget
        if walk is None and not only_adds and not forget:
            raise OptionError(
                f"Your newest walk, {before.id}, was told otherwise already.",
                "A new walk needs --minutes or --when; to change that one, add --walk last.",
            )
        outing = forgotten(told.applied(before), forget)
        mine.diary.correct_outing(outing)
        if told.new_numbness:
            note_sign(mine, outing.id)
        elif before.new_numbness and not outing.new_numbness:
            take_back_sign(mine, outing.id)
        return _shown(mine, outing, "added_to" if only_adds else "corrected")


def remove_walk(home: Path | None, walk: str, *, now: int | None = None) -> Shown:
    """Remove a walk from the diary; it stays in the history.

    Raises:
        OptionError: If there is no such walk.
    """
    with own(home, now or now_utc_ns()) as mine:
        outing = find_walk(mine, walk)
        mine.diary.remove_outing(outing.id)
        return _shown(mine, outing, "removed")


def shown_walk(home: Path | None, walk: str, what: str, *, now: int | None = None) -> Shown:
    """Return what is said of a walk that was told, once more.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name; "last" is the newest.
        what: What became of it: "noted", "corrected", "added_to" or "joined".
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk.
    """
    with own(home, now or now_utc_ns()) as mine:
        return _shown(mine, find_walk(mine, walk), what)


def find_walk(mine: Own, walk: str) -> Outing:
    """Return the walk of this name, or the one of this day; "last" is the newest.

    Raises:
        OptionError: If there is none, or that day has several.
    """
    newest = mine.diary.day_of_walk_before(None, 1)
    if newest is None:
        raise OptionError("There is no walk yet.", "Note one: evenstride log")
    if walk == LAST:
        return mine.diary.outings(newest)[-1]
    found = mine.diary.outings_named(walk)
    if not found:
        raise OptionError(
            f"There is no walk “{walk}” in the diary.",
            "See them all with: evenstride history --all",
        )
    if len(found) > 1:
        names = ", ".join(outing.id for outing in found)
        raise OptionError(f"There are {len(found)} walks on {walk}.", f"Name one of: {names}.")
    return found[0]


def noted_as(mine: Own, noted: Outing) -> Outing | None:
    """Return the imported walk that a new noted one is; None if it is another.

    It begins or ends within ten minutes of it and is of like length, as for an import that follows
    a note, and the two overlap: a short walk may follow on another.
    """
    from evenstride.inventory.joining import apart_ns, same_outing

    day = noted.day
    found = [
        (apart_ns(stream.activity, noted), outing)
        for outing in mine.diary.outings(day - _DAY, day + _DAY)
        if outing.is_walk == noted.is_walk
        for stream in mine.diary.streams(outing.id)
        if stream.kind != "counted"  # of a walk that was noted
        and same_outing(stream.activity, noted, ())
        and _overlaps(stream.activity, noted)
    ]
    return min(found, key=lambda one: (one[0], one[1].id))[1] if found else None


def add_new(mine: Own, outing: Outing) -> Outing:
    """Keep a new walk, under another name if a second program has just taken its name.

    Returns:
        The walk as it is kept.
    """
    while True:
        try:
            mine.diary.add_outing(outing)
        except DiaryError:
            name = new_id(mine, outing.start_utc_ns, outing.time_zone)
            if name == outing.id:
                raise
            outing = replace(outing, id=name)
        else:
            return outing


def new_id(mine: Own, start_utc_ns: int, time_zone: str | None = None) -> str:
    """Return a name for a walk that a person can read and type: its start on the clock there.

    Args:
        mine: The diary.
        start_utc_ns: When it began.
        time_zone: IANA name of the zone where it was walked; None: the person's own.
    """
    time_zone = time_zone or mine.person.time_zone
    stem = f"{local(start_utc_ns, time_zone):%Y-%m-%dT%H%M}"
    day = day_of(start_utc_ns, time_zone)
    # The diary tells days on the clock of each walk, which may be another one.
    near = mine.diary.outings(day - _DAY, day + _DAY)
    taken = {outing.id for outing in near}
    place = 1
    while (name := f"{stem}-{place}" if place > 1 else stem) in taken:
        place += 1
    return name


def shoe_named(diary: Diary, name: str) -> Shoe:
    """Return the pair of shoes of this name.

    Raises:
        OptionError: If there is none.
    """
    shoes = diary.shoes()
    wanted = name.strip().casefold()
    found = [shoe for shoe in shoes if wanted in (shoe.id.casefold(), shoe.name.casefold())]
    if found:
        return found[0]
    known = ", ".join(shoe.name for shoe in shoes if not shoe.retired)
    raise OptionError(
        f"There are no shoes “{name}” in the diary.",
        f"There are: {known}." if known else f'Add them first: evenstride shoes --add "{name}"',
    )


def _noted(mine: Own, told: Told) -> tuple[Outing, str]:
    """Keep a new walk; if it was imported already, add to that one instead, and say which."""
    new = told.applied(_new(mine, told))
    before = noted_as(mine, new)
    if before is None:
        return add_new(mine, new), "noted"
    # Its clock and counts come from the device; only how it felt can contradict what was told.
    felt = replace(told, start_utc_ns=None, minutes=None, kind=None, distance_m=None, steps=None)
    if not felt.only_adds(before):
        raise OptionError(
            f"This walk was imported as {before.id}, and was told otherwise already.",
            f"To change it, add --walk {before.id}.",
        )
    outing = replace(told, start_utc_ns=None).applied(before)
    mine.diary.correct_outing(outing)
    return outing, "joined"


def _overlaps(activity: Activity, noted: Outing) -> bool:
    """Tell whether they share some time; where no length was told, nothing speaks against it."""
    from evenstride.inventory.joining import overlap

    begin = noted.start_utc_ns
    end = begin + round((noted.minutes or 0) * 60) * NS
    shared = overlap(activity.start.utc_ns, activity.end_utc_ns, begin, end)
    return not noted.minutes or shared > 0


def _new(mine: Own, told: Told) -> Outing:
    start = told.start_utc_ns
    if start is None:
        start = mine.now - round((told.minutes or 0) * 60) * NS
    return Outing(new_id(mine, start), start, mine.person.time_zone)


def _shown(mine: Own, outing: Outing, what: str) -> Shown:
    from evenstride.report.diary import walk_sheet

    day = day_of(outing.start_utc_ns, outing.time_zone)
    light = None if what == "removed" else lights_of(mine, day).get(outing.id)
    if light is not None and what != "removed":
        note_red(mine, light)
    first = held(plan_now(mine))
    newer = mine.diary.outings(since=outing.day, measured=False)
    is_newest = not newer or newer[-1].id == outing.id
    sheet = walk_sheet(outing, what, light, mine.now, first, is_newest=is_newest)
    document = {
        "schema": "evenstride/walk/1",
        "what": what,
        "walk": outing.document(),
        "light": light and {"light": light.light, "known": light.known, "waiting": light.waiting},
    }
    return mine.shown(document, sheet)
