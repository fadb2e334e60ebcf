"""One walk as all of its accounts tell it: how it was walked, on what ground, and how it felt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evenstride.app.ground import ground_of
from evenstride.app.own import Own
from evenstride.diary import Stream
from evenstride.inventory.joining import ended_utc_ns
from evenstride.model import Outing

if TYPE_CHECKING:
    from evenstride.inventory.timeline import Moments, Rating
    from evenstride.model import TerrainProfile, Timeline, Track

__all__ = ["CloseLook", "Motion", "close_look"]

_AROUND_NS = 300 * 1_000_000_000


@dataclass(frozen=True, slots=True)
class Motion:
    """The motion recording of a walk, as it was kept when it was measured.

    Attributes:
        gait: The document ``evenstride/gait/1``.
        engine: Which version of the measuring made it.
        start_utc_ns: When the recording began.
    """

    gait: Mapping[str, Any]
    engine: str
    start_utc_ns: int


@dataclass(frozen=True, slots=True)
class CloseLook:
    """A walk looked at closely.

    Attributes:
        streams: The accounts of it.
        motion: Its recording; None without one.
        profile: Its ground; None without a track.
        moments: Its time line; None if nothing of it has a time.
    """

    streams: tuple[Stream, ...]
    motion: Motion | None
    profile: TerrainProfile | None
    moments: Moments | None


def close_look(mine: Own, outing: Outing) -> CloseLook:
    """Read everything that is known of one walk.

    Args:
        mine: The diary.
        outing: The walk.
    """
    from evenstride.inventory.timeline import moments

    streams = mine.diary.streams(outing.id)
    track, zero = _track(mine, streams)
    profile = None if track is None else ground_of(track, mine.diary.home)
    motion = _motion(mine, outing, streams)
    found = moments(
        outing.start_utc_ns,
        gait=None if motion is None else (_timeline(motion, outing), motion.start_utc_ns),
        track=None if track is None else (track, zero),
        ground=None if profile is None else profile.segments,
        ratings=_ratings(mine, outing, streams),
    )
    with_told = None if found is None else _with_told(found, outing)
    return CloseLook(streams, motion, profile, with_told)


def _with_told(found: Moments, outing: Outing) -> Moments:
    """Take the ground as it was felt where no map tells it; a treadmill is a ground of its own."""
    import numpy as np

    told = "treadmill" if outing.kind == "treadmill" else outing.surface or ""
    surface = np.where(found.surface == "", told, found.surface)
    return replace(found, surface=surface)


def _motion(mine: Own, outing: Outing, streams: Sequence[Stream]) -> Motion | None:
    stream = next((one for one in streams if one.kind == "motion"), None)
    sha256 = outing.recording if stream is None else stream.recording
    derived = mine.diary.derived(sha256) if sha256 else ()
    if not derived or "gait" not in derived[-1].document:
        return None
    start = outing.start_utc_ns if stream is None else stream.activity.start.utc_ns
    return Motion(derived[-1].document["gait"], derived[-1].engine, start)


def _timeline(motion: Motion, outing: Outing) -> Timeline:
    """Return the windows of a recording; an impact that the measuring refused is not shown."""
    import numpy as np

    from evenstride.model import Timeline

    rows = motion.gait.get("timeline", [])
    names = list(Timeline.__dataclass_fields__)
    columns = {
        name: np.array([np.nan if row.get(name) is None else row[name] for row in rows], float)
        for name in names
    }
    impact = outing.measures.get("impact_peak_m_s2")
    if impact is None or impact.value is None:
        columns["impact_m_s2"] = np.full(len(rows), np.nan)
    return Timeline(**columns)


def _track(mine: Own, streams: Sequence[Stream]) -> tuple[Track | None, int]:
    """Return the track of a walk with the most positions, and the moment of its second 0."""
    from evenstride.importers import scan
    from evenstride.model import Track

    best: tuple[Track | None, int] = (None, 0)
    for stream in streams:
        if stream.kind != "track" or stream.recording is None:
            continue
        with mine.diary.open_recording(stream.recording) as file:
            data = file.read()
        for item in scan(data):
            if isinstance(item, Track) and item.start is not None:
                longer = best[0] is None or len(item) > len(best[0])
                best = (item, item.start.utc_ns) if longer else best
    return best


def _ratings(mine: Own, outing: Outing, streams: Sequence[Stream]) -> list[Rating]:
    """Return the pain that was typed along the way, from the notes that were imported."""
    begin = outing.start_utc_ns - _AROUND_NS
    end = ended_utc_ns(outing, streams) + _AROUND_NS
    notes: Sequence[Mapping[str, Any]] = [
        one.document for one in mine.diary.entries("symptom", begin) if one.at_utc_ns <= end
    ]
    return [
        (int(note["start"]["utc_ns"]), float(note["rating"]))
        for note in notes
        if note.get("rating") is not None
    ]
