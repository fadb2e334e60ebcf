"""An account of a walk finds its walk in the diary, or becomes a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from evenstride.app.moments import NS, day_of
from evenstride.app.own import Own
from evenstride.app.walks import add_new, new_id
from evenstride.diary import Stream, StreamKind
from evenstride.inventory.joining import belongs_to, filled
from evenstride.model import Activity, Measure, Outing
from evenstride.report.account import Fate

__all__ = ["find_outing", "join", "stream_id", "update"]

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


def find_outing(mine: Own, activity: Activity) -> Outing | None:
    """Return the walk that an activity is an account of; the nearest, if there are several."""
    day = day_of(activity.start.utc_ns, mine.person.time_zone)
    last = day_of(activity.end_utc_ns, mine.person.time_zone)
    near = mine.diary.outings(day - _DAY, last + _DAY)
    found = [one for one in near if belongs_to(activity, one, mine.diary.streams(one.id))]
    return min(found, key=lambda one: abs(one.start_utc_ns - activity.start.utc_ns), default=None)


def join(
    mine: Own, stream: Stream, outing: Outing | None, measures: Mapping[str, Measure]
) -> tuple[Outing, Fate]:
    """Keep an account with its walk, which is made if there is none.

    Args:
        mine: The diary.
        stream: The account; its ``outing`` does not matter yet.
        outing: The walk that it belongs to, with what is set already; None for a new one.
        measures: What was measured from it.
    """
    if outing is None:
        start = stream.activity.start
        zone = start.zone or mine.person.time_zone
        outing = Outing(new_id(mine, start.utc_ns, zone), start.utc_ns, zone)
        outing = filled(outing, (), (stream,))
        outing = add_new(mine, replace(outing, measures=dict(measures)))
        fate: Fate = "new"
    else:
        outing = update(mine, outing, stream, measures)
        fate = "joined"
    mine.diary.keep_stream(replace(stream, outing=outing.id))
    return outing, fate


def update(mine: Own, outing: Outing, stream: Stream, measures: Mapping[str, Measure]) -> Outing:
    """Fill a walk that is in the diary with an account of it, and keep the walk."""
    before = mine.diary.streams(outing.id)
    after = (*(one for one in before if one.id != stream.id), stream)
    outing = filled(outing, before, after)
    outing = replace(outing, measures={**outing.measures, **measures})
    mine.diary.correct_outing(outing)
    return outing
