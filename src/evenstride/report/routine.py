"""Exercises as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.plan.routines import Item, Limit, NoRoutine, Routine
from evenstride.report.amounts import minutes_said
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table

__all__ = [
    "after_sheet",
    "done_sheet",
    "drawn_sheet",
    "no_routine_sheet",
    "routine_sheet",
    "sign_sheet",
]


def routine_sheet(routine: Routine) -> Sheet:
    """Return what is shown of a routine."""
    words = screen_words("routine")
    table = Table(
        tuple(words["columns"]),
        tuple((item.name, str(item.seconds), item.purpose) for item in routine.items),
    )
    left_out = tuple(
        words["left_out_because"].format(name=one.name, why=one.because) for one in routine.left_out
    )
    unreviewed = () if routine.reviewed_by else (words["unreviewed"],)
    sections = (
        Section(words["exercises"], (), (), table),
        Section(words["how"], (), tuple(_how(item) for item in routine.items)),
        Section(words["rules"], (routine.effort, routine.pain)),
        Section(words["stop"], (), routine.stop_if),
        Section(words["why"], _why(routine), tuple(one.says for one in routine.changes)),
        Section(words["left_out"], (), left_out),
        Section(words["behind"], (), (*_behind(routine), *unreviewed)),
        Section(words["net"], (routine.safety_net,)),
    )
    minutes = minutes_said(routine.seconds / 60)
    return Sheet(
        words["headline"].format(name=routine.name, minutes=minutes),
        words["start"],
        tuple(section for section in sections if section.says_something),
    )


def no_routine_sheet(refused: NoRoutine, still: Sequence[Limit]) -> Sheet:
    """Return why there are no exercises, and what is still to be answered."""
    words = screen_words("routine")
    sections = (
        Section(words["needs_answers"] if still else "", (), tuple(one.ask for one in still)),
        Section(words["net"], (refused.safety_net,) if refused.safety_net else ()),
    )
    return Sheet(refused.says, refused.does, tuple(s for s in sections if s.says_something))


def done_sheet(name: str, day: date, *, leg_further: bool = False) -> Sheet:
    """Return what is said after exercises were noted.

    Args:
        name: Of the routine.
        day: On which it was done.
        leg_further: Whether leg pain moved further down: that asks for a pause.
    """
    words = screen_words("routine")
    says = words["noted"].format(name=name, day=spoken_day(day))
    action = words["leg_further"] if leg_further else ""
    return Sheet(says, action, (Section("", (words["next_hour"],)),))


def after_sheet() -> Sheet:
    """Return what is said after the pain of an hour later was noted."""
    return Sheet(screen_words("routine")["after_noted"])


def sign_sheet() -> Sheet:
    """Return what is said after a sign to stop was noted."""
    words = screen_words("routine")
    return Sheet(words["sign"], words["sign_does"])


def drawn_sheet(folder: str, names: Sequence[str]) -> Sheet:
    """Return what is said after drawings were written."""
    return Sheet(
        screen_words("routine")["drawn"].format(folder=folder), "", (Section("", (), tuple(names)),)
    )


def _behind(routine: Routine) -> tuple[str, ...]:
    """Return how well it is known that they help, those that are alike together."""
    found: dict[str, list[str]] = {}
    for item in routine.items:
        for says in filter(None, (item.grade_says, item.comfort)):
            found.setdefault(says, []).append(item.name)
    words = screen_words("routine")
    return tuple(
        words["known_of"].format(names=", ".join(names), says=says) for says, names in found.items()
    )


def _why(routine: Routine) -> tuple[str, ...]:
    words = screen_words("routine")
    return (
        words["for_you"].format(cause=routine.because),
        words["level"].format(level=routine.level_says),
    )


def _how(item: Item) -> str:
    words = screen_words("routine")
    parts = [words["step"].format(name=item.name, steps=" ".join(item.steps))]
    if item.this_time:
        parts.append(words["this_time"].format(how=item.this_time))
    if item.leave_out_if:
        parts.append(words["leave_out"].format(limits=", ".join(item.leave_out_if)))
    return " ".join(parts)
