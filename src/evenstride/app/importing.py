"""Keep recordings in the diary, measure them, and measure them again with a newer engine."""

from __future__ import annotations

import math
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.analyse import Request, analyse_file
from evenstride.app.engine import engine
from evenstride.app.moments import NS, now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.app.walks import add_new, find_walk, new_id
from evenstride.errors import EvenstrideError, OptionError
from evenstride.model import Measure, Outing

if TYPE_CHECKING:
    from evenstride.app.analyse import Analysed
    from evenstride.diary import KeptRecording
    from evenstride.model import Gait, RecordingFacts

__all__ = ["import_file", "rebuild", "same_walk", "sensor_of"]

_APART_MIN = 10.0  # what people note and what a phone records begin within this of each other
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
Progress = Callable[[float], None]


def import_file(
    home: Path | None,
    path: Path,
    request: Request | None = None,
    *,
    start_utc_ns: int | None = None,
    walk: str | None = None,
    progress: Progress | None = None,
    now: int | None = None,
) -> Shown:
    """Measure a recording and keep it, with its walk, in the diary.

    Bringing the same file again changes nothing. The recording is measured before anything is
    kept, so a file that cannot be used leaves no trace.

    Args:
        home: The person's folder, if not the usual one.
        path: A recording: a file, or a folder, which is kept as a zip.
        request: What is known of the walk; the height is taken from the diary if it is not told.
        start_utc_ns: When it began, for files that do not tell.
        walk: Which walk of the diary it belongs to; None finds it by the time, or adds one.
        progress: Told now and then how many seconds of the recording are done.
        now: The moment, in nanoseconds UTC.

    Raises:
        EvenstrideError: If the file cannot be read or kept.
    """
    with own(home, now or now_utc_ns()) as mine, _as_file(path) as file:
        request = request or Request()
        if request.height_m is None:
            request = replace(request, height_m=mine.person.height_m)
        analysed = analyse_file(path, request, progress)
        begun = _begun(analysed, start_utc_ns, path, mine.now)
        kept = mine.diary.keep_recording(file, analysed.gait.recording.format)
        before = [one for one in mine.diary.outings() if one.recording == kept.sha256]
        if before and walk is None:
            return _shown(mine, before[0], analysed.gait, kept.name, "again")
        mine.diary.keep_derived(
            kept.sha256, engine(), _derived(mine, kept.sha256, analysed.gait, request)
        )
        outing = find_walk(mine, walk) if walk else same_walk(mine.diary.outings(), begun, analysed)
        joined = outing is not None
        outing = outing or Outing(new_id(mine, begun.utc_ns), begun.utc_ns, mine.person.time_zone)
        if outing.distance_m is None:
            outing = replace(outing, distance_m=request.distance_m)
        outing = replace(_measured(outing, analysed.gait), recording=kept.sha256)
        if joined:
            mine.diary.correct_outing(outing)
        else:
            outing = add_new(mine, outing)
        what = "joined" if joined else "new"
        return _shown(mine, outing, analysed.gait, kept.name, what, guessed=begun.guessed)


def rebuild(
    home: Path | None = None, *, progress: Progress | None = None, now: int | None = None
) -> Shown:
    """Measure every recording again that this engine has not measured yet.

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
        walks = {one.recording: one for one in mine.diary.outings() if one.recording}
        waiting = mine.diary.not_derived(engine())
        for place, kept in enumerate(waiting):
            if progress:
                progress(place)
            try:
                found = _measured_again(mine, kept)
            except EvenstrideError as error:
                failed.append((kept.name, error.sentence))
                continue
            walk = walks.get(kept.sha256)
            if walk is not None and found is not None:
                mine.diary.correct_outing(_measured(walk, found))
                done += _differences(walk, found.measures)
        measured = len(waiting) - len(failed)
    document = {
        "schema": "evenstride/rebuild/1",
        "engine": engine(),
        "recordings": len(waiting),
        "measured": measured,
        "failed": [{"name": name, "why": why} for name, why in failed],
        "changed": done,
    }
    return mine.shown(document, rebuilt_sheet(len(waiting), done, failed))


@dataclass(frozen=True, slots=True)
class _Begun:
    """When a recording began, and whether that had to be guessed from the date of the file."""

    utc_ns: int
    guessed: bool = False


def same_walk(walks: tuple[Outing, ...], begun: _Begun, analysed: Analysed) -> Outing | None:
    """Return the walk without a recording that was noted for the time of a recording."""
    if begun.guessed:
        return None
    starts = begun.utc_ns
    ends = starts + round(analysed.gait.recording.duration_s * NS)
    slack = round(_APART_MIN * 60) * NS
    for walk in walks:
        noted_end = walk.start_utc_ns + round((walk.minutes or 0) * 60) * NS
        apart = walk.start_utc_ns > ends + slack or noted_end < starts - slack
        if walk.recording is None and not apart:
            return walk
    return None


def _begun(analysed: Analysed, told: int | None, path: Path, now: int) -> _Begun:
    start = analysed.recording.start
    if told is not None:
        return _Begun(told)
    if start is not None and start.utc_ns <= now:
        return _Begun(start.utc_ns)
    ended = min(path.stat().st_mtime_ns, now)
    return _Begun(ended - round(analysed.gait.recording.duration_s) * NS, guessed=True)


def _measured(outing: Outing, gait: Gait) -> Outing:
    """Return the walk with what was measured; what the person told of it is kept."""
    minutes = round(float((gait.bouts.end_s - gait.bouts.start_s).sum()) / 60, 1)
    return replace(
        outing,
        minutes=outing.minutes if outing.minutes is not None else minutes or None,
        steps=outing.steps if _steps_told(outing) else _steps(gait.measures),
        placement=gait.recording.placement,
        sensor=sensor_of(gait.recording),
        measures=dict(gait.measures),
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


def _steps(measures: Mapping[str, Measure]) -> int | None:
    found = measures.get("steps")
    return None if found is None or found.value is None else round(found.value)


def _steps_told(outing: Outing) -> bool:
    """Whether the steps of a walk come from the person and not from its recording."""
    return outing.steps is not None and outing.steps != _steps(outing.measures)


def _derived(mine: Own, sha256: str, gait: Gait, request: Request) -> dict[str, Any]:
    """Return what is kept: the result, and what was told to get it.

    A standing reference is kept like a recording, so that the lean can be measured again.
    """
    told = asdict(request)
    if request.standing is not None:
        standing = mine.diary.keep_recording(Path(request.standing), gait.recording.format)
        told["standing"] = standing.sha256
        mine.diary.keep_derived(standing.sha256, engine(), {"standing_for": sha256})
    return {"request": told, "gait": gait.document()}


def _measured_again(mine: Own, kept: KeptRecording) -> Gait | None:
    """Measure a recording with what was told at first; None if it is a standing reference."""
    earlier = mine.diary.derived(kept.sha256)
    document = earlier[-1].document if earlier else {"request": {}}
    if "request" not in document:
        mine.diary.keep_derived(kept.sha256, engine(), document)
        return None
    request = Request(**document["request"])
    with tempfile.TemporaryDirectory(prefix="evenstride-") as folder:
        path = _unpacked(mine, kept.sha256, Path(folder))
        if request.standing is not None:
            standing = _unpacked(mine, str(request.standing), Path(folder) / "standing")
            gait = analyse_file(path, replace(request, standing=standing)).gait
        else:
            gait = analyse_file(path, request).gait
    mine.diary.keep_derived(
        kept.sha256, engine(), {"request": document["request"], "gait": gait.document()}
    )
    return gait


def _unpacked(mine: Own, sha256: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / mine.diary.recording(sha256).name
    with mine.diary.open_recording(sha256) as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return path


def _differences(walk: Outing, now: Mapping[str, Measure]) -> list[dict[str, Any]]:
    return [
        {"walk": walk.id, "measure": name, "before": before.value, "now": now[name].value}
        for name, before in walk.measures.items()
        if name in now and now[name].value != before.value
    ]


@contextmanager
def _as_file(path: Path) -> Iterator[Path]:
    """Yield a file that can be kept: a folder becomes a zip, the same for the same content."""
    if not path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="evenstride-") as folder:
        packed = Path(folder) / f"{path.resolve().name}.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(path.rglob("*")):
                if file.is_symlink():
                    raise OptionError(f"“{file}” is a link.", "Copy the file itself there.")
                if file.is_file():
                    info = zipfile.ZipInfo(str(file.relative_to(path)), _ZIP_EPOCH)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    with file.open("rb") as source, archive.open(info, "w") as target:
                        shutil.copyfileobj(source, target)
        yield packed


def _shown(
    mine: Own, outing: Outing, gait: Gait, name: str, what: str, *, guessed: bool = False
) -> Shown:
    from evenstride.report.importing import imported_sheet

    sheet = imported_sheet(
        outing, gait, name, what, guessed=guessed, units=mine.person.units, now_utc_ns=mine.now
    )
    document = {
        "schema": "evenstride/import/1",
        "what": what,
        "start_guessed": guessed,
        "walk": outing.document(),
        "engine": engine(),
    }
    return mine.shown(document, sheet)
