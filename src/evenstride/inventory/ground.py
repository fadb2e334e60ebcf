"""The ground as it was felt, on the walks of the last weeks."""

from __future__ import annotations

from collections import Counter

from evenstride.checkup.knowledge.spoken import counted
from evenstride.inventory.facts import absent, fact
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.nouns import Observed
from evenstride.inventory.walks import Material

__all__ = ["ground"]


def ground(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> tuple[Observed, ...]:
    """Return kind of ground, hills and place, each with its number of walks."""
    return tuple(_counts(name, factor, material, known) for name in factor.told)


def _counts(
    name: str, factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> Observed:
    words = known.groups[name]
    counts = Counter(getattr(walk, name) for walk in material.recent)
    parts = [f"{words[one]}: {counted(counts[one], 'walk')}" for one in words if counts[one]]
    if not parts:
        return absent(factor, name, "", known)
    told = sum(counts[one] for one in words)
    return fact(factor, name, ", ".join(parts), "", told)
