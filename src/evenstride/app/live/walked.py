"""Make of what was heard what the diary keeps: a file of motion, a track, and when was walked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenstride.app.live.events import Heard, sign_of
from evenstride.app.moments import NS
from evenstride.importers.own_motion import MotionFacts, motion_pieces
from evenstride.model import Activity, Device, Placement, Start, Track
from evenstride.model.day import is_zone

__all__ = ["Times", "motion_file", "times_of", "track_of"]

_BEGIN, _END, _PAUSE, _RESUME = "walk", "stop", "pause", "resume"
_FEWEST_SAMPLES = 100
_FEWEST_PLACES = 2
_PAGE = "evenstride page"


@dataclass(frozen=True, slots=True)
class Times:
    """When was walked.

    Attributes:
        start_utc_ns: When the walk began, after the phone was put away.
        end_utc_ns: When it was stopped.
        walked_s: How long it took, without pauses.
    """

    start_utc_ns: int
    end_utc_ns: int
    walked_s: float


def times_of(found: Heard) -> Times:
    """Return when was walked; a walk that nobody stopped ends with the last thing heard."""
    begins = [mark.time_s for mark in found.marks if mark.what == _BEGIN]
    begin = begins[0] if begins else 0.0
    ends = [mark.time_s for mark in found.marks if mark.what == _END and mark.time_s > begin]
    end = max(ends[-1] if ends else found.end_s, begin)
    paused_s, since = 0.0, None
    for mark in found.marks:
        if mark.what == _PAUSE and since is None:
            since = mark.time_s
        elif mark.what == _RESUME and since is not None:
            paused_s, since = paused_s + mark.time_s - since, None
    if since is not None:
        paused_s += max(end - since, 0.0)
    at = found.start_utc_ns
    return Times(at + round(begin * NS), at + round(end * NS), max(end - begin - paused_s, 0.0))


def motion_file(found: Heard, begun: Mapping[str, Any]) -> Iterator[bytes] | None:
    """Return the recording as bytes; None where the sensors said too little to be kept.

    Args:
        found: What was heard.
        begun: What was told at the start.
    """
    rows, included = found.motion, True
    known = np.isfinite(rows[:, 1:4]).all(axis=1)
    if np.count_nonzero(known) < _FEWEST_SAMPLES:
        known, included = np.isfinite(rows[:, 4:7]).all(axis=1), False
    rows = rows[known]
    if len(rows) < _FEWEST_SAMPLES:
        return None
    sign, how = sign_of(found)
    placement: Placement | None = begun.get("placement") or None
    facts = MotionFacts(
        Start(found.start_utc_ns, None, _zone(begun), "recorded"),
        placement,
        gravity_included=included,
        sign=how,
        turned=sign < 0,
        clock_set=found.clock_set,
        browser=str(begun.get("browser", "")),
    )
    acceleration = sign * (rows[:, 1:4] if included else rows[:, 4:7])
    turning = rows[:, 7:10] if np.isfinite(rows[:, 7:10]).any() else None
    return motion_pieces(facts, rows[:, 0], acceleration, turning)


def track_of(found: Heard, begun: Mapping[str, Any], times: Times) -> Track | None:
    """Return the positions of the walk; None if there are hardly any."""
    rows = found.places
    rows = rows[np.isfinite(rows[:, 1:3]).all(axis=1)]
    if len(rows) < _FEWEST_PLACES:
        return None
    zone = _zone(begun)
    start = Start(found.start_utc_ns, None, zone, "recorded")
    activity = Activity(
        start=Start(times.start_utc_ns, None, zone, "recorded"),
        end_utc_ns=times.end_utc_ns,
        sport="walking",
        moving_s=times.walked_s or None,
        device=Device("", _PAGE, "phone"),
    )
    return Track(
        time_s=rows[:, 0],
        latitude_deg=rows[:, 1],
        longitude_deg=rows[:, 2],
        accuracy_m=rows[:, 3],
        elevation_m=rows[:, 4],
        vertical_accuracy_m=rows[:, 5],
        speed_m_s=rows[:, 6],
        start=start,
        elevation_source="gps",
        activity=activity,
        format=_PAGE,
    )


def _zone(begun: Mapping[str, Any]) -> str | None:
    """Return the time zone of the phone; some browsers name one that is none."""
    zone = str(begun.get("zone", ""))
    return zone if zone and is_zone(zone) else None
