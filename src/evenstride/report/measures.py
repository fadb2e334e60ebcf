"""Measures -> rows in groups, and the absent ones by their reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from evenstride.checkup.knowledge.sentences import in_own_words
from evenstride.gait import GROUPS, MeasureInfo
from evenstride.model import Gait, Grade, Measure
from evenstride.report.model import Absent, Choices, GradeKey, Group, Row
from evenstride.report.numbers import Number, number
from evenstride.report.words import GRADES, NOT_OTHERWISE_EXPLAINED

__all__ = ["DRIFT", "absent", "groups", "shown", "title_of", "trusted"]

Catalogue = Mapping[str, MeasureInfo]

DRIFT = "_drift"
_OTHER = "Other"
_EVERYTHING = "All measures"


def trusted(measure: Measure | None) -> bool:
    """Whether a measure has a value that may be used in a sentence."""
    return measure is not None and measure.value is not None and measure.grade != "not_usable"


def title_of(name: str, catalogue: Catalogue) -> str:
    """Return the plain title of a measure; the change of a measure has the title of its measure."""
    info = catalogue.get(name.removesuffix(DRIFT)) or catalogue.get(name)
    if info is None:
        return name.removesuffix(DRIFT).replace("_", " ").capitalize()
    return in_own_words(info.title)


def shown(
    name: str, measure: Measure, catalogue: Catalogue, choices: Choices, *, whole: bool = False
) -> Number:
    """Show a measure, or the change of one, with the decimals that the catalogue allows."""
    signed = name.endswith(DRIFT)
    info = catalogue.get(name.removesuffix(DRIFT))
    return number(
        measure,
        choices.units,
        plain=not choices.professional,
        decimals=0 if whole else (info.decimals if info else 3) + signed,
        signed=signed,
    )


def groups(
    gait: Gait, catalogue: Catalogue, choices: Choices
) -> tuple[tuple[Group, ...], tuple[GradeKey, ...]]:
    """Return every measure that has a value to go by in the groups of the catalogue, and a key."""
    names = [
        name
        for name in _in_order(gait.measures, catalogue)
        if not name.endswith(DRIFT) and trusted(gait.measures[name])
    ]
    keys = _keys(gait.measures[name] for name in names)
    common = {(key.grade, key.reason) for key in keys}
    found: dict[str, list[Row]] = {}
    for name in names:
        row = _row(name, gait.measures[name], catalogue, choices)
        if (row.grade, row.why) in common:
            row = replace(row, why="")
        info = catalogue.get(name)
        found.setdefault(GROUPS[info.group] if info else _OTHER, []).append(row)
    return tuple(Group(title, tuple(rows)) for title, rows in found.items()), keys


def _keys(measures: Iterable[Measure]) -> tuple[GradeKey, ...]:
    reasons: dict[Grade, Counter[str]] = {}
    for measure in measures:
        reasons.setdefault(measure.grade, Counter())[measure.reason] += 1
    return tuple(
        GradeKey(grade, GRADES[grade], counted.most_common(1)[0][0])
        for grade, counted in reasons.items()
    )


def absent(
    measures: Mapping[str, Measure], catalogue: Catalogue, choices: Choices
) -> tuple[Absent, ...]:
    """Return what could not be measured, one entry per reason."""
    found: dict[str, list[str]] = {}
    for name in _in_order(measures, catalogue):
        measure = measures[name]
        if trusted(measure):
            continue
        title = title_of(name, catalogue)
        if measure.value is not None and choices.professional:
            reading = shown(name, measure, catalogue, choices)
            title += f" (reads {reading}, not to be relied on)"
        found.setdefault(measure.reason or NOT_OTHERWISE_EXPLAINED, []).append(title)
    if len(found) == 1 and len(measures) > 1 and sum(map(len, found.values())) == len(measures):
        return (Absent((_EVERYTHING,), next(iter(found))),)
    return tuple(Absent(tuple(titles), reason) for reason, titles in found.items())


def _row(name: str, measure: Measure, catalogue: Catalogue, choices: Choices) -> Row:
    info = catalogue.get(name)
    return Row(
        name=name,
        title=title_of(name, catalogue),
        number=shown(name, measure, catalogue, choices),
        grade=measure.grade,
        grade_words=GRADES[measure.grade],
        what=info.what if info else "",
        why=measure.reason,
        n=measure.n,
        definition=info.definition if info else "",
        grades=info.grades if info else "",
        source=info.source if info else "",
    )


def _in_order(names: Iterable[str], catalogue: Catalogue) -> list[str]:
    order = {name: place for place, name in enumerate(catalogue)}
    return sorted(names, key=lambda name: order.get(name, len(order)))
