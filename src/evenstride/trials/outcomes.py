"""What a trial compares, put on one scale: points, where lower is better.

Pain is compared as it was told, 0 to 10. Minutes and distance are compared as ratios: 30 % more
counts as two points better, because two points of pain and 30 % are both the change that people
call important (Ostelo 2008).
"""

from __future__ import annotations

import math

from evenstride.model.outing import Outing
from evenstride.trials.design import Outcome

__all__ = ["POINTS_PER_LOG", "UNITS", "is_pain", "points_of", "ratio_of", "value_of"]

POINTS_PER_LOG = 2.0 / math.log(1.3)
"""Points for one unit of natural logarithm of minutes or distance: 30 % is two points."""

UNITS: dict[Outcome, str] = {
    "worst": "points",
    "next_morning": "points",
    "minutes_to_rise": "min",
    "distance": "m",
}
"""The unit in which an outcome is told; pain in points from 0 to 10."""

_RISE = 2.0


def is_pain(outcome: Outcome) -> bool:
    """Return whether an outcome is a rating of pain, for which lower is better."""
    return outcome in ("worst", "next_morning")


def value_of(outing: Outing, outcome: Outcome) -> float | None:
    """Return what a walk says about an outcome, in the outcome's own unit; None: not told.

    If the pain was told and never rose by two, the minutes until it rose are at least the minutes
    of the walk, and those are taken. Minutes and metres below 1 count as 1, as they are compared
    as ratios.
    """
    value = _told(outing, outcome)
    return value if value is None or is_pain(outcome) else max(value, 1.0)


def _told(outing: Outing, outcome: Outcome) -> float | None:
    if outcome == "worst":
        return outing.back.worst
    if outcome == "next_morning":
        return outing.back.next_morning
    if outcome == "distance":
        return outing.distance_m
    if outing.minutes_to_rise is not None:
        return outing.minutes_to_rise
    before, worst = outing.back.before, outing.back.worst
    if before is not None and worst is not None and worst - before < _RISE:
        return outing.minutes
    return None


def points_of(value: float, outcome: Outcome, usual: float) -> float:
    """Return an outcome in points; ``usual`` is the person's usual minutes or distance.

    A usual walk stands at 4, in the middle of what the model expects.
    """
    if is_pain(outcome):
        return value
    return 4.0 - POINTS_PER_LOG * math.log(value / usual)


def ratio_of(points: float) -> float:
    """Return how many times longer or farther a difference in points is."""
    return math.exp(-points / POINTS_PER_LOG)
