"""What is known of a trial -> an answer in numbers and in words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenstride.trials import flips
from evenstride.trials.design import WITHIN_A_WALK, Design, group_of
from evenstride.trials.mixture import Mixture
from evenstride.trials.nouns import Answer, Effect, State
from evenstride.trials.outcomes import is_pain, ratio_of
from evenstride.trials.rules import certain_enough, certainty_asked
from evenstride.trials.words import (
    ABOUT_YOU,
    CHANGED_OFTEN,
    DONE_DIFFERS,
    EDGES,
    FLOOR,
    NOT_BLIND,
    NOT_EQUAL,
    TESTS_DIFFER,
    Verdict,
    say,
)

__all__ = ["answer", "cautions"]

Floats = NDArray[np.float64]

SMALL = 1.0
SURELY_SMALL = 0.95
DOUBTFUL = 0.1
MANY_CHANGED = 0.2


def answer(
    design: Design,
    arms: Floats,
    outcome: Floats,
    found: Mixture,
    state: State,
    *,
    as_done: bool = False,
) -> Answer:
    """Return a posterior as an answer.

    Args:
        design: The trial.
        arms: Arm of each factor in each walk looked at; shape (walks, factors).
        outcome: Of each walk in points, NaN where not known.
        found: What is known after these walks.
        state: Whether the trial goes on.
        as_done: Whether ``arms`` are those that were walked. Chance drew only those that were
            assigned, so only they have a randomisation test.
    """
    groups = np.array([group_of(design, number) for number in range(len(outcome))])
    effects = []
    for factor in range(len(design.factors)):
        p = None
        if not as_done:
            p = flips.sign_flip(flips.differences(groups, arms[:, factor], outcome))
        effects.append(_effect(design, found, state, factor, len(outcome), p))
    trend = 1 + len(design.factors)
    return Answer(
        effects=tuple(effects),
        carried_over=float(found.carried),
        trend=(float(found.mean(trend)), float(found.sd(trend))),
        day_to_day=float(found.phi),
        spread=float(found.sigma),
    )


def _effect(
    design: Design, found: Mixture, state: State, factor: int, look: int, p: float | None
) -> Effect:
    """Return what is known of one factor; ``p`` is that of the randomisation test."""
    which = 1 + factor
    below = [0.0, *(float(found.below(which, edge)) for edge in EDGES), 1.0]
    bands = tuple(high - low for low, high in pairwise(below))
    mean = float(found.mean(which))
    low, high = (float(found.quantile(which, share)) for share in (0.025, 0.975))
    pain = is_pain(design.outcome)
    asked = certainty_asked(design.walks, look, len(design.factors))
    verdict = _verdict(found, state, factor, asked)
    names = design.factors[factor].arms
    return Effect(
        names=names,
        mean=mean,
        sd=float(found.sd(which)),
        low=low,
        high=high,
        p_better=float(found.below(which, 0.0)),
        bands=bands,
        ratio=None if pain else (ratio_of(mean), ratio_of(high), ratio_of(low)),
        randomisation_p=p,
        verdict=verdict,
        sentence=say(verdict, names, bands, small="one point" if pain else "15 %"),
    )


def _verdict(found: Mixture, state: State, factor: int, asked: float) -> Verdict:
    """Return what may be said of a factor."""
    which = 1 + factor
    if certain_enough(found, factor, asked):
        return "B_better" if found.mean(which) < 0 else "A_better"
    if state == "running":
        return "running"
    small = float(found.below(which, SMALL) - found.below(which, -SMALL))
    return "no_big_difference" if small > SURELY_SMALL else "no_clear_difference"


def cautions(
    design: Design,
    assigned: Answer | None,
    done: Answer | None,
    *,
    floor: bool,
    changed: int,
    of: int,
) -> tuple[str, ...]:
    """Return what to keep in mind when reading the answer, the most important first.

    Args:
        design: The trial.
        assigned: The answer by what was drawn; None if there is none yet.
        done: The answer by what was walked.
        floor: Whether zeros are common.
        changed: On how many walks something else was done than was drawn.
        of: Walks looked at.
    """
    what = " and ".join(WITHIN_A_WALK[factor.kind] for factor in design.factors)
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
