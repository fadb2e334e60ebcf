"""Walks, shoes and a person -> the inventory: six factors, in words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from evenstride.inventory.dose import dose
from evenstride.inventory.footwear import footwear
from evenstride.inventory.ground import ground
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge, factors_knowledge
from evenstride.inventory.measured import measured
from evenstride.inventory.nouns import Factor, Inventory, Observed
from evenstride.inventory.pain import pain_groups
from evenstride.inventory.walks import Material, gather
from evenstride.model.outing import Outing, Shoe
from evenstride.model.person import Person

__all__ = ["inventory"]

_TOLD: Mapping[
    str, Callable[[FactorKnowledge, Material, FactorsKnowledge], tuple[Observed, ...]]
] = {"footwear": footwear, "terrain": ground, "dose": dose}


def inventory(
    outings: Sequence[Outing], shoes: Sequence[Shoe], person: Person, today: date
) -> Inventory:
    """Return what a person's walks say about the factors that they can change.

    Pure: no clock is read, and order does not matter. A walk after ``today`` does not count.

    Args:
        outings: The walks of the diary.
        shoes: Its pairs of shoes.
        person: Height, mass and year of birth are used; nothing else is.
        today: The day it is for.
    """
    known = factors_knowledge()
    material = gather(outings, shoes, person, today)
    return Inventory(
        knowledge_version=known.version,
        today=today,
        since=material.since,
        walks=len(material.recent),
        factors=tuple(_factor(one, material, known) for one in known.factors),
        pain_note=known.pain["note"],
        sources=known.sources,
    )


def _factor(about: FactorKnowledge, material: Material, known: FactorsKnowledge) -> Factor:
    told = _TOLD[about.id](about, material, known) if about.id in _TOLD else ()
    return Factor(
        id=about.id,
        title=about.title,
        lead=about.lead,
        note=about.note,
        observed=measured(about, material, known) + told,
        pain=pain_groups(about.id, material, known),
        known=about.known,
        article=about.article,
        ideas=about.ideas,
    )
