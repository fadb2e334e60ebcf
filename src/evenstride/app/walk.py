"""One walk looked at closely, and how a person walks on different ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.ground import ground_of
from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.app.walks import LAST, find_walk
from evenstride.diary import Stream
from evenstride.inventory.joining import ended_utc_ns
from evenstride.model import Outing

if TYPE_CHECKING:
    from evenstride.inventory.on_ground import By, OnGround
    from evenstride.inventory.timeline import Moments, Rating
    from evenstride.model import TerrainProfile, Timeline, Track

__all__ = ["show_ground", "show_walk"]

_AROUND_NS = 300 * 1_000_000_000
_MOST_WALKS = 40


@dataclass(frozen=True, slots=True)
class _Close:
    """A walk looked at closely.

    Attributes:
        streams: The accounts of it.
        profile: Its ground; None without a track.
        moments: Its time line; None if nothing of it has a time.
    """

    streams: tuple[Stream, ...]
    profile: TerrainProfile | None
    moments: Moments | None


def show_walk(home: Path | None = None, walk: str = LAST, *, now: int | None = None) -> Shown:
    """Return one walk: who tells what of it, its ground, and how it was walked there.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name; "last" is the newest.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk.
    """
    from evenstride.report.walk import one_walk_sheet

    with own(home, now or now_utc_ns()) as mine:
        outing = find_walk(mine, walk)
        close = _close(mine, outing)
        groups = _groups([] if close.moments is None else [close.moments])
        sheet = one_walk_sheet(outing, close.streams, close.profile, groups, mine.person, mine.now)
    document = {
        "schema": "evenstride/outing/1",
        "walk": outing.document(),
        "accounts": [asdict(one) for one in close.streams],
        "terrain": None if close.profile is None else close.profile.document(),
        "by_slope": [asdict(one) for one in groups["slope"]],
        "by_surface": [asdict(one) for one in groups["surface"]],
        "timeline": [] if close.moments is None else _rows(close.moments),
    }
    return mine.shown(document, sheet)


def show_ground(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return how the person walks uphill, level and downhill, and on each surface, over many walks.

    Only walks with the sensor and placement of the newest one are put together.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.walk import ground_sheet

    with own(home, now or now_utc_ns()) as mine:
        walks = _alike(mine.diary.outings())
        found = [close.moments for one in walks if (close := _close(mine, one)).moments is not None]
        groups = _groups(found)
        sheet = ground_sheet(len(found), groups)
    document = {
        "schema": "evenstride/ground/1",
        "walks": len(found),
        "by_slope": [asdict(one) for one in groups["slope"]],
        "by_surface": [asdict(one) for one in groups["surface"]],
    }
    return mine.shown(document, sheet)


def _groups(walks: Sequence[Moments]) -> dict[By, tuple[OnGround, ...]]:
    from evenstride.inventory.on_ground import on_ground

    return {"slope": on_ground(walks, "slope"), "surface": on_ground(walks, "surface")}


def _alike(walks: Sequence[Outing]) -> list[Outing]:
    """Return the newest walks that were measured in the way of the newest of them."""
    measured = [one for one in walks if one.is_walk and one.sensor]
    if not measured:
        return [one for one in walks if one.is_walk][-_MOST_WALKS:]
    like = (measured[-1].sensor, measured[-1].placement)
    return [one for one in measured if (one.sensor, one.placement) == like][-_MOST_WALKS:]


def _close(mine: Own, outing: Outing) -> _Close:
    from evenstride.inventory.timeline import moments

    streams = mine.diary.streams(outing.id)
    track, zero = _track(mine, streams)
    profile = None if track is None else ground_of(track, mine.diary.home)
    found = moments(
        outing.start_utc_ns,
        gait=_gait(mine, outing, streams),
        track=None if track is None else (track, zero),
        ground=None if profile is None else profile.segments,
        ratings=_ratings(mine, outing),
    )
    return _Close(streams, profile, None if found is None else _with_told(found, outing))


def _with_told(found: Moments, outing: Outing) -> Moments:
    """Take the ground as it was felt where no map tells it; a treadmill is a ground of its own."""
    import numpy as np

    told = "treadmill" if outing.kind == "treadmill" else outing.surface or ""
    surface = np.where(found.surface == "", told, found.surface)
    return replace(found, surface=surface)


def _gait(mine: Own, outing: Outing, streams: Sequence[Stream]) -> tuple[Timeline, int] | None:
    """Return the time line of the motion recording, as it was kept when it was measured."""
    import numpy as np

    from evenstride.model import Timeline

    stream = next((one for one in streams if one.kind == "motion"), None)
    sha256 = outing.recording if stream is None else stream.recording
    derived = mine.diary.derived(sha256) if sha256 else ()
    if not derived:
        return None
    rows = derived[-1].document.get("gait", {}).get("timeline", [])
    names = list(Timeline.__dataclass_fields__)
    columns = {
        name: np.array([np.nan if row.get(name) is None else row[name] for row in rows], float)
        for name in names
    }
    impact = outing.measures.get("impact_peak_m_s2")
    if impact is None or impact.value is None:
        columns["impact_m_s2"] = np.full(len(rows), np.nan)
    start = outing.start_utc_ns if stream is None else stream.activity.start.utc_ns
    return Timeline(**columns), start


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


def _ratings(mine: Own, outing: Outing) -> list[Rating]:
    """Return the pain that was typed along the way, from the notes that were imported."""
    begin = outing.start_utc_ns - _AROUND_NS
    end = ended_utc_ns(outing, mine.diary.streams(outing.id)) + _AROUND_NS
    notes: Sequence[Mapping[str, Any]] = [
        one.document for one in mine.diary.entries("symptom", begin) if one.at_utc_ns <= end
    ]
    return [
        (int(note["start"]["utc_ns"]), float(note["rating"]))
        for note in notes
        if note.get("rating") is not None
    ]


def _rows(found: Moments) -> list[dict[str, Any]]:
    from evenstride.model.plain import plain

    return [plain(row) for row in found.rows()]
