"""Entries of a trial -> what is known so far, by rules that were fixed before the first walk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.model.outing import Outing
from evenstride.trials import flips, posterior
from evenstride.trials.design import (
    LOOK_EVERY,
    Design,
    arms_of,
    group_of,
    look_numbers,
)
from evenstride.trials.outcomes import is_pain, points_of, ratio_of, value_of
from evenstride.trials.words import (
    ABOUT_YOU,
    CHANGED_OFTEN,
    DONE_DIFFERS,
    EDGES,
    FLOOR,
    NOT_BLIND,
    NOT_EQUAL,
    TESTS_DIFFER,
    THESE,
    Verdict,
    say,
)

__all__ = [
    "Answer",
    "Effect",
    "State",
    "TrialResult",
    "TrialWalk",
    "analyse",
    "certain_enough",
    "certainty_asked",
    "entry",
    "one_sided",
]

CERTAIN = 0.99
"""At the planned end a direction must be more probable than this."""

EARLY_ALLOWANCE = 0.006
"""All earlier looks together may be this far from certain: each is one more chance to be misled.

With 0.99 at each of four looks up to 3.7 % of trials without a difference had a winner. Shared, a
trial of 28 walks asks for 0.998 at each of its three earlier looks, and a longer trial with more
looks for more.
"""

SMALL = 1.0
SURELY_SMALL = 0.95
FLOOR_SHARE = 0.25
FEWEST_OUTCOMES = 4
HIGHEST_PAIN = 10.0
_NS_PER_DAY = 86_400_000_000_000
DOUBTFUL = 0.1
MANY_CHANGED = 0.2

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
class TrialResult:
    """The answer of a trial at its latest look.

    Attributes:
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
    """

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


def entry(design: Design, outing: Outing, done: tuple[int, ...] | None = None) -> TrialWalk:
    """Return a walk of the diary as a walk of a trial.

    Args:
        design: The trial, which says what is compared.
        outing: The walk.
        done: The arm of each factor as it was really walked; None: as assigned.
    """
    return TrialWalk(outing.start_utc_ns / _NS_PER_DAY, value_of(outing, design.outcome), done)


def analyse(design: Design, walks: Sequence[TrialWalk]) -> TrialResult:
    """Return what a trial has found so far.

    Between looks the answer stays that of the latest look: looking more often would let chance
    win more often. The first look at which every factor is decided ends the trial, and walks
    after it do not change the answer.

    Args:
        design: The trial.
        walks: Its walks in the order in which they were assigned: the first belongs to walk 0.
            Where a walk was assigned and none was walked, leave it for the next one.

    Raises:
        OptionError: Days run backwards, arms or values are out of range, or there are more walks
            than the trial has.
    """
    _check(design, walks)
    found: posterior.Mixture | None = None
    looked_at, over = 0, False
    for look in look_numbers(design):
        if look > len(walks) or over:
            break
        looked_at = look
        found = _fit(design, walks[:look], as_done=False)
        over = found is not None and all(
            certain_enough(found, factor, _asked(design, look))
            for factor in range(len(design.factors))
        )
    state: State = "decided" if over else "ended" if looked_at == design.walks else "running"
    used = walks[:looked_at]
    changed = sum(
        walk.done is not None and walk.done != arms_of(design, number)
        for number, walk in enumerate(used)
    )
    assigned = _answer(design, used, found, state, as_done=False)
    done = (
        _answer(design, used, _fit(design, used, as_done=True), state, as_done=True)
        if changed
        else assigned
    )
    known = [walk.value for walk in used if walk.value is not None]
    floor = is_pain(design.outcome) and known.count(0.0) > FLOOR_SHARE * len(known)
    return TrialResult(
        state=state,
        walks_done=len(walks),
        walks_looked_at=looked_at,
        next_look=min((n for n in look_numbers(design) if n > len(walks)), default=None)
        if state == "running"
        else None,
        n=len(known),
        missing=looked_at - len(known),
        changed=changed,
        floor=floor,
        as_assigned=assigned,
        as_done=done,
        cautions=_cautions(design, assigned, done, floor=floor, changed=changed, of=looked_at),
    )


def certainty_asked(walks: int, look: int, factors: int) -> float:
    """Return how probable a direction must be to be named at a look.

    Args:
        walks: Of the whole trial.
        look: Walks so far; at ``walks`` the trial is at its end.
        factors: With several, the allowance for error is shared among them.
    """
    early = (walks - 1) // LOOK_EVERY
    allowed = 1.0 - CERTAIN if look == walks else EARLY_ALLOWANCE / early
    return 1.0 - allowed / factors


def certain_enough(found: posterior.Mixture, factor: int, asked: float) -> NDArray[np.bool_]:
    """Return whether a factor has a direction that is more probable than asked, in each trial."""
    return one_sided(found, factor) > asked


def one_sided(found: posterior.Mixture, factor: int) -> NDArray[np.float64]:
    """Return the probability of the likelier direction of a factor, in each trial."""
    below = found.below(1 + factor, 0.0)
    return np.maximum(below, 1.0 - below)


def _check(design: Design, walks: Sequence[TrialWalk]) -> None:
    """Raise if walks cannot be those of the trial."""
    if len(walks) > design.walks:
        raise OptionError(f"This trial has {design.walks} walks, and there are {len(walks)}.")
    for earlier, later in pairwise(walks):
        if later.day < earlier.day:
            raise OptionError("The walks of a trial must be in the order of their days.")
    for walk in walks:
        if not math.isfinite(walk.day):
            raise OptionError("Every walk of a trial needs its day.")
        arms = walk.done
        if arms is not None and (len(arms) != len(design.factors) or not set(arms) <= {0, 1}):
            raise OptionError("What was done on a walk must be one of the two ways of each factor.")
        value = walk.value
        if value is None:
            continue
        pain = is_pain(design.outcome)
        if not (0 <= value <= HIGHEST_PAIN if pain else 0 < value < math.inf):
            raise OptionError(
                "Pain is told from 0 to 10." if pain else "Minutes and distance must be above 0."
            )


def _arms(design: Design, walks: Sequence[TrialWalk], *, as_done: bool) -> NDArray[np.float64]:
    """Return the arm of each factor in each walk; shape (walks, factors)."""
    arms = [
        walk.done if as_done and walk.done is not None else arms_of(design, number)
        for number, walk in enumerate(walks)
    ]
    return np.array(arms, dtype=np.float64).reshape(len(walks), len(design.factors))


def _points(design: Design, walks: Sequence[TrialWalk]) -> NDArray[np.float64]:
    """Return the outcomes in points, NaN where not known."""
    known = [walk.value for walk in walks if walk.value is not None]
    usual = 1.0
    if not is_pain(design.outcome) and known:
        usual = math.exp(sum(map(math.log, known)) / len(known))
    return np.array(
        [
            math.nan if walk.value is None else points_of(walk.value, design.outcome, usual)
            for walk in walks
        ],
        dtype=np.float64,
    )


def _fit(design: Design, walks: Sequence[TrialWalk], *, as_done: bool) -> posterior.Mixture | None:
    """Return what is known after some walks; None with too few outcomes."""
    outcome = _points(design, walks)
    present = ~np.isnan(outcome)
    if present.sum() < FEWEST_OUTCOMES:
        return None
    days = np.array([walk.day for walk in walks], dtype=np.float64)
    days -= days[0]
    arms = _arms(design, walks, as_done=as_done)
    explained_by, changes = posterior.columns(days, arms, present)
    return posterior.fit(days, explained_by, outcome, present, changes)


def _answer(
    design: Design,
    walks: Sequence[TrialWalk],
    found: posterior.Mixture | None,
    state: State,
    *,
    as_done: bool,
) -> Answer | None:
    """Return a posterior as an answer."""
    if found is None:
        return None
    factors = len(design.factors)
    trend = 1 + factors
    return Answer(
        effects=tuple(
            _effect(design, walks, found, state, factor, as_done=as_done)
            for factor in range(factors)
        ),
        carried_over=float(found.carried),
        trend=(float(found.mean(trend)), float(found.sd(trend))),
        day_to_day=float(found.phi),
        spread=float(found.sigma),
    )


def _effect(
    design: Design,
    walks: Sequence[TrialWalk],
    found: posterior.Mixture,
    state: State,
    factor: int,
    *,
    as_done: bool,
) -> Effect:
    """Return what is known of one factor."""
    which = 1 + factor
    below = [0.0, *(float(found.below(which, edge)) for edge in EDGES), 1.0]
    bands = tuple(high - low for low, high in pairwise(below))
    p_better = float(found.below(which, 0.0))
    mean = float(found.mean(which))
    low, high = (float(found.quantile(which, share)) for share in (0.025, 0.975))
    pain = is_pain(design.outcome)
    verdict = _verdict(found, state, factor, _asked(design, len(walks)))
    groups = np.array([group_of(design, number) for number in range(len(walks))])
    difference = flips.differences(
        groups, _arms(design, walks, as_done=as_done)[:, factor], _points(design, walks)
    )
    names = design.factors[factor].arms
    return Effect(
        names=names,
        mean=mean,
        sd=float(found.sd(which)),
        low=low,
        high=high,
        p_better=p_better,
        bands=bands,
        ratio=None if pain else (ratio_of(mean), ratio_of(high), ratio_of(low)),
        randomisation_p=None if as_done else flips.sign_flip(difference),
        verdict=verdict,
        sentence=say(verdict, names, bands, small="one point" if pain else "15 %"),
    )


def _asked(design: Design, look: int) -> float:
    """Return how probable a direction must be to be named at a look of a trial."""
    return certainty_asked(design.walks, look, len(design.factors))


def _verdict(found: posterior.Mixture, state: State, factor: int, asked: float) -> Verdict:
    """Return what may be said of a factor."""
    which = 1 + factor
    if certain_enough(found, factor, asked):
        return "B_better" if found.mean(which) < 0 else "A_better"
    if state == "running":
        return "running"
    small = float(found.below(which, SMALL) - found.below(which, -SMALL))
    return "no_big_difference" if small > SURELY_SMALL else "no_clear_difference"


def _cautions(
    design: Design,
    assigned: Answer | None,
    done: Answer | None,
    *,
    floor: bool,
    changed: int,
    of: int,
) -> tuple[str, ...]:
    """Return what to keep in mind when reading the answer, the most important first."""
    what = " and ".join(THESE[factor.kind] for factor in design.factors)
    texts = [ABOUT_YOU.format(what=what)]
    if assigned is None:
        return tuple(texts)
    if floor:
        texts.append(FLOOR)
    verdicts = {effect.verdict for effect in assigned.effects}
    if "no_clear_difference" in verdicts:
        texts.append(NOT_EQUAL)
    for effect in assigned.effects:
        winner = effect.verdict in ("A_better", "B_better")
        if winner and effect.randomisation_p is not None and effect.randomisation_p > DOUBTFUL:
            texts.append(TESTS_DIFFER)
            break
    if done is not None and [e.verdict for e in done.effects] != [
        e.verdict for e in assigned.effects
    ]:
        texts.append(DONE_DIFFERS)
    elif changed > MANY_CHANGED * of:
        texts.append(CHANGED_OFTEN.format(changed=changed, of=of))
    texts.append(NOT_BLIND)
    return tuple(texts)
