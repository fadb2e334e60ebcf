"""What a diary says before a self-experiment begins: its size, and what could mislead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median
from typing import TYPE_CHECKING

from evenstride.app.moments import NS
from evenstride.app.own import Own

if TYPE_CHECKING:
    from evenstride.model import Outing
    from evenstride.report.trial.sheets import Outlook
    from evenstride.trials import Need
    from evenstride.trials.design import Outcome

__all__ = ["needs_of", "newest_walks", "outlook_of"]

_NEWEST = 120
_RECENT = 5
_MUCH_WORSE = 1.0
_FLOOR_SHARE = 0.25
_FEW = 8
_NS_PER_DAY = 86_400 * NS
_INSTEAD = {"worst": "minutes_to_rise", "next_morning": "worst"}


def needs_of(walks: Sequence[Outing], outcome: Outcome) -> tuple[Need, ...]:
    """Return how many walks effects of one and two points take, from a person's own walks."""
    from evenstride.trials import needed_walks, noise_of

    days = [walk.start_utc_ns / _NS_PER_DAY for walk in walks]
    noise = noise_of(days, _points(walks, outcome))
    apart = _days_per_walk(days)
    return tuple(
        needed_walks(noise, points, outcome=outcome, days_per_walk=apart) for points in (1.0, 2.0)
    )


def newest_walks(mine: Own) -> list[Outing]:
    """Return the newest walks of the diary, in the order of time, without bike rides."""
    return [walk for walk in mine.diary.outings() if walk.is_walk][-_NEWEST:]


def outlook_of(walks: Sequence[Outing], outcome: Outcome) -> Outlook:
    """Return what a person's own walks say before an experiment begins."""
    from evenstride.report.trial.sheets import Outlook
    from evenstride.trials.outcomes import is_pain

    told = [point for point in _points(walks, outcome) if point is not None]
    zeros = told.count(0.0) / len(told) if is_pain(outcome) and len(told) >= _FEW else 0.0
    before, last = told[:-_RECENT], told[-_RECENT:]
    bad = len(before) >= _RECENT and mean(last) - mean(before) > _MUCH_WORSE
    return Outlook(
        needs=needs_of(walks, outcome),
        zeros=zeros if zeros > _FLOOR_SHARE else None,
        other=_INSTEAD.get(outcome, ""),
        bad_start=bad,
        recent=_RECENT,
    )


def _points(walks: Sequence[Outing], outcome: Outcome) -> list[float | None]:
    from evenstride.trials.outcomes import is_pain, points_of, value_of

    values = [value_of(walk, outcome) for walk in walks]
    usual = 1.0
    if not is_pain(outcome) and any(values):
        usual = math.exp(mean(math.log(value) for value in values if value))
    return [None if value is None else points_of(value, outcome, usual) for value in values]


def _days_per_walk(days: Sequence[float]) -> float:
    apart = [later - earlier for earlier, later in pairwise(days)]
    return min(max(median(apart), 0.5), 7.0) if len(apart) >= _RECENT else 1.0
