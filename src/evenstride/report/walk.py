"""One walk looked at closely, and how a person walks on different ground, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evenstride.diary import Stream
from evenstride.inventory.on_ground import SLOPES, By, OnGround
from evenstride.model import Measure, Outing, Person, TerrainProfile
from evenstride.report.amounts import distance_said, minutes_said
from evenstride.report.diary import walk_long, walk_when
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.visible import visible

__all__ = ["account_said", "ground_sections", "ground_sheet", "one_walk_sheet"]

_DECIMALS = {"cadence_spm": 0, "pitch_deg": 1, "impact_m_s2": 1}


def one_walk_sheet(
    outing: Outing,
    streams: Sequence[Stream],
    profile: TerrainProfile | None,
    groups: Mapping[By, Sequence[OnGround]],
    person: Person,
    now_utc_ns: int,
) -> Sheet:
    """Return one walk in words.

    Args:
        outing: The walk.
        streams: The accounts of it.
        profile: Its ground; None without a track.
        groups: How it was walked on each kind of ground.
        person: For units.
        now_utc_ns: The moment.
    """
    words = screen_words("walk")
    headline = words["headline"].format(when=walk_when(outing, now_utc_ns), long=walk_long(outing))
    sections = (
        Section("", tuple(_facts(outing, person, words))),
        Section(words["ground"], tuple(_ground(profile, words))),
        *ground_sections(groups),
        Section(words["accounts"], (), tuple(account_said(one, words) for one in streams)),
    )
    return Sheet(headline, "", tuple(one for one in sections if one.says_something))


def ground_sheet(walks: int, groups: Mapping[By, Sequence[OnGround]]) -> Sheet:
    """Return how a person walks on different ground, over many walks.

    Args:
        walks: How many have a time line.
        groups: The means for each kind of ground.
    """
    words = screen_words("walk")
    if not walks:
        return Sheet(words["no_walks"])
    headline = words["all_headline"].format(walks=walks if walks > 1 else "one")
    nothing = () if _has_numbers(groups) else (Section("", (words["no_ground"],)),)
    return Sheet(headline, "", (*ground_sections(groups), *nothing))


def ground_sections(groups: Mapping[By, Sequence[OnGround]]) -> tuple[Section, ...]:
    """Return how was walked on each kind of ground, and what that does not mean.

    Args:
        groups: The means for each kind of ground.
    """
    words = screen_words("walk")
    sections = (
        Section(words["by_slope"], (), (), _table(groups["slope"], words)),
        Section(words["by_surface"], (), (), _table(groups["surface"], words)),
        Section("", (words["pace"],) if _has_numbers(groups) else ()),
    )
    return tuple(one for one in sections if one.says_something)


def _facts(outing: Outing, person: Person, words: Mapping[str, Any]) -> list[str]:
    facts = []
    if outing.distance_m is not None:
        facts.append(words["distance"].format(far=distance_said(outing.distance_m, person.units)))
    if outing.steps is not None:
        facts.append(words["steps"].format(steps=f"{outing.steps:,}"))
    return [" ".join(facts)] if facts else []


def _ground(profile: TerrainProfile | None, words: Mapping[str, Any]) -> list[str]:
    if profile is None:
        return [words["no_track"]]
    climb = profile.measures["climb_m"]
    if climb.value is None:
        return [climb.reason]
    says = words["climb"].format(
        climb=f"{climb.value:.0f}", low=f"{climb.low:.0f}", high=f"{climb.high:.0f}"
    )
    return [says, climb.reason]


def _table(groups: Sequence[OnGround], words: Mapping[str, Any]) -> Table:
    """Return a row for each kind of ground; what was measured nowhere has no column."""
    if all(not one.ground for one in groups):
        return Table((), ())
    measured = {
        name: title
        for name, title in words["columns"].items()
        if any(one.measures[name].value is not None for one in groups)
    }
    rows = [
        (
            words["grounds"][one.ground or "unknown"],
            minutes_said(one.seconds / 60),
            *(_said(one.measures[name], name) for name in measured),
        )
        for one in sorted(groups, key=_order)
    ]
    return Table((words["where"], words["how_long"], *measured.values()), tuple(rows))


def _order(one: OnGround) -> tuple[int, float]:
    place = SLOPES.index(one.ground) if one.ground in SLOPES else len(SLOPES)
    return place + (one.ground == ""), -one.seconds


def _said(measure: Measure, name: str) -> str:
    if measure.value is None or measure.low is None or measure.high is None:
        return "-"
    digits = _DECIMALS.get(name, 2)
    low, high = (f"{end:.{digits}f}" for end in (measure.low, measure.high))
    return f"{measure.value:.{digits}f} ({low} to {high})"


def _has_numbers(groups: Mapping[By, Sequence[OnGround]]) -> bool:
    return any(
        measure.value is not None
        for group in groups.values()
        for one in group
        for measure in one.measures.values()
    )


def account_said(stream: Stream, words: Mapping[str, Any]) -> str:
    """Say who tells of a walk, and what."""
    facts = stream.activity
    who = facts.device.name or facts.device.model or stream.format
    says = words["account"][stream.kind].format(who=visible(who), format=stream.format)
    if facts.title:
        says += words["titled"].format(title=visible(facts.title))
    return str(says)
