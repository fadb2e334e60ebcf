"""One walk looked at closely, and how a person walks on different ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.close_look import close_look
from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.app.walks import LAST, find_walk
from evenstride.model import Outing

if TYPE_CHECKING:
    from evenstride.inventory.on_ground import By, OnGround
    from evenstride.inventory.timeline import Moments

__all__ = ["show_ground", "show_walk"]

_MOST_WALKS = 40


def show_walk(home: Path | None = None, walk: str = LAST, *, now: int | None = None) -> Shown:
    """Return one walk: who tells what of it, its ground, and how it was walked there.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name; "last" is the newest.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk.
    """
    from evenstride.report.walk import one_walk_sheet

    with own(home, now or now_utc_ns()) as mine:
        outing = find_walk(mine, walk)
        close = close_look(mine, outing)
        groups = _groups([] if close.moments is None else [close.moments])
        sheet = one_walk_sheet(outing, close.streams, close.profile, groups, mine.person, mine.now)
    document = {
        "schema": "evenstride/outing/1",
        "walk": outing.document(),
        "accounts": [asdict(one) for one in close.streams],
        "terrain": None if close.profile is None else close.profile.document(),
        "by_slope": [asdict(one) for one in groups["slope"]],
        "by_surface": [asdict(one) for one in groups["surface"]],
        "timeline": [] if close.moments is None else _rows(close.moments),
    }
    return mine.shown(document, sheet)


def show_ground(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return how the person walks uphill, level and downhill, and on each surface, over many walks.

    Only walks with the sensor and placement of the newest one are put together.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.walk import ground_sheet

    with own(home, now or now_utc_ns()) as mine:
        walks = _alike(mine.diary.outings())
        found = [
            close.moments for one in walks if (close := close_look(mine, one)).moments is not None
        ]
        groups = _groups(found)
        sheet = ground_sheet(len(found), groups)
    document = {
        "schema": "evenstride/ground/1",
        "walks": len(found),
        "by_slope": [asdict(one) for one in groups["slope"]],
        "by_surface": [asdict(one) for one in groups["surface"]],
    }
    return mine.shown(document, sheet)


def _groups(walks: Sequence[Moments]) -> dict[By, tuple[OnGround, ...]]:
    from evenstride.inventory.on_ground import on_ground

    return {"slope": on_ground(walks, "slope"), "surface": on_ground(walks, "surface")}


def _alike(walks: Sequence[Outing]) -> list[Outing]:
    """Return the newest walks that were measured in the way of the newest of them."""
    measured = [one for one in walks if one.is_walk and one.sensor]
    if not measured:
        return [one for one in walks if one.is_walk][-_MOST_WALKS:]
    like = (measured[-1].sensor, measured[-1].placement)
    return [one for one in measured if (one.sensor, one.placement) == like][-_MOST_WALKS:]


def _rows(found: Moments) -> list[dict[str, Any]]:
    from evenstride.model.plain import plain

    return [plain(row) for row in found.rows()]
