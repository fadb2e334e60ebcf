"""What a sensor saw on the newest walk that has it, next to the person's own earlier walks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evenstride.checkup.knowledge.sentences import in_own_words
from evenstride.gait.catalogue import CATALOGUE
from evenstride.inventory.change import compare
from evenstride.inventory.comparable import comparable, missing
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.norms import norm_of
from evenstride.inventory.nouns import Comparison, Observed
from evenstride.inventory.walks import Material, Reading, readings
from evenstride.model.measure import Measure

__all__ = ["compared", "measured", "title_of"]

_DRIFT = "_drift"


def measured(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> tuple[Observed, ...]:
    """Return every measure of a factor; one that no walk has stands there with the reason."""
    return tuple(
        _observed(name, words, factor, material, known) for name, words in factor.measures.items()
    )


def title_of(name: str, known: FactorsKnowledge) -> str:
    """Return what a measure is called."""
    title = in_own_words(CATALOGUE[name.removesuffix(_DRIFT)].title)
    return known.titles["drift"].format(title=title) if name.endswith(_DRIFT) else title


def _observed(
    name: str,
    words: Mapping[str, str],
    factor: FactorKnowledge,
    material: Material,
    known: FactorsKnowledge,
) -> Observed:
    title = title_of(name, known)
    seen = readings(material.walks, name)
    if not seen:
        reason = _why_absent(name, material, known)
        unit = CATALOGUE[name.removesuffix(_DRIFT)].unit
        return Observed(name, title, "measured", None, unit, 0, reason=reason, give=words["give"])
    newest, measure = seen[-1], seen[-1].measure
    return Observed(
        name=name,
        title=title,
        how="measured",
        value=measure.value,
        unit=measure.unit,
        walks=len(seen),
        low=measure.low,
        high=measure.high,
        grade=measure.grade,
        walk=newest.walk.id,
        day=newest.walk.day,
        says=_sides(measure, factor) if name == "step_time_asymmetry_pct" else "",
        reason=measure.reason,
        comparison=compared(name, seen, words, len(factor.measures), known)[0],
        norm=norm_of(name, newest, material.person, known),
    )


def _why_absent(name: str, material: Material, known: FactorsKnowledge) -> str:
    """Return why the newest walk that tried has no value, or that none has tried."""
    for walk in reversed(material.walks):
        if name in walk.measures:
            return walk.measures[name].reason
    return known.reasons["unmeasured"]


def compared(
    name: str,
    seen: Sequence[Reading],
    words: Mapping[str, str],
    looked_at: int,
    known: FactorsKnowledge,
) -> tuple[Comparison, tuple[float, ...]]:
    """Return the last reading next to those before it, and the values that it is put beside.

    Args:
        name: The measure.
        seen: Its readings, the oldest first; there is at least one.
        words: "more" and "less" for this measure.
        looked_at: How many measures are looked at together.
        known: What the inventory knows.
    """
    *earlier, newest = seen
    lacks = missing(name, newest.walk)
    if lacks is not None:
        return Comparison("cannot_say", known.verdicts[lacks], 0), ()
    values, left_out = comparable(name, newest, earlier, known.left_out)
    comparison = compare(
        newest.value,
        (newest.measure.low, newest.measure.high),
        values,
        {**known.verdicts, **words},
        repeat_sd=known.repeat_sd.get(name),
        looked_at=looked_at,
        left_out=left_out,
    )
    return comparison, values


SIDES_FROM_PCT = 3.0
SIDES_FROM_STEPS = 400
"""A difference of the sides is called only if its lower bound passes 3 %, on 200 strides or more.

Below, timing error alone reads up to 1.7 % (95th centile at 200 strides, 20 ms error).
"""


def _sides(measure: Measure, factor: FactorKnowledge) -> str:
    words = factor.texts["sides"]
    if measure.n < SIDES_FROM_STEPS:
        return words["few"]
    clear = measure.low is not None and measure.low > SIDES_FROM_PCT
    return words["clear" if clear else "unclear"]
