"""Walks of a trial -> what is known so far, by rules that were fixed before the first walk."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.trials import posterior
from evenstride.trials.answer import answer, cautions
from evenstride.trials.design import Design, arms_of, look_numbers
from evenstride.trials.mixture import Mixture
from evenstride.trials.nouns import State, TrialPoint, TrialResult, TrialWalk
from evenstride.trials.outcomes import is_pain, points_of
from evenstride.trials.rules import certain_enough, certainty_asked

__all__ = ["analyse"]

Floats = NDArray[np.float64]

FLOOR_SHARE = 0.25
FEWEST_OUTCOMES = 4
HIGHEST_PAIN = 10.0


def analyse(design: Design, walks: Sequence[TrialWalk]) -> TrialResult:
    """Return what a trial has found so far.

    Between looks the answer stays that of the latest look: looking more often would let chance
    win more often. The first look at which every factor is decided ends the trial, and walks
    after it do not change the answer.

    Args:
        design: The trial.
        walks: Its walks in the order in which they were assigned: the first belongs to walk 0.
            A walk that was entered late has an earlier day than the one before it.

    Raises:
        OptionError: Arms or values are out of range, or there are more walks than the trial has.
    """
    _check(design, walks)
    plotted = _plotted(design, walks)
    assigned = np.array([point.assigned for point in plotted], dtype=np.float64)
    looked_at, found, over = _latest_look(design, walks, assigned)
    state: State = "decided" if over else "ended" if looked_at == design.walks else "running"
    used = walks[:looked_at]
    changed = sum(point.done != point.assigned for point in plotted[:looked_at])
    by_draw = by_deed = None
    if found is not None:
        outcome = _in_points(design, used)
        by_draw = by_deed = answer(design, assigned[:looked_at], outcome, found, state)
        if changed:
            done = np.array([point.done for point in plotted[:looked_at]], dtype=np.float64)
            by_deed = answer(design, done, outcome, _fit(used, done, outcome), state, as_done=True)
    known = [walk.value for walk in used if walk.value is not None]
    floor = is_pain(design.outcome) and known.count(0.0) > FLOOR_SHARE * len(known)
    due = [look for look in look_numbers(design) if look > len(walks)]
    return TrialResult(
        design=design,
        state=state,
        walks_done=len(walks),
        walks_looked_at=looked_at,
        next_look=due[0] if state == "running" else None,
        n=len(known),
        missing=looked_at - len(known),
        changed=changed,
        floor=floor,
        as_assigned=by_draw,
        as_done=by_deed,
        cautions=cautions(design, by_draw, by_deed, floor=floor, changed=changed, of=looked_at),
        points=plotted,
    )


def _check(design: Design, walks: Sequence[TrialWalk]) -> None:
    """Raise if walks cannot be those of the trial."""
    if len(walks) > design.walks:
        raise OptionError(f"This trial has {design.walks} walks, and there are {len(walks)}.")
    pain = is_pain(design.outcome)
    for walk in walks:
        if not math.isfinite(walk.day):
            raise OptionError("Every walk of a trial needs its day.")
        arms = walk.done
        if arms is not None and (len(arms) != len(design.factors) or not set(arms) <= {0, 1}):
            raise OptionError("What was done on a walk must be one of the two ways of each factor.")
        value = walk.value
        if value is None:
            continue
        if not (0 <= value <= HIGHEST_PAIN if pain else 0 < value < math.inf):
            raise OptionError(
                "Pain is told from 0 to 10." if pain else "Minutes and distance must be above 0."
            )


def _plotted(design: Design, walks: Sequence[TrialWalk]) -> tuple[TrialPoint, ...]:
    """Return the walks with what was drawn and what was done."""
    begin = min((walk.day for walk in walks), default=0.0)
    points = []
    for number, walk in enumerate(walks):
        drawn = arms_of(design, number)
        done = drawn if walk.done is None else walk.done
        points.append(TrialPoint(number, walk.day - begin, walk.value, drawn, done))
    return tuple(points)


def _latest_look(
    design: Design, walks: Sequence[TrialWalk], arms: Floats
) -> tuple[int, Mixture | None, bool]:
    """Return the walks of the latest look, what is known there, and whether it decided."""
    looked_at, found = 0, None
    factors = len(design.factors)
    for look in look_numbers(design):
        if look > len(walks):
            break
        looked_at = look
        outcome = _in_points(design, walks[:look])
        if np.sum(~np.isnan(outcome)) < FEWEST_OUTCOMES:
            continue
        found = _fit(walks[:look], arms[:look], outcome)
        asked = certainty_asked(design.walks, look, factors)
        if all(certain_enough(found, factor, asked) for factor in range(factors)):
            return look, found, True
    return looked_at, found, False


def _fit(walks: Sequence[TrialWalk], arms: Floats, outcome: Floats) -> Mixture:
    """Return what is known after some walks, put in the order of their days."""
    days = np.array([walk.day for walk in walks], dtype=np.float64)
    order = np.argsort(days, kind="stable")
    days, arms, outcome = days[order] - days[order[0]], arms[order], outcome[order]
    present = ~np.isnan(outcome)
    explained_by, changes = posterior.columns(days, arms, present)
    return posterior.fit(days, explained_by, outcome, present, changes)


def _in_points(design: Design, walks: Sequence[TrialWalk]) -> Floats:
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
