"""What the phone or watch measured by itself, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from evenstride.checkup.knowledge.spoken import counted, figure, spoken_day
from evenstride.inventory.by_month import MonthOf
from evenstride.model import Person
from evenstride.model.day import day_of
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.units import FACTORS_TO_METRES, unit_for
from evenstride.report.visible import visible

__all__ = ["metric_section", "metric_unit", "phone_sheet", "symptom_said"]

_PER_HUNDRED = ("walking_asymmetry", "double_support", "walking_steadiness")
_DECIMALS = {"walking_speed_m_s": 2, "step_length_m": 2, "distance_a_day_m": 1}
_UNITS = {"walking_speed_m_s": "m/s", "step_length_m": "m", "six_minute_walk_m": "m"}
_SHOWN = 6
_OF_DAYS = ("steps_a_day", "distance_a_day_m")
_IN_SHORT = ("steps_a_day", "walking_speed_m_s", "walking_asymmetry")


def phone_sheet(
    months: Sequence[MonthOf],
    symptoms: Sequence[Mapping[str, Any]],
    person: Person,
    *,
    newest: date | None = None,
    everything: bool = False,
) -> Sheet:
    """Return what a phone measured in the last year, or ever.

    Args:
        months: Medians by metric, device and month.
        symptoms: What was noted in other programs.
        person: For units and the clock of their place.
        newest: If nothing is in the last year: the day of the newest value before; None if none.
        everything: Whether it is about all years, with every month.
    """
    words = screen_words("phone")
    if not months and not symptoms:
        if newest is None:
            return Sheet(words["nothing"], words["bring"])
        month = spoken_day(newest, "month_year")
        return Sheet(words["older"], words["older_see"].format(month=month))
    by_metric = {name: [one for one in months if one.metric == name] for name in words["metrics"]}
    most = None if everything else _SHOWN
    cut = any(len(_newest(rows, most)) < len(rows) for rows in by_metric.values())
    sections = [
        Section(words["short"], (), tuple(_in_short(by_metric, person, words))),
        *(
            _metric(name, _newest(rows, most), person, words)
            for name, rows in by_metric.items()
            if rows
        ),
        Section("", tuple(words["care"]) if any(map(_is_gait, months)) else ()),
        Section(words["noted"], (), _noted(symptoms, person, words)),
    ]
    headline = words["headline_all" if everything else "headline"]
    footer = (words["rest"],) if cut else ()
    return Sheet(headline, "", tuple(one for one in sections if one.says_something), footer)


def _is_gait(one: MonthOf) -> bool:
    return one.metric not in _OF_DAYS


def _newest(rows: Sequence[MonthOf], most: int | None) -> list[MonthOf]:
    """Return the newest months, each with all of its devices, in the order of time."""
    months = sorted({one.month for one in rows})
    kept = set(months if most is None else months[-most:])
    return sorted(
        (one for one in rows if one.month in kept), key=lambda one: (one.month, one.device.name)
    )


def _in_short(
    by_metric: Mapping[str, Sequence[MonthOf]], person: Person, words: Mapping[str, Any]
) -> Iterator[str]:
    """Say the first and the newest month of what matters most, by the device of the newest."""
    for name in _IN_SHORT:
        known = [one for one in by_metric[name] if one.median is not None]
        if not known:
            continue
        last = max(known, key=lambda one: one.month)
        first = min((o for o in known if o.device == last.device), key=lambda one: one.month)
        says = words["one_month" if first.month == last.month else "two_months"]
        yield says.format(
            title=words["metrics"][name]["title"],
            now=f"{_said(last.median, name, person)} {_unit(name, person, words)[0]}".strip(),
            month=spoken_day(last.month, "month_year"),
            before=_said(first.median, name, person),
            earlier=spoken_day(first.month, "month_year"),
        )


def _metric(
    name: str, months: Sequence[MonthOf], person: Person, words: Mapping[str, Any]
) -> Section:
    titles = words["metrics"][name]
    rows = [
        (
            spoken_day(one.month, "month_year"),
            *(_said(value, name, person) for value in (one.median, one.low, one.high)),
            str(one.count),
            visible(one.device.name or one.device.model) or words["together"],
        )
        for one in months
    ]
    unit = _unit(name, person, words)[0]
    return Section(
        f"{titles['title']} ({unit})" if unit else titles["title"],
        (titles["care"],) if titles.get("care") else (),
        (),
        Table(tuple(words["columns"]), tuple(rows)),
    )


def _unit(name: str, person: Person, words: Mapping[str, Any]) -> tuple[str, float]:
    """Return how the unit of a metric is written, and what a value in SI is multiplied by."""
    if name == "distance_a_day_m":
        far = "mi" if person.units == "imperial" else "km"
        return far, 1 / FACTORS_TO_METRES[far]
    unit = unit_for(_UNITS.get(name, "1"), person.units)
    return words["metrics"][name].get("unit") or unit.short, unit.per_si


def _said(value: float | None, name: str, person: Person) -> str:
    if value is None:
        return "-"
    if name in _PER_HUNDRED:
        return figure(f"{100 * value:.1f}")
    per_si = _unit(name, person, screen_words("phone"))[1]
    return f"{value * per_si:,.{_DECIMALS.get(name, 0)}f}"


def symptom_said(name: str) -> str:
    """Return what a symptom is called, from its name in the diary."""
    words: Mapping[str, str] = screen_words("phone")["symptoms"]
    return words.get(name) or visible(name.replace("_", " ").capitalize())


def _noted(
    symptoms: Sequence[Mapping[str, Any]], person: Person, words: Mapping[str, Any]
) -> tuple[str, ...]:
    """Say on how many days each symptom was noted, and how bad it was at its worst."""
    days: dict[str, set[Any]] = {}
    worst: dict[str, Counter[str]] = {}
    for one in symptoms:
        if one["what"] == "note" or one["severity"] == "none":
            continue
        day = day_of(int(one["start"]["utc_ns"]), person.time_zone)
        days.setdefault(one["what"], set()).add(day)
        worst.setdefault(one["what"], Counter())[str(one["severity"] or "present")] += 1
    return tuple(
        words["symptom"].format(
            what=symptom_said(name),
            days=counted(len(found), "day"),
            how=", ".join(
                f"{words['severity'].get(how, how)} {count}" for how, count in worst[name].items()
            ),
        )
        for name, found in sorted(days.items())
    )


def metric_section(name: str, months: Sequence[MonthOf], person: Person) -> Section:
    """Return all months of one metric as a table, with its title and what is to be known of it."""
    return _metric(name, _newest(months, None), person, screen_words("phone"))


def metric_unit(name: str, person: Person) -> tuple[str, float]:
    """Return how the unit of a metric is written, and what a kept value is multiplied by."""
    unit, factor = _unit(name, person, screen_words("phone"))
    return unit, 100.0 if name in _PER_HUNDRED else factor
