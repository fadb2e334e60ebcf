"""Every number of one walk next to the person's own earlier walks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenstride.gait.catalogue import CATALOGUE
from evenstride.inventory.comparable import DAYS
from evenstride.inventory.knowledge import factors_knowledge
from evenstride.inventory.measured import compared
from evenstride.inventory.norms import norm_of
from evenstride.inventory.nouns import Comparison, Norm
from evenstride.inventory.walks import reading, readings
from evenstride.model.outing import Outing
from evenstride.model.person import Person

__all__ = ["LOOKED_BACK_DAYS", "Beside", "beside"]

LOOKED_BACK_DAYS = DAYS
"""Walks of longer ago are not compared, so they need not be read."""

_DRIFT = "_drift"
_NOT_COMPARED = ("", "amount")


@dataclass(frozen=True, slots=True)
class Beside:
    """A number next to others.

    Attributes:
        earlier: Its values on earlier walks that can be compared, the oldest first.
        comparison: What that comes to.
        norm: Where it lies among other people; None where that is not sound.
    """

    earlier: tuple[float, ...]
    comparison: Comparison
    norm: Norm | None


def beside(
    walk: Outing, earlier: Sequence[Outing], person: Person, words: Mapping[str, str]
) -> dict[str, Beside]:
    """Return every number of how it was walked that may be put beside others, by its name.

    How much was walked is not among them: a longer walk is no other way to walk.

    A measure that belongs to a factor is judged as there, so that both screens say the same. Any
    other shares the risk of a false word with those of its group.

    Args:
        walk: The walk.
        earlier: Walks before it, the oldest first; those of ``LOOKED_BACK_DAYS`` are enough.
        person: Who walks, for the norms.
        words: "more" and "less" for measures that belong to no factor.
    """
    known = factors_knowledge()
    factors = {name: one for one in known.factors for name in one.measures}
    walks = (*(one for one in earlier if one.is_walk), walk)
    sizes = Counter(map(_group, walk.measures))
    found = {}
    for name in walk.measures:
        newest = reading(walk, name)
        if newest is None or _group(name) in _NOT_COMPARED:
            continue
        factor = factors.get(name)
        comparison, values = compared(
            name,
            readings(walks, name),
            factor.measures[name] if factor else words,
            len(factor.measures) if factor else sizes[_group(name)],
            known,
        )
        found[name] = Beside(values, comparison, norm_of(name, newest, person, known))
    return found


def _group(name: str) -> str:
    about = CATALOGUE.get(name.removesuffix(_DRIFT))
    if about is None:
        return ""
    return _DRIFT if name.endswith(_DRIFT) else about.group
