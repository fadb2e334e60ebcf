"""Pain and minutes over many weeks: what a picture and the tables behind it hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evenstride.checkup.knowledge.spoken import counted, figure, spoken_day
from evenstride.model import Outing
from evenstride.plan import WalkLight
from evenstride.report.amounts import rating_said
from evenstride.report.diary import light_word
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Table
from evenstride.report.weeks import weeks_of_walks

__all__ = ["Back", "Mark", "PainDot", "WeekBar", "weeks_back"]

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class PainDot:
    """The worst pain of a walk; None if only its day and light are known."""

    day: date
    worst: float
    light: str


@dataclass(frozen=True, slots=True)
class WeekBar:
    """The minutes of a week, and those that were planned if there was a plan."""

    monday: date
    minutes: float
    planned: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something else that was done: a "checkup" or the begin of a "trial"."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Back:
    """Some weeks looked back on.

    Attributes:
        first: Their first Monday.
        last: Their last Sunday.
        lead: How many walks there are, in words.
        dots: The walks whose pain was told.
        bars: Every week, also those without a walk.
        marks: Check-ups and experiments.
        marks_said: The same in words.
        weeks: The weeks as a table, the newest first.
        walks: The walks as a table, the newest first.
    """

    first: date
    last: date
    lead: str
    dots: tuple[PainDot, ...]
    bars: tuple[WeekBar, ...]
    marks: tuple[Mark, ...]
    marks_said: tuple[str, ...]
    weeks: Table
    walks: Table


def weeks_back(
    span: tuple[date, date],
    outings: Sequence[Outing],
    lights: Mapping[str, WalkLight],
    planned: Mapping[date, float],
    marks: Iterable[Mark],
) -> Back:
    """Return what is shown of some weeks.

    Args:
        span: The first Monday and the last Sunday.
        outings: The walks and rides of these days, in the order of time.
        lights: By the id of the walk.
        planned: Minutes of each planned week, by its first day.
        marks: What else was done in these days.
    """
    words = screen_words("web-history")
    first, last = span
    walks = [one for one in outings if one.is_walk]
    says = words["lead" if walks else "nothing"].format(
        walks=counted(len(walks), "walk"),
        first=spoken_day(first, "day_year"),
        last=spoken_day(last, "day_year"),
    )
    minutes = {week.monday: week.minutes for week in weeks_of_walks(walks)}
    mondays = [first + number * _WEEK for number in range((last - first).days // 7 + 1)]
    bars = tuple(WeekBar(day, minutes.get(day, 0.0), _planned(day, planned)) for day in mondays)
    done = tuple(sorted(marks, key=lambda one: one.day))
    return Back(
        first=first,
        last=last,
        lead=says,
        dots=tuple(_dot(one, lights.get(one.id)) for one in walks if one.back.worst is not None),
        bars=bars,
        marks=done,
        marks_said=tuple(
            words["picture"]["marked"][one.kind].format(day=spoken_day(one.day, "day_year"))
            for one in done
        ),
        weeks=_weeks(walks, lights, bars, words["weeks"]),
        walks=_walks(walks, lights, words["picture"]),
    )


def _planned(monday: date, planned: Mapping[date, float]) -> float | None:
    """Return the minutes of the planned week that begins in a week of the calendar."""
    found = [minutes for day, minutes in planned.items() if monday <= day < monday + _WEEK]
    return max(found, default=None)


def _dot(walk: Outing, light: WalkLight | None) -> PainDot:
    return PainDot(walk.day, walk.back.worst or 0.0, (light.light or "") if light else "")


def _weeks(
    walks: Sequence[Outing],
    lights: Mapping[str, WalkLight],
    bars: Sequence[WeekBar],
    words: Mapping[str, Any],
) -> Table:
    planned = {bar.monday: bar.planned for bar in bars}
    rows = []
    for week in reversed(weeks_of_walks(walks)):
        seen = Counter(lights[one.id].light for one in week.walks if one.id in lights)
        plan = planned.get(week.monday)
        rows.append(
            (
                spoken_day(week.monday, "short_year"),
                str(len(week.walks)),
                figure(f"{week.minutes:,.0f}"),
                words["empty"] if plan is None else f"{plan:.0f}",
                rating_said(week.worst, words["empty"]),
                rating_said(week.next_morning, words["empty"]),
                words["lights"].format(green=seen["green"], amber=seen["amber"], red=seen["red"]),
            )
        )
    return Table(tuple(words["columns"]), tuple(rows))


def _walks(
    walks: Sequence[Outing], lights: Mapping[str, WalkLight], words: Mapping[str, Any]
) -> Table:
    rows = tuple(
        (
            spoken_day(one.day, "short_year"),
            "–" if one.minutes is None else f"{one.minutes:.0f}",
            *(
                rating_said(value, "–")
                for value in (one.back.before, one.back.worst, one.back.next_morning)
            ),
            light_word(lights.get(one.id)),
        )
        for one in reversed(walks)
    )
    return Table(tuple(words["columns"]), rows)
