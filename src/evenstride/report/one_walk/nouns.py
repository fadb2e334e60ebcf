"""What is shown of one walk, as data: nothing here knows of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenstride.diary import Stream
from evenstride.inventory.beside import Beside
from evenstride.model import Grade, Outing, Person
from evenstride.plan import WalkLight
from evenstride.report.model import Absent

__all__ = ["Dots", "Group", "Line", "Material", "OneWalk", "Pain"]


@dataclass(frozen=True, slots=True)
class Material:
    """What a walk is told from.

    Attributes:
        walk: The walk.
        streams: The accounts of it.
        file: Name of the file of its motion recording; empty without one.
        beside: Its numbers next to earlier walks.
        light: Its light; None if it has none.
        again: Whether a check-up is due because it was red.
        shoe: The name of the shoes; empty if none was told.
        person: For units.
        now_utc_ns: The moment.
    """

    walk: Outing
    streams: Sequence[Stream]
    file: str
    beside: Mapping[str, Beside]
    light: WalkLight | None
    again: bool
    shoe: str
    person: Person
    now_utc_ns: int


@dataclass(frozen=True, slots=True)
class Dots:
    """A number among those of earlier walks, in the unit shown.

    Attributes:
        earlier: Of earlier walks, the oldest first.
        value: Of this walk.
        low: Lower end of its likely range.
        high: Upper end of it.
        decimals: Digits after the point that are worth showing.
        title: What the picture shows.
        says: The same in words.
    """

    earlier: tuple[float, ...]
    value: float
    low: float
    high: float
    decimals: int
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """One number and the answers to what can be asked of it.

    Attributes:
        name: Of the measure.
        title: In plain words.
        value: With its unit.
        interval: Its likely range, in the same unit; may be empty.
        grade: How far it can be trusted.
        verdict: "as_usual", "more", "less" or "cannot_say" next to own walks; empty if never asked.
        what: What it tells.
        sure: How sure it is, in sentences.
        source: From what it comes.
        beside: Next to the own earlier walks.
        dots: The same as a picture; None with nothing to compare.
        among: Where it lies among other people; may be empty.
        means_not: What it does not mean, and what else changes it.
    """

    name: str
    title: str
    value: str
    interval: str
    grade: Grade
    verdict: str
    what: str
    sure: tuple[str, ...]
    source: tuple[str, ...]
    beside: tuple[str, ...]
    dots: Dots | None
    among: str
    means_not: str


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that belong together.

    Attributes:
        id: "rhythm", "evenness", "impact", "lean", "drift" or "terrain".
        title: In plain words.
        lead: What the group is about.
        first: The numbers that matter most.
        more: The others.
        absent: What could not be measured, by its reason.
    """

    id: str
    title: str
    lead: str
    first: tuple[Line, ...]
    more: tuple[Line, ...]
    absent: tuple[Absent, ...]


@dataclass(frozen=True, slots=True)
class Pain:
    """The pain of one part of the body around a walk.

    Attributes:
        place: "back" or "leg".
        title: The part of the body.
        ratings: What was told, ready to be read, by "before", "worst", "hour_after" and
            "next_morning"; what was not told is empty.
    """

    place: str
    title: str
    ratings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OneWalk:
    """A walk, ready to be shown.

    Attributes:
        due: The ratings of pain that can be told by now, by their names.
        id: Its name in the diary.
        headline: When it was and how long.
        light: "green", "amber", "red", or empty.
        light_says: Its light in a word, and why.
        pain: Back, and leg if anything was told of it.
        facts: (what, how it was) of everything else that was told.
        note: In the person's own words.
        numbness: Whether new numbness was told, which leads to the check-up.
        again: Whether a check-up is due because it was red.
        summary: What the numbers come to next to earlier walks; may be empty.
        groups: The numbers.
        measured: Whether anything was measured.
        accounts: Who tells of it.
        has_time_line: Whether there is a recording or a track, so that there is more to see.
    """

    due: frozenset[str]
    id: str
    headline: str
    light: str
    light_says: tuple[str, ...]
    pain: tuple[Pain, ...]
    facts: tuple[tuple[str, str], ...]
    note: str
    numbness: bool
    again: bool
    summary: tuple[str, ...]
    groups: tuple[Group, ...]
    measured: bool
    accounts: tuple[str, ...]
    has_time_line: bool
