"""Samsung Health: odd tables, times shifted by hand, days that repeat what is finer, and tracks."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError
from evenstride.importers.contract import Item, Options
from evenstride.importers.samsung_health import SamsungHealth
from evenstride.importers.source import Source
from evenstride.model import Activity, Device, Left, Series, Track

from .samples import zipped

NS = 1_000_000_000
T0 = 1_717_228_800  # 2024-06-01 08:00:00 UTC
TOP = "Samsung Health/samsunghealth_me_20240610120000/"
STEPS = "com.samsung.shealth.tracker.pedometer_step_count"
DAYS = "com.samsung.shealth.step_daily_trend"
EXERCISE = "com.samsung.shealth.exercise"
UUID = "0a1b2c3d-0000-4000-8000-000000000001"
BERLIN = Options(zone="Europe/Berlin")


def table(kind: str, header: list[str], *rows: list[str]) -> str:
    """Return a table as the app writes it: a line of its own, a mark, and a last comma."""
    lines = [f"{kind},6251011,2", ",".join(header) + ",", *(",".join(r) + "," for r in rows)]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def steps(count: int = 120, offset: str = "UTC+0200", device: str = "p1") -> str:
    """Return a table of step counts."""
    prefix = "com.samsung.health.step_count."
    header = [prefix + n for n in ("start_time", "end_time", "time_offset", "count", "deviceuuid")]
    header += [prefix + "distance", "run_step", "com.samsung.health.step_count.pkg_name"]
    row = ["2024-06-01 08:00:00.000", "2024-06-01 08:01:00.000", offset, str(count), device]
    return table(STEPS, header, [*row, "80.5", "3", "com.sec.android.app.shealth"])


def days(*cells: str) -> str:
    """Return a table of whole days with these days, each over all devices and over one."""
    rows = []
    for cell in cells:
        rows += [[cell, "-2", "5000", "3500.5"], [cell, "0", "3000", "2000"]]
    return table(DAYS, ["day_time", "source_type", "count", "distance"], *rows)


def exercise() -> str:
    """Return a table with a walk that has files beside it, and a hike that has none."""
    long = "com.samsung.health.exercise."
    names = ("start_time", "end_time", "time_offset", "exercise_type", "duration", "distance")
    names += ("count", "count_type", "mean_heart_rate", "altitude_gain", "datauuid")
    names += ("live_data", "location_data", "comment", "deviceuuid")
    header = [long + name for name in names] + ["title"]
    walk = ["2024-06-01 08:00:00.000", "2024-06-01 08:30:00.000", "UTC+0200", "1001", "1700000"]
    walk += ["2100.5", "2900", "30001", "101.5", "12", UUID]
    walk += [f"{UUID}.com.samsung.health.exercise.live_data.json", "", '"slow, ""good"""', "w1"]
    hike = ["2024-06-02 08:00:00.000", "2024-06-02 09:00:00.000", "UTC+0200", "13001", "0", "0"]
    hike += ["0", "", "", "", "x", "", "", "", ""]
    return table(EXERCISE, header, [*walk, "To the lake"], [*hike, ""])


def live() -> str:
    """Return what the watch measured; the first entry holds nothing."""
    return json.dumps(
        [
            {"start_time": T0 * 1000, "elapsed_time": 0, "segment": 0},
            {"start_time": (T0 + 2) * 1000, "heart_rate": 99.0, "cadence": 104, "speed": 1.2},
            {"start_time": (T0 + 3) * 1000, "heart_rate": 0.0},
            {"heart_rate": 99.0},
        ]
    )


def places() -> str:
    """Return positions, not in order."""
    return json.dumps(
        [
            {"start_time": (T0 + 2) * 1000, "latitude": 48.2, "longitude": 16.3, "altitude": -3.5},
            {"start_time": (T0 + 1) * 1000, "latitude": 48.1, "longitude": 16.2, "accuracy": 5.0},
            {"start_time": (T0 + 4) * 1000, "latitude": 999.0, "longitude": 16.2},
        ]
    )


def profile() -> str:
    """Return the table that names the devices."""
    header = ["deviceuuid", "name", "model", "device_group"]
    rows = ["p1", "My phone", "SM-S911B", "360001"], ["w1", "Galaxy Watch6", "SM-R930", "360003"]
    return table("com.samsung.health.device_profile", header, *map(list, rows))


def export() -> dict[str, str | bytes]:
    """Return a download with all that concerns walking, and something that does not."""
    json_folder = TOP + "jsons/com.samsung.shealth.exercise/0/"
    return {
        f"{TOP}{STEPS}.20240610120000.csv": steps(),
        f"{TOP}{DAYS}.20240610120000.csv": days("2024-06-01 00:00:00.000", "1717286400000"),
        f"{TOP}{EXERCISE}.20240610120000.csv": exercise(),
        f"{TOP}{EXERCISE}.weather.20240610120000.csv": table(EXERCISE + ".weather", ["a"], ["1"]),
        f"{TOP}com.samsung.health.device_profile.20240610120000.csv": profile(),
        f"{TOP}com.samsung.health.weight.20240610120000.csv": table(
            "com.samsung.health.weight",
            ["start_time", "time_offset", "weight", "height"],
            ["2024-06-01 06:00:00.000", "UTC+0200", "70.5", "171"],
        ),
        f"{json_folder}{UUID}.com.samsung.health.exercise.live_data.json": live(),
        f"{json_folder}{UUID}.com.samsung.health.exercise.location_data.json": places(),
        f"{TOP}files/picture.jpg": b"\xff\xd8\xff",
    }


def read(data: bytes | str | Path, options: Options = BERLIN) -> list[Item]:
    """Return what the importer yields."""
    source = Source.of(data.encode() if isinstance(data, str) else data)
    importer = SamsungHealth()
    return list(importer.read(source, importer.plan(source, options)))


def series(items: list[Item], metric: str) -> list[Series]:
    """Return the pieces of a metric."""
    return [item for item in items if isinstance(item, Series) and item.metric == metric]


def test_step_counts_are_read_through_all_oddities_of_the_table() -> None:
    """First line, mark, long names and last comma change nothing; times are UTC."""
    (found,) = series(read(steps()), "steps")
    assert [120.0] == found.value.tolist()
    assert [T0 * NS] == found.start_utc_ns.tolist()
    assert [(T0 + 60) * NS] == found.end_utc_ns.tolist()
    assert [80.5] == series(read(steps()), "distance_m")[0].value.tolist()


def test_older_downloads_write_the_wall_clock_and_milliseconds() -> None:
    """An offset in milliseconds means that the times are those on the wall."""
    (found,) = series(read(steps(offset="7200000")), "steps")
    assert [(T0 - 7200) * NS] == found.start_utc_ns.tolist()
    (found,) = series(read(steps(offset="")), "steps")
    assert [(T0 - 7200) * NS] == found.start_utc_ns.tolist()  # Berlin in summer, as asked


def test_a_day_may_stand_before_its_month() -> None:
    """Some downloads write the date of the country."""
    again = steps().replace("2024-06-01 08:0", "1/6/2024, 08:0")
    quoted = again.replace("1/6/2024, 08:00:00.000", '"01/06/2024, 8:00:00"')
    (found,) = series(read(quoted.replace("1/6/2024, 08:01:00.000", "")), "steps")
    assert [T0 * NS] == found.start_utc_ns.tolist()


@given(st.integers(-12, 14))
def test_the_offset_never_moves_a_moment_of_newer_downloads(hours: int) -> None:
    """It only tells what the person saw on the clock."""
    offset = f"UTC{hours:+03d}00"
    (found,) = series(read(steps(offset=offset)), "steps")
    assert [T0 * NS] == found.start_utc_ns.tolist()


def test_devices_have_names_and_kinds() -> None:
    """A phone and a watch are told apart by the table of devices."""
    items = read(zipped(export()))
    phone = series(items, "steps")[0].devices
    assert (Device("My phone", "SM-S911B", "phone"),) == phone
    (track,) = [item for item in items if isinstance(item, Track)]
    assert track.activity is not None
    assert Device("Galaxy Watch6", "SM-R930", "watch") == track.activity.device
    (alone,) = series(read(steps()), "steps")
    assert (Device("p1", "com.sec.android.app.shealth", "other"),) == alone.devices


def test_whole_days_fill_only_days_without_finer_counts() -> None:
    """Day rows over all devices are taken, those of one device never, and none is counted twice."""
    items = read(zipped(export()))
    fine, whole = series(items, "steps")
    assert [120.0] == fine.value.tolist()
    assert [5000.0] == whole.value.tolist()  # 2 June; 1 June has finer counts
    assert [(T0 + 14 * 3600) * NS] == whole.start_utc_ns.tolist()  # midnight in Berlin
    assert [(T0 + 38 * 3600) * NS] == whole.end_utc_ns.tolist()
    name = f"{TOP}{DAYS}.20240610120000.csv"
    assert Left(f"1 days of {name}", "finer step counts are there") in items


def test_days_are_read_as_text_and_as_milliseconds() -> None:
    """Both ways of writing the same day give the same interval."""
    text = series(read(days("2024-06-02 00:00:00.000")), "steps")[0]
    number = series(read(days("1717286400000")), "steps")[0]
    assert text.start_utc_ns.tolist() == number.start_utc_ns.tolist()


def test_a_day_on_which_the_clock_changes_has_its_true_length() -> None:
    """The day when summer time ends has 25 hours."""
    (found,) = series(read(days("2024-10-27 00:00:00.000")), "steps")
    assert 25 * 3600 * NS == int(found.end_utc_ns[0] - found.start_utc_ns[0])


def test_an_exercise_and_its_files_become_one_track() -> None:
    """Places and live values stand on one clock, in order; 0 and nowhere are absent."""
    (track,) = [item for item in read(zipped(export())) if isinstance(item, Track)]
    assert [1.0, 2.0] == track.time_s.tolist()
    assert [48.1, 48.2] == track.latitude_deg.tolist()
    assert -3.5 == track.elevation_m[1]
    np.testing.assert_array_equal([np.nan, 99.0], track.heart_rate_bpm)
    np.testing.assert_array_equal([np.nan, 104.0], track.cadence_spm)
    walk = track.activity
    assert walk is not None
    assert ("walking", 2100.5, 2900, 101.5, 12.0, 1700.0) == (
        walk.sport,
        walk.distance_m,
        walk.steps,
        walk.heart_rate_bpm,
        walk.ascent_m,
        walk.moving_s,
    )
    assert ("To the lake", 'slow, "good"', 120) == (
        walk.title,
        walk.note,
        walk.start.utc_offset_min,
    )


def test_an_exercise_without_files_is_a_bare_activity() -> None:
    """What was written as 0 was not measured."""
    (hike,) = [item for item in read(zipped(export())) if isinstance(item, Activity)]
    assert ("hiking", None, None, None) == (hike.sport, hike.distance_m, hike.steps, hike.moving_s)


def test_what_is_not_about_walking_is_named() -> None:
    """Other tables and other files are listed once."""
    left = [item for item in read(zipped(export())) if isinstance(item, Left)]
    weather = f"{TOP}{EXERCISE}.weather.20240610120000.csv"
    assert Left(weather, "it is not about walking") in left
    assert any("1 file in" in item.what for item in left)


def test_the_names_of_files_and_folders_mean_nothing(tmp_path: Path) -> None:
    """A table is known by its first line; a folder is read like the zip of it."""
    renamed = {f"Gesundheit/{i}.csv": data for i, data in enumerate(export().values()) if i < 3}
    assert 95 == SamsungHealth().sniff(Source.of(zipped(renamed))).score
    assert series(read(zipped(renamed)), "steps")
    for name, data in export().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    folder, packed = read(tmp_path), read(zipped(export()))
    assert [str(type(item)) for item in folder] == [str(type(item)) for item in packed]


@given(st.permutations(range(8)))
def test_the_order_of_columns_means_nothing(order: list[int]) -> None:
    """Columns are found by their names."""
    lines = steps().splitlines()
    again = [",".join(line.split(",")[i] for i in order) + "," for line in lines[1:]]
    (found,) = series(read("\r\n".join([lines[0], *again])), "steps")
    assert ([120.0], [T0 * NS]) == (found.value.tolist(), found.start_utc_ns.tolist())


def test_only_what_ended_since_then_is_read() -> None:
    """The limit holds for all kinds of items."""
    items = read(zipped(export()), Options(zone="Europe/Berlin", since_utc_ns=(T0 + 10**7) * NS))
    assert all(isinstance(item, Left) for item in items)


def test_a_table_put_behind_itself_gives_its_rows_twice_and_no_others() -> None:
    """Its first lines in the middle are no rows."""
    (found,) = series(read(steps() + steps().lstrip("\ufeff")), "steps")
    assert [120.0, 120.0] == found.value.tolist()


def test_a_download_without_walking_says_so() -> None:
    """The error tells what to do."""
    with pytest.raises(EvenstrideError, match="without steps or exercises"):
        read(table("com.samsung.shealth.stress", ["score"], ["1"]))
    assert 0 == SamsungHealth().sniff(Source.of(b"Dear diary,\nmy back hurts")).score
    assert 0 == SamsungHealth().sniff(Source.of(b"")).score


def survives(data: bytes) -> None:
    """Read bytes; anything but items or a clear error is a failure."""
    with suppress(EvenstrideError):
        for item in read(data):
            assert isinstance(item, Item)
            if isinstance(item, Track):
                assert np.all(np.diff(item.time_s) >= 0)


@pytest.mark.parametrize("share", np.linspace(0, 1, 12).tolist())
def test_what_was_cut_gives_what_is_whole(share: float) -> None:
    """A cut zip, table or file beside never breaks it."""
    data = zipped(export())
    survives(data[: int(len(data) * share)])
    for name, inside in export().items():
        whole = inside.encode() if isinstance(inside, str) else inside
        survives(zipped({**export(), name: whole[: int(len(whole) * share)]}))


def test_flipped_bits_never_break_it() -> None:
    """Damage in any file gives what can be read."""
    dice = random.Random(5)
    for _ in range(40):
        files = {}
        for name, inside in export().items():
            data = bytearray(inside.encode() if isinstance(inside, str) else inside)
            for _ in range(dice.choice((0, 1, 20))):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            files[name] = bytes(data)
        survives(zipped(files))


def test_hostile_files_beside_an_exercise_cost_themselves_only() -> None:
    """Deep nesting, and values that are no values, leave the exercise as it is."""
    name = next(name for name in export() if name.endswith("live_data.json"))
    odd = '[1, null, "x", {"start_time": []}, {"start_time": 1e400}, {"start_time": "2024"}, '
    odd += '{"start_time": ' + "9" * 400 + "}]"
    for inside in ("[" * 100_000, "{}", "", odd):
        items = read(zipped({**export(), name: inside}))
        (track,) = [item for item in items if isinstance(item, Track)]
        assert [48.1, 48.2] == track.latitude_deg.tolist()
        assert any(isinstance(item, Left) for item in items)


def test_one_late_position_does_not_make_a_walk_long() -> None:
    """A position whose time is hours late, between others that agree, is left out and counted."""
    rows = [
        {"start_time": (T0 + i) * 1000, "latitude": 48.1 + i * 1e-5, "longitude": 16.2}
        for i in range(60)
    ]
    rows[20]["start_time"] = (T0 + 5 * 3600) * 1000
    files = export()
    name = next(n for n in files if n.endswith(".location_data.json"))
    (track,) = (i for i in read(zipped({**files, name: json.dumps(rows)})) if isinstance(i, Track))
    assert 59.0 == track.time_s.max()
    found = read(zipped({**files, name: json.dumps(rows)}))
    assert any("1 entries" in i.what for i in found if isinstance(i, Left) and name in i.what)
