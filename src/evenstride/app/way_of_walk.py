"""One walk over time and from above, from its own recording and track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.close_look import CloseLook, close_look
from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.walks import LAST, find_walk
from evenstride.model import Outing, Person
from evenstride.model.day import NS
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from evenstride.report.html.figures import Figure
    from evenstride.report.one_walk.over_time import OverTime
    from evenstride.report.sheet import Section, Sheet

__all__ = ["WayOfWalk", "look_at_way"]


@dataclass(frozen=True, slots=True)
class WayOfWalk:
    """What a recording and a track tell of a walk.

    Attributes:
        id: Of the walk.
        headline: When it was and how long.
        over_time: Its numbers over time; None without any.
        plot: The same for a script that draws; empty without any.
        figures: The profile and the way from above; they say nothing of where on earth it is.
        ground: The ground in words; None without a track.
        by_kind: How it was walked on each kind of ground.
    """

    id: str
    headline: str
    over_time: OverTime | None
    plot: Mapping[str, Any]
    figures: tuple[Figure, ...]
    ground: Sheet | None
    by_kind: tuple[Section, ...]


def look_at_way(home: Path | None, walk: str = LAST, *, now: int | None = None) -> WayOfWalk:
    """Return one walk over time and from above.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name or day; "last" is the newest.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk.
    """
    from evenstride.report.diary import walk_long, walk_when

    with own(home, now or now_utc_ns()) as mine:
        outing = find_walk(mine, walk)
        close, person = close_look(mine, outing), mine.person
        when = walk_when(outing, mine.now)
    over_time = _over_time(outing, close, person)
    headline = screen_words("web-walks")["one"]["headline"]
    return WayOfWalk(
        id=outing.id,
        headline=headline.format(when=when, long=walk_long(outing)),
        over_time=over_time,
        plot=over_time.document() if over_time else {},
        figures=_figures(close, person),
        ground=_ground(close, person),
        by_kind=_by_kind(close),
    )


def _over_time(outing: Outing, close: CloseLook, person: Person) -> OverTime | None:
    from evenstride.report.one_walk.over_time import over_time

    if close.moments is None:
        return None
    unused: list[tuple[float, float, str]] = []
    if close.motion is not None:
        late_s = (close.motion.start_utc_ns - outing.start_utc_ns) / NS
        unused = [
            (one["start_s"] + late_s, one["end_s"] + late_s, str(one["reason"]))
            for one in close.motion.gait.get("unused", [])
        ]
    return over_time(close.moments, unused, person.units)


def _figures(close: CloseLook, person: Person) -> tuple[Figure, ...]:
    from evenstride.report.html.terrain_page import profile_figure, way_figure

    if close.profile is None:
        return ()
    found = (
        way_figure(close.profile, person.units, places=False),
        profile_figure(close.profile, person.units),
    )
    return tuple(one for one in found if one is not None)


def _ground(close: CloseLook, person: Person) -> Sheet | None:
    from evenstride.report.terrain import terrain_sheet

    return None if close.profile is None else terrain_sheet(close.profile, person.units)


def _by_kind(close: CloseLook) -> tuple[Section, ...]:
    from evenstride.inventory.on_ground import on_ground
    from evenstride.report.walk import ground_sections

    if close.moments is None:
        return ()
    return ground_sections(
        {
            "slope": on_ground([close.moments], "slope"),
            "surface": on_ground([close.moments], "surface"),
        }
    )
