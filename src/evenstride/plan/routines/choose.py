"""Which exercises of a routine a person gets, and why the others are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from evenstride.plan.routines.knowledge import Exercise, RoutineKnowledge, Slot
from evenstride.plan.routines.nouns import Item, LeftOut
from evenstride.plan.routines.timeline import sets_that_fit

__all__ = ["Person", "chosen", "left_out"]


@dataclass(frozen=True, slots=True)
class Person:
    """What the choice of exercises rests on.

    Attributes:
        limits: For each limit whether it is there; None if nobody knows.
        lifted: Names of the causes that the answers point to, by id, the strongest first.
        red_today: Whether a walk of this day was red.
    """

    limits: Mapping[str, bool | None]
    lifted: Mapping[str, str]
    red_today: bool


def chosen(
    slots: Sequence[Slot], person: Person, level: int, week: int, known: RoutineKnowledge
) -> tuple[Item, ...]:
    """Return one exercise for each slot; a slot that nothing fits is left out.

    The choices of a slot take turns by the week, those that suit the person's causes first. No
    exercise comes twice.
    """
    items: list[Item] = []
    used: set[str] = set()
    for slot in slots:
        for name in _in_turn(slot, person, week, known):
            found = _at_level(known.exercises[name], level, person, used, known)
            if found is not None:
                used.add(found[0].id)
                items.append(_item(*found, slot.seconds, person, known))
                break
    return tuple(items)


def left_out(slots: Sequence[Slot], person: Person, known: RoutineKnowledge) -> tuple[LeftOut, ...]:
    """Return every exercise of these slots that the person does not get, with the reason."""
    names = dict.fromkeys(name for slot in slots for name in slot.choices)
    reasons = {name: _against(known.exercises[name], person, known) for name in names}
    return tuple(
        LeftOut(name, known.exercises[name].name, reason)
        for name, reason in reasons.items()
        if reason
    )


def _against(exercise: Exercise, person: Person, known: RoutineKnowledge) -> str:
    """Return why an exercise is left out; empty if nothing stands against it."""
    for name in exercise.not_with:
        if person.limits[name]:
            return known.limits[name].says
    for cause in exercise.not_for:
        if cause in person.lifted:
            return known.because_of.format(cause=person.lifted[cause])
    return known.red_walk if exercise.not_on_red and person.red_today else ""


def _in_turn(slot: Slot, person: Person, week: int, known: RoutineKnowledge) -> Iterator[str]:
    fit = [name for name in slot.choices if not _against(known.exercises[name], person, known)]
    fit.sort(key=lambda name: known.exercises[name].suits.isdisjoint(person.lifted))
    for turn in range(len(fit)):
        yield fit[(week - 1 + turn) % len(fit)]


def _at_level(
    exercise: Exercise,
    level: int,
    person: Person,
    used: AbstractSet[str],
    known: RoutineKnowledge,
) -> tuple[Exercise, str] | None:
    """Return the exercise at this level, and the words for an easier or harder way.

    An exercise whose easier step is another one is not begun before that one; a harder one that
    the person does not get leaves the exercise as it stands.
    """

    def free(one: Exercise) -> bool:
        return one.id not in used and not _against(one, person, known)

    step = (exercise.easier, None, exercise.harder)[level]
    if step is not None and step.exercise is not None:
        other = known.exercises[step.exercise]
        if free(other):
            return other, ""
        if level == 0:
            return None
    if not free(exercise):
        return None
    return exercise, step.says if step is not None else ""


def _item(
    exercise: Exercise, this_time: str, seconds: int, person: Person, known: RoutineKnowledge
) -> Item:
    comfort = known.comfort if exercise.kind == "stretch" else None
    grade = known.grades[exercise.grade]
    behind = exercise.evidence + grade.evidence + (comfort.evidence if comfort else ())
    return Item(
        exercise=exercise.id,
        name=exercise.name,
        kind=exercise.kind,
        purpose=exercise.purpose,
        steps=exercise.steps,
        this_time=this_time,
        seconds=seconds,
        sets=sets_that_fit(exercise.dose, seconds, known.timing),
        dose=exercise.dose,
        leave_out_if=tuple(
            known.limits[name].leave_out_if
            for name in exercise.not_with
            if person.limits[name] is None
        ),
        comfort=comfort.says if comfort else "",
        grade=exercise.grade,
        grade_says=grade.says,
        evidence=tuple(dict.fromkeys(behind)),
        clinical=exercise.clinical,
    )
