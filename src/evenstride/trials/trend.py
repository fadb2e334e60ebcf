"""Slow factors: what changed since, without a verdict on why.

A routine or a plan cannot be swapped from walk to walk, and one change from A to B finds a
"winner" in 4 to 23 % of diaries in which nothing happened. So this shows the two stretches and how
far apart they are, and leaves the cause open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.model.measure import Measure
from evenstride.trials import posterior
from evenstride.trials.mixture import Mixture

__all__ = ["BASELINE_DAYS", "TrendReport", "trend_report"]

BASELINE_DAYS = 14.0
FEWEST_WALKS = 6
MOST_WALKS = 120
_REASON = "It compares you with yourself, and other things changed as well."
_HIGH_START = 1.0

CAUTION_CAUSE = "This cannot tell why. Pain goes up and down by itself, and life changes too."
CAUTION_BAD_START = (
    "The days just before you started were worse than the rest. "
    "After such days pain often eases by itself."
)


@dataclass(frozen=True, slots=True)
class TrendReport:
    """How an outcome was before and since something slow began.

    Attributes:
        ready: Whether there is enough to show.
        missing: What is still needed, in words; empty when ready.
        before: Mean before the start.
        since: Mean in the last 14 days.
        change: ``since`` minus ``before``.
        sentence: The same in words, without a verdict.
        cautions: What to keep in mind.
    """

    ready: bool
    missing: str
    before: Measure
    since: Measure
    change: Measure
    sentence: str
    cautions: tuple[str, ...]


def trend_report(
    days: Sequence[float], points: Sequence[float | None], start: float
) -> TrendReport:
    """Return what changed since ``start``.

    Args:
        days: When each walk was, in days, in order.
        points: Pain, 0 to 10; None where not told.
        start: The day on which the slow factor began.

    Raises:
        OptionError: The lists differ in length, or days run backwards.
    """
    if len(days) != len(points):
        raise OptionError("Every list of a diary must have one value for each walk.")
    told = [(day, value) for day, value in zip(days, points, strict=True) if value is not None]
    told = told[-MOST_WALKS:]
    when = np.array([day for day, _ in told], dtype=np.float64)
    values = np.array([value for _, value in told], dtype=np.float64)
    if (np.diff(when) < 0).any():
        raise OptionError("The walks must be in the order of their days.")
    early = when < start
    late = (when >= start) & (when > when.max(initial=start) - BASELINE_DAYS)
    missing = _missing(when, early, late, start)
    if missing:
        absent = Measure.absent("points", missing)
        return TrendReport(False, missing, absent, absent, absent, missing, ())
    present = early | late
    # Two columns, one for each stretch, so that the first coefficient is the mean before.
    explained_by = np.column_stack([np.ones(when.size), late.astype(np.float64)])
    found = posterior.fit(when - when[0], explained_by, values, present)
    centred = np.column_stack([np.ones(when.size), -early.astype(np.float64)])
    at_end = posterior.fit(when - when[0], centred, values, present)
    before = _measure(found, 0, int(early.sum()))
    since = _measure(at_end, 0, int(late.sum()))
    change = _measure(found, 1, int(present.sum()))
    cautions = [CAUTION_CAUSE]
    recent = early & (when >= start - BASELINE_DAYS / 2)
    older = early & ~recent
    if recent.any() and older.any():
        jump = values[recent].mean() - values[older].mean()
        if jump > _HIGH_START:
            cautions.append(CAUTION_BAD_START)
    sentence = (
        f"Before you started it was {before.value:.1f} on average, "
        f"in the last 14 days {since.value:.1f}."
    )
    return TrendReport(True, "", before, since, change, sentence, tuple(cautions))


def _missing(
    when: NDArray[np.float64],
    early: NDArray[np.bool_],
    late: NDArray[np.bool_],
    start: float,
) -> str:
    """Return what a report still needs, in words; empty when it can be made."""
    if early.sum() < FEWEST_WALKS or start - when[early].min(initial=start) < BASELINE_DAYS:
        return f"Note at least {FEWEST_WALKS} walks over {BASELINE_DAYS:.0f} days before you start."
    if late.sum() < FEWEST_WALKS:
        return (
            f"Note at least {FEWEST_WALKS} walks within {BASELINE_DAYS:.0f} days since you began."
        )
    return ""


def _measure(found: Mixture, coefficient: int, n: int) -> Measure:
    """Return a coefficient as a measure that is good for the person's own trend."""
    return Measure(
        value=float(found.mean(coefficient)),
        low=float(found.quantile(coefficient, 0.025)),
        high=float(found.quantile(coefficient, 0.975)),
        unit="points",
        grade="own_trend",
        reason=_REASON,
        n=n,
    )
