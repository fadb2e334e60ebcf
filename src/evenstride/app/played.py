"""Exercises that were played where there was no network, and are told of later."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.moments import day_of, now_utc_ns
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.diary import Entry
from evenstride.errors import OptionError

if TYPE_CHECKING:
    from evenstride.plan.routines.nouns import Felt

__all__ = ["Played", "drawing_of", "note_played"]

_OLDEST_NS = 365 * 86_400 * 10**9
_MOST_PAIN = 10


@dataclass(frozen=True, slots=True)
class Played:
    """A routine that was played to where the person wanted.

    Attributes:
        id: Made by the player: the same one told twice is the same one.
        routine: Id of the routine.
        at_utc_ns: When it ended, on the clock of the player.
        felt: How it felt; None if not told.
        pain_before: Pain just before, 0 to 10; None if not told.
        leg_further: Whether leg pain moved further down the leg; None if not told.
    """

    id: str
    routine: str
    at_utc_ns: int
    felt: Felt | None = None
    pain_before: float | None = None
    leg_further: bool | None = None


def note_played(home: Path | None, played: Played, *, now: int | None = None) -> Shown:
    """Note exercises that were done, maybe hours ago; told twice, they are noted once.

    Unlike ``note_done`` this asks nobody whether there are exercises today: they were done, so
    they are noted, also if a sign to stop came since. One whose moment has not come yet, because
    a clock is wrong, was done now.

    Args:
        home: The person's folder, if not the usual one.
        played: What was done.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there are no such exercises, or it cannot be right.
    """
    from evenstride.plan.routines import DoneRoutine
    from evenstride.plan.routines.knowledge import routine_knowledge
    from evenstride.report.routine import done_sheet

    rule = routine_knowledge().routines.get(played.routine)
    if rule is None:
        raise OptionError("These exercises are not known here.", "Load the exercises again.")
    if played.pain_before is not None and not 0 <= played.pain_before <= _MOST_PAIN:
        raise OptionError("Pain is a number from 0, none, to 10, the worst you can think of.")
    with own(home, now or now_utc_ns()) as mine:
        at = min(played.at_utc_ns, mine.now)
        if at < mine.now - _OLDEST_NS:
            raise OptionError("That is too long ago.", "Check the clock of your device.")
        day = day_of(at, mine.person.time_zone)
        done = DoneRoutine(day, rule.id, played.felt, played.pain_before, None, played.leg_further)
        document = asdict(done) | {"day": day.isoformat()}
        if not mine.diary.has_entry("routine", played.id):
            mine.diary.keep_entry(Entry("routine", played.id, at, document))
    return mine.shown(
        {"schema": "evenstride/routine-done/1", **document},
        done_sheet(rule.name, day, leg_further=bool(played.leg_further)),
    )


def drawing_of(exercise: str) -> str:
    """Return the drawing of an exercise (SVG), with lines in the colour of the text around it.

    Raises:
        KeyError: If there is no such exercise.
    """
    from evenstride.plan.routines import drawing

    return drawing(exercise)
