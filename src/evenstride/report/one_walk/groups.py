"""The numbers of a walk in the groups in which they are read, and what is missing in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evenstride.gait.catalogue import CATALOGUE
from evenstride.model import Measure
from evenstride.report.measures import DRIFT, title_of, trusted
from evenstride.report.model import Absent
from evenstride.report.one_walk.line import line_of
from evenstride.report.one_walk.nouns import Group, Material
from evenstride.report.screens import screen_words

__all__ = ["groups_of"]

_GROUPS = {
    "rhythm": ("amount", "pace"),
    "evenness": ("evenness", "smoothness"),
    "impact": ("impact",),
    "lean": ("trunk",),
}
_FIRST = {
    "rhythm": ("cadence_spm", "speed_m_s", "step_length_m"),
    "evenness": ("step_symmetry", "step_time_asymmetry_pct", "stride_time_cv_pct"),
    "impact": ("impact_peak_m_s2",),
    "lean": ("pitch_deg", "roll_deg"),
    "drift": tuple(
        f"{name}{DRIFT}" for name in ("cadence_spm", "speed_m_s", "step_symmetry", "pitch_deg")
    ),
    "terrain": ("distance_m", "climb_m", "descent_m", "steepest_pct"),
}
"""What a person reads first; what else there is lies one tap behind it."""


def groups_of(material: Material) -> tuple[Group, ...]:
    """Return the numbers of a walk in groups; a group of which nothing was tried is left out."""
    members: dict[str, dict[str, Measure]] = {name: {} for name in _FIRST}
    for name in _in_order(material.walk.measures):
        members[_group_of(name)][name] = material.walk.measures[name]
    return tuple(_group(id_, found, material) for id_, found in members.items() if found)


def _group_of(name: str) -> str:
    if name.endswith(DRIFT):
        return "drift"
    about = CATALOGUE.get(name)
    if about is None:
        return "terrain"
    return next(id_ for id_, groups in _GROUPS.items() if about.group in groups)


def _group(id_: str, found: Mapping[str, Measure], material: Material) -> Group:
    words = screen_words("web-walks")["groups"][id_]
    lines = {
        name: line_of(name, measure, material, words)
        for name, measure in found.items()
        if trusted(measure)
    }
    first = tuple(lines.pop(name) for name in _FIRST[id_] if name in lines)
    rest = tuple(lines.values())
    if not first:
        first, rest = rest, ()
    return Group(id_, words["title"], words["lead"], first, rest, tuple(_absent(found)))


def _absent(found: Mapping[str, Measure]) -> Sequence[Absent]:
    """Return what could not be measured, everything of one reason together."""
    words = screen_words("terrain")["names"]
    reasons: dict[str, list[str]] = {}
    for name, measure in found.items():
        if not trusted(measure):
            title = words.get(name) or title_of(name, CATALOGUE)
            reasons.setdefault(measure.reason, []).append(title)
    return [Absent(tuple(titles), reason) for reason, titles in reasons.items()]


def _in_order(measures: Mapping[str, Measure]) -> list[str]:
    order = {
        name: place for place, name in enumerate((*CATALOGUE, *screen_words("terrain")["names"]))
    }
    return sorted(measures, key=lambda name: order.get(name.removesuffix(DRIFT), len(order)))
