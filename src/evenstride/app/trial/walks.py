"""Which walks of the diary belong to a self-experiment, and what was really done on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from evenstride.app.moments import NS, day_of
from evenstride.app.own import Own
from evenstride.app.planning import asks_again, basis_of
from evenstride.app.trial.kept import KeptTrial
from evenstride.errors import OptionError
from evenstride.model import Outing
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from evenstride.plan import Refused
    from evenstride.trials import Assignment, TrialResult

__all__ = [
    "assigned",
    "candidate",
    "check_joinable",
    "done_on",
    "names_of",
    "refusal_of",
    "result_now",
    "result_of",
    "settled",
    "shoes_drawn",
    "waited_for",
    "walks_by_id",
]

_GRACE_NS = 600 * NS  # who looks at the door may note a start some minutes earlier
_EARLIER = timedelta(days=365)  # a walk of it may be corrected to an earlier day
_ASKED_FOR = timedelta(days=3)  # as long as "today" asks for a rating


def walks_by_id(mine: Own, trial: KeptTrial) -> dict[str, Outing]:
    """Return the walks of the diary that an experiment can hold, by id, in the order of time."""
    since = day_of(trial.at_utc_ns, mine.person.time_zone) - _EARLIER
    return {walk.id: walk for walk in mine.diary.outings(since)}


def refusal_of(mine: Own) -> Refused | None:
    """Return why there must be no walk today, as the walking plan says it; None if there may."""
    from evenstride.plan import Refused, plan

    basis = basis_of(mine)
    found = plan(basis.history, basis.checkup, mine.today)
    if isinstance(found, Refused):
        return found
    if found.check_up_again or asks_again(mine, basis):
        says = screen_words("today")["today"]["checkup_again"]
        return Refused("red", says, "", found.safety_net)
    return None


def candidate(trial: KeptTrial, walks: Sequence[Outing]) -> Outing | None:
    """Return the walk that is the next of the experiment without being named; None: none yet.

    It is the first that began after its arm was shown: one that began before was not drawn.

    Args:
        trial: The experiment.
        walks: Of the diary, in the order of time.
    """
    if trial.shown_utc_ns is None or trial.is_full:
        return None
    taken = {line.outing for line in trial.log} | set(trial.left_out)
    since = trial.shown_utc_ns - _GRACE_NS
    for walk in walks:
        if walk.is_walk and walk.id not in taken and walk.start_utc_ns >= since:
            return walk
    return None


def check_joinable(trial: KeptTrial, walk: Outing) -> None:
    """Raise if a walk that the person named cannot be the next of the experiment.

    Raises:
        OptionError: With the reason.
    """
    if not walk.is_walk:
        raise OptionError("A bike ride is no walk of an experiment.")
    if trial.is_full:
        raise OptionError("All walks of the experiment are done.", "See: evenstride trial show")
    shown = trial.shown_utc_ns
    if shown is None or walk.start_utc_ns < shown - _GRACE_NS:
        raise OptionError(
            "That walk was before its way was drawn, so it cannot count.",
            "See what the next walk is: evenstride trial next",
        )


def assigned(trial: KeptTrial, number: int) -> Assignment:
    """Return what a walk of an experiment is to be walked in; ``number`` counts from 0."""
    from evenstride.trials import Assignment
    from evenstride.trials.design import arms_of

    arms = arms_of(trial.design, number)
    return Assignment(number, arms, names_of(trial, arms))


def names_of(trial: KeptTrial, arms: Sequence[int]) -> tuple[str, ...]:
    """Return the person's words for the arm of each factor."""
    return tuple(f.arms[arm] for f, arm in zip(trial.design.factors, arms, strict=True))


def shoes_drawn(trial: KeptTrial) -> str:
    """Return the name of the shoes of the next walk; empty if it is not about shoes."""
    names = assigned(trial, len(trial.log)).names
    return next((name for name, pair in zip(names, trial.shoes, strict=True) if pair), "")


def done_on(trial: KeptTrial, number: int, walk: Outing | None) -> tuple[int, ...] | None:
    """Return the arms that were walked in; None: as drawn.

    The shoes that are told of a walk count for more than what was said to the experiment.

    Args:
        trial: The experiment.
        number: Which of its walks, from 0.
        walk: It; None if it is gone from the diary.
    """
    drawn = assigned(trial, number).arms
    arms = list(trial.log[number].done or drawn)
    for factor, pair in enumerate(trial.shoes):
        if pair and walk is not None and walk.shoe in pair:
            arms[factor] = pair.index(walk.shoe)
    return None if tuple(arms) == drawn else tuple(arms)


def waited_for(mine: Own, trial: KeptTrial, walks: Mapping[str, Outing]) -> list[Outing]:
    """Return the walks of an experiment whose outcome may still be told.

    Args:
        mine: The diary.
        trial: The experiment.
        walks: Of the diary, by id.
    """
    from evenstride.trials import value_of

    found = [walks[line.outing] for line in trial.log if line.outing in walks]
    return [
        walk
        for walk in found
        if value_of(walk, trial.design.outcome) is None
        and mine.today - day_of(walk.start_utc_ns, walk.time_zone) <= _ASKED_FOR
    ]


def settled(mine: Own, trial: KeptTrial, walks: Mapping[str, Outing]) -> int:
    """Return how many walks, from the first, are ready for a look.

    A walk whose outcome may still be told is waited for, so that it does not come after the look.
    """
    waiting = {walk.id for walk in waited_for(mine, trial, walks)}
    ready = takewhile(lambda line: line.outing not in waiting, trial.log)
    return len(list(ready))


def result_of(trial: KeptTrial, walks: Mapping[str, Outing], first: int) -> TrialResult:
    """Return what the first walks of an experiment have found.

    Args:
        trial: The experiment.
        walks: Of the diary, by id.
        first: How many of its walks count.
    """
    from evenstride.trials import analyse
    from evenstride.trials.entries import walks_of

    log = [
        replace(line, done=done_on(trial, number, walks.get(line.outing)))
        for number, line in enumerate(trial.log[:first])
    ]
    found = walks_of(trial.design, log, walks.values())
    return analyse(trial.design, found)


def result_now(mine: Own, trial: KeptTrial, walks: Mapping[str, Outing]) -> TrialResult | None:
    """Return what may be known now: what the last look found, and nothing between two looks.

    Args:
        mine: The diary.
        trial: The experiment; a look that is due is not taken.
        walks: Of the diary, by id.
    """
    at_look = trial.ending or settled(mine, trial, walks) == trial.looked
    return result_of(trial, walks, trial.looked) if trial.looked and at_look else None
