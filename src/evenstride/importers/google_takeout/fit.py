"""Google Fit: streams of values and sessions, as JSON with nanoseconds since 1970."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from evenstride.importers.gathering import Gatherer, device_kind
from evenstride.importers.google_takeout.join import Join
from evenstride.importers.google_takeout.kinds import Found
from evenstride.importers.jsons import number, read_items, read_json, whole
from evenstride.importers.jsons import text as plain
from evenstride.importers.moments import (
    Moment,
    is_possible,
    moment_of_text,
    offset_of_text,
    start_at,
)
from evenstride.importers.source import Source
from evenstride.model import Activity, Device, Left, Series
from evenstride.model.activity import Sport
from evenstride.model.device import UNKNOWN_DEVICE

__all__ = ["PLACES", "STREAMS", "data_type", "device_of", "read_places", "read_session",
           "read_stream", "without_copies"]  # fmt: skip

STREAMS: dict[str, str] = {
    "com.google.step_count.delta": "steps",
    "com.google.distance.delta": "distance_m",
    "com.google.step_count.cadence": "cadence_spm",
    "com.google.heart_rate.bpm": "heart_rate_bpm",
    "com.google.weight": "mass_kg",
    "com.google.height": "height_m",
}
"""Data types -> metrics. Speed is left out: it is that of cars and trains as well."""

PLACES = "com.google.location.sample"

_SPORTS: dict[str, tuple[Sport, bool | None]] = {
    "walking": ("walking", None),
    "walking.treadmill": ("treadmill", True),
    "treadmill": ("treadmill", True),
    "hiking": ("hiking", False),
    "running": ("running", None),
    "running.treadmill": ("running", True),
    "biking": ("cycling", None),
    "biking.stationary": ("cycling", True),
    "on_foot": ("unknown", None),
    "unknown": ("unknown", None),
}
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}_\d{2}_\d{2}(?:[._]\d+)?([+-]\d{2}_\d{2})_")
_NO_OUTING = ("sleep", "in_vehicle", "still", "tilting", "meditation")


def data_type(stream: str) -> str:
    """Return the type in a data source such as "raw:com.google.weight:com.app:scale"."""
    parts = stream.split(":")
    return parts[1] if len(parts) > 1 else stream


def without_copies(streams: Sequence[Found]) -> tuple[list[Found], list[Left]]:
    """Return the streams to read: where Google merged those of a type, the others repeat it."""
    merged = {data_type(s.detail) for s in streams if _is_merged(s)}
    kept, left = [], []
    for stream in streams:
        kind = data_type(stream.detail)
        if kind not in STREAMS and kind != PLACES:
            left.append(Left(stream.member.path, "it is not about walking"))
        elif kind in merged and not _is_merged(stream):
            left.append(Left(stream.member.path, "Google's merged file holds the same"))
        else:
            kept.append(stream)
    return kept, left


def _is_merged(stream: Found) -> bool:
    return stream.detail.rpartition(":")[2].startswith("merge")


def read_stream(source: Source, found: Found, gatherer: Gatherer) -> Iterator[Series | Left]:
    """Yield the values of one stream, each with the device that measured it."""
    metric = STREAMS[data_type(found.detail)]
    devices: dict[object, Device] = {}
    for point in read_items(source, found.member, "Data Points"):
        if isinstance(point, Left):
            yield point
            continue
        if not isinstance(point, Mapping):
            gatherer.reject()
            continue
        start, end = whole(point.get("startTimeNanos")), whole(point.get("endTimeNanos"))
        values = _values(point)
        if start is None or not values or math.isnan(values[0]):
            gatherer.reject()
            continue
        origin = plain(point.get("originDataSourceId")) or found.detail
        if origin not in devices:
            devices[origin] = device_of(origin)
        last = start if end is None else end
        gatherer.add(metric, start, last, values[0], devices[origin])
        if gatherer.is_full:
            yield from gatherer.full()


def read_places(source: Source, found: Found, join: Join) -> Iterator[Left]:
    """Hand the positions of one stream to the sessions they belong to."""
    bad = 0
    for point in read_items(source, found.member, "Data Points"):
        if isinstance(point, Left):
            yield point
            continue
        values = _values(point) if isinstance(point, Mapping) else []
        ns = whole(point.get("startTimeNanos")) if isinstance(point, Mapping) else None
        values += [math.nan] * (4 - len(values))
        latitude, longitude, accuracy, height = values[:4]
        if ns is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
            bad += 1
        else:
            join.add(ns, (latitude, longitude, height, accuracy), "")
    if bad:
        yield Left(f"{bad} positions", "their values were missing or impossible")


def _values(point: Mapping[object, object]) -> list[float]:
    """Return the numbers of a point, in Takeout's form or in that of the interface."""
    raw = point.get("fitValue", point.get("value"))
    out = []
    for item in raw if isinstance(raw, list) else []:
        inner = item.get("value", item) if isinstance(item, Mapping) else None
        holder = inner if isinstance(inner, Mapping) else {}
        out.append(number(holder.get("intVal", holder.get("fpVal"))))
    return out


def device_of(stream: str) -> Device:
    """Return the device in a data source: kind, type, program, maker, model, id and stream."""
    rest = [part.strip() for part in stream.split(":")[2:]]
    program = rest.pop(0) if rest and "." in rest[0] else ""
    model = " ".join(filter(None, rest[:2])) if len(rest) >= 3 else ""
    name = model or program
    return Device(name, model or program, device_kind(name)) if name else UNKNOWN_DEVICE


def read_session(source: Source, found: Found) -> Activity | Left | None:
    """Return the activity in a file of a session; None for sleep, journeys and rest."""
    data = read_json(source, found.member)
    if isinstance(data, Left):
        return data
    if not isinstance(data, Mapping):
        return Left(found.member.path, "it is no session")
    kind = plain(data.get("fitnessActivity")).lower()
    if kind.startswith(_NO_OUTING):
        return None
    start, end = _moment(data.get("startTime")), _moment(data.get("endTime"))
    if start is None or end is None or end.ns < start.ns:
        return Left(found.member.path, "its times were missing or impossible")
    sport, indoor = _SPORTS.get(kind) or _SPORTS.get(kind.split(".")[0]) or ("other", None)
    program = data.get("application")
    package = plain(program.get("packageName")) if isinstance(program, Mapping) else ""
    sums = _sums(data.get("aggregate"))
    steps = sums.get("com.google.step_count.delta")
    return Activity(
        # The moment is written in UTC; how far the clock was ahead stands in the name only.
        start_at(start.ns, start.offset_min or _offset_of_name(found.member.stem)),
        end.ns,
        sport,
        moving_s=_seconds(data.get("duration")),
        distance_m=sums.get("com.google.distance.delta"),
        steps=None if steps is None else round(steps),
        heart_rate_bpm=sums.get("com.google.heart_rate.summary"),
        indoor=indoor,
        title=plain(data.get("name")),
        device=Device(package, package, device_kind(package)) if package else UNKNOWN_DEVICE,
    )


def _offset_of_name(stem: str) -> int | None:
    """Return the offset in a name such as "2016-11-03T10_00_00-07_00_WALKING"."""
    match = _NAME.match(stem)
    return None if match is None else offset_of_text(match[1].replace("_", ":"))


def _sums(raw: object) -> dict[str, float]:
    out = {}
    for item in raw if isinstance(raw, list) else []:
        if isinstance(item, Mapping):
            value = number(item.get("intValue", item.get("floatValue")))
            if value > 0:
                out[plain(item.get("metricName"))] = value
    return out


def _seconds(raw: object) -> float | None:
    value = number(raw.removesuffix("s")) if isinstance(raw, str) else number(raw)
    return value if value > 0 else None


def _moment(raw: object) -> Moment | None:
    moment = moment_of_text(plain(raw))
    return moment if moment is not None and is_possible(moment.ns) else None
