"""Training sessions of Polar in the two layouts that exports have had.

Until about 2023 samples carry a clock text each and sports are words; since then samples are bare
lists with one interval, sports are numbers, and lengths carry their unit in the name. Clock texts
are local; the offset to UTC stands beside them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evenstride.importers.contract import Options
from evenstride.importers.jsons import number, text, whole
from evenstride.importers.moments import WallClock, is_possible, moment_of_text, start_at
from evenstride.importers.polar.track import Channels, track_of
from evenstride.importers.xml_tracks.sports import sport_of
from evenstride.model import Activity, Device, Left, Sport, Start, Track
from evenstride.model.day import NS

__all__ = ["read_session"]

_ISO = re.compile(r"PT(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?")
_LONGEST_S = 14 * 86_400.0
_SPORTS: dict[str, Sport] = {  # the numbers that were seen with their names
    "1": "running",
    "2": "cycling",
    "3": "walking",
    "11": "hiking",
    "13": "other",
    "15": "other",
    "16": "other",
    "17": "running",
    "18": "cycling",
    "38": "cycling",
    "39": "other",
    "50": "other",
    "83": "other",
}


@dataclass(frozen=True, slots=True)
class _Clock:
    """Turns the local clock texts of a session into moments."""

    offset_min: int | None
    zone: str | None

    def start(self, value: object) -> Start | None:
        moment = moment_of_text(value) if isinstance(value, str) else None
        if moment is None:
            return None
        if moment.offset_min is not None:
            return start_at(moment.ns, moment.offset_min) if is_possible(moment.ns) else None
        if self.offset_min is None:
            return WallClock(self.zone).start(moment.wall)
        ns = moment.ns - self.offset_min * 60 * NS
        return start_at(ns, self.offset_min) if is_possible(ns) else None

    def seconds(self, value: object, since: Start) -> float:
        """Return the seconds from ``since`` to a clock text; NaN if it is none."""
        when = self.start(value)
        return math.nan if when is None else (when.utc_ns - since.utc_ns) / NS


def read_session(value: object, name: str, options: Options) -> Iterator[Track | Activity | Left]:
    """Yield the exercises of a session: with samples as tracks, else as activities.

    Args:
        value: What the file holds.
        name: Of the file.
        options: Of the person.
    """
    session = value if isinstance(value, dict) else {}
    exercises = session.get("exercises")
    found = [e for e in exercises if isinstance(e, dict)] if isinstance(exercises, list) else []
    if not found and session:
        found = [{}]  # the session itself tells when and how long
    undated = 0
    for exercise in found:
        alone = len(found) == 1
        both = {**session, **exercise} if alone else {**_shared(session), **exercise}
        clock = _Clock(_offset(both), options.zone)
        start = clock.start(both.get("startTime"))
        activity = None if start is None else _activity(both, start, clock, session)
        if start is None or activity is None:
            undated += 1
            continue
        channels = _channels(both, start, clock)
        yield track_of(channels, activity, name) if channels.any() else activity
    if undated or not found:
        yield Left(name, "when it began or how long it took is not told")


def _shared(session: Mapping[str, object]) -> dict[str, object]:
    keys = ("timezoneOffset", "timezoneOffsetMinutes", "product")
    return {key: session[key] for key in keys if key in session}


def _offset(both: Mapping[str, object]) -> int | None:
    for key in ("timezoneOffsetMinutes", "timezoneOffset"):
        minutes = whole(both.get(key))
        if minutes is not None and abs(minutes) <= 18 * 60:
            return minutes
    return None


def _activity(
    both: Mapping[str, object], start: Start, clock: _Clock, session: Mapping[str, object]
) -> Activity | None:
    moving = _first(both, ("durationMillis",)) / 1000
    moving = _iso_s(both.get("duration")) if math.isnan(moving) else moving
    elapsed = clock.seconds(both.get("stopTime"), start)
    longest = max((s for s in (elapsed, moving) if 0 < s < _LONGEST_S), default=None)
    if longest is None:
        return None
    beats = both.get("heartRate")
    mean = number(beats.get("avg")) if isinstance(beats, dict) else number(both.get("hrAvg"))
    product = both.get("product")
    model = text(product.get("modelName")) if isinstance(product, dict) else ""
    return Activity(
        start=start,
        end_utc_ns=start.utc_ns + round(longest * NS),
        sport=_sport(both.get("sport")),
        moving_s=moving if 0 < moving <= longest else None,
        distance_m=_told(_first(both, ("distanceMeters", "distance"))),
        ascent_m=_told(_first(both, ("ascentMeters", "ascent"))),
        descent_m=_told(_first(both, ("descentMeters", "descent"))),
        heart_rate_bpm=mean if 20 <= mean <= 250 else None,
        title=text(session.get("name"))[:200],
        note=text(session.get("note")),
        device=Device(model=model or "Polar", kind="watch" if model else "other"),
    )


def _sport(value: object) -> Sport:
    if isinstance(value, dict):
        return _SPORTS.get(str(value.get("id")), "unknown")
    return sport_of(value) if isinstance(value, str) else "unknown"


def _channels(both: Mapping[str, object], start: Start, clock: _Clock) -> Channels:
    channels = Channels()
    samples = both.get("samples")
    lists = samples.get("samples") if isinstance(samples, dict) else None
    if isinstance(lists, list):
        for one in lists:
            if isinstance(one, dict) and isinstance(values := one.get("values"), list):
                step = number(one.get("intervalMillis")) / 1000
                channels.add(text(one.get("type")), (i * step for i in range(len(values))), values)
    elif isinstance(samples, dict):
        for kind, values in samples.items():
            rows = [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []
            times = [clock.seconds(row.get("dateTime"), start) for row in rows]
            if kind == "recordedRoute":
                channels.places(times, rows)
            else:
                channels.add(kind, times, [row.get("value") for row in rows])
    routes = both.get("routes")
    route = routes.get("route") if isinstance(routes, dict) else None
    points = route.get("wayPoints") if isinstance(route, dict) else None
    if isinstance(route, dict) and isinstance(points, list):
        began = clock.seconds(route.get("startTime"), start)
        began = 0.0 if math.isnan(began) else began
        rows = [point for point in points if isinstance(point, dict)]
        times = [began + number(row.get("elapsedMillis")) / 1000 for row in rows]
        channels.places(times, rows)
    return channels


def _first(both: Mapping[str, object], keys: tuple[str, ...]) -> float:
    return next((v for key in keys if not math.isnan(v := number(both.get(key)))), math.nan)


def _told(value: float) -> float | None:
    return value if value > 0 else None


def _iso_s(value: object) -> float:
    """Return the seconds of a length such as "PT1H2M3.5S"; NaN if it is none."""
    match = _ISO.fullmatch(value) if isinstance(value, str) else None
    if match is None or not any(match.groups()):
        return math.nan
    hours, minutes, seconds = (number(part or "0") for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds
