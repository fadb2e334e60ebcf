"""Samsung Health: exercises and the files beside them -> activities and tracks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.jsons import number, read_items, whole
from evenstride.importers.moments import WallClock, is_possible, moment_of_text
from evenstride.importers.samsung_health.series import Devices
from evenstride.importers.samsung_health.tables import Row, Table, read_table, start_of
from evenstride.importers.source import Member, Source
from evenstride.model import Activity, Left, Track
from evenstride.model.activity import Sport
from evenstride.model.stray import stray_times

__all__ = ["EXERCISES", "SPORTS_OF_SAMSUNG", "beside", "read_exercises"]

EXERCISES = ("com.samsung.shealth.exercise", "com.samsung.health.exercise")

SPORTS_OF_SAMSUNG: dict[int, tuple[Sport, bool | None]] = {
    0: ("unknown", None),
    1001: ("walking", None),
    1002: ("running", None),
    11007: ("cycling", None),
    13001: ("hiking", False),
    13003: ("hiking", False),
    13004: ("cycling", False),
    15003: ("cycling", True),
    15005: ("treadmill", True),
}
"""Samsung's numbers for kinds of exercise, and whether it was inside."""

_COLUMNS = (
    "latitude_deg",
    "longitude_deg",
    "elevation_m",
    "accuracy_m",
    "heart_rate_bpm",
    "cadence_spm",
    "speed_m_s",
)
_BESIDE = {
    "location_data": ("latitude", "longitude", "altitude", "accuracy", "", "", ""),
    "live_data": ("", "", "", "", "heart_rate", "cadence", "speed"),
}
"""Their names of our columns, by the kind of file."""
_MOST_ROWS = 500_000  # almost six days, every second


def beside(source: Source) -> dict[str, Member]:
    """Return the JSON files that may lie beside exercises, by their names without ending."""
    found: dict[str, Member] = {}
    for member in source.members():
        name = PurePosixPath(member.path).name.lower()
        if name.endswith(".json"):
            found.setdefault(name.removesuffix(".json"), member)
    return found


def read_exercises(
    source: Source,
    table: Table,
    devices: Devices,
    clock: WallClock,
    since_utc_ns: int | None,
) -> Iterator[Track | Activity | Left]:
    """Yield each exercise, as a track where its samples are there, and what was left out."""
    files = beside(source)
    impossible = older = 0
    for row in read_table(source, table):
        if isinstance(row, Left):
            yield row
            continue
        activity = _activity(row, devices, clock)
        if activity is None:
            impossible += 1
        elif since_utc_ns is not None and activity.end_utc_ns < since_utc_ns:
            older += 1
        else:
            yield from _with_samples(source, files, row, activity)
    if impossible:
        yield Left(f"{impossible} exercises", "their times were missing or impossible")
    if older:
        yield Left(f"{older} exercises", "they are older than what was asked for")


def _activity(row: Row, devices: Devices, clock: WallClock) -> Activity | None:
    start, end = start_of(row, "start_time", clock), start_of(row, "end_time", clock)
    moving_s = _some(row("duration"), 1e-3)
    if start is None:
        return None
    end_ns = end.utc_ns if end else start.utc_ns + round((moving_s or 0.0) * 1e9)
    if end_ns < start.utc_ns or not is_possible(end_ns):
        return None
    sport, indoor = SPORTS_OF_SAMSUNG.get(whole(row("exercise_type")) or 0, ("other", None))
    # A count of something else than steps, such as jumps, has another type of count.
    counted = whole(row("count")) if whole(row("count_type")) == 30_001 else None
    return Activity(
        start,
        end_ns,
        sport,
        moving_s=moving_s,
        distance_m=_some(row("distance")),
        steps=counted if counted is not None and counted > 0 else None,
        ascent_m=_some(row("altitude_gain")),
        descent_m=_some(row("altitude_loss")),
        heart_rate_bpm=_some(row("mean_heart_rate")),
        indoor=indoor,
        title=row("title"),
        note=row("comment"),
        device=devices.of(row),
    )


def _some(cell: str, factor: float = 1.0) -> float | None:
    """Return what was measured; Samsung writes 0 for what was not."""
    value = number(cell)
    return value * factor if value > 0 else None


def _with_samples(
    source: Source, files: Mapping[str, Member], row: Row, activity: Activity
) -> Iterator[Track | Activity | Left]:
    parts: list[NDArray[np.float64]] = []
    for what, names in _BESIDE.items():
        member = _file(files, row, what)
        rows: list[list[float]] = []
        bad = 0
        for item in read_items(source, member) if member is not None else ():
            if isinstance(item, Left):
                yield item
            elif len(rows) >= _MOST_ROWS:
                yield Left("the rest of an exercise", "it goes on for more than five days")
                break
            elif not isinstance(item, Mapping) or (time_s := _time_s(item, activity)) is None:
                bad += 1
            else:
                rows.append([time_s, *(number(item.get(name)) for name in names)])
        read = np.array(rows, np.float64).reshape(len(rows), 1 + len(names))
        stray = stray_times(read[:, 0])
        bad += int(stray.sum())
        if bad and member is not None:
            yield Left(f"{bad} entries of {member.path}", "their times were missing or impossible")
        if rows:
            parts.append(_possible(read[~stray]))
    yield _joined(parts, activity, source.name) if any(map(len, parts)) else activity


def _possible(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Blank what cannot be, and drop rows that then hold nothing."""
    latitude, longitude, measured = rows[:, 1], rows[:, 2], rows[:, 4:]
    with np.errstate(invalid="ignore"):
        nowhere = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))
        measured[~(measured > 0)] = np.nan  # 0 stands for what was not measured
    rows[nowhere, 1:4] = np.nan
    kept: NDArray[np.float64] = rows[~np.isnan(rows[:, 1:]).all(axis=1)]
    return kept


def _joined(parts: list[NDArray[np.float64]], activity: Activity, name: str) -> Track:
    """Put places and live values on one clock; a column is NaN where it was not recorded."""
    time_s = np.unique(np.concatenate([part[:, 0] for part in parts]))
    values = np.full((time_s.size, len(_COLUMNS)), np.nan)
    for part in parts:
        at = np.searchsorted(time_s, part[:, 0])
        for index in range(len(_COLUMNS)):
            good = ~np.isnan(part[:, index + 1])
            values[at[good], index] = part[good, index + 1]
    columns: dict[str, Any] = {name: values[:, i] for i, name in enumerate(_COLUMNS)}
    return Track(
        time_s=time_s,
        **columns,
        start=activity.start,
        activity=activity,
        format="Samsung Health",
        source=name,
    )


def _file(files: Mapping[str, Member], row: Row, what: str) -> Member | None:
    """Return the file that a row names, or the one that carries the id of the row."""
    named = row(what).lower().removesuffix(".json")
    if named in files:
        return files[named]
    uuid = row("datauuid").lower()
    for prefix in ("com.samsung.health.exercise.", "com.samsung.shealth.exercise.", ""):
        found = files.get(f"{uuid}.{prefix}{what}")
        if found is not None:
            return found
    return None


def _time_s(item: Mapping[object, object], activity: Activity) -> float | None:
    """Return seconds since the start of the exercise; None if it is days away from it."""
    raw = item.get("start_time")
    ms = whole(raw)
    if ms is None and isinstance(raw, str):
        moment = moment_of_text(raw)
        ms = None if moment is None else moment.ns // 1_000_000
    if ms is None or not is_possible(ms * 1_000_000):
        return None
    time_s = (ms - activity.start.utc_ns / 1e6) * 1e-3
    return time_s if -86_400 < time_s < 7 * 86_400 else None
