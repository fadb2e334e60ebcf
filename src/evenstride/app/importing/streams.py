"""An account of a walk finds its walk in the diary, or becomes a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

from evenstride.app.moments import NS, day_of
from evenstride.app.own import Own
from evenstride.app.walks import add_new, new_id
from evenstride.diary import Stream, StreamKind
from evenstride.inventory.joining import apart_ns, believed, filled, of_one_walk, same_outing
from evenstride.model import Activity, Measure, Outing, Start
from evenstride.model.day import zone
from evenstride.report.account import Fate

__all__ = ["find_outing", "join", "says_more", "stream_id", "update", "was_removed", "zone_there"]

_DAY = timedelta(days=1)  # the diary tells days on the clock of each walk, which may be another one


def stream_id(kind: StreamKind, activity: Activity, content: str = "") -> str:
    """Return the name of an account, the same from whatever file it is brought.

    Args:
        kind: What it is.
        activity: Its facts: two of one device with the same second of begin and end are one.
        content: SHA-256 of a recording of motion, which is told by its content alone.
    """
    span = (activity.start.utc_ns // NS, activity.end_utc_ns // NS)
    who = (activity.device.name, activity.device.model)
    told = (kind, content) if content else (kind, *who, *span)
    return hashlib.sha256("\0".join(map(str, told)).encode()).hexdigest()[:32]


def says_more(now: Activity, before: Activity) -> bool:
    """Tell whether a program has changed what it says of an activity that was brought before."""
    told = {one.name: getattr(now, one.name) for one in fields(Activity)}
    return any(
        value not in (None, "", {}, "unknown") and value != getattr(before, name)
        for name, value in told.items()
        if name not in ("start", "end_utc_ns", "device")
    )


def find_outing(mine: Own, activity: Activity) -> Outing | None:
    """Return the walk that an activity is an account of; the nearest, if there are several."""
    day = day_of(activity.start.utc_ns, mine.person.time_zone)
    last = day_of(activity.end_utc_ns, mine.person.time_zone)
    near = mine.diary.outings(day - _DAY, last + _DAY)
    found = [one for one in near if same_outing(activity, one, mine.diary.streams(one.id))]
    return min(found, key=lambda one: (apart_ns(activity, one), one.id), default=None)


def was_removed(mine: Own, activity: Activity) -> bool:
    """Tell whether an activity is an account of a walk that the person took out of the diary."""
    gone = mine.diary.removed_streams(activity.start.utc_ns, activity.end_utc_ns)
    return any(of_one_walk(activity, one.activity) for one in gone)


def zone_there(start: Start, own: str) -> str:
    """Return the zone in which a walk is shown: that of the place where it was walked.

    A file may tell only by how much its clock was ahead. Where the person's own zone does not fit,
    a zone with that offset stands in.

    Args:
        start: When the walk began.
        own: The person's zone.
    """
    if start.zone is not None:
        return start.zone
    offset = start.utc_offset_min
    if offset is None or start.basis not in ("recorded", "file_offset"):
        return own
    at_home = datetime.fromtimestamp(start.utc_ns // NS, UTC).astimezone(zone(own)).utcoffset()
    if at_home == timedelta(minutes=offset) or offset % 60 or not -720 <= offset <= 840:
        return own
    # The sign of these names is turned round: Etc/GMT-2 is two hours ahead.
    return f"Etc/GMT{-offset // 60:+d}" if offset else "UTC"


def join(
    mine: Own, stream: Stream, outing: Outing | None, measures: Mapping[str, Measure]
) -> tuple[Outing, Fate]:
    """Keep an account with its walk, which is made if there is none.

    Args:
        mine: The diary.
        stream: The account; its ``outing`` does not matter yet.
        outing: The walk that it belongs to; None for a new one.
        measures: What was measured from it.
    """
    if outing is not None:
        outing = update(mine, outing, stream, measures)
        fate: Fate = "joined"
    else:
        start = stream.activity.start
        there = zone_there(start, mine.person.time_zone)
        outing = Outing(new_id(mine, start.utc_ns, there), start.utc_ns, there)
        outing = filled(outing, (), (stream,))
        outing = add_new(mine, replace(outing, measures=dict(measures)))
        fate = "new"
    mine.diary.keep_stream(replace(stream, outing=outing.id))
    return outing, fate


def update(mine: Own, outing: Outing, stream: Stream, measures: Mapping[str, Measure]) -> Outing:
    """Fill a walk that is in the diary with an account of it, and keep the walk.

    Of several accounts of one kind the measures of the best count, whatever came first.
    """
    before = mine.diary.streams(outing.id)
    after = (*(one for one in before if one.id != stream.id), stream)
    outing = filled(outing, before, after)
    if believed(after, stream.kind) == stream:
        outing = replace(outing, measures={**outing.measures, **measures})
    mine.diary.correct_outing(outing)
    return outing
