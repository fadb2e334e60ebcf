"""What a file says of an outing as a whole, without what cannot be: impossible times and sums."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec

from evenstride.importers.contract import Item
from evenstride.importers.moments import is_possible
from evenstride.importers.words import counted
from evenstride.model import Activity, Left, Track
from evenstride.model.day import NS

__all__ = ["credible"]

_P = ParamSpec("_P")

_DAY_S = 86_400.0
_LONGEST_S = 14 * _DAY_S
_SLACK_S = 60.0  # sums are rounded
_MOST_A_DAY = {
    "steps": 200_000.0,
    "distance_m": 500_000.0,
    "ascent_m": 20_000.0,
    "descent_m": 20_000.0,
}
_SLOWEST_BPM, _FASTEST_BPM = 20.0, 260.0
_LARGEST = 1e12  # in any unit
_CALLED = {
    "steps": "step counts",
    "distance_m": "distances",
    "ascent_m": "climbs",
    "descent_m": "descents",
    "moving_s": "moving times",
    "heart_rate_bpm": "heart rates",
    "extra": "other sums",
}
_NO_TIME = "their times cannot be right"
_NO_SUM = "no outing can have such a value"


def credible(read: Callable[_P, Iterator[Item]]) -> Callable[_P, Iterator[Item]]:
    """Let a reader's activities through without times and sums that cannot be, and count those.

    A number that cannot be becomes None. An activity whose times cannot be is left out; its track
    keeps its samples.
    """

    @wraps(read)
    def checked(*args: _P.args, **named: _P.kwargs) -> Iterator[Item]:
        wrong: Counter[str] = Counter()
        undated = 0
        for item in read(*args, **named):
            told = item.activity if isinstance(item, Track) else item
            if not isinstance(told, Activity):
                yield item
                continue
            possible = _is_dated(told)
            undated += not possible
            changes = _changes(told)
            if possible:
                wrong.update(changes.keys())
            kept = (replace(told, **changes) if changes else told) if possible else None
            if isinstance(item, Track):
                yield item if kept is told else replace(item, activity=kept)
            elif kept is not None:
                yield kept
        for name, count in wrong.items():
            yield Left(counted(count, _CALLED[name]), _NO_SUM)
        if undated:
            yield Left(f"{undated} {'activity' if undated == 1 else 'activities'}", _NO_TIME)

    return checked


def _is_dated(activity: Activity) -> bool:
    start, end = activity.start.utc_ns, activity.end_utc_ns
    return is_possible(start) and is_possible(end) and 0 <= end - start <= _LONGEST_S * NS


def _changes(activity: Activity) -> dict[str, Any]:
    """Return what to put for the numbers that cannot be."""
    lasts_s = (activity.end_utc_ns - activity.start.utc_ns) / NS
    days = max(1.0, lasts_s / _DAY_S)
    limits = {name: (0.0, most * days) for name, most in _MOST_A_DAY.items()}
    limits["moving_s"] = (0.0, lasts_s + _SLACK_S)
    limits["heart_rate_bpm"] = (_SLOWEST_BPM, _FASTEST_BPM)
    changes: dict[str, Any] = {}
    for name, (low, high) in limits.items():
        value = getattr(activity, name)
        if value is not None and not low <= value <= high:
            changes[name] = None
    extra = {k: v for k, v in activity.extra.items() if math.isfinite(v) and abs(v) < _LARGEST}
    if len(extra) < len(activity.extra):
        changes["extra"] = extra
    return changes
