"""Fitbit, now Google Health: the list of exercises, as a table or as the JSON that repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from evenstride.importers.gathering import device_kind
from evenstride.importers.google_takeout.fitbit import us_moment
from evenstride.importers.google_takeout.kinds import Found
from evenstride.importers.jsons import number, read_items, whole
from evenstride.importers.jsons import text as plain
from evenstride.importers.moments import (
    WallClock,
    is_possible,
    moment_of_text,
    offset_of_text,
    start_at,
)
from evenstride.importers.named_rows import Columns, read_rows
from evenstride.importers.source import Source
from evenstride.model import Activity, Device, Left
from evenstride.model.activity import Sport
from evenstride.model.device import UNKNOWN_DEVICE

__all__ = ["read_exercises", "read_logs", "sport_of"]

_SPORTS_OF_FITBIT: dict[int, Sport] = {
    90013: "walking",
    90012: "hiking",
    90019: "treadmill",
    90009: "running",
    90001: "cycling",
    1071: "cycling",
}
_WORDS: tuple[tuple[re.Pattern[str], Sport], ...] = (
    (re.compile(r"treadmill", re.IGNORECASE), "treadmill"),
    (re.compile(r"\bwalk|on foot", re.IGNORECASE), "walking"),
    (re.compile(r"\bhik", re.IGNORECASE), "hiking"),
    (re.compile(r"\brun|\bjog", re.IGNORECASE), "running"),
    (re.compile(r"\bbik|cycl|spinning", re.IGNORECASE), "cycling"),
)
_METRES = {"kilometer": 1000.0, "kilometre": 1000.0, "mile": 1609.344, "meter": 1.0}
_NO_TIME = "their times were missing or impossible"


def sport_of(name: str, number_of_kind: int | None = None) -> Sport:
    """Return what was done, by Fitbit's number or else by English words."""
    known = _SPORTS_OF_FITBIT.get(number_of_kind or 0)
    if known is not None:
        return known
    found = next((sport for word, sport in _WORDS if word.search(name)), None)
    return found or ("other" if name.isascii() and name else "unknown")


def read_exercises(source: Source, found: Found) -> Iterator[Activity | Left]:
    """Yield the exercises of a table: times in UTC with the offset, lengths in millimetres."""
    columns: Columns | None = None
    bad = 0
    for row in read_rows(source, found.member):
        if isinstance(row, Left):
            yield row
        elif columns is None or "exercise_start" in row:
            columns = Columns(row)
        else:
            activity = _of_row(columns, row)
            bad += activity is None
            if activity is not None:
                yield activity
    if bad:
        yield Left(f"{bad} rows of {found.member.path}", _NO_TIME)


def _of_row(columns: Columns, row: list[str]) -> Activity | None:
    start = moment_of_text(columns.cell(row, "exercise_start"))
    end = moment_of_text(columns.cell(row, "exercise_end"))
    if start is None or end is None or end.ns < start.ns:
        return None
    if not (is_possible(start.ns) and is_possible(end.ns)):
        return None
    name = columns.cell(row, "activity_name")
    steps = _some(columns.cell(row, "tracker_total_steps", "manually_logged_total_steps"))
    metres = columns.cell(row, "tracker_total_distance_mm", "manually_logged_total_distance_mm")
    sport = sport_of(name)
    return Activity(
        start_at(start.ns, offset_of_text(columns.cell(row, "utc_offset"))),
        end.ns,
        sport,
        distance_m=_some(metres, 1e-3),
        steps=None if steps is None else round(steps),
        ascent_m=_some(columns.cell(row, "tracker_total_altitude_mm"), 1e-3),
        heart_rate_bpm=_some(columns.cell(row, "tracker_avg_heart_rate")),
        indoor=True if sport == "treadmill" else None,
        title=columns.cell(row, "activity_label") or name,
    )


def _some(cell: object, factor: float = 1.0) -> float | None:
    value = number(cell)
    return value * factor if value > 0 else None


def read_logs(source: Source, found: Found, clock: WallClock) -> Iterator[Activity | Left]:
    """Yield the exercises of a JSON file, whose times are those on the wall."""
    bad = 0
    for item in read_items(source, found.member):
        if isinstance(item, Left):
            yield item
            continue
        activity = _of_log(item, clock) if isinstance(item, Mapping) else None
        bad += activity is None
        if activity is not None:
            yield activity
    if bad:
        yield Left(f"{bad} entries of {found.member.path}", _NO_TIME)


def _of_log(item: Mapping[object, object], clock: WallClock) -> Activity | None:
    wall = us_moment(item.get("startTime"))
    start = None if wall is None else clock.start(wall)
    lasted_s = _some(item.get("duration"), 1e-3) or _some(item.get("activeDuration"), 1e-3)
    if start is None or lasted_s is None or lasted_s > timedelta(days=7).total_seconds():
        return None
    name = plain(item.get("activityName"))
    unit = plain(item.get("distanceUnit")).lower().rstrip("s")
    origin = item.get("source")
    device = plain(origin.get("name")) if isinstance(origin, Mapping) else ""
    sport = sport_of(name, whole(item.get("activityTypeId")))
    steps = _some(item.get("steps"))
    return Activity(
        start,
        start.utc_ns + round(lasted_s * 1e9),
        sport,
        moving_s=_some(item.get("activeDuration"), 1e-3),
        distance_m=_some(item.get("distance"), _METRES[unit]) if unit in _METRES else None,
        steps=None if steps is None else round(steps),
        heart_rate_bpm=_some(item.get("averageHeartRate")),
        indoor=True if sport == "treadmill" else None,
        title=name,
        device=Device(device, "", device_kind(device)) if device else UNKNOWN_DEVICE,
    )
