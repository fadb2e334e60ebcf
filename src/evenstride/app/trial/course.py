"""The course of a self-experiment: walks join it, the next arm is shown, looks are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from evenstride.app.own import Own
from evenstride.app.trial.kept import Ending, KeptTrial, keep_trial, running_trial
from evenstride.app.trial.walks import (
    assigned,
    candidate,
    done_on,
    names_of,
    result_of,
    settled,
    walks_by_id,
)
from evenstride.errors import OptionError

if TYPE_CHECKING:
    from evenstride.model import Outing
    from evenstride.report.sheet import Section

__all__ = [
    "caught_up",
    "joined",
    "look_due",
    "need_running",
    "new_walks",
    "revealed",
    "walk_section",
]


def need_running(mine: Own) -> KeptTrial:
    """Return the experiment that runs.

    Raises:
        OptionError: If none does.
    """
    trial = running_trial(mine)
    if trial is None:
        raise OptionError("No experiment is running.", "Begin one with: evenstride trial new")
    return trial


def caught_up(mine: Own, trial: KeptTrial) -> KeptTrial:
    """Return the experiment after what was due: a walk joins, and a look is taken; kept."""
    if trial.ending:
        return trial
    found = joined(mine, trial)
    look = look_due(mine, found)
    if look > found.looked:
        state = result_of(found, walks_by_id(mine, trial), look).state
        endings: dict[str, Ending] = {"decided": "decided", "ended": "finished"}
        found = replace(found, looked=look, ending=endings.get(state, ""))
    if found != trial:
        keep_trial(mine, found)
    return found


def revealed(mine: Own, trial: KeptTrial) -> KeptTrial:
    """Return the experiment with the arm of its next walk shown, from now on; kept."""
    if trial.shown_utc_ns is not None:
        return trial
    trial = replace(trial, shown_utc_ns=mine.now)
    keep_trial(mine, trial)
    return trial


def walk_section(trial: KeptTrial, number: int, walks: Mapping[str, Outing], now: int) -> Section:
    """Return what is said of one walk of an experiment.

    Args:
        trial: The experiment.
        number: Which of its walks, from 0.
        walks: Of the diary, by id.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.trial.sheets import JoinedWalk, joined_section

    drawn = assigned(trial, number)
    walk = walks[trial.log[number].outing]
    done = names_of(trial, done_on(trial, number, walk) or drawn.arms)
    joined_walk = JoinedWalk(walk, drawn, done)
    return joined_section(trial.design, joined_walk, now, running=not trial.ending)


def new_walks(mine: Own, before: KeptTrial, trial: KeptTrial) -> tuple[Section, ...]:
    """Return what is said of the walks that joined since ``before``."""
    walks = walks_by_id(mine, trial)
    numbers = range(len(before.log), len(trial.log))
    return tuple(walk_section(trial, number, walks, mine.now) for number in numbers)


def joined(mine: Own, trial: KeptTrial) -> KeptTrial:
    """Return the experiment with the walk that joins it by itself, if there is one; not kept."""
    from evenstride.trials import LoggedWalk

    walk = candidate(trial, tuple(walks_by_id(mine, trial).values()))
    return trial if walk is None else trial.with_walk(LoggedWalk(walk.id, walk.start_utc_ns))


def look_due(mine: Own, trial: KeptTrial) -> int:
    """Return after how many walks the latest look falls that can be taken now; 0 before it."""
    from evenstride.trials.design import look_numbers

    ready = settled(mine, trial, walks_by_id(mine, trial))
    return max((look for look in look_numbers(trial.design) if look <= ready), default=0)
