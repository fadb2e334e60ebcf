"""How what was told is put down: with a title, on how many walks, and what would give it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.nouns import Comparison, Observed
from evenstride.model.outing import Outing

__all__ = ["absent", "days_of", "fact"]


def fact(
    factor: FactorKnowledge,
    name: str,
    value: float | str,
    unit: str,
    walks: int,
    *,
    of: str = "",
    walk: Outing | None = None,
    comparison: Comparison | None = None,
    **gaps: object,
) -> Observed:
    """Return something that was told.

    Args:
        factor: Whose fact it is.
        name: Its name in the knowledge.
        value: In ``unit``, or a text.
        unit: In plain text; empty for a text.
        walks: How many walks it rests on.
        of: Id of the pair of shoes, if it is about one.
        walk: The walk that it is about, if it is one.
        comparison: Next to earlier weeks.
        gaps: What fills the gaps of its title and sentence.
    """
    words = factor.told[name]
    return Observed(
        name=f"{name}:{of}" if of else name,
        title=words["title"].format(**gaps),
        how="told",
        value=value,
        unit=unit,
        walks=walks,
        walk=walk.id if walk else None,
        day=walk.day if walk else None,
        says=words.get("says", "").format(**gaps),
        comparison=comparison,
    )


def absent(
    factor: FactorKnowledge,
    name: str,
    unit: str,
    known: FactorsKnowledge,
    *,
    of: str = "",
    why: str = "untold",
    **gaps: object,
) -> Observed:
    """Return that something was not told, why, and what would give it."""
    words = factor.told[name]
    return Observed(
        name=f"{name}:{of}" if of else name,
        title=words["title"].format(**gaps),
        how="told",
        value=None,
        unit=unit,
        walks=0,
        reason=known.reasons[why],
        give=words["give"],
    )


def days_of(walks: Sequence[Outing]) -> list[date]:
    """Return the days on which was walked, each once, in order."""
    return sorted({walk.day for walk in walks})
