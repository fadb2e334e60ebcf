"""Garmin archives: files without names in zips in a zip, and lists that know what they are."""

from __future__ import annotations

import json
import random
import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from evenstride.errors import EvenstrideError, UnsafeFile
from evenstride.importers.contract import Item, Options
from evenstride.importers.front import scan
from evenstride.importers.garmin import GarminArchive
from evenstride.importers.garmin.days import Days
from evenstride.importers.registry import recognise
from evenstride.importers.source import Source
from evenstride.model import Activity, Device, Left, Series, Start, Track

from .archives import (
    FIT_START,
    fit_walk,
    garmin_activity,
    garmin_day,
    garmin_files,
    gpx_walk,
    items,
    unpacked_zip,
)
from .fit import write
from .samples import zipped

READER = GarminArchive()
BASE = "DI_CONNECT/DI-Connect-"
LIST = f"{BASE}Fitness/me_0_summarizedActivities.json"
DAYS = f"{BASE}Aggregator/UDSFile_2024-05-01_2024-08-09.json"


def branch(files: dict[str, bytes], pack: bool = True) -> Source:
    """Return the branch of an export that holds the watch's data."""
    source = Source.of(zipped(files) if pack else unpacked_zip(files), "export.zip")
    return next(child for child in source.children() if child.name == "DI_CONNECT")


def outings(found: list[Item]) -> dict[str, Track | Activity]:
    """Return tracks and activities by their title."""
    named: dict[str, Track | Activity] = {}
    for item in found:
        activity = item.activity if isinstance(item, Track) else item
        if isinstance(activity, Activity) and isinstance(item, Track | Activity):
            named[activity.title] = item
    return named


@pytest.mark.parametrize("pack", [True, False])
def test_files_get_their_names_and_shoes_back(pack: bool) -> None:
    """A file is known by the moment at which it began, whatever number it has for a name."""
    found = outings(items(READER, branch(garmin_files(), pack)))
    assert {"Walk 11", "Walk 12", "Typed in"} == set(found)
    first = found["Walk 11"]
    assert isinstance(first, Track)
    assert isinstance(found["Walk 12"], Track)
    assert first.activity is not None
    assert ("walking", "Maker Road 2") == (first.activity.sport, first.activity.gear)
    assert abs((first.activity.distance_m or 0) - 84.0) < 1e-9
    assert first.activity.ascent_m == 12.0


def test_an_activity_that_was_typed_in_is_a_walk_without_a_track() -> None:
    """Its lengths are in centimetres, its times in thousandths of a second."""
    typed = outings(items(READER, branch(garmin_files())))["Typed in"]
    start = datetime(2024, 5, 9, 8, tzinfo=UTC)
    ns = round(start.timestamp()) * 1_000_000_000
    expected = Activity(
        start=Start(ns, 120, None, "recorded"),
        end_utc_ns=ns + 65_000_000_000,
        sport="walking",
        moving_s=55.0,
        distance_m=84.0,
        steps=110,
        ascent_m=12.0,
        heart_rate_bpm=91.0,
        gear="Maker Road 2",
        title="Typed in",
    )
    assert expected == typed


def test_days_have_the_bounds_that_the_file_tells() -> None:
    """A day without a count is absent, not 0."""
    found = items(READER, branch(garmin_files()))
    steps = [i for i in found if isinstance(i, Series) and i.metric == "steps"]
    begin = datetime(2024, 4, 30, 22, tzinfo=UTC)
    starts = [round((begin + timedelta(days=n)).timestamp()) * 1_000_000_000 for n in (0, 2)]
    assert [[4000.0, 6000.0]] == [series.value.tolist() for series in steps]
    assert starts == steps[0].start_utc_ns.tolist()
    assert steps[0].devices[0].kind == "watch"


def test_a_day_in_india_is_its_own() -> None:
    """Midnight at half past an hour of UTC: what is counted before it is not of the next day."""
    midnight = FIT_START.replace(hour=18, minute=30, second=0)
    rows = [
        {**garmin_day(1, 5000), "wellnessStartTimeGmt": at.strftime("%Y-%m-%dT%H:%M:%S.0"),
         "wellnessEndTimeGmt": (at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.0")}
        for at in (midnight - timedelta(days=1), midnight)
    ]  # fmt: skip
    days = Days(Options())
    ns = round((midnight - timedelta(minutes=20)).timestamp()) * 10**9
    one = np.ones(1)
    days.counted(Series(
        np.array([ns]), np.array([ns + 60 * 10**9]), one, np.zeros(1, np.int32),
        np.zeros(1, np.int8), metric="steps", unit="1", devices=(Device(),),
    ))  # fmt: skip
    source = Source.of(json.dumps(rows).encode(), "days.json")
    found = list(days.read(source, list(source.members())))
    steps = [i for i in found if isinstance(i, Series) and i.metric == "steps"]
    assert [round(midnight.timestamp()) * 10**9] == [int(s.start_utc_ns[0]) for s in steps]
    assert any("1 day" in item.what for item in found if isinstance(item, Left))


def test_a_day_that_the_watch_counted_in_detail_is_not_counted_twice() -> None:
    """The same steps stand in the watch's own files and in the list of days."""
    day = FIT_START.replace(hour=0, minute=0, second=0)
    listed = garmin_day(1, 5000) | {
        "wellnessStartTimeGmt": day.strftime("%Y-%m-%dT%H:%M:%S.0"),
        "wellnessEndTimeGmt": (day + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.0"),
    }
    files = garmin_files() | {
        f"{BASE}Uploaded-Files/all_day.fit": all_day(),
        DAYS: json.dumps([listed, garmin_day(3, 6000)]).encode(),
    }
    found = items(READER, branch(files))
    steps = [i for i in found if isinstance(i, Series) and i.metric == "steps"]
    assert 6000.0 in [value for series in steps for value in series.value.tolist()]
    assert 5000.0 not in [value for series in steps for value in series.value.tolist()]
    assert any(isinstance(i, Left) and "sums of 1 day" in i.what for i in found)


def all_day() -> bytes:
    """Return a file of a watch with its counts through an hour."""
    fields = (write.Field(253, write.UINT32), write.Field(5, write.ENUM))
    counts = write.Layout(55, (*fields, write.Field(3, write.UINT32)), local=9)
    rows = [counts.write(write.T0 + 600 * i, 6, 50 * i) for i in range(6)]
    return write.join([write.head(kind=32), counts.define(), *rows])


def test_the_front_door_reads_each_file_once() -> None:
    """Nothing of the branch is looked at again, and only what lies beside it is named by itself."""
    found = list(scan(zipped(garmin_files())))
    assert {"Walk 11", "Walk 12", "Typed in"} == set(outings(found))
    assert sum(isinstance(item, Track) for item in found) == 2
    left = [item.what for item in found if isinstance(item, Left)]
    assert ["other files (2)"] == [what for what in left if "customer" not in what]


def test_a_list_alone_and_older_folders_are_recognised() -> None:
    """Lists are known by what is in them; older exports have no folder around."""
    files = garmin_files()
    alone = Source.of(files[LIST], "x.txt")
    best = recognise(alone)
    assert best is not None
    assert best[0].name == "Garmin archive"
    assert {"Walk 11", "Walk 12", "Typed in"} == set(outings(items(READER, alone)))
    older = {name.removeprefix("DI_CONNECT/"): data for name, data in files.items()}
    found = list(scan(zipped(older)))
    assert sum(isinstance(item, Track) for item in found) == 2
    assert {"Walk 11", "Walk 12", "Typed in"} == set(outings(found))


def test_parts_of_an_activity_are_taken_not_the_whole() -> None:
    """An activity of several sports is listed as a whole and in parts that begin with it."""
    whole = garmin_activity(1, FIT_START, activityType="multi_sport", parent=True, name="All")
    part = garmin_activity(2, FIT_START, name="Part")
    files = garmin_files()
    for order in ([whole, part], [part, whole]):
        files[LIST] = json.dumps([{"summarizedActivitiesExport": order}]).encode()
        named = outings(items(READER, branch(files)))
        assert "Part" in named
        assert "All" not in named


def test_older_walks_are_left_out_and_counted() -> None:
    """Only what ended after the wanted moment is handed on."""
    since = round(datetime(2024, 5, 3, 12, tzinfo=UTC).timestamp()) * 1_000_000_000
    found = items(READER, branch(garmin_files()), Options(since_utc_ns=since))
    assert {"Typed in"} == set(outings(found))
    steps = [i for i in found if isinstance(i, Series) and i.metric == "steps"]
    assert [[6000.0]] == [series.value.tolist() for series in steps]


def test_thousands_of_files_are_read_one_at_a_time() -> None:
    """The memory does not grow with the number of files."""
    uploads = {f"me_{i}.gpx": gpx_walk(1 + i % 28, 60) for i in range(100)}
    files = garmin_files() | {f"{BASE}Uploaded-Files/Part2.zip": unpacked_zip(uploads)}
    data = unpacked_zip(files)
    source = next(c for c in Source.of(data).children() if c.name == "DI_CONNECT")
    plan = READER.plan(source, Options())
    tracemalloc.start()
    try:
        tracks = sum(isinstance(item, Track) for item in READER.read(source, plan))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert tracks == 102
    assert peak < 16 << 20


def test_a_broken_entry_costs_itself() -> None:
    """A list that was cut keeps what is whole, and says that it was cut."""
    files = garmin_files()
    data = files[LIST]
    files[LIST] = data[: data.rindex(b'"Typed in"')]
    found = items(READER, branch(files))
    assert {"Walk 11", "Walk 12"} == set(outings(found))
    assert any(isinstance(i, Left) and LIST in i.what for i in found)


@pytest.mark.parametrize(
    "junk",
    [
        b'[{"summarizedActivitiesExport":' + b"[" * 200_000,
        b'[{"summarizedActivitiesExport": [1, null, "x", {"beginTimestamp": 1e400}, []]}]',
        b'[{"summarizedActivitiesExport": [{"beginTimestamp": ' + b"9" * 5000 + b"}]}]",
        b'[{"summarizedActivitiesExport": 7}]',
        b'[{"gearDTOS": 1, "gearActivityDTOs": []}, 3]',
        b'[{"gearDTOS": [{"gearPk": {}}], "gearActivityDTOs": {"1": [2]}}]',
        b'[{"calendarDate": 1, "wellnessStartTimeGmt": [], "totalSteps": {}}]',
    ],
)
def test_hostile_lists_are_left_out_with_a_reason(junk: bytes) -> None:
    """Deep, huge and wrong values never break the reading of the rest."""
    files = garmin_files() | {f"{BASE}Fitness/junk.json": junk}
    assert {"Walk 11", "Walk 12", "Typed in"} <= set(outings(items(READER, branch(files))))


def test_harmful_archives_are_refused() -> None:
    """A bomb among the uploads, a path that leads out, an endless nest of archives."""
    bomb = zipped({"a.fit": fit_walk() + b"\0" * (80 << 20)})
    with pytest.raises(UnsafeFile):
        list(scan(zipped(garmin_files() | {f"{BASE}Uploaded-Files/b.zip": bomb})))
    with pytest.raises(UnsafeFile):
        Source.of(zipped({f"{BASE}Uploaded-Files/p.zip": zipped({"../../evil.fit": b"1"})}))
    nest = fit_walk()
    for _ in range(8):
        nest = unpacked_zip({"x.zip": nest})
    with pytest.raises(UnsafeFile):
        Source.of(nest)


def test_a_cut_export_keeps_what_is_whole() -> None:
    """Of a download that was cut, whole files are read, also in the inner archive."""
    files = garmin_files()
    data = unpacked_zip(files)
    cut = data[: data.index(b"sleepStart") - 20]
    assert {"Walk 11", "Walk 12", "Typed in"} == set(outings(list(scan(cut))))


def test_a_doubled_export_gives_the_same_twice_and_no_more(tmp_path: Path) -> None:
    """Two exports side by side are two archives; what is the same in them is for the diary."""
    for name in ("one.zip", "two.zip"):
        (tmp_path / name).write_bytes(zipped(garmin_files()))
    found = list(scan(tmp_path))
    assert sum(isinstance(item, Track) for item in found) == 4


def test_damage_never_breaks_it() -> None:
    """A changed export gives what can be read, or one clear error."""
    dice = random.Random(4)
    data = zipped(garmin_files())
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 10, 100))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        cut = bytes(damaged[: dice.randrange(len(damaged) // 2, len(damaged))])
        with suppress(EvenstrideError):
            assert all(item.reason for item in scan(cut) if isinstance(item, Left))
