"""The list of walks, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.planning import lights_of
from evenstride.diary import Which
from evenstride.model import Outing, PainRatings
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from evenstride.report.walk_list import MonthOfWalks

__all__ = ["PAGE", "WalkList", "list_walks"]

PAGE = 20
"""Walks on a page; the walks of one day are never torn apart, so there may be a few more."""

_UNRATED = PainRatings()


@dataclass(frozen=True, slots=True)
class WalkList:
    """A page of walks.

    Attributes:
        months: The walks, the newest first.
        older: The day with which the next page begins; None if there is none.
        is_newest: Whether there is no page before it.
        is_empty: Whether the diary has no walk at all.
        simulated: What is to be said of a diary that no real person wrote; else empty.
    """

    months: tuple[MonthOfWalks, ...]
    older: date | None
    is_newest: bool
    is_empty: bool
    simulated: str


def list_walks(
    home: Path | None = None,
    until: date | None = None,
    which: Which = "all",
    *,
    now: int | None = None,
) -> WalkList:
    """Return the walks of the last days up to one, so many as fit on a page.

    Args:
        home: The person's folder, if not the usual one.
        until: The last day; None: from the newest walk.
        which: Which walks.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.walk_list import months_of_walks

    with own(home, now or now_utc_ns()) as mine:
        diary = mine.diary
        newest = diary.day_of_walk_before(None, 1)
        last = diary.day_of_walk_before(until, 1, which)
        mark = screen_words("diary")["simulated"] if mine.simulated else ""
        if last is None:
            return WalkList((), None, until is None, newest is None, mark)
        first = diary.day_of_walk_before(until, PAGE, which)
        walks = [one for one in diary.outings(first, last) if _is(one, which)]
        begin = min(one.day for one in walks)
        older = diary.day_of_walk_before(begin - timedelta(days=1), 1, which)
        months = months_of_walks(walks, lights_of(mine, begin, last), mine.person)
    return WalkList(months, older, newest is None or until is None or newest <= until, False, mark)


def _is(walk: Outing, which: Which) -> bool:
    if which == "rated":
        return walk.back != _UNRATED or walk.leg != _UNRATED
    return which == "all" or bool(walk.measures)
