"""What walking shows: the newest measured walk next to the person's own, and the ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from evenstride.checkup.knowledge.spoken import counted
from evenstride.gait import CATALOGUE
from evenstride.inventory import Observed
from evenstride.model import Measure
from evenstride.report.factors import observed_value
from evenstride.report.measures import DRIFT, absent, shown, title_of, trusted
from evenstride.report.model import Choices
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Table
from evenstride.report.visible import visible
from evenstride.report.visit.nouns import Material
from evenstride.report.visit.said import day_said, own_words, words_of

__all__ = ["beside_section", "measure_sections", "pain_section", "walking_section"]

_ROWS = 9
_GROUND = ("surface", "hills")


def walking_section(material: Material) -> Section:
    """Return the measures of the factors with interval, grade and the person's own walks."""
    words = words_of("walking")
    seen = [
        one
        for factor in material.inventory.factors
        for one in factor.observed
        if one.how == "measured"
    ]
    there = [one for one in seen if one.value is not None]
    says = list(_about(there, material)) if there else [words["none"]]
    says += _ground(material)
    dated = len({one.walk for one in there}) > 1  # not each walk measures all of it
    rows = tuple(_row(one, material, dated=dated) for one in there[:_ROWS])
    table = Table(tuple(words["columns"]), rows) if rows else None
    points = tuple(_missing(seen)) if there else ()
    return Section(words["title"], tuple(says), points, table)


def measure_sections(material: Material) -> Iterator[Section]:
    """Yield every measure of the newest measured walk, its changes, and what is absent and why."""
    words, walk = words_of("more"), material.measured
    if walk is None:
        return
    choices = Choices(units=material.units)
    plain = {n: m for n, m in walk.measures.items() if not n.endswith(DRIFT)}
    drifts = {n: m for n, m in walk.measures.items() if n.endswith(DRIFT)}
    rows = tuple(
        (*_measured(name, one, choices), _method(name)) for name, one in _trusted(plain).items()
    )
    title = words["measures"].format(day=day_said(walk.day))
    yield Section(title, (), (), Table(tuple(words["measure_columns"]), rows))
    changes = tuple(_measured(name, one, choices) for name, one in _trusted(drifts).items())
    yield Section(words["changes"], (), (), Table(tuple(words["change_columns"]), changes))
    yield Section(words["absent"], (), tuple(_absent(plain, choices)))


def beside_section(material: Material) -> Section:
    """Return what is said of each measure next to the person's own walks and to other people."""
    words = words_of("more")
    points = []
    for factor in material.inventory.factors:
        for one in factor.observed:
            parts = [part.says for part in (one.comparison, one.norm) if part is not None]
            if one.how == "measured" and one.value is not None and parts:
                says = visible(" ".join(parts))
                points.append(words["one_of"].format(title=visible(one.title), says=says))
    return Section(words["beside"], (), tuple(points))


def pain_section(material: Material) -> Section:
    """Return the pain on walks of one kind: counts and middle values, never a verdict."""
    found = material.inventory
    points = tuple(visible(one.says) for factor in found.factors for one in factor.pain)
    return Section(words_of("more")["pain"], (found.pain_note,) if points else (), points)


def _trusted(measures: Mapping[str, Measure]) -> dict[str, Measure]:
    order = [name for name in CATALOGUE if name in measures]
    order += [name + DRIFT for name in CATALOGUE if name + DRIFT in measures]
    return {name: measures[name] for name in order if trusted(measures[name])}


def _measured(name: str, one: Measure, choices: Choices) -> tuple[str, str, str]:
    reading = shown(name, one, CATALOGUE, choices)
    value = f"{reading.short} ({reading.interval})" if reading.interval else reading.short
    grade = words_of("walking")["grades"][one.grade]
    return (title_of(name, CATALOGUE), value, f"{grade}. {one.reason}")


def _method(name: str) -> str:
    info = CATALOGUE[name]
    return f"{info.definition} {info.source}"


def _absent(measures: Mapping[str, Measure], choices: Choices) -> Iterator[str]:
    for one in absent(measures, CATALOGUE, choices):
        yield f"{', '.join(one.titles)}: {one.reason}"


def _row(one: Observed, material: Material, *, dated: bool) -> tuple[str, ...]:
    grade = words_of("walking")["grades"][one.grade] if one.grade else ""
    walk = material.walk(one.walk) if dated else None
    title = one.title if walk is None else f"{one.title}, {day_said(walk.day)}"
    return (visible(title), observed_value(one, material.units), grade, _beside(one, material))


def _beside(one: Observed, material: Material) -> str:
    """Return what can be said next to own walks, with their mean, lowest and highest value."""
    found = one.comparison
    if found is None:
        return ""
    verdict = str(screen_words("factors")["verdicts"][found.verdict])
    if found.usual is None or found.verdict == "cannot_say":
        return verdict
    usual = replace(one, value=found.usual, low=found.low, high=found.high)
    says: str = words_of("walking")["usual"].format(
        verdict=verdict,
        usual=observed_value(usual, material.units),
        walks=counted(found.n, "walk"),
    )
    return says


def _about(there: list[Observed], material: Material) -> Iterator[str]:
    words = words_of("walking")
    found = (material.walk(name) for name in dict.fromkeys(one.walk for one in there))
    for walk in filter(None, found):
        yield words["about"].format(
            day=day_said(walk.day),
            sensor=own_words(walk.sensor) or words["no_place"],
            placement=walk.placement or words["no_place"],
        )
    yield words["key"]


def _ground(material: Material) -> Iterator[str]:
    told = {
        one.name: str(one.value)
        for factor in material.inventory.factors
        for one in factor.observed
        if one.name in _GROUND and one.value is not None
    }
    words = words_of("walking")
    if told:
        yield words["ground"].format(
            **{name: told.get(name, words["no_place"]) for name in _GROUND}
        )


def _missing(seen: list[Observed]) -> Iterator[str]:
    """Yield what a sensor could have told and did not, with the reason, once for each reason."""
    words = words_of("walking")
    found: dict[str, list[str]] = {}
    for one in seen:
        if one.value is None:
            found.setdefault(one.reason, []).append(visible(one.title))
    for why, titles in found.items():
        yield words["not_measured"].format(titles=", ".join(titles), why=why)
