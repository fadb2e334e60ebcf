"""Exercises, limits, routines and drawings belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from tools.check_knowledge.documents import Documents, Fault, atoms

__all__ = ["audience", "circles", "drawn", "fit", "named", "refusals", "used"]


def named(documents: Documents) -> Iterator[Fault]:
    """Yield names of exercises, limits, causes, tags, questions and evidence that do not exist."""
    data = documents["exercises"]
    known = {
        "exercise": {row["id"] for row in data["exercises"]},
        "limit": {row["id"] for row in data["limits"]},
        "routine": {row["id"] for row in data["routines"]},
        "cause": {row["id"] for row in documents["causes"]["causes"]},
        "tag": set(data["tags"]),
        "evidence": set(data["evidence"]),
        "question": set(documents["findings"]["findings"]),
    }
    for place, kind, name in _names(data):
        if name not in known[kind]:
            yield Fault("exercises", place, f"there is no {kind} {name!r}")


def used(documents: Documents) -> Iterator[Fault]:
    """Yield exercises in no routine, limits that leave nothing out, and evidence of nothing."""
    data = documents["exercises"]
    found = {(kind, name) for _, kind, name in _names(data)}
    rows = [("limit", row["id"]) for row in data["limits"] if not row.get("ask_first")]
    rows += [("evidence", name) for name in data["evidence"]]
    for kind, name in rows:
        if (kind, name) not in found:
            yield Fault("exercises", name, f"nothing points to this {kind}")
    chosen = {name for _, slot in _slots(data) for name in slot["choices"]}
    for row in data["exercises"]:
        if row["id"] not in chosen:
            yield Fault("exercises", row["id"], "stands in no routine")


def circles(documents: Documents) -> Iterator[Fault]:
    """Yield exercises whose easier and harder steps lead back to where they began."""
    easier: dict[str, set[str]] = {}
    for row in documents["exercises"]["exercises"]:
        easier.setdefault(row["id"], set()).update(_other(row["easier"]))
        for name in _other(row["harder"]):
            easier.setdefault(name, set()).add(row["id"])
    try:
        TopologicalSorter(easier).prepare()
    except CycleError as error:
        yield Fault("exercises", error.args[1][0], f"is a step of itself: {error.args[1]}")


def audience(documents: Documents) -> Iterator[Fault]:
    """Yield exercises that stand in a routine for a cause that they are not for."""
    data = documents["exercises"]
    exercises = {row["id"]: row for row in data["exercises"]}
    for routine in data["routines"]:
        causes = {cause for tag in routine["for"] for cause in data["tags"].get(tag, ())}
        for slot in routine["slots"]:
            for name in slot["choices"]:
                for cause in causes.intersection(exercises.get(name, {}).get("not_for", ())):
                    yield Fault("exercises", f"{routine['id']}.{name}", f"is not for {cause}")


def fit(documents: Documents) -> Iterator[Fault]:
    """Yield exercises that do not get one repetition done on each side in their seconds."""
    data = documents["exercises"]
    exercises = {row["id"]: row for row in data["exercises"]}
    ready, change = data["timing"]["ready_s"], data["timing"]["change_side_s"]
    for place, slot in _slots(data):
        rows = [exercises[name] for name in slot["choices"] if name in exercises]
        steps = {name for row in rows for key in ("easier", "harder") for name in _other(row[key])}
        for row in (*rows, *(exercises[name] for name in sorted(steps) if name in exercises)):
            dose = row["dose"]
            one = dose.get("tempo_s", 0) + dose.get("hold_s", 0)
            needed = ready + (2 * one + change if dose.get("each_side") else one)
            if "minutes" not in dose and needed > slot["seconds"]:
                yield Fault("exercises", f"{place}.{row['id']}", f"needs {needed} seconds")


def drawn(documents: Documents) -> Iterator[Fault]:
    """Yield exercises without a drawing, and drawings of no exercise."""
    exercises = {row["id"] for row in documents["exercises"]["exercises"]}
    for name in sorted(exercises.symmetric_difference(documents["figures"]["figures"])):
        yield Fault("figures", name, "an exercise and its drawing have the same id")


def refusals(documents: Documents) -> Iterator[Fault]:
    """Yield reasons of the walking plan for which the exercises have no words."""
    told = documents["exercises"]["refusals"]
    for reason in documents["walking_plan"]["refusals"]:
        if reason not in told:
            yield Fault("exercises", f"refusals.{reason}", "is missing; the walking plan has it")


def _names(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (place, kind, name) of everything that is named."""
    for place, part in (*data["grades"].items(), ("comfort", data["comfort"])):
        yield from ((place, "evidence", name) for name in part["evidence"])
    for tag, causes in data["tags"].items():
        yield from ((f"tags.{tag}", "cause", name) for name in causes)
    yield from (("no_routine_yet", "cause", name) for name in data["no_routine_yet"])
    for row in (data["progress"] | {"id": "progress"}, *data["rules"]):
        yield from ((row["id"], "evidence", name) for name in row["evidence"])
    for row in data["limits"]:
        for key in ("present_if", "absent_if"):
            for atom in atoms(row[key]) if key in row else ():
                yield f"{row['id']}.{key}", "question", str(atom.get("f"))
    for row in data["exercises"]:
        yield from ((row["id"], "evidence", name) for name in row["evidence"]["refs"])
        yield from ((row["id"], "tag", name) for name in row["suits"])
        yield from ((row["id"], "limit", name) for name in row.get("not_with", ()))
        yield from ((row["id"], "cause", name) for name in row.get("not_for", ()))
        for key in ("easier", "harder"):
            yield from ((f"{row['id']}.{key}", "exercise", name) for name in _other(row[key]))
    for row in data["routines"]:
        yield from ((row["id"], "tag", name) for name in row["for"])
        if row["needs"]:
            yield row["id"], "routine", row["needs"]["otherwise"]
            yield from ((row["id"], "limit", name) for name in row["needs"]["limits"])
    for place, slot in _slots(data):
        yield from ((place, "exercise", name) for name in slot["choices"])


def _slots(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for routine in data["routines"]:
        for number, slot in enumerate(routine["slots"]):
            yield f"{routine['id']}.slots.{number}", slot


def _other(step: Mapping[str, str] | None) -> tuple[str, ...]:
    """Return the exercise that is an easier or harder step of another, if it is one."""
    return (step["exercise"],) if step and "exercise" in step else ()
