"""How each measure changed from the first to the last third of the walk."""

from __future__ import annotations

from dataclasses import replace

from evenstride.model import Gait, Measure
from evenstride.report.measures import DRIFT, Catalogue, absent, shown, title_of, trusted
from evenstride.report.model import Absent, Change, Choices, Direction
from evenstride.report.numbers import Number
from evenstride.report.units import unit_for
from evenstride.report.words import GRADES

__all__ = ["changes", "changes_missing"]

_WIDE = 0.1  # of the measure itself: our choice of what would still matter
_VERBS: dict[Direction, str] = {"up": "went up by", "down": "went down by"}


def changes(gait: Gait, catalogue: Catalogue, choices: Choices) -> tuple[Change, ...]:
    """Return the changes that could be measured, in the order of the catalogue."""
    known = [name for name in catalogue if name + DRIFT in gait.measures]
    others = [
        name.removesuffix(DRIFT)
        for name in gait.measures
        if name.endswith(DRIFT) and name.removesuffix(DRIFT) not in catalogue
    ]
    found = ((name, gait.measures[name + DRIFT]) for name in known + others)
    return tuple(
        _change(name, measure, gait, catalogue, choices)
        for name, measure in found
        if trusted(measure) and measure.low is not None
    )


def changes_missing(gait: Gait, catalogue: Catalogue, choices: Choices) -> tuple[Absent, ...]:
    """Return the changes that could not be measured, by reason."""
    drifts = {name: m for name, m in gait.measures.items() if name.endswith(DRIFT)}
    return absent(drifts, catalogue, choices)


def _change(
    name: str, measure: Measure, gait: Gait, catalogue: Catalogue, choices: Choices
) -> Change:
    whole = gait.measures[name].value or 0.0 if name in gait.measures else 0.0
    title = title_of(name, catalogue)
    value, low, high = (v or 0.0 for v in (measure.value, measure.low, measure.high))
    amount = shown(name + DRIFT, measure, catalogue, choices)
    direction: Direction = "up" if low > 0 else "down" if high < 0 else "none"
    if not amount.value.strip("+−0."):
        direction = "none"  # sure, but too small to be shown, let alone felt
    factor = unit_for(measure.unit, choices.units).per_si
    return Change(
        name=name,
        title=title,
        number=amount,
        low=low * factor,
        value=value * factor,
        high=high * factor,
        direction=direction,
        wide=high - low > 2 * _WIDE * abs(whole),
        sentence=_sentence(title, direction, amount),
        grade_words=GRADES[measure.grade],
    )


def _sentence(title: str, direction: Direction, amount: Number) -> str:
    if direction == "none":
        return "No clear change."
    size = replace(amount, value=amount.value.lstrip("+−"))
    return f"{title} {_VERBS[direction]} {size}."
