"""Measure every kept recording and track again with a newer engine."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evenstride.app.analyse import Request, analyse_file
from evenstride.app.engine import engine
from evenstride.app.ground import ground_of
from evenstride.app.importing.motion import measured, motion_stream
from evenstride.app.importing.streams import update
from evenstride.app.importing.tracks import TRACK_FORMAT, derived_track
from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.diary import KeptRecording
from evenstride.errors import DamagedFile, EvenstrideError
from evenstride.model import Gait, Measure, Outing, Start, Track

__all__ = ["rebuild"]

_LONGEST_NAME = 100


def rebuild(
    home: Path | None = None,
    *,
    progress: Callable[[float], None] | None = None,
    now: int | None = None,
) -> Shown:
    """Measure every recording and track again that this engine has not measured yet.

    What older engines found stays beside it. A walk gets the new numbers.

    Args:
        home: The person's folder, if not the usual one.
        progress: Told how many recordings are done.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.importing import rebuilt_sheet

    done: list[dict[str, Any]] = []
    failed: list[tuple[str, str]] = []
    with own(home, now or now_utc_ns()) as mine:
        waiting = mine.diary.not_derived(engine())
        for place, kept in enumerate(waiting):
            if progress:
                progress(place)
            try:
                done += _again(mine, kept)
            except EvenstrideError as error:
                failed.append((kept.name, error.sentence))
        measured_again = len(waiting) - len(failed)
    document = {
        "schema": "evenstride/rebuild/1",
        "engine": engine(),
        "recordings": len(waiting),
        "measured": measured_again,
        "failed": [{"name": name, "why": why} for name, why in failed],
        "changed": done,
    }
    return mine.shown(document, rebuilt_sheet(len(waiting), done, failed))


def _again(mine: Own, kept: KeptRecording) -> list[dict[str, Any]]:
    """Measure one file again, and return which numbers of its walk changed."""
    walk = _walk_of(mine, kept)
    with tempfile.TemporaryDirectory(prefix="evenstride-") as folder:
        path = _unpacked(mine, kept.sha256, Path(folder))
        again = _ground_again if kept.format == TRACK_FORMAT else _motion_again
        now = again(mine, kept, path, walk)
    return [] if walk is None or now is None else _differences(walk, now)


def _walk_of(mine: Own, kept: KeptRecording) -> Outing | None:
    """Return the walk of a file; before walks had streams, it named its recording itself."""
    stream = mine.diary.stream_of(kept.sha256)
    if stream is not None:
        return None if stream.outing is None else mine.diary.outing(stream.outing)
    return next((one for one in mine.diary.outings() if one.recording == kept.sha256), None)


def _ground_again(
    mine: Own, kept: KeptRecording, path: Path, walk: Outing | None
) -> Mapping[str, Measure]:
    from evenstride.importers import scan

    track = next((item for item in scan(path) if isinstance(item, Track)), None)
    if track is None:
        raise DamagedFile(f"“{kept.name}” holds no track.")
    profile = ground_of(track, mine.diary.home)
    mine.diary.keep_derived(kept.sha256, engine(), derived_track(profile))
    stream = mine.diary.stream_of(kept.sha256)
    if walk is not None and stream is not None:
        update(mine, walk, stream, profile.measures)
    return profile.measures


def _motion_again(
    mine: Own, kept: KeptRecording, path: Path, walk: Outing | None
) -> Mapping[str, Measure] | None:
    """Measure a recording with what was told at first; None if it is a standing reference."""
    earlier = mine.diary.derived(kept.sha256)
    document = earlier[-1].document if earlier else {"request": {}}
    if "request" not in document:
        mine.diary.keep_derived(kept.sha256, engine(), document)
        return None
    request = Request(**document["request"])
    if request.standing is not None:
        standing = _unpacked(mine, str(request.standing), path.parent / "standing")
        gait = analyse_file(path, replace(request, standing=standing)).gait
    else:
        gait = analyse_file(path, request).gait
    mine.diary.keep_derived(
        kept.sha256, engine(), {"request": document["request"], "gait": gait.document()}
    )
    if walk is not None:
        _corrected(mine, kept, gait, walk)
    return gait.measures


def _corrected(mine: Own, kept: KeptRecording, gait: Gait, walk: Outing) -> None:
    before = mine.diary.stream_of(kept.sha256)
    if before is None:
        # Kept before walks had streams: the numbers that equal the old measurement were its own.
        told = walk.measures.get("steps")
        if told is not None and told.value is not None and walk.steps == round(told.value):
            walk = replace(walk, steps=None)
        begun = Start(walk.start_utc_ns, None, None, "assumed")
    else:
        begun = before.activity.start
    stream = replace(motion_stream(gait, begun, kept.sha256), outing=walk.id)
    walk = update(mine, walk, stream, gait.measures)
    mine.diary.correct_outing(measured(walk, gait))
    mine.diary.keep_stream(stream)


def _unpacked(mine: Own, sha256: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    # The name may be that of a file in a folder of an archive, and longer than a disk allows.
    path = folder / mine.diary.recording(sha256).name.replace("/", "_")[-_LONGEST_NAME:]
    with mine.diary.open_recording(sha256) as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return path


def _differences(walk: Outing, now: Mapping[str, Measure]) -> list[dict[str, Any]]:
    return [
        {"walk": walk.id, "measure": name, "before": before.value, "now": now[name].value}
        for name, before in walk.measures.items()
        if name in now and now[name].value != before.value
    ]
