"""What the phone or watch measured by itself, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evenstride.inventory.by_month import MonthOf
from evenstride.model import Person
from evenstride.model.day import day_of
from evenstride.report.amounts import counted
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.units import unit_for
from evenstride.report.visible import visible

__all__ = ["phone_sheet"]

_PER_HUNDRED = ("walking_asymmetry", "double_support", "walking_steadiness")
_DECIMALS = {"walking_speed_m_s": 2, "step_length_m": 2, "six_minute_walk_m": 0}
_UNITS = {"walking_speed_m_s": "m/s", "step_length_m": "m", "six_minute_walk_m": "m"}
_SHOWN = 12


def phone_sheet(
    months: Sequence[MonthOf], symptoms: Sequence[Mapping[str, Any]], person: Person
) -> Sheet:
    """Return what a phone measured in the last year.

    Args:
        months: Medians by metric, device and month.
        symptoms: What was noted in other programs.
        person: For units and the clock of their place.
    """
    words = screen_words("phone")
    if not months and not symptoms:
        return Sheet(words["nothing"])
    metrics = list(dict.fromkeys(one.metric for one in months))
    sections = [_metric(name, [m for m in months if m.metric == name], person, words)
                for name in metrics]  # fmt: skip
    sections.append(Section("", tuple(words["care"]) if months else ()))
    sections.append(Section(words["noted"], (), _noted(symptoms, person, words)))
    return Sheet(words["headline"], "", tuple(one for one in sections if one.says_something))


def _metric(
    name: str, months: Sequence[MonthOf], person: Person, words: Mapping[str, Any]
) -> Section:
    unit = unit_for(_UNITS.get(name, "1"), person.units)
    titles = words["metrics"][name]
    rows = [
        (
            f"{one.month:%B %Y}",
            *(_said(value, name, unit.per_si) for value in (one.median, one.low, one.high)),
            str(one.count),
            visible(one.device.name or one.device.model),
        )
        for one in months[-_SHOWN:]
    ]
    in_unit = f"{titles['title']} ({titles.get('unit') or unit.short})"
    return Section(
        in_unit, (titles["care"],) if titles.get("care") else (), (),
        Table(tuple(words["columns"]), tuple(rows)),
    )  # fmt: skip


def _said(value: float | None, name: str, per_si: float) -> str:
    if value is None:
        return "-"
    if name in _PER_HUNDRED:
        return f"{100 * value:.1f}"
    return f"{value * per_si:.{_DECIMALS[name]}f}"


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
            what=words["symptoms"].get(name, visible(name.replace("_", " ").capitalize())),
            days=counted(len(found), "day"),
            how=", ".join(
                f"{words['severity'].get(how, how)} {count}" for how, count in worst[name].items()
            ),
        )
        for name, found in sorted(days.items())
    )
