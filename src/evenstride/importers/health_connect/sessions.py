"""Health Connect: exercise sessions and their routes -> activities and tracks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.health_connect.database import Database
from evenstride.importers.health_connect.series import Devices
from evenstride.importers.jsons import number, whole
from evenstride.importers.jsons import text as plain
from evenstride.importers.moments import is_possible, start_at
from evenstride.model import Activity, Left, Track
from evenstride.model.activity import Sport

__all__ = ["ROUTES", "SESSIONS", "SPORTS_OF_ANDROID", "read_sessions"]

SESSIONS = "exercise_session_record_table"
ROUTES = "exercise_route_table"

SPORTS_OF_ANDROID: dict[int, tuple[Sport, bool | None]] = {
    0: ("unknown", None),
    4: ("cycling", None),
    5: ("cycling", True),
    21: ("hiking", False),
    33: ("running", None),
    34: ("treadmill", True),
    53: ("walking", None),
}
"""The numbers that Android's own framework stores, and whether it was inside.

Programmers know other numbers from Jetpack (walking is 79 there); they never stand in an export.
"""

_MS = 1_000_000
_BESIDE_S = 3600.0
_NOT_SET = 1e-300
_COLUMNS = (
    "row_id",
    "start_time",
    "end_time",
    "start_zone_offset",
    "exercise_type",
    "title",
    "notes",
    "app_info_id",
    "device_info_id",
)
_PLACES = (
    "parent_key",
    "timestamp_millis",
    "latitude",
    "longitude",
    "altitude",
    "horizontal_accuracy",
    "vertical_accuracy",
)


@dataclass
class _Routes:
    """All places of all routes, sorted by session and time."""

    places: NDArray[np.float64]
    left: list[Left] = field(default_factory=list)

    def of(self, session: int) -> NDArray[np.float64]:
        """Return the places of one session."""
        keys = self.places[:, 0]
        return self.places[np.searchsorted(keys, session) : np.searchsorted(keys, session, "right")]


def read_sessions(
    database: Database, source: str, since_utc_ns: int | None
) -> Iterator[Track | Activity | Left]:
    """Yield each session, as a track where its route is there, and what was left out."""
    routes = _routes(database)
    yield from routes.left
    devices = Devices(database)
    impossible = older = 0
    for rows in database.rows(SESSIONS, *_COLUMNS):
        if isinstance(rows, Left):
            yield rows
            continue
        for row in rows:
            activity = _activity(row, devices)
            if activity is None:
                impossible += 1
            elif since_utc_ns is not None and activity.end_utc_ns < since_utc_ns:
                older += 1
            else:
                yield from _with_route(activity, routes.of(whole(row[0]) or -1), source)
    if impossible:
        yield Left(f"{impossible} exercise sessions", "their times were missing or impossible")
    if older:
        yield Left(f"{older} exercise sessions", "they are older than what was asked for")


def _activity(row: tuple[object, ...], devices: Devices) -> Activity | None:
    """Return the session of a row of ``_COLUMNS``, or None if its times cannot be."""
    start, end = _ns(row[1]), _ns(row[2])
    if start is None or end is None or end < start:
        return None
    offset_s = whole(row[3])
    good = offset_s is not None and abs(offset_s) <= 18 * 3600
    sport, indoor = SPORTS_OF_ANDROID.get(whole(row[4]) or 0, ("other", None))
    return Activity(
        start_at(start, round((offset_s or 0) / 60) if good else None),
        end,
        sport,
        indoor=indoor,
        title=plain(row[5]),
        note=plain(row[6]),
        device=devices.of(row[7], row[8]),
    )


def _with_route(
    activity: Activity, places: NDArray[np.float64], source: str
) -> Iterator[Track | Activity | Left]:
    time_s = (places[:, 1] - activity.start.utc_ns / _MS) * 1e-3
    end_s = (activity.end_utc_ns - activity.start.utc_ns) * 1e-9
    inside = (time_s > -_BESIDE_S) & (time_s < end_s + _BESIDE_S)
    if outside := int(np.count_nonzero(~inside)):
        yield Left(f"{outside} positions", "their times are not those of their exercise")
    places, time_s = places[inside], time_s[inside]
    if len(places) == 0:
        yield activity
        return
    yield Track(
        time_s=time_s,
        latitude_deg=places[:, 2],
        longitude_deg=places[:, 3],
        elevation_m=places[:, 4],
        accuracy_m=places[:, 5],
        vertical_accuracy_m=places[:, 6],
        start=activity.start,
        activity=activity,
        format="Health Connect",
        source=source,
    )


def _routes(database: Database) -> _Routes:
    pieces, left, lost = [], [], 0
    for rows in database.rows(ROUTES, *_PLACES) if database.has(ROUTES) else ():
        if isinstance(rows, Left):
            left.append(rows)
            continue
        places = np.array([[number(cell) for cell in row] for row in rows], np.float64)
        places[:, 4:][np.abs(places[:, 4:]) < _NOT_SET] = np.nan
        with np.errstate(invalid="ignore"):
            good = (np.abs(places[:, 2]) <= 90) & (np.abs(places[:, 3]) <= 180)
            good &= (places[:, 0] >= 0) & (np.abs(places[:, 1]) < 4.2e12)
        lost += int(np.count_nonzero(~good))
        pieces.append(places[good])
    if lost:
        left.append(Left(f"{lost} positions", "their values were missing or impossible"))
    places = np.concatenate(pieces) if pieces else np.empty((0, len(_PLACES)))
    order = np.lexsort((places[:, 1], places[:, 0]))
    return _Routes(places[order], left)


def _ns(value: object) -> int | None:
    ms = whole(value)
    return ms * _MS if ms is not None and is_possible(ms * _MS) else None
