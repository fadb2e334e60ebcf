"""Keep a recording of motion in the diary, measured, with its walk."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from evenstride.app.analyse import Analysed, Request, analyse_choice
from evenstride.app.engine import engine
from evenstride.app.importing.original import keep_original
from evenstride.app.importing.streams import find_outing, join, stream_id, was_removed, zone_there
from evenstride.app.importing.wanted import Wanted
from evenstride.app.moments import NS
from evenstride.app.own import Own
from evenstride.app.walks import find_walk
from evenstride.diary import Stream
from evenstride.importers import Choice
from evenstride.model import Activity, Device, Gait, Measure, Outing, RecordingFacts, Start
from evenstride.report.account import BroughtWalk

__all__ = ["derived_motion", "keep_motion", "measured", "motion_stream", "sensor_of"]

_TWIN_NS = 50_000_000


def keep_motion(
    mine: Own,
    choice: Choice,
    path: Path,
    wanted: Wanted,
) -> BroughtWalk | None:
    """Measure a recording and keep it with its walk; the same again changes nothing.

    It is measured before anything is kept, so a file that cannot be used leaves no trace.

    Args:
        mine: The diary.
        choice: What was recognised.
        path: The file or folder that the person named.
        wanted: What they told of it.

    Returns:
        What became of its walk; None if it is one file of several and holds no walking.

    Raises:
        EvenstrideError: If it cannot be read or kept.
    """
    request = wanted.request
    if request.height_m is None:
        request = replace(request, height_m=mine.person.height_m)
    analysed = analyse_choice(choice, request)
    gait = analysed.gait
    alone = choice.source.prefix == "" and choice.source.name == path.name
    if not len(gait.bouts) and not alone and wanted.walk is None:
        return None
    begun, guessed = _begun(analysed, wanted.start_utc_ns, path, mine.now)
    if wanted.dry_run:
        there = zone_there(begun, mine.person.time_zone)
        walk = measured(Outing("", begun.utc_ns, there), gait)
        return BroughtWalk("new", walk, choice.source.name, guessed, gait)
    again = None if guessed or wanted.walk else _twin(mine, motion_stream(gait, begun, ""))
    if again is not None:
        return BroughtWalk("again", again, choice.source.name, guessed, gait)
    kept = keep_original(mine.diary, path, choice.source, gait.recording.format)
    stream = motion_stream(gait, begun, kept.sha256)
    before = mine.diary.stream(stream.id)
    known = mine.diary.outing_of(kept.sha256)
    if wanted.walk is None and known is not None:
        return BroughtWalk("again", known, kept.name, guessed, gait)
    removed = before is not None and before.outing is None
    removed = removed or (not guessed and was_removed(mine, stream.activity))
    if wanted.walk is None and removed:
        gone = Outing("", begun.utc_ns, mine.person.time_zone)
        return BroughtWalk("removed", gone, kept.name, guessed, gait)
    derived = derived_motion(mine, kept.sha256, gait, request)
    mine.diary.keep_derived(kept.sha256, engine(), derived)
    outing = _walk_of(mine, stream, wanted, guessed)
    if outing is not None and outing.recording is not None and wanted.walk is None:
        # A second sensor on the same walk: kept beside the first, whose numbers stay.
        mine.diary.keep_stream(replace(stream, outing=outing.id))
        return BroughtWalk("joined", outing, kept.name, guessed, gait)
    with mine.diary.together():
        outing, fate = join(mine, stream, outing, gait.measures)
        outing = replace(measured(outing, gait), recording=kept.sha256)
        if outing.distance_m is None:
            outing = replace(outing, distance_m=request.distance_m)
        mine.diary.correct_outing(outing)
    return BroughtWalk(fate, outing, kept.name, guessed, gait)


def _walk_of(mine: Own, stream: Stream, wanted: Wanted, guessed: bool) -> Outing | None:
    """Return the walk that a recording belongs to; None for a new one."""
    if wanted.walk is not None:
        return find_walk(mine, wanted.walk)
    found = None if guessed else find_outing(mine, stream.activity)
    # Before walks had streams, the length of a recording was not kept: nothing tells them apart.
    unclear = found is not None and found.recording is not None and not mine.diary.streams(found.id)
    return None if unclear else found


def _twin(mine: Own, stream: Stream) -> Outing | None:
    """Return the walk that has a recording already, from another export of the same app.

    Apps pack the same walk into other bytes each time it is exported: it is told by its beginning,
    its length and its steps.
    """
    near = find_outing(mine, stream.activity)
    streams = () if near is None else mine.diary.streams(near.id)
    return near if any(_same(one, stream) for one in streams) else None


def _same(one: Stream, other: Stream) -> bool:
    first, second = one.activity, other.activity
    alike = (one.kind, one.format, first.steps) == (other.kind, other.format, second.steps)
    late = abs(first.start.utc_ns - second.start.utc_ns)
    later = abs(first.end_utc_ns - second.end_utc_ns)
    return alike and late < _TWIN_NS and later < _TWIN_NS


def motion_stream(gait: Gait, begun: Start, sha256: str) -> Stream:
    """Return what a recording of motion says of a walk."""
    facts = gait.recording
    walked_s = float((gait.bouts.end_s - gait.bouts.start_s).sum())
    activity = Activity(
        start=begun,
        end_utc_ns=begun.utc_ns + round(facts.duration_s * NS),
        moving_s=walked_s or None,
        steps=_steps(gait.measures),
        device=Device(model=facts.format),
    )
    return Stream(
        id=stream_id("motion", activity, sha256),
        outing=None,
        kind="motion",
        activity=activity,
        recording=sha256,
        format=facts.format,
    )


def measured(outing: Outing, gait: Gait) -> Outing:
    """Return the walk with what a recording of motion shows; what else is known of it is kept."""
    return replace(
        outing,
        placement=gait.recording.placement,
        sensor=sensor_of(gait.recording),
        measures={**outing.measures, **gait.measures},
    )


def sensor_of(facts: RecordingFacts) -> str:
    """Return what kind of recording it is, the same for every walk with the same sensor and app.

    Rates wander by some per cent from walk to walk, and what is usual is a doubling apart (25, 50,
    100 Hz; 26, 52, 104 Hz): so the rate is said as the nearest of 25, 50, 100, ... Hz by ratio.
    """
    turning = "gyroscope" if facts.gyroscope else "no gyroscope"
    pull = "gravity" if facts.gravity_included else "no gravity"
    rate_hz = 25 * 2.0 ** round(math.log2(facts.rate_hz / 25))
    return f"{facts.format}, {turning}, {pull}, {rate_hz:.0f} Hz"


def derived_motion(mine: Own, sha256: str, gait: Gait, request: Request) -> dict[str, Any]:
    """Return what is kept of a measurement: the result, and what was told to get it.

    A standing reference is kept like a recording, so that the lean can be measured again.
    """
    told = asdict(request)
    if request.standing is not None:
        standing = mine.diary.keep_recording(Path(request.standing), gait.recording.format)
        told["standing"] = standing.sha256
        mine.diary.keep_derived(standing.sha256, engine(), {"standing_for": sha256})
    return {"request": told, "gait": gait.document()}


def _steps(measures: Mapping[str, Measure]) -> int | None:
    found = measures.get("steps")
    return None if found is None or found.value is None else round(found.value)


def _begun(analysed: Analysed, told: int | None, path: Path, now: int) -> tuple[Start, bool]:
    """Return when a recording began, and whether the date of the file had to stand for it."""
    start = analysed.recording.start
    if told is not None:
        return Start(told, None, None, "asked"), False
    if start is not None and start.utc_ns <= now:
        return start, False
    ended = min(path.stat().st_mtime_ns, now)
    began = ended - round(analysed.gait.recording.duration_s) * NS
    return Start(began, None, None, "assumed"), True
