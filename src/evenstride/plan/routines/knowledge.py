"""The exercises, limits, routines and words, read once from the knowledge.

``evenstride/knowledge/exercises.yaml`` is what clinicians read and sign; nothing here adds to it.
``make knowledge`` checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenstride.checkup.knowledge import document
from evenstride.checkup.logic import Condition, parse
from evenstride.model.checkup import Level
from evenstride.model.language import per_language
from evenstride.plan.knowledge import PlanRule
from evenstride.plan.nouns import Evidence
from evenstride.plan.routines.nouns import Dose, When

__all__ = [
    "Easing",
    "Exercise",
    "LimitRule",
    "Needs",
    "RoutineKnowledge",
    "RoutineRule",
    "Slot",
    "routine_knowledge",
]


@dataclass(frozen=True, slots=True)
class Easing:
    """An easier or harder way: another exercise, or the same one in other words."""

    exercise: str | None
    says: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise; ``suits`` are ids of causes, ``not_with`` of limits, ``not_for`` of causes."""

    id: str
    name: str
    kind: str
    purpose: str
    clinical: str
    steps: tuple[str, ...]
    dose: Dose
    suits: frozenset[str]
    not_with: tuple[str, ...]
    not_for: tuple[str, ...]
    not_on_red: bool
    easier: Easing | None
    harder: Easing | None
    grade: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A limit, how it is asked for, and what the check-up says of it."""

    id: str
    ask: str
    leave_out_if: str
    says: str
    ask_first: bool
    present_if: Condition | None
    absent_if: Condition | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a routine and the exercises that take turns in it."""

    seconds: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a routine asks for; else another one with limits that then count as present."""

    level: Level
    otherwise: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoutineRule:
    """A routine; ``causes`` are those whose patterns it is for."""

    id: str
    name: str
    when: When
    causes: tuple[str, ...]
    needs: Needs | None
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that belong to no repetition."""

    ready_s: int
    change_side_s: int


@dataclass(frozen=True, slots=True)
class ProgressNumbers:
    """When the steps get easier or harder."""

    week_days: int
    good_sessions: int
    good_rise_to: float
    back_rise_from: float
    break_days: int


@dataclass(frozen=True, slots=True)
class Before:
    """What is said before every routine."""

    effort: str
    pain: str
    stop_if: tuple[str, ...]
    stop_does: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the person, and the ids of what stands behind it."""

    says: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class RoutineKnowledge:
    """Everything the routines know; the file says what each part means."""

    version: str
    reviewed_by: tuple[str, ...]
    evidence: Mapping[str, Evidence]
    grades: Mapping[str, Said]
    comfort: Said
    pattern_from_lift: float
    no_routine_yet: frozenset[str]
    before: Before
    limits: Mapping[str, LimitRule]
    cleared_id: str
    cleared_ask: str
    red_walk: str
    because_of: str
    exercises: Mapping[str, Exercise]
    routines: Mapping[str, RoutineRule]
    timing: Timing
    cues: Mapping[str, Any]
    progress: ProgressNumbers
    levels: tuple[str, ...]
    rules: Mapping[str, PlanRule]
    refusals: Mapping[str, str]


@per_language
def routine_knowledge() -> RoutineKnowledge:
    """Return the knowledge of the routines that comes with this version of evenstride."""
    return _assembled(document("exercises"))


def _assembled(data: Mapping[str, Any]) -> RoutineKnowledge:
    before, progress = data["before"], data["progress"]
    return RoutineKnowledge(
        version=data["version"],
        reviewed_by=tuple(data["reviewed_by"]),
        evidence={
            name: Evidence(name, one["ref"], one["doi"], one["result"], one["mark"])
            for name, one in data["evidence"].items()
        },
        grades={grade: _said(one) for grade, one in data["grades"].items()},
        comfort=_said(data["comfort"]),
        pattern_from_lift=data["pattern_from_lift"],
        no_routine_yet=frozenset(data["no_routine_yet"]),
        before=Before(
            before["effort"], before["pain"], tuple(before["stop_if"]), before["stop_does"]
        ),
        limits={row["id"]: _limit(row) for row in data["limits"]},
        cleared_id=data["cleared"]["id"],
        cleared_ask=data["cleared"]["ask"],
        red_walk=data["red_walk"],
        because_of=data["because_of"],
        exercises={row["id"]: _exercise(row, data["tags"]) for row in data["exercises"]},
        routines={row["id"]: _routine(row, data["tags"]) for row in data["routines"]},
        timing=Timing(data["timing"]["ready_s"], data["timing"]["change_side_s"]),
        cues=data["cues"],
        progress=ProgressNumbers(
            progress["week_days"],
            progress["good_sessions"],
            progress["good_rise_to"],
            progress["back_rise_from"],
            progress["break_days"],
        ),
        levels=tuple(data["levels"]),
        rules={
            row["id"]: PlanRule(
                row["id"], row["says"], row["clinical"], tuple(row["evidence"]), row["mark"]
            )
            for row in data["rules"]
        },
        refusals=data["refusals"],
    )


def _said(row: Mapping[str, Any]) -> Said:
    return Said(row["says"], tuple(row["evidence"]))


def _limit(row: Mapping[str, Any]) -> LimitRule:
    return LimitRule(
        id=row["id"],
        ask=row["ask"],
        leave_out_if=row["leave_out_if"],
        says=row["says"],
        ask_first=row.get("ask_first", False),
        present_if=parse(row["present_if"]) if "present_if" in row else None,
        absent_if=parse(row["absent_if"]) if "absent_if" in row else None,
    )


def _exercise(row: Mapping[str, Any], tags: Mapping[str, list[str]]) -> Exercise:
    return Exercise(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        purpose=row["purpose"],
        clinical=row["clinical"],
        steps=tuple(row["steps"]),
        dose=_dose(row["dose"]),
        suits=frozenset(cause for tag in row["suits"] for cause in tags[tag]),
        not_with=tuple(row.get("not_with", ())),
        not_for=tuple(row.get("not_for", ())),
        not_on_red=row.get("not_on_red", False),
        easier=_easing(row["easier"]),
        harder=_easing(row["harder"]),
        grade=row["evidence"]["grade"],
        evidence=tuple(row["evidence"]["refs"]),
    )


def _dose(row: Mapping[str, Any]) -> Dose:
    return Dose(
        reps=tuple(row.get("reps", ())),
        hold_s=row.get("hold_s", 0),
        tempo_s=row.get("tempo_s", 0),
        rest_s=row.get("rest_s", 0),
        each_side=row.get("each_side", False),
        minutes=row.get("minutes"),
        per_day=row.get("per_day"),
        per_week=row.get("per_week"),
        as_needed=row.get("as_needed", False),
    )


def _easing(row: Mapping[str, str] | None) -> Easing | None:
    return None if row is None else Easing(row.get("exercise"), row.get("says", ""))


def _routine(row: Mapping[str, Any], tags: Mapping[str, list[str]]) -> RoutineRule:
    needs = row["needs"]
    return RoutineRule(
        id=row["id"],
        name=row["name"],
        when=row["when"],
        causes=tuple(cause for tag in row["for"] for cause in tags[tag]),
        needs=needs and Needs(needs["level"], needs["otherwise"], tuple(needs["limits"])),
        slots=tuple(Slot(slot["seconds"], tuple(slot["choices"])) for slot in row["slots"]),
    )
