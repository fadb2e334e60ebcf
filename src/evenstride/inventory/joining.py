"""The same walk from several devices is one walk: which belong together, and whose number counts.

A watch, a phone and an archive each have their own account of a walk. They are never added up. For
each number one account is believed; what the person told is believed before all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evenstride.diary.nouns import Stream
from evenstride.model.activity import Activity
from evenstride.model.day import NS
from evenstride.model.device import DEVICE_KINDS
from evenstride.model.outing import Outing

__all__ = ["belongs_to", "combined", "filled", "is_walked", "overlap"]

_SAME_START_NS = 120 * NS
_SHARED = 0.8
_LEAST_LIKE = 1 / 3
_NOTED_APART_NS = 600 * NS
"""What people note and what a device records begin within this of each other."""

_WALKED_M_S = (0.3, 2.3)
"""Nobody walks faster on average; slower is standing about."""


def overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """Return which share of the shorter of two times lies in the other."""
    shorter = min(end - start, other_end - other_start)
    shared = min(end, other_end) - max(start, other_start)
    return max(shared, 0) / shorter if shorter > 0 else float(shared >= 0)


def belongs_to(activity: Activity, outing: Outing, streams: Sequence[Stream]) -> bool:
    """Tell whether an activity is an account of a walk that is in the diary.

    With another account of it: four fifths of the shorter one lie within the longer one, and they
    either begin within two minutes or are of like length, so that no day-long recording swallows
    the walks within it. A walk that was only noted begins or ends within ten minutes of it.
    """
    start, end = activity.start.utc_ns, activity.end_utc_ns
    if not streams:
        noted_end = outing.start_utc_ns + round((outing.minutes or 0.0) * 60) * NS
        apart = outing.start_utc_ns > end + _NOTED_APART_NS or noted_end < start - _NOTED_APART_NS
        return not apart
    return any(_same(start, end, one.activity) for one in streams)


def _same(start: int, end: int, other: Activity) -> bool:
    begun, ended = other.start.utc_ns, other.end_utc_ns
    if overlap(start, end, begun, ended) < _SHARED:
        return False
    shorter, longer = sorted((end - start, ended - begun))
    return abs(start - begun) <= _SAME_START_NS or shorter >= _LEAST_LIKE * longer


def is_walked(activity: Activity, metres: float | None, seconds: float | None) -> bool | None:
    """Tell whether an activity of an unknown sport was walked; None if nothing tells.

    Args:
        activity: As it was recorded.
        metres: How far it went.
        seconds: How long, without pauses.
    """
    metres = activity.distance_m if metres is None else metres
    seconds = activity.moving_s if seconds is None else seconds
    if not metres or not seconds:
        return None
    low, high = _WALKED_M_S
    return low <= metres / seconds <= high


def combined(streams: Sequence[Stream]) -> dict[str, Any]:
    """Return what all accounts of a walk say together, by the names of ``Outing``.

    A watch is believed before a phone before anything else. Steps come first from a recording of
    motion, whose steps are counted one by one; its minutes come last, as it may have been switched
    on late.
    """
    ranked = sorted(streams, key=_rank)
    moved = [one for one in ranked if one.kind == "motion"]
    others = [one.activity for one in ranked if one.kind != "motion"]
    found: dict[str, Any] = {
        "steps": _first(one.steps for one in (*(m.activity for m in moved), *others)),
        "distance_m": _first(one.distance_m for one in others),
        "minutes": _minutes(others) or _walking_minutes(moved),
        "kind": _kind(others),
        "note": _first(one.note or None for one in others),
    }
    return {name: value for name, value in found.items() if value is not None}


def filled(outing: Outing, before: Sequence[Stream], after: Sequence[Stream]) -> Outing:
    """Return a walk with what its accounts say; what the person told stays as it was.

    Args:
        outing: The walk as it is.
        before: Its accounts when it was last filled: what equals them was not told.
        after: Its accounts now.
    """
    old, new = combined(before), combined(after)
    nothing: Mapping[str, Any] = {"kind": "outdoor", "note": ""}
    changes = {
        name: value
        for name, value in new.items()
        if getattr(outing, name) in (None, old.get(name, nothing.get(name)))
    }
    return replace(outing, **changes)


def _rank(stream: Stream) -> tuple[int, int, str]:
    facts = stream.activity
    return DEVICE_KINDS.index(facts.device.kind), stream.kind == "activity", stream.id


def _first(values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _minutes(activities: Sequence[Activity]) -> float | None:
    for one in activities:
        seconds = one.moving_s or (one.end_utc_ns - one.start.utc_ns) / NS
        if seconds > 0:
            return round(seconds / 60, 1)
    return None


def _walking_minutes(moved: Sequence[Stream]) -> float | None:
    """Return the time in which steps were seen; a recording may have lain on a table before."""
    seconds = _first(one.activity.moving_s for one in moved)
    return None if seconds is None else round(seconds / 60, 1) or None


def _kind(activities: Sequence[Activity]) -> str | None:
    if any(one.sport == "treadmill" for one in activities):
        return "treadmill"
    if any(one.indoor for one in activities):
        return "indoor"
    return None
