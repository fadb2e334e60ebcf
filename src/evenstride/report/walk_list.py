"""The walks of some weeks as lines under the names of their months, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from evenstride.checkup.knowledge.spoken import figure, spoken_day
from evenstride.model import Outing, PainRatings, Person
from evenstride.model.day import local
from evenstride.plan import WalkLight
from evenstride.report.amounts import distance_said, rating_said
from evenstride.report.diary import light_word
from evenstride.report.screens import screen_words

__all__ = ["MonthOfWalks", "WalkLine", "months_of_walks"]


@dataclass(frozen=True, slots=True)
class WalkLine:
    """One walk in the list.

    Attributes:
        id: Its name in the diary.
        day: "Fri 27 Nov".
        clock: When it began, on the clock there.
        facts: How long, how far, and what else there is to say.
        pain: "Pain 1 → 3 → 1"; empty if nothing was told.
        pain_read: The same for those who hear it.
        light: "green", "amber", "red", or empty.
        light_says: Its light in a word; empty without one.
    """

    id: str
    day: str
    clock: str
    facts: tuple[str, ...]
    pain: str
    pain_read: str
    light: str
    light_says: str


@dataclass(frozen=True, slots=True)
class MonthOfWalks:
    """The walks of one month, the newest first."""

    title: str
    walks: tuple[WalkLine, ...]


def months_of_walks(
    walks: Sequence[Outing], lights: Mapping[str, WalkLight], person: Person
) -> tuple[MonthOfWalks, ...]:
    """Return walks in months, by the day on the calendar where they were walked.

    Args:
        walks: In any order.
        lights: By the id of the walk.
        person: For units.
    """
    words = screen_words("web-walks")["list"]
    ordered = sorted(walks, key=lambda one: (one.day, one.start_utc_ns, one.id), reverse=True)
    return tuple(
        MonthOfWalks(
            spoken_day(date(year, month, 1), "month_year"),
            tuple(_line(one, lights.get(one.id), person, words) for one in found),
        )
        for (year, month), found in groupby(ordered, lambda one: (one.day.year, one.day.month))
    )


def _line(
    walk: Outing, light: WalkLight | None, person: Person, words: Mapping[str, Any]
) -> WalkLine:
    at = local(walk.start_utc_ns, walk.time_zone)
    shown = light.light if light and light.light else ""
    return WalkLine(
        id=walk.id,
        day=spoken_day(walk.day, "short_weekday"),
        clock=f"{at:%H:%M}",
        facts=tuple(_facts(walk, person, words)),
        pain=_pain(walk.back, words, "pain", "untold"),
        pain_read=_pain(walk.back, words, "pain_read", "untold_read"),
        light=shown,
        light_says=light_word(light) if shown else "",
    )


def _facts(walk: Outing, person: Person, words: Mapping[str, Any]) -> list[str]:
    long = words["no_minutes"]
    if walk.minutes is not None:
        long = words["minutes"].format(minutes=figure(f"{walk.minutes:,.0f}"))
    far = None if walk.distance_m is None else distance_said(walk.distance_m, person.units)
    ride = None if walk.is_walk else words["ride"]
    return [one for one in (ride, long, far, words["measured"] if walk.measures else None) if one]


def _pain(back: PainRatings, words: Mapping[str, Any], says: str, untold: str) -> str:
    if back == PainRatings():
        return str(words["no_pain"])
    told = {"before": back.before, "worst": back.worst, "morning": back.next_morning}
    filled = {name: rating_said(value, words[untold]) for name, value in told.items()}
    return str(words[says].format(**filled))
