"""A walk of the diary -> what is shown of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evenstride.checkup.knowledge.spoken import figure
from evenstride.model import PainRatings
from evenstride.model.day import day_of
from evenstride.report.amounts import distance_said, mass_said, minutes_said, rating_said
from evenstride.report.diary import light_word, walk_long, walk_when
from evenstride.report.measures import trusted
from evenstride.report.one_walk.groups import groups_of
from evenstride.report.one_walk.nouns import Group, Material, OneWalk, Pain
from evenstride.report.screens import screen_words
from evenstride.report.visible import visible
from evenstride.report.walk import account_said

__all__ = ["one_walk"]

_RATINGS = ("before", "worst", "hour_after", "next_morning")


def one_walk(material: Material) -> OneWalk:
    """Return what is shown of a walk.

    Args:
        material: What is known of it.
    """
    words, walk, light = screen_words("web-walks"), material.walk, material.light
    groups = groups_of(material)
    return OneWalk(
        due=frozenset(_due(material)),
        id=walk.id,
        headline=words["one"]["headline"].format(
            when=walk_when(walk, material.now_utc_ns), long=walk_long(walk)
        ),
        light=(light.light or "") if light else "",
        light_says=() if light is None else (light_word(light), light.says),
        pain=tuple(_pain(material, words["pain"])),
        facts=tuple(_facts(material, words["facts"])),
        note=visible(walk.note),
        numbness=bool(walk.new_numbness),
        again=material.again,
        summary=tuple(_summary(groups, words["summary"])),
        groups=groups,
        measured=any(trusted(one) for one in walk.measures.values()),
        accounts=tuple(account_said(one, screen_words("walk")) for one in material.streams),
        has_time_line=any(one.kind in ("motion", "track") for one in material.streams)
        or walk.recording is not None,
    )


def _due(material: Material) -> Iterator[str]:
    """Yield the ratings whose time has come: nobody knows the morning on the evening before."""
    walk, now = material.walk, material.now_utc_ns
    yield from ("before", "worst")
    if now >= walk.start_utc_ns + round(((walk.minutes or 0) + 60) * 60e9):
        yield "hour_after"
    if day_of(now, material.person.time_zone) > walk.day:
        yield "next_morning"


def _pain(material: Material, words: Mapping[str, Any]) -> Iterator[Pain]:
    for place in ("back", "leg"):
        ratings: PainRatings = getattr(material.walk, place)
        if place == "back" or ratings != PainRatings():
            told = {when: rating_said(getattr(ratings, when), "") for when in _RATINGS}
            yield Pain(place, words[place], told)


def _facts(material: Material, words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what was told besides pain, each with its name; what was not told is left out."""
    walk, units = material.walk, material.person.units
    shown = {
        "kind": words["kinds"][walk.kind],
        "distance": None if walk.distance_m is None else distance_said(walk.distance_m, units),
        "steps": None if walk.steps is None else figure(f"{walk.steps:,}"),
        "shoes": visible(material.shoe) or None,
        "load": None if walk.load_kg is None else mass_said(walk.load_kg, units),
        "surface": walk.surface and words["surfaces"][walk.surface],
        "hills": walk.hills and words["hill"][walk.hills],
        "reach": walk.reach and words["reaches"][walk.reach],
        "rise": None if walk.minutes_to_rise is None else minutes_said(walk.minutes_to_rise),
        "sleep": None
        if walk.sleep_h is None
        else words["hours"].format(hours=figure(f"{walk.sleep_h:g}")),
        "sitting": None
        if walk.sitting_before_min is None
        else minutes_said(walk.sitting_before_min),
    }
    for name, value in shown.items():
        if value:
            yield words[name], value


def _summary(groups: tuple[Group, ...], words: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many numbers are as usual, which are not, and how many cannot be told yet."""
    lines = [line for group in groups for line in (*group.first, *group.more) if line.verdict]
    other = [line.title for line in lines if line.verdict in ("more", "less")]
    usual = sum(line.verdict == "as_usual" for line in lines)
    unsaid = sum(line.verdict == "cannot_say" for line in lines)
    if usual:
        yield words["usual" if usual > 1 else "usual_one"].format(count=usual)
    if other:
        yield words["other"].format(titles=", ".join(dict.fromkeys(other)))
        yield words["chance"]
    if unsaid:
        yield words["unsaid" if unsaid > 1 else "unsaid_one"].format(count=unsaid)
