"""The shoe log: which pair, how far, how old, how many days, and how many pairs take turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evenstride.checkup.knowledge.spoken import counted
from evenstride.inventory.facts import absent, days_of, fact
from evenstride.inventory.knowledge import FactorKnowledge, FactorsKnowledge
from evenstride.inventory.nouns import Observed
from evenstride.inventory.walks import Material
from evenstride.model.outing import Shoe

__all__ = ["footwear"]


def footwear(
    factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> tuple[Observed, ...]:
    """Return what is known of the shoes; a retired pair only while it was worn of late."""
    names = {shoe.id: shoe.name for shoe in material.shoes}
    worn = [(walk, walk.shoe) for walk in material.recent if walk.shoe in names]
    pairs = {shoe for _, shoe in worn}
    in_use = [shoe for shoe in material.shoes if shoe.id in pairs or not shoe.retired]
    log = tuple(one for shoe in in_use for one in _pair(shoe, factor, material, known))
    if not worn:
        last = absent(factor, "shoe_last", "", known)
        return (last, absent(factor, "shoes_in_use", "pairs", known), *log)
    walk, shoe_id = worn[-1]
    last = fact(factor, "shoe_last", names[shoe_id or ""], "", 1, walk=walk)
    return (last, fact(factor, "shoes_in_use", len(pairs), "pairs", len(worn)), *log)


def _pair(
    shoe: Shoe, factor: FactorKnowledge, material: Material, known: FactorsKnowledge
) -> Iterator[Observed]:
    walks = [walk for walk in material.walks if walk.shoe == shoe.id]
    lengths = [w.distance_m for w in walks if w.distance_m is not None]
    if lengths or shoe.earlier_m > 0:
        yield fact(
            factor,
            "shoe_distance",
            shoe.earlier_m + sum(lengths),
            "m",
            len(walks),
            walks_said=counted(len(walks), "walk"),
            told=len(lengths),
            of=shoe.id,
            shoe=shoe.name,
        )
    else:
        yield absent(factor, "shoe_distance", "m", known, of=shoe.id, shoe=shoe.name)
    age = _age_days(shoe, material.today)
    if age is None:
        yield absent(factor, "shoe_age", "days", known, why="unasked", of=shoe.id, shoe=shoe.name)
    else:
        yield fact(factor, "shoe_age", age, "days", len(walks), of=shoe.id, shoe=shoe.name)
    yield fact(
        factor, "shoe_days", len(days_of(walks)), "days", len(walks), of=shoe.id, shoe=shoe.name
    )


def _age_days(shoe: Shoe, today: date) -> int | None:
    if shoe.first_worn is None:
        return None
    age = (today - date.fromisoformat(shoe.first_worn)).days
    return age if age >= 0 else None
