"""The same walk from several devices is one walk: which belong together, and whose number counts.

A watch, a phone and an archive each have their own account of a walk. They are never added up. For
each number one account is believed, whatever the order in which they came; what the person told is
believed before all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evenstride.diary.nouns import Stream, StreamKind
from evenstride.model.activity import Activity
from evenstride.model.day import NS
from evenstride.model.device import DEVICE_KINDS
from evenstride.model.outing import Outing

__all__ = [
    "apart_ns",
    "believed",
    "combined",
    "ended_utc_ns",
    "filled",
    "is_walked",
    "of_one_walk",
    "overlap",
    "same_outing",
]

_SAME_START_NS = 120 * NS
_SHARED = 0.8
_LEAST_LIKE = 1 / 3
_NOTED_APART_NS = 600 * NS
"""What people note and what a device records begin, or end, within this of each other."""

_WALKED_M_S = (0.3, 2.0)
"""Nobody walks faster on average; slower is standing about."""


def overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """Return which share of the shorter of two times lies in the other."""
    shorter = min(end - start, other_end - other_start)
    shared = min(end, other_end) - max(start, other_start)
    return max(shared, 0) / shorter if shorter > 0 else float(shared >= 0)


def same_outing(activity: Activity, outing: Outing, streams: Sequence[Stream]) -> bool:
    """Tell whether an activity is an account of a walk that is in the diary.

    With another account of it: four fifths of the shorter one lie within the longer one, and they
    either begin within two minutes or are of like length, so that no day-long recording swallows
    the walks within it. A walk that was only noted begins or ends within ten minutes of it, and is
    of like length if its length was told.
    """
    own = [one for one in streams if one.kind != "counted"]
    if own:
        return any(of_one_walk(activity, one.activity) for one in own)
    apart = min(_ends_apart(activity, outing))
    lasts = activity.end_utc_ns - activity.start.utc_ns
    return apart <= _NOTED_APART_NS and (not outing.minutes or _alike(lasts, _noted_ns(outing)))


def apart_ns(activity: Activity, outing: Outing) -> int:
    """Return how far begin and end of a walk and of an activity lie apart, added up."""
    return sum(_ends_apart(activity, outing))


def ended_utc_ns(outing: Outing, streams: Sequence[Stream]) -> int:
    """Return when a walk was over; its minutes are without pauses, so accounts know it better."""
    ends = [one.activity.end_utc_ns for one in streams if one.kind != "counted"]
    return max([*ends, outing.start_utc_ns + _noted_ns(outing)])


def _noted_ns(outing: Outing) -> int:
    return round((outing.minutes or 0.0) * 60) * NS


def _ends_apart(activity: Activity, outing: Outing) -> tuple[int, int]:
    begun, ended = outing.start_utc_ns, outing.start_utc_ns + _noted_ns(outing)
    return abs(activity.start.utc_ns - begun), abs(activity.end_utc_ns - ended)


def of_one_walk(one: Activity, other: Activity) -> bool:
    """Tell whether two activities are accounts of one walk; see ``same_outing``."""
    start, end = one.start.utc_ns, one.end_utc_ns
    begun, ended = other.start.utc_ns, other.end_utc_ns
    if overlap(start, end, begun, ended) < _SHARED:
        return False
    return abs(start - begun) <= _SAME_START_NS or _alike(end - start, ended - begun)


def _alike(one: int, other: int) -> bool:
    shorter, longer = sorted((one, other))
    return shorter >= _LEAST_LIKE * longer


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


def believed(streams: Iterable[Stream], kind: StreamKind) -> Stream | None:
    """Return the account of a kind whose measures count: of the best device, the longest."""
    return min((one for one in streams if one.kind == kind), key=_rank, default=None)


def combined(streams: Sequence[Stream]) -> dict[str, Any]:
    """Return what all accounts of a walk say together, by the names of ``Outing``.

    A watch is believed before a phone before anything else, and what was counted by the way last of
    all. Steps come first from a recording of motion that covers most of the walk, whose steps are
    found one by one; its minutes come last, as it may have been switched on late.
    """
    ranked = sorted(streams, key=_rank)
    moved = [one for one in ranked if one.kind == "motion"]
    others = [one.activity for one in ranked if one.kind in ("track", "activity")]
    counted = [one.activity for one in ranked if one.kind == "counted"]
    whole = [one.activity for one in moved if _covers(one.activity, others)]
    parts = [one.activity for one in moved if not _covers(one.activity, others)]
    found: dict[str, Any] = {
        "steps": _first(one.steps for one in (*whole, *others, *counted, *parts)),
        "distance_m": _first(one.distance_m for one in (*others, *counted)),
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


def _covers(motion: Activity, others: Sequence[Activity]) -> bool:
    """Tell whether a recording of motion was on for most of what the other accounts tell of."""
    lasted = motion.end_utc_ns - motion.start.utc_ns
    longest = max((one.end_utc_ns - one.start.utc_ns for one in others), default=0)
    return lasted >= _SHARED * longest


def _rank(stream: Stream) -> tuple[int, int, bool, str]:
    facts = stream.activity
    lasts = facts.end_utc_ns - facts.start.utc_ns
    return DEVICE_KINDS.index(facts.device.kind), -lasts, stream.kind == "activity", stream.id


def _first(values: Iterable[Any]) -> Any:
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
