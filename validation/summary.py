"""All scores of one engine on one group of walks, gathered in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from validation.datasets import DOUBTFUL_SIDES, Reference, StrideTable, Walk
from validation.scoring import (
    NARROW_S,
    WIDE_S,
    Confusion,
    Found,
    LengthScore,
    StrideTimeScore,
    best_offset,
    cadence_errors,
    in_walking_only,
    samples_confusion,
    score_contacts,
    score_lengths,
    score_sides,
    score_stride_times,
)

__all__ = ["StepCounts", "Summary", "step_counts", "summarise"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Scores of one engine on one group of walks with reference events.

    ``contacts_f1`` counts every labelled contact; ``walking_f1`` only those in unbroken walking.
    ``ceiling_f1`` is what the first would be for an engine that is perfect in walking and reports
    nothing else. ``sides_right`` leaves out the trials whose labels are doubtful;
    ``sides_right_strict`` keeps them.
    """

    walks: int
    contacts_f1: float
    walking_f1: float
    ceiling_f1: float
    precision: float
    recall: float
    offset_s: float
    narrow_f1: float
    jitter_s: float
    stride_time: StrideTimeScore
    cadence_mae_spm: float
    cadence_mae_percent: float
    cadence_coverage: float
    gait: Confusion
    sides_right: float
    sides_told: float
    sides_right_strict: float
    lengths: LengthScore


def summarise(
    walks: Sequence[Walk],
    found: Mapping[str, Found],
    *,
    offset_s: float | None = None,
    second: bool = False,
) -> Summary:
    """Score an engine's results, by walk id.

    Args:
        walks: Walks with reference events.
        found: The engine's result for each of them.
        offset_s: The constant that is taken from the contacts before the 100 ms score; None finds
            the best one on these walks.
        second: Judge against the second reference instead.
    """
    pairs, sure = [], []
    gait = Confusion()
    for walk in walks:
        reference = walk.second if second else walk.reference
        if reference is None:
            continue
        pairs.append((reference, found[walk.id]))
        if walk.set != "H" or walk.id not in DOUBTFUL_SIDES:
            sure.append(pairs[-1])
        duration = float(walk.signal.time_s[-1])
        gait += samples_confusion(reference, found[walk.id].bouts_s, duration)
    wide = score_contacts(pairs, WIDE_S)
    offset = best_offset(pairs) if offset_s is None else offset_s
    errors, truths, cadence_coverage = cadence_errors(pairs)
    right, told = score_sides(sure)
    nan = float("nan")
    return Summary(
        walks=len(pairs),
        contacts_f1=wide.f1,
        walking_f1=score_contacts([(in_walking_only(r), f) for r, f in pairs], WIDE_S).f1,
        ceiling_f1=score_contacts([(r, _walking_as_found(r)) for r, _ in pairs]).f1,
        precision=wide.hits / (wide.hits + wide.false) if wide.hits else nan,
        recall=wide.hits / (wide.hits + wide.missed) if wide.hits else nan,
        offset_s=offset,
        narrow_f1=score_contacts(pairs, NARROW_S, offset).f1,
        jitter_s=wide.jitter_s,
        stride_time=score_stride_times(pairs),
        cadence_mae_spm=float(np.mean(np.abs(errors))) if errors.size else nan,
        cadence_mae_percent=100 * float(np.mean(np.abs(errors) / truths)) if errors.size else nan,
        cadence_coverage=cadence_coverage,
        gait=gait,
        sides_right=right,
        sides_told=told,
        sides_right_strict=score_sides(pairs)[0],
        lengths=score_lengths(pairs),
    )


def _walking_as_found(reference: Reference) -> Found:
    """Return the true contacts in unbroken walking as if an engine had found them."""
    walking = in_walking_only(reference)
    return Found(
        walking.contact_s, walking.contact_side, reference.gait_s, StrideTable.empty(), 0.0
    )


@dataclass(frozen=True, slots=True)
class StepCounts:
    """Errors of counted steps in percent of the truth, signed, by walk."""

    by_walk: Mapping[str, float]

    @property
    def mape(self) -> float:
        """Mean absolute error in percent."""
        return float(np.mean(np.abs(list(self.by_walk.values()))))

    @property
    def worst(self) -> float:
        """Largest absolute error in percent."""
        return float(np.max(np.abs(list(self.by_walk.values()))))


def step_counts(walks: Sequence[Walk], found: Mapping[str, Found]) -> StepCounts:
    """Compare step counts with the counted truth."""
    return StepCounts(
        {
            walk.id: 100.0 * (found[walk.id].steps - walk.steps) / walk.steps
            for walk in walks
            if walk.steps is not None
        }
    )
