"""Every number of the page in SI units, as programs read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from evenstride.checkup.instruments import instruments
from evenstride.gait import CATALOGUE
from evenstride.model import Outing, PainRatings
from evenstride.model.day import day_of
from evenstride.report.measures import DRIFT, title_of
from evenstride.report.phone import symptom_said
from evenstride.report.screens import screen_words
from evenstride.report.trial.sheets import question_of
from evenstride.report.visible import visible
from evenstride.report.visit.nouns import Material, TrialSoFar, Value
from evenstride.report.visit.said import own_words
from evenstride.report.visit.weeks import week_points

__all__ = ["values_of"]

_WALK = {
    "minutes": "min",
    "distance_m": "m",
    "steps": "steps",
    "load_kg": "kg",
    "minutes_to_rise": "min",
    "sleep_h": "h",
    "sitting_before_min": "min",
}
_TOLD = ("reach", "new_numbness")
_MONTH_UNITS = {
    "walking_speed_m_s": "m/s",
    "step_length_m": "m",
    "six_minute_walk_m": "m",
    "steps_a_day": "steps",
    "distance_a_day_m": "m",
}


def values_of(material: Material) -> tuple[Value, ...]:
    """Return every number, in a fixed order."""
    return (
        *_person(material),
        *(value for walk in material.walks for value in _walk(walk)),
        *(value for walk in material.walks for value in _measures(walk)),
        *(value for one in material.symptoms for value in _symptom(one, material.person.time_zone)),
        *_weeks(material),
        *_scores(material),
        *_months(material),
        *(value for trial in material.trials for value in _trial(trial, material.today)),
    )


def _person(material: Material) -> Iterator[Value]:
    words = screen_words("diary")["me"]
    for name, unit in (("height_m", "m"), ("mass_kg", "kg")):
        value = getattr(material.person, name)
        if value is not None:
            yield Value("person", name, words[name], value, unit, material.today)


def _walk(walk: Outing) -> Iterator[Value]:
    """Yield what was told or counted of a walk; what was not told is left out."""
    words = screen_words("report")["numbers"]
    told = [(name, getattr(walk, name), unit) for name, unit in _WALK.items()]
    told += [
        (f"{site}_{one.name}", getattr(getattr(walk, site), one.name), "points")
        for site in ("back", "leg")
        for one in fields(PainRatings)
    ]
    values = [(name, float(value), unit) for name, value, unit in told if value is not None]
    values += [(name, getattr(walk, name), "") for name in _TOLD if getattr(walk, name) is not None]
    at = (walk.day, walk.id, walk.start_utc_ns, walk.time_zone)
    for name, value, unit in values:
        yield Value("walk", name, words[name], value, unit, *at)


def _measures(walk: Outing) -> Iterator[Value]:
    """Yield what was measured of a walk; what is absent or not usable stands there with why."""
    words = screen_words("report")["numbers"]
    for name, one in walk.measures.items():
        usable = one.grade != "not_usable"
        title = title_of(name, CATALOGUE)
        yield Value(
            group="measure",
            name=name,
            title=words["change"].format(title=title) if name.endswith(DRIFT) else title,
            value=one.value if usable else None,
            unit=one.unit,
            day=walk.day,
            of=walk.id,
            at_utc_ns=walk.start_utc_ns,
            time_zone=walk.time_zone,
            low=one.low if usable else None,
            high=one.high if usable else None,
            interval="95 %" if usable and one.low is not None else "",
            grade=one.grade,
            n=one.n,
            reason=one.reason,
        )


def _symptom(one: Mapping[str, Any], time_zone: str) -> Iterator[Value]:
    """Yield how bad a symptom was that was noted in another program: its number, its word."""
    name, utc_ns = str(one["what"]), int(one["start"]["utc_ns"])
    title = symptom_said(name)
    at = (day_of(utc_ns, time_zone), own_words(str(one["device"]["name"])), utc_ns, time_zone)
    if one["rating"] is not None:
        rated = screen_words("report")["numbers"]["rated"].format(title=title)
        yield Value("symptom", f"{name}_rating", rated, float(one["rating"]), "points", *at)
    if one["severity"] is not None:
        yield Value("symptom", name, title, str(one["severity"]), "", *at)


def _weeks(material: Material) -> Iterator[Value]:
    words = screen_words("report")["numbers"]
    for week in week_points(material.walks, material.lights):
        green, amber, red = week.lights
        told = {
            "week_walks": (float(week.walks), ""),
            "week_minutes": (week.minutes, "min"),
            "week_worst": (week.worst, "points"),
            "week_next_morning": (week.next_morning, "points"),
            "week_green": (float(green), ""),
            "week_amber": (float(amber), ""),
            "week_red": (float(red), ""),
        }
        for name, (value, unit) in told.items():
            if value is not None:
                yield Value("week", name, words[name], value, unit, week.monday)


def _scores(material: Material) -> Iterator[Value]:
    for one in material.scores:
        name = one.score.instrument
        title = instruments()[name].name
        reason = one.score.reason or ""
        yield Value("score", name, title, one.score.value, "points", one.day, reason=reason)


def _months(material: Material) -> Iterator[Value]:
    titles = screen_words("phone")["metrics"]
    for one in material.months:
        yield Value(
            group="month",
            name=one.metric,
            title=titles[one.metric]["title"],
            value=one.median,
            unit=_MONTH_UNITS.get(one.metric, "1"),
            day=one.month,
            of=own_words(one.device.name or one.device.model),
            low=one.low,
            high=one.high,
            interval="quartiles" if one.low is not None else "",
            n=one.count,
            reason="" if one.median is not None else screen_words("report")["numbers"]["few"],
        )


def _trial(trial: TrialSoFar, today: date) -> Iterator[Value]:
    answer = trial.result.as_assigned if trial.result else None
    for effect in answer.effects if answer else ():
        ratio = effect.ratio
        value, low, high = ratio or (effect.mean, effect.low, effect.high)
        yield Value(
            group="trial",
            name=trial.design.outcome,
            title=visible(f"{question_of(trial.design)} {effect.sentence}"),
            value=value,
            unit="1" if ratio else "points",
            day=today,
            of=trial.id,
            low=min(low, high),
            high=max(low, high),
            interval="95 %",
            n=trial.result.n if trial.result else None,
        )
