"""Pain and function over time, with the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from evenstride.checkup.instruments import instruments
from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.model import Outing
from evenstride.plan import Plan, Refused, WalkLight
from evenstride.report.amounts import rating_said
from evenstride.report.factors import observed_value
from evenstride.report.plan import plan_title
from evenstride.report.questionnaire import Filled
from evenstride.report.sheet import Section, Table
from evenstride.report.visit.nouns import Material, WeekPoint, WeeksPicture
from evenstride.report.visit.said import day_said, words_of
from evenstride.report.weeks import WeekOfWalks, weeks_of_walks

__all__ = [
    "score_said",
    "scores_section",
    "week_points",
    "weeks_picture",
    "weeks_section",
    "weeks_table",
]

_SHOWN = timedelta(weeks=12)
_SCORES = 2
_TOLD = ("longest_minutes", "minutes_to_rise")


def week_points(
    walks: Sequence[Outing], lights: Mapping[str, WalkLight] | None
) -> tuple[WeekPoint, ...]:
    """Return every week on which was walked, the oldest first.

    Args:
        walks: In the order of time.
        lights: By the id of the walk.
    """
    return tuple(_point(week, lights or {}) for week in weeks_of_walks(walks))


def weeks_picture(points: Sequence[WeekPoint], plan: Plan | Refused) -> WeeksPicture | None:
    """Return what is drawn of the last weeks; None without walks."""
    weeks = _last(points)
    if not weeks:
        return None
    planned: tuple[tuple[date, int], ...] = ()
    if isinstance(plan, Plan):
        planned = tuple(
            (week.starts, week.minutes)
            for week in (*plan.past, plan.week)
            if week.minutes and week.starts >= weeks[0].monday
        )
    return WeeksPicture(words_of("weeks")["says"], weeks, planned)


def weeks_table(points: Sequence[WeekPoint]) -> Table | None:
    """Return the last weeks as a table; None without walks."""
    rows = tuple(_row(week) for week in _last(points))
    return Table(tuple(words_of("weeks")["columns"]), rows) if rows else None


def weeks_section(material: Material) -> Section:
    """Return the weeks as a table, where the plan stands, and the last scores."""
    words = words_of("weeks")
    weeks = week_points(material.walks, material.lights)
    table = weeks_table(weeks)
    says = [] if table else [words["none"]]
    if len(_last(weeks)) < len(weeks):
        says.append(words["older"])
    plan = material.plan
    if isinstance(plan, Plan):
        says.append(words["now"].format(plan=plan_title(plan)))
    else:
        says.append(words["held"].format(why=plan.says))
    told = [words["told"].format(title=title, value=value) for title, value in _function(material)]
    says.append(" ".join(told))
    last = {one.score.instrument: one for one in material.scores}
    says += [
        score_said(one) for one in list(last.values())[-_SCORES:] if one.score.value is not None
    ]
    return Section(words["title"], tuple(filter(None, says)), (), table)


def _function(material: Material) -> Iterator[tuple[str, str]]:
    """Yield how far walking goes, as it was told."""
    for factor in material.inventory.factors:
        for one in factor.observed:
            if one.name in _TOLD and one.value is not None:
                yield one.title, observed_value(one, material.units)


def scores_section(material: Material) -> Section:
    """Return every questionnaire that was filled in."""
    words = words_of("more")
    rows = tuple(_score_row(one) for one in material.scores)
    table = Table(tuple(words["score_columns"]), rows) if rows else None
    return Section(words["scores"], () if rows else (words["no_scores"],), (), table)


def score_said(one: Filled) -> str:
    """Return a score in one sentence."""
    words, instrument = words_of("weeks"), instruments()[one.score.instrument]
    says = words["score_of" if instrument.span else "score"]
    return str(says.format(name=instrument.name, day=day_said(one.day), **_gaps(one)))


def _gaps(one: Filled) -> dict[str, str]:
    span, value = instruments()[one.score.instrument].span, one.score.value
    return {
        "value": "-" if value is None else f"{value:g}",
        "high": f"{span.high:g}" if span else "",
    }


def _score_row(one: Filled) -> tuple[str, ...]:
    value = _gaps(one)["value"]
    why = f"{value}. {one.score.reason}" if one.score.value is None else value
    return (instruments()[one.score.instrument].name, day_said(one.day), why)


def _last(weeks: Sequence[WeekPoint]) -> tuple[WeekPoint, ...]:
    """Return those of the last twelve weeks."""
    return tuple(week for week in weeks if week.monday > weeks[-1].monday - _SHOWN)


def _point(week: WeekOfWalks, lights: Mapping[str, WalkLight]) -> WeekPoint:
    seen = Counter(lights[walk.id].light for walk in week.walks if walk.id in lights)
    return WeekPoint(
        week.monday,
        len(week.walks),
        week.minutes,
        week.worst,
        week.next_morning,
        (seen["green"], seen["amber"], seen["red"]),
    )


def _row(week: WeekPoint) -> tuple[str, ...]:
    return tuple(_cells(week))


def _cells(week: WeekPoint) -> Iterator[str]:
    yield spoken_day(week.monday, "short_year")
    yield str(week.walks)
    yield f"{week.minutes:.0f}"
    yield rating_said(week.worst)
    yield rating_said(week.next_morning)
    yield from map(str, week.lights)
