"""Google Takeout: Fit and Fitbit in any language, nothing twice, and walks with their positions."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError
from evenstride.importers.contract import Item, Options
from evenstride.importers.google_takeout import GoogleTakeout
from evenstride.importers.google_takeout.exercises import sport_of
from evenstride.importers.google_takeout.fit import device_of
from evenstride.importers.source import Source
from evenstride.model import Activity, Device, Left, Series, Track

from .samples import zipped

NS = 1_000_000_000
T0 = 1_717_228_800  # 2024-06-01 08:00:00 UTC
MERGED = "derived:com.google.step_count.delta:com.google.android.gms:merge_step_deltas"
PHONE = "raw:com.google.step_count.cumulative:Google:Pixel 8:abcd1234:Step Counter"
WATCH = "raw:com.google.step_count.delta:com.fossil:Fossil:Gen 6 Watch:99:steps"
FIT, FITBIT = "Takeout/Fit/", "Takeout/Google Health/"
DATA = FITBIT + "Physical Activity_GoogleData/"
GLOBAL = FITBIT + "Global Export Data/"
Files = Mapping[str, str | bytes]


def point(second: int, value: dict[str, object], origin: str = PHONE) -> dict[str, object]:
    """Return one point of a stream, a minute long."""
    return {
        "fitValue": [{"value": value}],
        "originDataSourceId": origin,
        "endTimeNanos": (T0 + second + 60) * NS + 7,
        "dataTypeName": "com.google.step_count.delta",
        "startTimeNanos": str((T0 + second) * NS + 1),
    }


def stream(source: str, *points: object) -> str:
    """Return a stream as Takeout writes it."""
    return json.dumps({"Data Source": source, "Data Points": list(points)}, indent=1)


def session(**more: object) -> str:
    """Return a walk of half an hour."""
    return json.dumps(
        {
            "fitnessActivity": "walking",
            "startTime": "2024-06-01T08:00:00.250Z",
            "endTime": "2024-06-01T08:30:00Z",
            "duration": "1700.500s",
            "segment": [{"fitnessActivity": "walking"}],
            "aggregate": [
                {"metricName": "com.google.step_count.delta", "intValue": 2900},
                {"metricName": "com.google.distance.delta", "floatValue": 2100.5},
            ],
            "application": {"packageName": "com.google.android.apps.fitness"},
            **more,
        }
    )


TCX = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
<Activities><Activity Sport="Walking"><Id>2024-06-01T08:00:01.000Z</Id>
<Lap StartTime="2024-06-01T08:00:01.000Z"><TotalTimeSeconds>2</TotalTimeSeconds><Track>
<Trackpoint><Time>2024-06-01T08:00:01.000Z</Time><Position><LatitudeDegrees>48.1</LatitudeDegrees>
<LongitudeDegrees>16.3</LongitudeDegrees></Position></Trackpoint>
<Trackpoint><Time>2024-06-01T08:00:03.000Z</Time><Position><LatitudeDegrees>48.2</LatitudeDegrees>
<LongitudeDegrees>16.3</LongitudeDegrees></Position></Trackpoint>
</Track></Lap></Activity></Activities></TrainingCenterDatabase>
"""
QUARTERS = """Uhrzeit des Starts,Uhrzeit des Endes,Anzahl der Minuten,Kalorien (kcal),Entfernung (m),Schrittzahl
00:00:00.000+02:00,00:15:00.000+02:00,3,20.5,120.5,150
00:15:00.000+02:00,00:30:00.000+02:00,,20.5,,
23:45:00.000+02:00,00:00:00.000+02:00,1,2,30,40
"""  # noqa: E501
EXERCISES = (
    "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,"
    "tracker_total_steps,tracker_total_distance_mm,tracker_total_altitude_mm,"
    "tracker_avg_heart_rate,manually_logged_total_steps,activity_label\n"
    "1,2024-06-01T08:00:00Z,2024-06-01T08:30:00Z,+02:00,Outdoor Walk,AUTO,2900,2100500,12000,"
    "101,0,\n"
    '2,2024-06-02 09:00:00+0000,2024-06-02 09:10:00+0000,-0730,"Bike, fast",TRACKER,0,0,0,0,0,\n'
    "3,oops,2024-06-02T09:10:00Z,,Walk,,,,,,,\n"
)
PLACES = (
    "timestamp,latitude,longitude,altitude,data source\n"
    "2024-06-01T07:00:00Z,48.0,16.0,200,Phone\n"
    "2024-06-01T08:00:02Z,48.2,16.3,201.5,Phone\n"
    "2024-06-01T08:00:01.250Z,48.1,16.3,201,Phone\n"
    "2024-06-01T08:00:02Z,48.9,16.9,201,Watch\n"
    "2024-06-01T08:05:00Z,48.3,16.3,202,Phone\n"
    "2024-06-01T08:06:00Z,148.3,16.3,202,Phone\n"
)
STEPS = (
    "timestamp,steps,data source\n"
    "2024-06-01T08:00:00Z,34,Pixel Watch 3\n"
    "2024-06-01T08:00:18.008Z,30,Phone Health Connect\n"
    "2024-06-01T08:01:00Z,,Pixel Watch 3\n"
)
BEATS = "timestamp,beats per minute\n2024-06-01T08:00:00Z,99.0\n"
WEIGHT = "timestamp,weight grams,data source\n2024-06-01T08:00:00Z,70500,Scale\n"
LOGS = json.dumps(
    [
        {
            "logId": 1,
            "activityName": "Laufen",
            "activityTypeId": 90013,
            "startTime": "06/01/24 10:00:00",
            "duration": 1_800_000,
            "activeDuration": 1_700_000,
            "distance": 2.1,
            "distanceUnit": "Kilometer",
            "steps": 2900,
            "averageHeartRate": 101,
        },
        {"logId": 2, "activityName": "Yoga", "startTime": "yesterday", "duration": 1000},
    ]
)


def fit() -> dict[str, str | bytes]:
    """Return what Takeout gives of Fit."""
    merged = stream(
        MERGED,
        point(0, {"intVal": 100}),
        point(0, {"intVal": 90}, WATCH),
        point(60, {"intVal": -3}),
        {"fitValue": []},
    )
    distance = "derived:com.google.distance.delta:com.google.android.gms:pruned_distance"
    speed = "derived:com.google.speed:com.google.android.gms:from_distance"
    return {
        FIT + "All Data/derived_com.google.step_count.delta_merge.json": merged,
        FIT + "All Data/raw_com.google.step_count.delta_x.json": stream(
            "raw:com.google.step_count.delta:com.fossil:x", point(0, {"intVal": 90})
        ),
        FIT + "All Data/derived_distance.json": stream(distance, point(0, {"fpVal": 70.25})),
        FIT + "All Data/derived_speed.json": stream(speed, point(0, {"fpVal": 1.5})),
        FIT + "All Sessions/2024-06-01T10_00_00+02_00_WALKING.json": session(name="To the lake"),
        FIT + "All Sessions/2024-06-01T22_00_00+02_00_SLEEP.json": session(fitnessActivity="sleep"),
        FIT + "Activities/2024-06-01T10_00_00+02_00_walking.tcx": TCX,
        FIT + "Daily activity metrics/2024-06-01.csv": QUARTERS,
    }


def fitbit() -> dict[str, str | bytes]:
    """Return what Takeout gives of Fitbit."""
    twin = json.dumps([{"dateTime": "06/01/24 08:00:00", "value": "34"}])
    length = json.dumps([{"dateTime": "06/01/24 08:00:00", "value": "2500"}])
    return {
        DATA + "steps_2024-06-01.csv": STEPS,
        DATA + "live_pace_2024-06-01.csv": STEPS.replace("steps,", "steps,distance millimeters,"),
        DATA + "daily_resting_heart_rate.csv": BEATS.replace("99.0", "60,x"),
        DATA + "heart_rate_2024-06-01.csv": BEATS,
        DATA + "weight.csv": WEIGHT,
        DATA + "gps_location_2024-06-01.csv": PLACES,
        FITBIT + "Health Fitness Data_GoogleData/UserExercises_2024-06-01.csv": EXERCISES,
        GLOBAL + "steps-2024-06-01.json": twin,
        GLOBAL + "distance-2024-06-01.json": length,
        GLOBAL + "calories-2024-06-01.json": twin,
        GLOBAL + "exercise-0.json": LOGS,
        FITBIT + "Your Profile/Profile.csv": "name,email\nA,a@example.org\n",
        FITBIT + "Glucose/glucose.csv": "no data",
    }  # fmt: skip


def read(data: Files | bytes | Path, options: Options | None = None) -> list[Item]:
    """Return what the importer yields."""
    source = Source.of(zipped(dict(data)) if isinstance(data, Mapping) else data)
    importer = GoogleTakeout()
    return list(importer.read(source, importer.plan(source, options or Options())))


def values(items: list[Item], metric: str) -> list[float]:
    """Return all values of a metric."""
    found = [item for item in items if isinstance(item, Series) and item.metric == metric]
    return [value for item in found for value in item.value.tolist()]


def one(items: list[Item], metric: str) -> Series:
    """Return the only series of a metric."""
    (found,) = [item for item in items if isinstance(item, Series) and item.metric == metric]
    return found


def tracks(items: list[Item]) -> list[Track]:
    """Return the tracks."""
    return [item for item in items if isinstance(item, Track)]


def reasons(items: list[Item]) -> dict[str, str]:
    """Return the reasons by what was left out."""
    return {item.what.rpartition("/")[2]: item.reason for item in items if isinstance(item, Left)}


def plain(items: list[Item]) -> list[str]:
    """Return items in a form that can be compared whatever their order."""
    out = []
    for item in items:
        if isinstance(item, Series):
            names = [item.devices[i].name for i in item.device]
            rows = sorted(zip(item.start_utc_ns, item.end_utc_ns, item.value, names, strict=True))
            out.append(f"{item.metric} {rows}")
        elif isinstance(item, Track):
            out.append(f"{list(item.rows())} {item.activity} {item.warnings}")
        elif isinstance(item, Activity):
            out.append(str(item))
    return sorted(out)


def test_streams_are_read_to_the_nanosecond_with_their_devices() -> None:
    """A point keeps its times and the phone or watch that measured it."""
    steps = one(read(fit()), "steps")
    assert [100.0, 90.0] == steps.value.tolist()
    assert [T0 * NS + 1] * 2 == steps.start_utc_ns.tolist()
    assert [(T0 + 60) * NS + 7] * 2 == steps.end_utc_ns.tolist()
    phone = Device("Google Pixel 8", "Google Pixel 8", "phone")
    watch = Device("Fossil Gen 6 Watch", "Fossil Gen 6 Watch", "watch")
    assert (phone, watch) == steps.devices
    assert [70.25] == values(read(fit()), "distance_m")


def test_what_google_merged_is_not_read_again_from_its_parts() -> None:
    """Raw streams of a merged type and quarters of an hour repeat the steps."""
    left = reasons(read(fit()))
    merged = "Google's merged file holds the same"
    assert merged == left["raw_com.google.step_count.delta_x.json"]
    assert "it is not about walking" == left["derived_speed.json"]
    assert "their values were missing or impossible" == left["2 rows of Google Fit's streams"]


def test_a_session_and_its_tcx_are_one_walk() -> None:
    """The track takes on what the session says, and the session does not come again."""
    items = read(fit())
    (track,) = tracks(items)
    assert track.activity is not None
    assert ("walking", 2900, "To the lake") == (
        track.activity.sport,
        track.activity.steps,
        track.activity.title,
    )
    assert [] == [item for item in items if isinstance(item, Activity)]


def test_a_session_alone_is_an_activity_with_the_offset_of_its_name() -> None:
    """Sums, seconds and the clock of the walk are read; sleep and journeys are no walks."""
    name = "2024-06-01T10_00_00+02_00_WALKING.json"
    (walk,) = [item for item in read({name: session()}) if isinstance(item, Activity)]
    assert (2100.5, 2900, 1700.5) == (walk.distance_m, walk.steps, walk.moving_s)
    assert T0 * NS + 250_000_000 == walk.start.utc_ns
    assert 120 == walk.start.utc_offset_min
    for kind in ("sleep", "in_vehicle", "still"):
        assert [] == read({name: session(fitnessActivity=kind)})
    kinds = {"walking.treadmill": "treadmill", "biking.road": "cycling", "yoga": "other"}
    for kind, sport in kinds.items():
        (walk,) = read({name: session(fitnessActivity=kind)})
        assert isinstance(walk, Activity)
        assert sport == walk.sport


def test_positions_of_fit_find_their_session() -> None:
    """A stream of places becomes the track of the session that it falls into."""
    cells = [{"value": {"fpVal": value}} for value in (48.1, 16.3, 5.0, 200.0)]
    inside = {"fitValue": cells, "startTimeNanos": (T0 + 60) * NS}
    outside = {"fitValue": cells, "startTimeNanos": (T0 - 60) * NS}
    places = stream("derived:com.google.location.sample:com.google.android.gms:m", inside, outside)
    items = read({"a.json": session(), "b.json": places})
    (track,) = tracks(items)
    assert (48.1, 16.3, 200.0, 5.0) == (
        track.latitude_deg[0],
        track.longitude_deg[0],
        track.elevation_m[0],
        track.accuracy_m[0],
    )
    assert "1 positions" in reasons(items)


@pytest.mark.parametrize(
    "header", ["Step count", "Nombre de pas", "걸음 수", "歩数", "Количество шагов", "Adım sayısı"]
)
def test_quarters_of_an_hour_are_read_in_any_known_language(header: str) -> None:
    """Without streams the tables of days are read, their day taken from their name."""
    table = QUARTERS.replace("Schrittzahl", header)
    items = read({"Fit/Tägliche Aktivitäten/2024-06-01.csv": table})
    steps = one(items, "steps")
    assert [150.0, 40.0] == steps.value.tolist()
    assert [120.5, 30.0] == values(items, "distance_m")
    midnight = T0 - 10 * 3600
    assert [midnight * NS, (midnight + 95 * 900) * NS] == steps.start_utc_ns.tolist()
    assert [(midnight + 900) * NS, (midnight + 96 * 900) * NS] == steps.end_utc_ns.tolist()


def test_a_language_that_is_not_known_says_so_and_keeps_the_distance() -> None:
    """The unit stands in every language."""
    items = read({"2024-06-01.csv": QUARTERS.replace("Schrittzahl", "???")})
    assert "its language is not known" == reasons(items)["2024-06-01.csv"]
    assert [120.5, 30.0] == values(items, "distance_m")


def test_minutes_of_fitbit_keep_the_source_of_each_row() -> None:
    """What came through Health Connect is another device, so nothing is added up."""
    items = read(fitbit())
    steps = one(items, "steps")
    assert [34.0, 30.0] == steps.value.tolist()
    kinds = [(device.name, device.kind) for device in steps.devices]
    assert [("Pixel Watch 3", "watch"), ("Phone Health Connect", "phone")] == kinds
    assert [60 * NS] * 2 == (steps.end_utc_ns - steps.start_utc_ns).tolist()
    assert [70.5] == values(items, "mass_kg")


def test_values_within_a_minute_end_where_the_next_of_the_device_begins() -> None:
    """A phone that writes at any second overlaps neither itself nor counts for another."""
    table = "timestamp,steps,data source\n" + "".join(
        f"2024-06-01T08:{clock}Z,10,{name}\n"
        for clock, name in (("00:18", "P"), ("00:00", "W"), ("00:05.5", "P"), ("01:00", "W"))
    )
    steps = one(read({"a.csv": table}), "steps")
    lasted = ((steps.end_utc_ns - steps.start_utc_ns) / NS).tolist()
    assert [60.0, 12.5, 60.0, 60.0] == lasted
    assert ["P", "P", "W", "W"] == [steps.devices[i].name for i in steps.device]


def test_the_json_twin_of_a_table_is_never_read_beside_it() -> None:
    """The table has the time zone; the twin without a table is read, in metres."""
    items = read(fitbit())
    same = "the tables (CSV) hold the same, with their time zone"
    assert same == reasons(items)["steps-2024-06-01.json"]
    assert [25.0] == values(items, "distance_m")  # no table of distances is there
    listed = "the list of exercises (CSV) holds the same, with its time zone"
    assert listed == reasons(items)["exercise-0.json"]


def test_every_beat_is_read_only_when_all_is_asked_for() -> None:
    """The values of every few seconds are many; a value a day under the same names is none."""
    assert [] == values(read(fitbit()), "heart_rate_bpm")
    assert [99.0] == values(read(fitbit(), Options(everything=True)), "heart_rate_bpm")


def test_exercises_find_their_positions() -> None:
    """One device's positions within the walk, in order, cut at breaks; the other is named."""
    items = read(fitbit())
    (track,) = tracks(items)
    assert [1.25, 2.0, 300.0] == track.time_s.tolist()
    assert [48.1, 48.2, 48.3] == track.latitude_deg.tolist()
    assert [0, 0, 1] == track.segment.tolist()
    assert ("The positions of Watch were not taken: they show the same way.",) == track.warnings
    walk = track.activity
    assert walk is not None
    assert ("walking", 2900, 2100.5, 12.0, 101.0, 120) == (
        walk.sport,
        walk.steps,
        walk.distance_m,
        walk.ascent_m,
        walk.heart_rate_bpm,
        walk.start.utc_offset_min,
    )
    (ride,) = [item for item in items if isinstance(item, Activity)]
    assert ("cycling", None, -450) == (ride.sport, ride.steps, ride.start.utc_offset_min)


def test_a_walk_over_midnight_finds_its_positions_in_two_files() -> None:
    """Files are put in order by their first position, and a walk is handed on once it is over."""
    list_of_two = EXERCISES.splitlines()[0] + (
        "\n1,2024-06-01T23:50:00Z,2024-06-02T00:10:00Z,+02:00,Walk,,,,,,,"
        "\n2,2024-05-01T08:00:00Z,2024-05-01T09:00:00Z,+02:00,Walk,,,,,,,\n"
    )
    head = PLACES.splitlines()[0] + "\n"
    files = {
        "a.csv": head + "2024-06-02T00:01:00Z,48.2,16.3,,P\n",
        "b.csv": head + "2024-06-01T23:59:30Z,48.1,16.3,,P\n",
        "c.csv": head + "2024-05-01T08:30:00Z,48.0,16.3,,P\n",
        "d.csv": list_of_two,
    }
    early, late = tracks(read(files))
    assert ([48.0], [48.1, 48.2]) == (early.latitude_deg.tolist(), late.latitude_deg.tolist())
    assert [570.0, 660.0] == late.time_s.tolist()


def test_the_json_list_of_exercises_is_on_the_wall_clock() -> None:
    """Without the table it is read in the zone that was told, and what was assumed is said."""
    files = {GLOBAL + "exercise-0.json": LOGS}
    source, importer = Source.of(zipped(files)), GoogleTakeout()
    plan = importer.plan(source, Options(zone="Europe/Vienna"))
    assert "time zone" in plan.parts[0].assumptions[0]
    (walk,) = [i for i in importer.read(source, plan) if isinstance(i, Activity)]
    assert (T0 * NS, "asked", "Europe/Vienna") == (
        walk.start.utc_ns,
        walk.start.basis,
        walk.start.zone,
    )
    assert ("walking", 2100.0, 1700.0, 101.0) == (
        walk.sport,
        walk.distance_m,
        walk.moving_s,
        walk.heart_rate_bpm,
    )


def test_kinds_of_exercise_are_known_by_number_or_word() -> None:
    """A word in another language is unknown only where nothing else tells."""
    expected = ["walking", "treadmill", "hiking", "running", "other", "unknown", "walking"]
    names = ["Outdoor Walk", "Treadmill walk", "Hike", "Run", "Yoga", "Прогулка"]
    assert expected == [*map(sport_of, names), sport_of("Прогулка", 90013)]


def test_devices_are_found_in_all_forms_of_a_data_source() -> None:
    """Program, maker and model stand in different places."""
    assert "Google Pixel 8" == device_of(PHONE).name
    assert "com.app" == device_of("raw:com.google.weight:com.app:scale").name
    assert Device() == device_of("raw:com.google.weight")


def test_names_of_folders_and_the_way_of_packing_mean_nothing(tmp_path: Path) -> None:
    """Localised folders, a folder on disk and zips in a folder give the same."""
    expected = plain(read({**fit(), **fitbit()}))
    words = {"Takeout": "Takeout 2", "Fit/": "Fitness/", "All Data": "Alle gegevens"}
    words |= {"All Sessions": "모든 세션", "Google Health/": "Salud/", "Global Export Data": "x y"}
    again = {}
    for name, data in {**fit(), **fitbit()}.items():
        for old, new in words.items():
            name = name.replace(old, new)
        again[name] = data
        path = tmp_path / "a" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    assert 92 == GoogleTakeout().sniff(Source.of(zipped(again))).score
    assert expected == plain(read(again))
    assert expected == plain(read(tmp_path / "a"))
    parts = {"1.zip": zipped(fit()), "2.zip": zipped(fitbit())}
    assert expected == plain(read(parts))


@given(st.integers(0, 1000))
def test_the_order_of_rows_and_columns_means_nothing(seed: int) -> None:
    """Rows in any order and columns by name give the same values and tracks."""
    dice = random.Random(seed)
    files = fitbit()
    for name in (DATA + "gps_location_2024-06-01.csv", DATA + "steps_2024-06-01.csv"):
        header, *rows = str(files[name]).splitlines()
        files[name] = "\n".join([header, *dice.sample(rows, len(rows))]) + "\n"
    rows = [line.split(",") for line in PLACES.splitlines()]
    order = [0, *dice.sample(range(1, 5), 4)]
    files[DATA + "gps_location_2024-06-01.csv"] = "".join(
        ",".join(row[i] for i in order) + "\n" for row in [rows[0], *dice.sample(rows[1:], 6)]
    )
    assert plain(read(fitbit())) == plain(read(files))


def test_only_what_ended_since_then_is_read() -> None:
    """The limit holds for values, walks and their positions."""
    late = Options(since_utc_ns=(T0 + 10 * 86_400) * NS)
    assert all(isinstance(item, Left) for item in read({**fit(), **fitbit()}, late))


def test_a_table_put_behind_itself_gives_its_rows_twice_and_no_others() -> None:
    """Its header in the middle is no row."""
    odd = "9999-12-31T00:00:00Z,5,x\n0001-01-01T00:00:00Z,5,x\n"
    got = values(read({"a.csv": STEPS + odd + STEPS}), "steps")
    assert [30.0, 30.0, 34.0, 34.0] == sorted(got)


def test_what_is_not_google_s_is_not_claimed() -> None:
    """Diaries, noise, other tables and a TCX alone belong to others."""
    for data in (b"", b"Dear diary,\nmy back hurts", b"time,x,y,z\n0,1,2,3\n", TCX.encode(), b"{}"):
        assert 0 == GoogleTakeout().sniff(Source.of(data)).score
    with pytest.raises(EvenstrideError, match="nothing about walking"):
        read({"a.json": stream("raw:com.google.speed:x:y", point(0, {"fpVal": 1.0}))})


def test_a_folder_of_many_vendors_leaves_the_others_alone() -> None:
    """Only folders with files of Google's are taken; what else lies in them is counted."""
    files = {**fitbit(), "Other/notes.txt": "hello", "Takeout/Photos/a.jpg": b"\xff\xd8\xff"}
    source = Source.of(zipped(files))
    plan = GoogleTakeout().plan(source, Options())
    assert ("Takeout",) == plan.folders
    assert any("Photos" in item.what for item in plan.left)
    assert not any("Other" in item.what for item in plan.left)


def survives(data: bytes) -> None:
    """Read bytes; anything but items or a clear error is a failure."""
    with suppress(EvenstrideError):
        for item in read(data):
            assert isinstance(item, Item)
            if isinstance(item, Track) and not np.isnan(item.time_s).all():
                assert np.all(np.diff(item.time_s) >= 0)


@pytest.mark.parametrize("share", np.linspace(0, 1, 10).tolist())
def test_what_was_cut_gives_what_is_whole(share: float) -> None:
    """A cut zip, or any cut file in it, never breaks it."""
    files = {**fit(), **fitbit()}
    data = zipped(files)
    survives(data[: int(len(data) * share)])
    for name, inside in files.items():
        whole = inside.encode() if isinstance(inside, str) else inside
        survives(zipped({**files, name: whole[: int(len(whole) * share)]}))


def test_flipped_bits_never_break_it() -> None:
    """Damage in any file gives what can be read."""
    dice = random.Random(7)
    for _ in range(40):
        files = {}
        for name, inside in {**fit(), **fitbit()}.items():
            data = bytearray(inside.encode() if isinstance(inside, str) else inside)
            for _ in range(dice.choice((0, 1, 20))):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            files[name] = bytes(data)
        survives(zipped(files))


def test_hostile_files_cost_themselves_only() -> None:
    """Deep nesting and absurd values leave the rest readable."""
    deep = '{"Data Source": "raw:com.google.weight:a:b", "Data Points": ' + "[" * 100_000
    odd = stream("raw:com.google.height:a:b", 1, None, [], {"fitValue": 3, "startTimeNanos": []})
    sessions = '{"fitnessActivity": 3, "startTime": "2024", "aggregate": {"a": 1}}'
    items = read({**fit(), "a.json": deep, "b.json": odd, "c.json": sessions})
    assert [100.0, 90.0] == values(items, "steps")
    assert any("nested too deeply" in reason for reason in reasons(items).values())


def test_thousands_of_small_files_stay_small() -> None:
    """Years of daily tables come as few series, in little memory."""
    rows = "".join(f"2024-06-01T{i // 60:02}:{i % 60:02}:00Z,5,W\n" for i in range(0, 1440, 30))
    files = {f"d/steps_{i}.csv": "timestamp,steps,data source\n" + rows for i in range(1000)}
    source, importer = Source.of(zipped(files)), GoogleTakeout()
    plan = importer.plan(source, Options())
    tracemalloc.start()
    try:
        pieces = sum(isinstance(item, Series) for item in importer.read(source, plan))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert 1 == pieces
    assert peak < 16 << 20
