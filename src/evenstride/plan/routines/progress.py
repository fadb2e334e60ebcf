"""How hard the steps are this week, from what was done so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenstride.plan.routines.knowledge import ProgressNumbers
from evenstride.plan.routines.nouns import DoneRoutine

__all__ = ["HARDEST", "Progress", "progress"]

HARDEST = 2
"""The highest level; 0 are the easier steps."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person stands with a routine.

    Attributes:
        level: 0 for the easier steps, 1 as they stand, 2 for the harder ones.
        week: 1 in the first week.
        fresh: Whether this week is not the first, and nothing was done in it yet.
        rule: Id of the rule that made the level what it is.
    """

    level: int
    week: int
    fresh: bool
    rule: str


def progress(done: Sequence[DoneRoutine], today: date, known: ProgressNumbers) -> Progress:
    """Return the level and the week of a routine.

    Weeks count from the first session. A week with enough good sessions is one step up, at its
    end; a rise of pain is one step back, at once; so is a long break. Everything is worked out
    anew from the first day, so that late entries and corrections count.

    Args:
        done: Sessions of this routine in any order; those after the day are left out.
        today: The person's local day.
        known: The numbers of the rules.
    """
    past = sorted((one for one in done if one.day <= today), key=lambda one: one.day)
    if not past:
        return Progress(0, 1, False, "start_easier")
    first, last = past[0].day, past[0].day
    this_week = (today - first).days // known.week_days
    level, rule = 0, "start_easier"
    sessions: list[DoneRoutine] = []
    for number in range(this_week + 1):
        sessions = [one for one in past if (one.day - first).days // known.week_days == number]
        for one in sessions:
            if (one.day - last).days > known.break_days:
                level, rule = max(0, level - 1), "one_back_break"
            last = one.day
        if any(_hurt(one, known) for one in sessions):
            level, rule = max(0, level - 1), "one_back_pain"
        elif number < this_week:
            level, rule = _reviewed(level, sessions, known)
    if (today - last).days > known.break_days:
        level, rule = max(0, level - 1), "one_back_break"
    return Progress(level, this_week + 1, this_week > 0 and not sessions, rule)


def _reviewed(
    level: int, sessions: Sequence[DoneRoutine], known: ProgressNumbers
) -> tuple[int, str]:
    good = sum(1 for one in sessions if _good(one, known))
    if good < known.good_sessions:
        return level, "hold"
    return (level + 1, "one_up") if level < HARDEST else (level, "top")


def _good(one: DoneRoutine, known: ProgressNumbers) -> bool:
    """Return whether a session counts toward going on; what was not noted never does."""
    rise = _rise(one)
    calm = rise is not None and rise <= known.good_rise_to and not one.leg_further
    return calm and one.felt in ("easy", "fine")


def _hurt(one: DoneRoutine, known: ProgressNumbers) -> bool:
    rise = _rise(one)
    return one.leg_further is True or (rise is not None and rise >= known.back_rise_from)


def _rise(one: DoneRoutine) -> float | None:
    if one.pain_before is None or one.pain_after is None:
        return None
    return one.pain_after - one.pain_before
