"""Pain on walks of one kind, as counts and medians; if there is a link is for trials to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median

from evenstride.checkup.knowledge.spoken import counted, figure
from evenstride.inventory.knowledge import FactorsKnowledge
from evenstride.inventory.measured import title_of
from evenstride.inventory.nouns import PainGroup
from evenstride.inventory.walks import Material, readings, told_on
from evenstride.model.outing import Outing

__all__ = ["pain_groups"]

FEWEST_FOR_HALVES = 6
LONG_SITTING_MIN = 60.0

Kind = Callable[[Outing], str | bool | None]
Names = Mapping[str, str] | Mapping[bool, str]


def pain_groups(factor: str, material: Material, known: FactorsKnowledge) -> tuple[PainGroup, ...]:
    """Return the walks of the last weeks in the groups that belong to a factor."""
    return tuple(group for way in _WAYS[factor] for group in way(material, known))


def _grouped(
    by: str, kind: Kind, names: Names, walks: Sequence[Outing], known: FactorsKnowledge
) -> list[PainGroup]:
    groups = []
    for key, name in names.items():
        members = [walk for walk in walks if kind(walk) == key]
        if members:
            groups.append(_group(by, name, members, known))
    return groups


def _group(by: str, name: str, walks: Sequence[Outing], known: FactorsKnowledge) -> PainGroup:
    told = [worst for walk in walks if (worst := _worst_of(walk)) is not None]
    middle = median(told) if told else None
    says = known.pain["group" if told else "untold"].format(
        name=name,
        walks=counted(len(walks), "walk"),
        told=counted(len(told), "walk"),
        median="" if middle is None else figure(f"{middle:g}"),
    )
    return PainGroup(by, name, len(walks), len(told), middle, says)


def _worst_of(outing: Outing) -> float | None:
    """Return the worst pain of a walk, in back or leg; None if neither was told."""
    told = [one.worst for one in (outing.back, outing.leg) if one.worst is not None]
    return max(told, default=None)


def _by_fact(fact: str, material: Material, known: FactorsKnowledge) -> list[PainGroup]:
    return _grouped(fact, lambda w: getattr(w, fact), known.groups[fact], material.recent, known)


def _by_shoe(material: Material, known: FactorsKnowledge) -> list[PainGroup]:
    names = {shoe.id: shoe.name for shoe in material.shoes}
    return _grouped("shoe", lambda walk: walk.shoe, names, material.recent, known)


def _by_half(name: str, material: Material, known: FactorsKnowledge) -> list[PainGroup]:
    every = readings(material.recent, name)
    seen = [one for one in every if one.how == every[-1].how]
    if len(seen) < FEWEST_FOR_HALVES:
        return []
    values = {one.walk.id: one.value for one in seen}
    middle = median(values.values())
    walks = [one.walk for one in seen]
    title = title_of(name, known)
    names = {
        upper: known.groups["halves"]["upper" if upper else "lower"].format(title=title)
        for upper in (False, True)
    }
    return _grouped(name, lambda w: values[w.id] >= middle, names, walks, known)


def _split(
    by: str, fact: str, border: float, names: Names, material: Material, known: FactorsKnowledge
) -> list[PainGroup]:
    told = {walk.id: value for walk, value in told_on(material.recent, fact)}
    walks = [walk for walk in material.recent if walk.id in told]
    return _grouped(by, lambda w: told[w.id] > border, names, walks, known)


def _by_length(material: Material, known: FactorsKnowledge) -> list[PainGroup]:
    told = [minutes for _, minutes in told_on(material.recent, "minutes")]
    if len(told) < FEWEST_FOR_HALVES:
        return []
    middle = round(median(told))
    words = known.groups["length"]
    names = {key: words[name].format(minutes=middle) for key, name in _SPLIT}
    return _split("length", "minutes", middle, names, material, known)


def _by_sitting(material: Material, known: FactorsKnowledge) -> list[PainGroup]:
    names = {key: known.groups["sitting"][name] for key, name in _SPLIT}
    return _split("sitting", "sitting_before_min", LONG_SITTING_MIN, names, material, known)


def _by_load(material: Material, known: FactorsKnowledge) -> list[PainGroup]:
    words = known.groups["load"]
    names = {False: words["none"], True: words["some"]}
    return _split("load", "load_kg", 0.0, names, material, known)


_SPLIT = ((False, "short"), (True, "long"))
_WAYS: Mapping[str, tuple[Callable[[Material, FactorsKnowledge], list[PainGroup]], ...]] = {
    "posture": (partial(_by_half, "pitch_deg"),),
    "weight_and_strike": (partial(_by_half, "impact_peak_m_s2"),),
    "rhythm": (partial(_by_half, "cadence_spm"),),
    "footwear": (_by_shoe,),
    "terrain": tuple(partial(_by_fact, fact) for fact in ("surface", "hills", "kind")),
    "dose": (_by_length, _by_load, _by_sitting),
}
