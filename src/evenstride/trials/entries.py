"""Walks of the diary -> walks of a trial.

A trial keeps its own log: which walk of the diary belongs to which walk of the trial, and what was
really done. So a walk that is removed from the diary later leaves a gap and does not move the
walks after it to other arms, and walks outside the trial do not enter it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evenstride.errors import OptionError
from evenstride.model.outing import Outing
from evenstride.trials.design import Design
from evenstride.trials.nouns import TrialWalk
from evenstride.trials.outcomes import value_of

__all__ = ["LoggedWalk", "entry", "walks_of"]

_NS_PER_DAY = 86_400_000_000_000


@dataclass(frozen=True, slots=True)
class LoggedWalk:
    """One line of the log of a trial; the first belongs to walk 0, and lines are never removed.

    Attributes:
        outing: Id of the walk in the diary.
        start_utc_ns: When it began, in nanoseconds since 1970, UTC, as told when it was logged.
        done: The arm of each factor as it was really walked; None: as assigned.
    """

    outing: str
    start_utc_ns: int
    done: tuple[int, ...] | None = None


def entry(design: Design, outing: Outing, done: tuple[int, ...] | None = None) -> TrialWalk:
    """Return a walk of the diary as a walk of a trial.

    Days are counted in UTC, so that a change of the clocks is no change of the time between walks.

    Args:
        design: The trial, which says what is compared.
        outing: The walk.
        done: The arm of each factor as it was really walked; None: as assigned.
    """
    return TrialWalk(outing.start_utc_ns / _NS_PER_DAY, value_of(outing, design.outcome), done)


def walks_of(
    design: Design, log: Sequence[LoggedWalk], outings: Iterable[Outing]
) -> tuple[TrialWalk, ...]:
    """Return the walks of a trial in the order in which they were assigned.

    Args:
        design: The trial.
        log: Its log.
        outings: Walks of the diary, in any order. One that was corrected counts as it stands now;
            one of the log that is no longer there is a walk without an outcome.

    Raises:
        OptionError: A walk of the diary stands twice in the log.
    """
    if len({line.outing for line in log}) < len(log):
        raise OptionError("A walk counts once in a trial.", "Log each walk under its own name.")
    known = {outing.id: outing for outing in outings}
    return tuple(
        entry(design, known[line.outing], line.done)
        if line.outing in known
        else TrialWalk(line.start_utc_ns / _NS_PER_DAY, None, line.done)
        for line in log
    )
