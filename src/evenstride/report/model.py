"""The report as data: what every renderer shows, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evenstride.model import Grade
from evenstride.report.numbers import Number
from evenstride.report.units import UnitSystem

__all__ = [
    "Absent",
    "Change",
    "Choices",
    "Direction",
    "Fact",
    "GradeKey",
    "Group",
    "KeyNumber",
    "Line",
    "Point",
    "Row",
    "Shape",
    "Stretch",
    "StretchKind",
    "Strip",
    "UnusedSummary",
    "WalkReport",
    "Warnings",
]

Direction = Literal["up", "down", "none"]
StretchKind = Literal["walking", "turn", "unused"]


@dataclass(frozen=True, slots=True)
class Choices:
    """How a person wants to read it. Nothing here changes a number beyond its unit.

    Attributes:
        units: Metric or imperial.
        professional: Short words and every detail, instead of plain words.
        started: When the walk began, in words, or "".
    """

    units: UnitSystem = "metric"
    professional: bool = False
    started: str = ""


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One tile of the walk at a glance."""

    title: str
    number: Number


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: what it is, how much, how sure, and what that means.

    ``why`` is the reason for its grade where it is not the common one of ``GradeKey``.
    """

    name: str
    title: str
    number: Number
    grade: Grade
    grade_words: str
    what: str
    why: str
    n: int
    definition: str
    grades: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that belong together, such as rhythm."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class GradeKey:
    """What a grade means, and the reason that most measures have it for."""

    grade: Grade
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Measures that could not be measured for one common reason."""

    titles: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """How one measure changed from the first to the last third of the walk.

    ``low``, ``value`` and ``high`` are in the unit shown; ``direction`` is "none" where the
    interval holds zero, and ``wide`` where that interval could hide a change that matters.
    """

    name: str
    title: str
    number: Number
    low: float
    value: float
    high: float
    direction: Direction
    wide: bool
    sentence: str
    grade_words: str


@dataclass(frozen=True, slots=True)
class Point:
    """A window of the walk and its value; windows without a value are left out."""

    start_s: float
    end_s: float
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """One quantity over time."""

    title: str
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the recording, for the strip."""

    start_s: float
    end_s: float
    kind: StretchKind
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Where in the recording walking, turns and unused stretches were."""

    duration_s: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The average step of each foot, in the unit shown."""

    unit: str
    phase: Sequence[float]
    first_name: str
    first: Sequence[float]
    first_sd: Sequence[float]
    second_name: str
    second: Sequence[float]
    second_sd: Sequence[float]


@dataclass(frozen=True, slots=True)
class UnusedSummary:
    """What was left out for one reason: how often, how long, and where it began."""

    reason: str
    times: int
    total: str
    where: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the recording, for whoever wants to check."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Warnings:
    """The words that stand on every report."""

    help_title: str
    help_lead: str
    help_signs: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WalkReport:
    """Everything a report says, whatever it is shown on.

    Attributes:
        title: Short name: the file, or "Your walk".
        subtitle: When and how it was recorded.
        headline: The walk in one sentence.
        lead: What matters most about it, each a sentence.
        glance: The few key numbers.
        glance_missing: Which of them are missing, and why.
        strip: Where walking was; None when the recording is empty.
        cadence: Steps per minute over time; None when never measured.
        evenness: Likeness of steps and of strides over time; may be empty.
        shape: The average step of each foot; None when there are too few.
        changes: From the first to the last third of the walk.
        changes_missing: What could not be compared and why.
        groups: All measures that have a number.
        grades: The grades among them.
        absent: All others, by reason.
        unused: What was left out, by reason.
        facts: About the recording.
        notes: Assumptions, repairs and defects of the recording.
        next_steps: What a person can do with this.
        warnings: When to get help, and what this report is not.
        choices: How it is to be read.
    """

    title: str
    subtitle: str
    headline: str
    lead: tuple[str, ...]
    glance: tuple[KeyNumber, ...]
    glance_missing: tuple[Absent, ...]
    strip: Strip | None
    cadence: Line | None
    evenness: tuple[Line, ...]
    shape: Shape | None
    changes: tuple[Change, ...]
    changes_missing: tuple[Absent, ...]
    groups: tuple[Group, ...]
    grades: tuple[GradeKey, ...]
    absent: tuple[Absent, ...]
    unused: tuple[UnusedSummary, ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    next_steps: tuple[str, ...]
    warnings: Warnings
    choices: Choices
