"""From a routine to its timed steps: get ready, work, rest, change sides."""

from __future__ import annotations

from collections.abc import Iterator

from evenstride.plan.routines.knowledge import RoutineKnowledge, Timing, routine_knowledge
from evenstride.plan.routines.nouns import Dose, Item, Routine, Side, Step

__all__ = ["sets_that_fit", "timeline"]

_SIDES: tuple[Side, ...] = ("left", "right")


def timeline(routine: Routine) -> tuple[Step, ...]:
    """Return every timed step of a routine in order; together they take ``routine.seconds``.

    Both sides of an exercise get the same time. To pause or skip is the player's business.
    """
    known = routine_knowledge()
    return tuple(step for item in routine.items for step in _timed(item, known))


def sets_that_fit(dose: Dose, seconds: int, timing: Timing) -> tuple[int, ...]:
    """Return the repetitions of each set, on each side, that fit into the seconds.

    As many of the whole dose as there is time for; empty for an exercise without repetitions.
    """
    sides = 2 if dose.each_side else 1
    left = (seconds - timing.ready_s - (sides - 1) * timing.change_side_s) // sides
    found: list[int] = []
    for reps in dose.reps:
        if found:
            left -= dose.rest_s
        fit = min(reps, left // (dose.tempo_s + dose.hold_s))
        if fit < 1:
            break
        found.append(fit)
        left -= fit * (dose.tempo_s + dose.hold_s)
    return tuple(found)


def _timed(item: Item, known: RoutineKnowledge) -> Iterator[Step]:
    spent = 0
    for step in _moves(item, known):
        spent += step.seconds
        yield step
    if spent < item.seconds:
        yield Step(item.seconds - spent, "rest", item.exercise, None, known.cues["rest"])


def _moves(item: Item, known: RoutineKnowledge) -> Iterator[Step]:
    cues, timing = known.cues, known.timing
    sides: tuple[Side | None, ...] = _SIDES if item.dose.each_side else (None,)
    cue = cues["ready_side" if item.dose.each_side else "ready"]
    cue = cue.format(name=item.name, side=cues["side"][_SIDES[0]])
    yield Step(timing.ready_s, "ready", item.exercise, None, cue)
    if item.dose.minutes is not None:
        seconds = min(60 * item.dose.minutes, item.seconds - timing.ready_s)
        yield Step(seconds, "work", item.exercise, None, cues["go"])
        return
    for number, side in enumerate(sides):
        if number:
            cue = cues["change_side"].format(side=cues["side"][side])
            yield Step(timing.change_side_s, "change_side", item.exercise, side, cue)
        yield from _one_side(item, side, known)


def _one_side(item: Item, side: Side | None, known: RoutineKnowledge) -> Iterator[Step]:
    dose, cues = item.dose, known.cues
    for number, reps in enumerate(item.sets):
        if number and dose.rest_s:
            yield Step(dose.rest_s, "rest", item.exercise, side, cues["rest"])
        for rep in range(1, reps + 1):
            if dose.tempo_s:
                cue = cues["move"].format(rep=rep, of=reps)
                yield Step(dose.tempo_s, "work", item.exercise, side, cue)
            if dose.hold_s:
                yield Step(dose.hold_s, "work", item.exercise, side, cues["hold"])
