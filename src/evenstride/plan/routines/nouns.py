"""What goes into a routine and what comes out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from evenstride.plan.nouns import Change, Evidence, Refused

__all__ = [
    "WHENS",
    "Answer",
    "DoneRoutine",
    "Dose",
    "Felt",
    "Item",
    "LeftOut",
    "Limit",
    "NoRoutine",
    "Routine",
    "Side",
    "Step",
    "When",
]

When = Literal["daily", "before_walk", "after_walk"]
"""What a routine is for."""

WHENS: tuple[When, ...] = ("daily", "before_walk", "after_walk")

Felt = Literal["easy", "fine", "hard"]
"""How a routine felt."""

Side = Literal["left", "right"]

Answer = bool | Literal["not_sure"]
"""Whether a limit is there; "not_sure" leaves out as much as True."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Something about a person that may stand against an exercise, as a question.

    Attributes:
        id: Under which the answer is kept.
        ask: The question, for the person; yes means that the limit is there.
    """

    id: str
    ask: str


@dataclass(frozen=True, slots=True)
class DoneRoutine:
    """A routine that was done.

    Attributes:
        day: Its local day.
        routine: Id of the routine.
        felt: How it felt; None if it was not noted.
        pain_before: Pain from 0 to 10 before it; None if it was not noted.
        pain_after: Pain an hour after it; None if it was not noted.
        leg_further: Whether leg pain moved further down the leg; None if it was not noted.
    """

    day: date
    routine: str
    felt: Felt | None = None
    pain_before: float | None = None
    pain_after: float | None = None
    leg_further: bool | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of an exercise a whole practice has, without a clock to fit.

    Attributes:
        reps: Repetitions of each set; empty for an exercise that just goes on for some minutes.
        hold_s: Seconds that a repetition is held; 0 for none.
        tempo_s: Seconds of a repetition besides its hold.
        rest_s: Seconds between two sets.
        each_side: Whether all of it is done on the left and on the right.
        minutes: Of an exercise without repetitions; None for all others.
        per_day: How often a day; None if it is counted by the week or done as needed.
        per_week: How often a week; None if it is counted by the day or done as needed.
        as_needed: Done when it helps.
    """

    reps: tuple[int, ...]
    hold_s: int
    tempo_s: int
    rest_s: int
    each_side: bool
    minutes: int | None
    per_day: int | None
    per_week: int | None
    as_needed: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of a routine.

    Attributes:
        exercise: Its id.
        name: For the person.
        kind: "aerobic", "mobility", "strength", "stretch" and so on.
        purpose: What it is good for, for the person.
        steps: What to do, for the person.
        this_time: The easier or harder way that goes with the level; empty as it stands.
        seconds: How long it takes in this routine, getting ready and changing sides included.
        sets: Repetitions of each set that fit in, on each side; empty for minutes.
        dose: How much of it a whole practice has.
        leave_out_if: Limits that nobody asked about yet, as advice.
        comfort: What is said of a stretch; empty for all others.
        grade: How strong the evidence is, from A to D.
        grade_says: The same, for the person.
        evidence: Ids of what stands behind it.
        clinical: What it aims at, for a professional.
    """

    exercise: str
    name: str
    kind: str
    purpose: str
    steps: tuple[str, ...]
    this_time: str
    seconds: int
    sets: tuple[int, ...]
    dose: Dose
    leave_out_if: tuple[str, ...]
    comfort: str
    grade: str
    grade_says: str
    evidence: tuple[str, ...]
    clinical: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exercise that this routine could have, and why this person does not get it."""

    exercise: str
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Step:
    """One timed step of a routine.

    Attributes:
        seconds: How long it takes.
        kind: "ready", "work", "rest" or "change_side".
        exercise: Id of the exercise.
        side: Which side works; None if both do.
        cue: What is said as it begins; empty if nothing is.
    """

    seconds: int
    kind: Literal["ready", "work", "rest", "change_side"]
    exercise: str
    side: Side | None
    cue: str


@dataclass(frozen=True, slots=True)
class NoRoutine(Refused):
    """There is no routine today, and why.

    ``reason`` is one of the walking plan's, or "limits_open", "ask_first", "no_own_routine",
    "not_at_this_time" or "nothing_left".
    """

    def document(self) -> dict[str, Any]:
        """Return the document "evenstride/routine/1" of a refusal as plain values."""
        return {"schema": "evenstride/routine/1", "refused": asdict(self)}


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine of today, and why it is this one.

    Attributes:
        knowledge_version: Of the exercises' knowledge.
        reviewed_by: Clinicians who have signed that off; empty until they have.
        today: The day it is for.
        id: Its name in the knowledge; the diary keeps it with what was done.
        name: For the person.
        when: What it is for.
        because: The cause whose pattern brought it, for the person.
        week: 1 in the first week; the exercises take turns by it.
        level: 0 for the easier steps, 1 as they stand, 2 for the harder ones.
        level_says: The level, for the person.
        seconds: How long all of it takes.
        items: Its exercises in their order.
        left_out: Exercises that it could have, and why not.
        changes: What changed, or stayed, and why.
        effort: How hard to work.
        pain: How much pain is fine.
        stop_if: Signs at which to stop.
        stop_does: What to do then.
        evidence: What stands behind it, by id.
        safety_net: Signs that need emergency help; always shown.
    """

    knowledge_version: str
    reviewed_by: tuple[str, ...]
    today: date
    id: str
    name: str
    when: When
    because: str
    week: int
    level: int
    level_says: str
    seconds: int
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    changes: tuple[Change, ...]
    effort: str
    pain: str
    stop_if: tuple[str, ...]
    stop_does: str
    evidence: Mapping[str, Evidence]
    safety_net: str

    def document(self) -> dict[str, Any]:
        """Return the document "evenstride/routine/1" as plain values; the day is an ISO date."""
        plain = asdict(self) | {"today": self.today.isoformat()}
        return {"schema": "evenstride/routine/1", "refused": None} | plain

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document as text."""
        return json.dumps(self.document(), indent=indent, ensure_ascii=False, allow_nan=False)
