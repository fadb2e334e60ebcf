"""Health Connect: every table that concerns walking, and nothing in the database is trusted."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError, NotARecording
from evenstride.importers.contract import Item, Options
from evenstride.importers.health_connect import HealthConnect
from evenstride.importers.source import Source
from evenstride.model import Activity, Device, Left, Series, Track

from .samples import zipped

MS = 1_750_000_000_000  # 2025-06-15 15:06:40 UTC
BASE = "row_id INTEGER PRIMARY KEY, uuid BLOB, app_info_id INTEGER, device_info_id INTEGER"
INTERVAL = BASE + ", start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER"
INSTANT = BASE + ", time INTEGER, zone_offset INTEGER"
SCHEMA = {
    "application_info_table": "row_id INTEGER PRIMARY KEY, package_name TEXT, app_name TEXT",
    "device_info_table": "row_id INTEGER PRIMARY KEY, manufacturer TEXT, model TEXT, "
    "device_type INTEGER",
    "steps_record_table": INTERVAL + ", count INTEGER",
    "distance_record_table": INTERVAL + ", distance REAL",
    "floors_climbed_record_table": INTERVAL + ", floors REAL",
    "elevation_gained_record_table": INTERVAL + ", elevation REAL",
    "StepsCadenceRecordTable": INTERVAL,
    "steps_cadence_record_table": "parent_key INTEGER, rate REAL, epoch_millis INTEGER",
    "SpeedRecordTable": INTERVAL,
    "speed_record_table": "parent_key INTEGER, speed REAL, epoch_millis INTEGER",
    "heart_rate_record_table": INTERVAL,
    "heart_rate_record_series_table": "parent_key INTEGER, "
    "beats_per_minute INTEGER, epoch_millis INTEGER",
    "weight_record_table": INSTANT + ", weight REAL",
    "height_record_table": INSTANT + ", height REAL",
    "exercise_session_record_table": INTERVAL + ", exercise_type INTEGER, "
    "title TEXT, notes TEXT, has_route INTEGER",
    "exercise_route_table": "parent_key INTEGER, timestamp_millis INTEGER, "
    "latitude REAL, longitude REAL, altitude REAL, horizontal_accuracy REAL, "
    "vertical_accuracy REAL",
}  # fmt: skip
WHO = {"app_info_id": 1, "device_info_id": 1}


def span(seconds: float = 60.0, **more: Any) -> dict[str, Any]:
    """Return the columns of an interval."""
    times = {"start_time": MS, "start_zone_offset": 7200, "end_time": MS + int(1000 * seconds)}
    return {**times, **WHO, **more}


def full() -> dict[str, list[dict[str, Any]]]:
    """Return one walk with all that belongs to it."""
    return {
        "application_info_table": [
            {"row_id": 1, "package_name": "org.walk", "app_name": "Walk  App"},
            {"row_id": 2, "package_name": "org.other"},
        ],
        "device_info_table": [
            {"row_id": 1, "manufacturer": "Google", "model": "Pixel Watch", "device_type": 1},
            {"row_id": 2, "manufacturer": "Acme", "model": "Acme One", "device_type": 2},
        ],
        "steps_record_table": [
            span(count=100),
            span(count=90, app_info_id=2, device_info_id=2),
            span(count=-3),
            span(count=None),
        ],
        "distance_record_table": [span(distance=70.5), span(distance=5e-324)],
        "floors_climbed_record_table": [span(floors=1.5)],
        "elevation_gained_record_table": [span(elevation=4.0)],
        "StepsCadenceRecordTable": [span(row_id=7)],
        "steps_cadence_record_table": [{"parent_key": 7, "rate": 104.0, "epoch_millis": MS}],
        "SpeedRecordTable": [span(row_id=8, device_info_id=2)],
        "speed_record_table": [{"parent_key": 8, "speed": 1.25, "epoch_millis": MS}],
        "heart_rate_record_table": [span(row_id=9)],
        "heart_rate_record_series_table": [
            {"parent_key": 9, "beats_per_minute": 98, "epoch_millis": MS},
            {"parent_key": 99, "beats_per_minute": 97, "epoch_millis": MS + 1000},
        ],
        "weight_record_table": [{**WHO, "time": MS, "weight": 70_500.0}],
        "height_record_table": [{**WHO, "time": MS, "height": 1.71}],
        "exercise_session_record_table": [
            span(1800, row_id=1, exercise_type=53, title="To the\nlake", notes="calm", has_route=1),
            span(1800, row_id=2, exercise_type=21),
            span(1800, row_id=3, exercise_type=79),
            span(-5, row_id=4, exercise_type=53),
        ],
        "exercise_route_table": [
            {"parent_key": 1, "timestamp_millis": MS + 2000, "latitude": 48.2, "longitude": 16.4},
            {"parent_key": 1, "timestamp_millis": MS + 1000, "latitude": 48.1, "longitude": 16.3,
             "altitude": 200.0, "horizontal_accuracy": 4.0, "vertical_accuracy": 5e-324},
            {"parent_key": 1, "timestamp_millis": MS, "latitude": 148.1, "longitude": 16.3},
        ],
    }  # fmt: skip


def database(
    rows: dict[str, list[dict[str, Any]]],
    schema: dict[str, str] = SCHEMA,
    then: tuple[str, ...] = (),
    shuffle: int | None = None,
) -> bytes:
    """Return a database with these rows; ``shuffle`` puts columns and rows in another order."""
    dice = random.Random(shuffle)
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, columns in schema.items():
            parts = columns.split(", ")
            if shuffle is not None:
                dice.shuffle(parts)
            connection.execute(f"CREATE TABLE {name} ({', '.join(parts)})")
        for name, table in rows.items():
            for row in dice.sample(table, len(table)) if shuffle is not None else table:
                names = ", ".join(row)
                marks = ", ".join("?" * len(row))
                sql = f"INSERT INTO {name} ({names}) VALUES ({marks})"  # noqa: S608 - our own
                connection.execute(sql, list(row.values()))
        connection.commit()
        for statement in then:
            connection.execute(statement)
        connection.commit()
        return connection.serialize()


def read(data: bytes | Path, options: Options | None = None) -> list[Item]:
    """Return what the importer yields."""
    source, importer = Source.of(data), HealthConnect()
    return list(importer.read(source, importer.plan(source, options or Options())))


def series(items: list[Item], metric: str) -> Series:
    """Return the one series of a metric."""
    (found,) = [i for i in items if isinstance(i, Series) and i.metric == metric]
    return found


def plain(items: list[Item]) -> list[str]:
    """Return items in a form that can be compared whatever their order."""
    out = []
    for item in items:
        if isinstance(item, Series):
            names = [item.devices[i].name for i in item.device]
            rows = sorted(zip(item.start_utc_ns, item.end_utc_ns, item.value, names, strict=True))
            out.append(f"{item.metric} {item.unit} {rows}")
        elif isinstance(item, Track):
            out.append(f"{list(item.rows())} {item.activity}")
        else:
            out.append(str(item))
    return sorted(out)


def test_every_table_becomes_a_series_in_si() -> None:
    """Counts, metres, steps a minute, metres a second, beats and kilograms come as they are."""
    items = read(database(full()))
    expected = {
        "steps": [100.0, 90.0],
        "distance_m": [70.5],
        "floors": [1.5],
        "ascent_m": [4.0],
        "cadence_spm": [104.0],
        "walking_speed_m_s": [1.25],
        "heart_rate_bpm": [98.0, 97.0],
        "mass_kg": [70.5],
        "height_m": [1.71],
    }
    assert expected == {i.metric: i.value.tolist() for i in items if isinstance(i, Series)}
    steps = series(items, "steps")
    assert [MS * 1_000_000] * 2 == steps.start_utc_ns.tolist()
    assert [(MS + 60_000) * 1_000_000] * 2 == steps.end_utc_ns.tolist()


def test_the_device_and_the_app_are_kept_so_that_the_same_steps_can_be_merged() -> None:
    """Two apps that counted the same steps stay two devices, the watch known as a watch."""
    devices = series(read(database(full())), "steps").devices
    watch = Device("Walk App (Google Pixel Watch)", "Google Pixel Watch", "watch")
    assert (watch, Device("org.other (Acme One)", "Acme One", "phone")) == devices
    assert Device() == series(read(database(full())), "heart_rate_bpm").devices[1]


def test_sessions_become_tracks_or_activities() -> None:
    """A session with a route is a track in the order of time; the numbers are the framework's."""
    items = read(database(full()))
    (track,) = [item for item in items if isinstance(item, Track)]
    assert [1.0, 2.0] == track.time_s.tolist()
    assert [48.1, 48.2] == track.latitude_deg.tolist()
    assert 200.0 == track.elevation_m[0]
    assert np.isnan(track.vertical_accuracy_m).all()
    assert track.activity is not None
    assert ("walking", "To the lake", "calm") == (
        track.activity.sport,
        track.activity.title,
        track.activity.note,
    )
    assert 120 == track.activity.start.utc_offset_min
    sports = [item.sport for item in items if isinstance(item, Activity)]
    assert ["hiking", "other"] == sports  # 79 is Jetpack's number for a walk, never stored


def test_what_cannot_be_true_is_counted() -> None:
    """Negative and missing values, ends before begins and places off the earth are told."""
    left = [item for item in read(database(full())) if isinstance(item, Left)]
    impossible = "their values were missing or impossible"
    assert Left("2 rows of steps_record_table", impossible) in left
    assert Left("1 positions", impossible) in left
    assert Left("1 exercise sessions", "their times were missing or impossible") in left


@given(st.integers(0, 1000))
def test_the_order_of_rows_and_columns_means_nothing(seed: int) -> None:
    """Columns are found by name, and places are put in order."""
    assert plain(read(database(full()))) == plain(read(database(full(), shuffle=seed)))


def test_a_zip_a_bare_file_and_a_copy_in_memory_give_the_same(tmp_path: Path) -> None:
    """The export is read where it lies, whatever its name, and nothing is written beside it."""
    data = database(full())
    path = tmp_path / "strange näme?#.bin"
    path.write_bytes(data)
    expected = plain(read(data))
    assert expected == plain(read(path))
    assert expected == plain(read(zipped({"health_connect_export.db": data})))
    assert [path] == list(tmp_path.iterdir())
    assert data == path.read_bytes()


def test_a_database_that_was_left_in_the_mode_of_logs_is_read() -> None:
    """The mark of a write-ahead log in the header does not keep the file from being read."""
    data = bytearray(database(full()))
    data[18] = data[19] = 2
    assert plain(read(database(full()))) == plain(read(bytes(data)))


def test_older_and_newer_versions_may_lack_tables_and_columns() -> None:
    """What is not there is not needed."""
    schema = {
        "application_info_table": SCHEMA["application_info_table"],
        "steps_record_table": "start_time INTEGER, end_time INTEGER, count INTEGER",
    }
    row = {"start_time": MS, "end_time": MS + 1000, "count": 5}
    items = read(database({"steps_record_table": [row]}, schema))
    assert [5.0] == series(items, "steps").value.tolist()
    assert (Device(),) == series(items, "steps").devices


def test_only_what_ended_since_then_is_read() -> None:
    """The limit holds for values and sessions, and says how much it left out."""
    items = read(database(full()), Options(since_utc_ns=(MS + 120_000) * 1_000_000))
    assert [] == [item for item in items if isinstance(item, Series)]
    assert 3 == sum(isinstance(item, Track | Activity) for item in items)
    assert any("older" in item.reason for item in items if isinstance(item, Left))


@given(st.integers(-1000, 1000))
def test_a_shift_in_time_shifts_all_times(days: int) -> None:
    """Moments move together; nothing else changes."""
    shift = days * 86_400_000
    rows = full()
    for table in rows.values():
        for row in table:
            for name in ("start_time", "end_time", "time", "epoch_millis", "timestamp_millis"):
                if name in row:
                    row[name] += shift
    before, after = read(database(full())), read(database(rows))
    for one, two in zip(before, after, strict=True):
        if isinstance(one, Series) and isinstance(two, Series):
            assert (one.start_utc_ns + shift * 1_000_000).tolist() == two.start_utc_ns.tolist()
            assert one.value.tolist() == two.value.tolist()
        if isinstance(one, Track) and isinstance(two, Track):
            np.testing.assert_allclose(one.time_s, two.time_s, atol=1e-6)


def test_nothing_in_a_hostile_schema_is_run() -> None:
    """Views, virtual and generated things that pose as tables are never touched."""
    schema = {k: v for k, v in SCHEMA.items() if k != "distance_record_table"}
    rows = {k: v for k, v in full().items() if k != "distance_record_table"}
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
    view = f"CREATE VIEW distance_record_table AS {endless} i AS start_time, i AS end_time, "
    view += "i AS distance, 1 AS app_info_id, 1 AS device_info_id FROM n"
    trigger = "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM steps_record_table; END"
    then = ("CREATE TABLE log (x)", view, trigger)
    items = read(database(rows, schema, then))
    assert [100.0, 90.0] == series(items, "steps").value.tolist()
    assert "distance_m" not in {i.metric for i in items if isinstance(i, Series)}


def test_a_database_of_another_program_is_told_apart() -> None:
    """Any other SQLite file is recognised as such, and the hint says what to do."""
    data = database({}, {"messages": "id INTEGER, body TEXT"})
    assert 20 == HealthConnect().sniff(Source.of(data)).score
    with pytest.raises(NotARecording, match="none of a Health Connect export"):
        read(data)
    assert 0 == HealthConnect().sniff(Source.of(b"hello")).score
    assert 95 == HealthConnect().sniff(Source.of(database(full()))).score


def survives(data: bytes) -> None:
    """Read bytes; anything but items or a clear error is a failure."""
    with suppress(EvenstrideError):
        for item in read(data):
            assert isinstance(item, Item)


@pytest.mark.parametrize("share", np.linspace(0, 1, 15).tolist())
def test_a_file_cut_anywhere_says_so_or_gives_what_is_whole(share: float) -> None:
    """A cut database or zip gives rows or one clear error."""
    data = database(full())
    survives(data[: int(len(data) * share)])
    packed = zipped({"health_connect_export.db": data})
    survives(packed[: int(len(packed) * share)])


def test_flipped_bits_never_break_it() -> None:
    """Damaged pages end a table early, with the reason."""
    data, dice = database(full()), random.Random(3)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 20, 300))):
            damaged[dice.randrange(100, len(damaged))] ^= 1 << dice.randrange(8)
        survives(bytes(damaged))


def test_a_name_of_a_table_that_is_no_text_is_passed_over() -> None:
    """A damaged list of tables keeps the other tables readable."""
    then = (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET name = x'00ff' WHERE name = 'speed_record_table'",
    )
    survives(database(full(), then=then))


def test_a_packed_database_that_is_too_large_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Memory is bounded for what is packed; the bare file is read where it lies."""
    monkeypatch.setattr("evenstride.importers.health_connect.database._MOST_BYTES", 1000)
    data = database(full())
    with pytest.raises(EvenstrideError, match="Unpack it first"):
        read(zipped({"health_connect_export.db": data}))
    path = tmp_path / "health_connect_export.db"
    path.write_bytes(data)
    assert [100.0, 90.0] == series(read(path), "steps").value.tolist()


def test_a_doubled_file_gives_the_first_half() -> None:
    """Bytes behind the end of the database are of no matter."""
    data = database(full())
    survives(data + data)
    survives(zipped({"a.db": data, "b.db": data, "c.txt": b"hello"}))


def test_pages_that_point_in_circles_come_to_an_end() -> None:
    """A tree whose pages were made to point at each other ends, and says so."""
    row = span(count=1)
    rows = {"steps_record_table": [dict(row) for _ in range(3000)]}
    data = bytearray(database(rows))
    size = int.from_bytes(data[16:18], "big")
    for page in range(1, len(data) // size):
        at = page * size
        if data[at] == 5:  # an inner page: let each child be its first
            cells = int.from_bytes(data[at + 3 : at + 5], "big")
            first = int.from_bytes(data[at + 12 : at + 14], "big")
            child = data[at + first : at + first + 4]
            for cell in range(cells):
                place = int.from_bytes(data[at + 12 + 2 * cell : at + 14 + 2 * cell], "big")
                data[at + place : at + place + 4] = child
    survives(bytes(data))


def test_a_position_outside_of_its_exercise_is_left_out() -> None:
    """A route holds no place from another day: it is left out and counted."""
    tables = full()
    first = tables["exercise_route_table"][0]
    late = {**first, "timestamp_millis": MS + 86_400_000}
    tables["exercise_route_table"] = [*tables["exercise_route_table"], late]
    found = read(database(tables))
    (track,) = (item for item in found if isinstance(item, Track))
    assert 3600 > track.time_s.max()
    assert Left("1 positions", "their times are not those of their exercise") in found
