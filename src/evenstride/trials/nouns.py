"""The nouns of a trial that has begun: its walks, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evenstride.trials.design import Design
from evenstride.trials.words import Verdict

__all__ = ["Answer", "Effect", "State", "TrialPoint", "TrialResult", "TrialWalk"]

State = Literal["running", "decided", "ended"]


@dataclass(frozen=True, slots=True)
class TrialWalk:
    """One walk of a trial as it was done.

    Attributes:
        day: When it began, in days from any origin.
        value: The outcome in its own unit (points of pain, minutes, metres); None if not told.
        done: The arm of each factor as it was really walked; None: as assigned.
    """

    day: float
    value: float | None
    done: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What is known of B against A for one factor.

    Attributes:
        names: The two ways, A and B.
        mean: Points by which B differs from A; below 0, B is better.
        sd: How uncertain that is.
        low: Lower end of the 95 % interval.
        high: Upper end of the 95 % interval.
        p_better: How probable it is that B is better at all.
        bands: Probability of each of ``words.BANDS``.
        ratio: How many times longer or farther B goes, with the ends of the 95 % interval (for
            minutes and distance); None for pain.
        randomisation_p: Two-sided p of the sign-flip test; None with fewer than six groups.
        verdict: What may be said.
        sentence: The same in words.
    """

    names: tuple[str, str]
    mean: float
    sd: float
    low: float
    high: float
    p_better: float
    bands: tuple[float, ...]
    ratio: tuple[float, float, float] | None
    randomisation_p: float | None
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the walks say, seen in one way: as assigned or as done.

    Attributes:
        effects: One per factor.
        carried_over: Which part of an effect comes one walk late, 0 to 0.4.
        trend: Mean and sd of the change from the first walk to the last, in points.
        day_to_day: How correlated outcomes one day apart are, 0 to 0.9.
        spread: Size of the noise, in points.
    """

    effects: tuple[Effect, ...]
    carried_over: float
    trend: tuple[float, float]
    day_to_day: float
    spread: float


@dataclass(frozen=True, slots=True)
class TrialPoint:
    """One walk as it stands in the plot of a trial.

    Attributes:
        number: Which walk of the trial, from 0.
        day: When it began, in days since the earliest walk of the trial.
        value: The outcome in its own unit; None if not told.
        assigned: The arm of each factor that was drawn.
        done: The arm of each factor that was walked.
    """

    number: int
    day: float
    value: float | None
    assigned: tuple[int, ...]
    done: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TrialResult:
    """The answer of a trial at its latest look.

    Attributes:
        design: The trial.
        state: Whether it goes on, has found its answer, or has come to its end.
        walks_done: Walks so far.
        walks_looked_at: Walks up to the latest look; the answer rests on these.
        next_look: After how many walks the next look is due; None when the trial is over.
        n: Walks with a known outcome among those looked at.
        missing: Walks without.
        changed: Walks that were not walked as assigned.
        floor: Whether more than a quarter of the ratings are 0.
        as_assigned: The answer that counts; None before the first look or with too few outcomes.
        as_done: The answer by what was really worn or done; the same when nothing was changed.
        cautions: What to keep in mind, in words.
        points: Every walk so far, for a plot; the answer rests on the first ``walks_looked_at``.
    """

    design: Design
    state: State
    walks_done: int
    walks_looked_at: int
    next_look: int | None
    n: int
    missing: int
    changed: int
    floor: bool
    as_assigned: Answer | None
    as_done: Answer | None
    cautions: tuple[str, ...]
    points: tuple[TrialPoint, ...]
