"""How pain and weeks went, a quarter or a year at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evenstride.app.moments import day_of, now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.planning import FIRST_DAY, lights_of, plan_now
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from evenstride.report.html.figures import Figure
    from evenstride.report.weeks_back import Back, Mark

__all__ = ["LookedBack", "Span", "look_back"]

Span = Literal["quarter", "year"]

_WEEKS: dict[Span, int] = {"quarter": 13, "year": 52}
_WIDE, _NARROW = 860.0, 330.0


@dataclass(frozen=True, slots=True)
class LookedBack:
    """Some weeks looked back on.

    Attributes:
        back: The weeks in numbers.
        figure: The same as a picture; None without a walk.
        earlier: The last day of the time before; None if no walk is older.
        later: The last day of the time after; None if that has not come.
        is_empty: Whether the diary has no walk at all.
        simulated: What is to be said of a diary that no real person wrote; else empty.
    """

    back: Back
    figure: Figure | None
    earlier: date | None
    later: date | None
    is_empty: bool
    simulated: str


def look_back(
    home: Path | None = None,
    until: date | None = None,
    span: Span = "quarter",
    *,
    now: int | None = None,
) -> LookedBack:
    """Return how pain and minutes went in the weeks up to a day; only these weeks are read.

    Args:
        home: The person's folder, if not the usual one.
        until: A day of the last week; None, or a day that is yet to come: this week.
        span: How many weeks.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.weeks_back import weeks_back

    with own(home, now or now_utc_ns()) as mine:
        last = max(FIRST_DAY, min(until or mine.today, mine.today))
        monday = last - timedelta(days=last.weekday())
        first = monday - timedelta(weeks=_WEEKS[span] - 1)
        end = monday + timedelta(days=6)
        outings = mine.diary.outings(first, end, measured=False)
        back = weeks_back(
            (first, end),
            outings,
            lights_of(mine, first, end),
            _planned(mine),
            _marks(mine, first, end),
        )
        mark = screen_words("diary")["simulated"] if mine.simulated else ""
        is_empty = mine.diary.day_of_walk_before(None, 1) is None
        is_older = mine.diary.day_of_walk_before(first - timedelta(days=1), 1) is not None
        later = end + timedelta(weeks=_WEEKS[span])
    return LookedBack(
        back=back,
        figure=_figure(back) if outings else None,
        earlier=first - timedelta(days=1) if is_older else None,
        later=min(later, mine.today) if end < mine.today else None,
        is_empty=is_empty,
        simulated=mark,
    )


def _planned(mine: Own) -> dict[date, float]:
    """Return the minutes of each week that was planned, by its first day."""
    from evenstride.plan import Plan

    found = plan_now(mine)
    if not isinstance(found, Plan):
        return {}
    return {week.starts: week.minutes for week in (*found.past, found.week) if week.minutes}


def _marks(mine: Own, first: date, last: date) -> Iterator[Mark]:
    """Yield the check-ups and the beginnings of experiments in these days."""
    from evenstride.app.trial.kept import all_trials
    from evenstride.report.weeks_back import Mark

    zone = mine.person.time_zone
    done = [("checkup", one.at_utc_ns) for one in mine.diary.checkups()]
    done += [("trial", one.at_utc_ns) for one in all_trials(mine)]
    for kind, at in done:
        if first <= (day := day_of(at, zone)) <= last:
            yield Mark(day, kind)


def _figure(back: Back) -> Figure:
    from evenstride.report.html.figures import Figure
    from evenstride.report.html.line_plot import Canvas
    from evenstride.report.html.weeks_plot import weeks_plot

    words = screen_words("web-history")["picture"]
    wide, narrow = (
        weeks_plot(Canvas(f"weeks-{size}", words["title"], words["says"], width, 0.0), back)
        for size, width in (("wide", _WIDE), ("narrow", _NARROW))
    )
    table = back.walks
    return Figure("weeks", words["title"], words["says"], wide, narrow, table.columns, table.rows)
