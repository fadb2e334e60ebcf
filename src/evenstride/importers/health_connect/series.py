"""Health Connect: the tables of values -> series, each value with the device that wrote it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from evenstride.importers.gathering import Gatherer, device_kind
from evenstride.importers.health_connect.database import Database
from evenstride.importers.jsons import number, whole
from evenstride.importers.jsons import text as plain
from evenstride.model import Device, Left, Series
from evenstride.model.device import UNKNOWN_DEVICE, DeviceKind

__all__ = ["TABLES", "Devices", "Values", "read_series"]

_MS = 1_000_000
_NOT_SET = 1e-300  # Android writes its smallest number, 5e-324, for "not set"
_KINDS: dict[int, DeviceKind] = {1: "watch", 2: "phone", 4: "watch", 6: "watch"}
"""Android's numbers: watch, phone, ring and fitness band; what is worn is believed first."""


@dataclass(frozen=True, slots=True)
class Values:
    """Where a metric stands.

    Attributes:
        metric: A name of ``METRICS``.
        table: The table with app, device and times.
        column: The column of values.
        factor: Multiply by this to get SI.
        series: The table that holds the values of a series, if they lie apart.
        moment: Whether a value belongs to one moment.
    """

    metric: str
    table: str
    column: str
    factor: float = 1.0
    series: str = ""
    moment: bool = False


TABLES: tuple[Values, ...] = (
    Values("steps", "steps_record_table", "count"),
    Values("distance_m", "distance_record_table", "distance"),
    Values("floors", "floors_climbed_record_table", "floors"),
    Values("ascent_m", "elevation_gained_record_table", "elevation"),
    Values("cadence_spm", "stepscadencerecordtable", "rate", 1.0, "steps_cadence_record_table"),
    Values("walking_speed_m_s", "speedrecordtable", "speed", 1.0, "speed_record_table"),
    Values(
        "heart_rate_bpm",
        "heart_rate_record_table",
        "beats_per_minute",
        1.0,
        "heart_rate_record_series_table",
    ),
    Values("mass_kg", "weight_record_table", "weight", 1e-3, moment=True),
    Values("height_m", "height_record_table", "height", moment=True),
)


class Devices:
    """The devices of a database, by the rows of their app and of their make and model."""

    def __init__(self, database: Database) -> None:
        self._apps: dict[int | None, tuple[str, str]] = {}
        for row in _rows(database, "application_info_table", "row_id", "package_name", "app_name"):
            self._apps[whole(row[0])] = (plain(row[2]) or plain(row[1]), plain(row[1]))
        self._things: dict[int | None, tuple[str, DeviceKind]] = {}
        columns = ("row_id", "manufacturer", "model", "device_type", "type")
        for row in _rows(database, "device_info_table", *columns):
            maker, model = plain(row[1]), plain(row[2])
            name = model if model.lower().startswith(maker.lower()) else f"{maker} {model}".strip()
            kind = _KINDS.get(whole(row[3] if row[3] is not None else row[4]) or 0, "other")
            self._things[whole(row[0])] = (name, kind if kind != "other" else device_kind(name))
        self._made: dict[tuple[object, object], Device] = {}

    def of(self, app: object, thing: object) -> Device:
        """Return the device of an app's row and a device's row."""
        found = self._made.get((app, thing))
        if found is None:
            app_name, package = self._apps.get(whole(app), ("", ""))
            model, kind = self._things.get(whole(thing), ("", "other"))
            name = f"{app_name} ({model})" if app_name and model else app_name or model
            found = Device(name, model or package, kind) if name else UNKNOWN_DEVICE
            self._made[app, thing] = found
        return found


def read_series(
    database: Database, values: Values, since_utc_ns: int | None
) -> Iterator[Series | Left]:
    """Yield the values of one metric, and what was left out."""
    gatherer = Gatherer(since_utc_ns)
    devices = Devices(database)
    if values.series:
        yield from _of_parents(database, values, gatherer, devices)
    else:
        times = ("time", "time") if values.moment else ("start_time", "end_time")
        columns = (*times, values.column, "app_info_id", "device_info_id")
        for rows in database.rows(values.table, *columns):
            if isinstance(rows, Left):
                yield rows
                continue
            for start, end, value, app, thing in rows:
                _add(gatherer, values, (start, end), value, devices.of(app, thing))
            yield from gatherer.full()
    yield from gatherer.rest(values.series or values.table)


def _of_parents(
    database: Database,
    values: Values,
    gatherer: Gatherer,
    devices: Devices,
) -> Iterator[Series | Left]:
    """Read values whose app and device stand in the row of the parent."""
    parents: dict[int | None, Device] = {}
    for rows in database.rows(values.table, "row_id", "app_info_id", "device_info_id"):
        if isinstance(rows, Left):
            yield rows
            continue
        for row, app, thing in rows:
            parents[whole(row)] = devices.of(app, thing)
    for rows in database.rows(values.series, "parent_key", "epoch_millis", values.column):
        if isinstance(rows, Left):
            yield rows
            continue
        for parent, when, value in rows:
            device = parents.get(whole(parent), UNKNOWN_DEVICE)
            _add(gatherer, values, (when, when), value, device)
        yield from gatherer.full()


def _add(
    gatherer: Gatherer, values: Values, times_ms: tuple[object, object], raw: object, device: Device
) -> None:
    start, end, value = whole(times_ms[0]), whole(times_ms[1]), number(raw)
    if start is None or end is None or math.isnan(value):
        gatherer.reject()
    elif not 0 < value < _NOT_SET:
        gatherer.add(values.metric, start * _MS, end * _MS, value * values.factor, device)


def _rows(database: Database, table: str, *columns: str) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a small table one by one; what is damaged is passed over."""
    if database.has(table):
        for rows in database.rows(table, *columns):
            if not isinstance(rows, Left):
                yield from rows
