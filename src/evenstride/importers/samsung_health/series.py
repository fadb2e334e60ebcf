"""Samsung Health: steps, floors, heart rate, weight and height -> series by device."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from evenstride.importers.gathering import Gatherer, device_kind
from evenstride.importers.jsons import number, whole
from evenstride.importers.moments import WallClock, is_possible, moment_of_text
from evenstride.importers.samsung_health.tables import Row, Table, read_table, start_of
from evenstride.importers.source import Source
from evenstride.model import Device, Left, Series
from evenstride.model.device import UNKNOWN_DEVICE

__all__ = ["DAY_STEPS", "KINDS", "STEPS", "Devices", "read_days", "read_values"]

STEPS = "com.samsung.shealth.tracker.pedometer_step_count"
DAY_STEPS = "com.samsung.shealth.step_daily_trend"
_DEVICES = "com.samsung.health.device_profile"
_ALL_DEVICES = -2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WHOLE_DAY = Device("Samsung Health, whole days", "Samsung Health", "other")


@dataclass(frozen=True, slots=True)
class _Value:
    metric: str
    column: str
    factor: float = 1.0


KINDS: dict[str, tuple[_Value, ...]] = {
    STEPS: (_Value("steps", "count"), _Value("distance_m", "distance")),
    "com.samsung.health.step_count": (_Value("steps", "count"), _Value("distance_m", "distance")),
    "com.samsung.health.floors_climbed": (_Value("floors", "floor"),),
    "com.samsung.shealth.tracker.heart_rate": (_Value("heart_rate_bpm", "heart_rate"),),
    "com.samsung.health.weight": (_Value("mass_kg", "weight"), _Value("height_m", "height", 0.01)),
    "com.samsung.health.height": (_Value("height_m", "height", 0.01),),
}
_MOMENTS = {"mass_kg", "height_m", "heart_rate_bpm"}


class Devices:
    """The names of the phones and watches, by the id that stands in each row."""

    def __init__(self, source: Source, tables: list[Table]) -> None:
        self._found: dict[str, Device] = {}
        for table in tables:
            if table.kind != _DEVICES:
                continue
            for row in read_table(source, table):
                if isinstance(row, Row) and (uuid := row("deviceuuid")):
                    name = row("name", "fixed_name") or row("model")
                    kind = device_kind(f"{name} {row('model')} {_group(row('device_group'))}")
                    self._found[uuid] = Device(name, row("model"), kind)

    def of(self, row: Row) -> Device:
        """Return the device of a row; where its name is not told, its id tells it apart."""
        uuid = row("deviceuuid")
        found = self._found.get(uuid)
        if found is None:
            program = row("pkg_name")
            found = Device(uuid or program, program) if uuid or program else UNKNOWN_DEVICE
            self._found[uuid] = found
        return found


def _group(group: str) -> str:
    return {"360001": "phone", "360003": "watch"}.get(group, "")


def read_values(
    source: Source,
    table: Table,
    gatherer: Gatherer,
    devices: Devices,
    clock: WallClock,
    counted: set[date],
) -> Iterator[Series | Left]:
    """Yield the series of one table; the local days with steps in it are added to ``counted``."""
    values = KINDS[table.kind]
    has_steps = any(value.metric == "steps" for value in values)
    for row in read_table(source, table):
        if isinstance(row, Left):
            yield row
            continue
        start = start_of(row, "start_time", clock)
        end = start_of(row, "end_time", clock) or start
        if start is None or end is None:
            gatherer.reject()
            continue
        device = devices.of(row)
        for value in values:
            cell = row(value.column)
            amount = number(cell)
            if not cell:
                continue
            last = start.utc_ns if value.metric in _MOMENTS else end.utc_ns
            gatherer.add(value.metric, start.utc_ns, last, amount * value.factor, device)
        if has_steps:
            local_s = start.utc_ns // 10**9 + 60 * (start.utc_offset_min or 0)
            counted.add((_EPOCH + timedelta(seconds=local_s)).date())
        if gatherer.is_full:
            yield from gatherer.full()
    yield from gatherer.rest(table.member.path)


def read_days(
    source: Source, table: Table, gatherer: Gatherer, counted: set[date], clock: WallClock
) -> Iterator[Series | Left]:
    """Yield whole days of steps where the finer table has none: the two hold the same steps.

    Only the rows over all devices are taken; those of one device are parts of them.
    """
    known = 0
    for row in read_table(source, table):
        if isinstance(row, Left):
            yield row
            continue
        source_type = row("source_type")
        if source_type and whole(source_type) != _ALL_DEVICES:
            continue
        day = _day_of(row("day_time"))
        span = None if day is None else clock.day(day)
        if day is None or span is None:
            gatherer.reject()
        elif day in counted:
            known += 1
        else:
            for metric, column in (("steps", "count"), ("distance_m", "distance")):
                if row(column):
                    gatherer.add(metric, *span, number(row(column)), _WHOLE_DAY)
    yield from gatherer.rest(table.member.path)
    if known:
        yield Left(f"{known} days of {table.member.path}", "finer step counts are there")


def _day_of(cell: str) -> date | None:
    """Return the local day of a text or of milliseconds, which mark its midnight on any clock."""
    if cell.lstrip("-").isdigit():
        ms = whole(cell)
        if ms is None or not is_possible(ms * 1_000_000):
            return None
        noon = _EPOCH + timedelta(milliseconds=ms, hours=12)
        return noon.date()
    moment = moment_of_text(cell)
    return None if moment is None else moment.wall.date()
