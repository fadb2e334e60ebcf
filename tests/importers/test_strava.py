"""Strava archives: any language, any order of columns, and the shoes of every walk."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError, UnsafeFile
from evenstride.importers.carried import Facts, with_facts
from evenstride.importers.contract import Item, Options
from evenstride.importers.front import scan
from evenstride.importers.registry import recognise
from evenstride.importers.source import Source
from evenstride.importers.strava import StravaArchive
from evenstride.importers.strava.columns import number_of
from evenstride.importers.strava.dates import Dates
from evenstride.importers.strava.words import sport_named
from evenstride.model import Activity, Left, Start, Track

from . import archives
from .archives import STRAVA, items, strava_files, strava_rows, table
from .samples import zipped

DAY_NS = 86_400_000_000_000
MAY_NS = round(datetime(2024, 5, 1, tzinfo=UTC).timestamp()) * 1_000_000_000
READER = StravaArchive()


def told(found: list[Item]) -> list[tuple[Any, ...]]:
    """Return what is said of each outing, in the order of the walks."""
    outings = [i.activity if isinstance(i, Track) else i for i in found]
    activities = [a for a in outings if isinstance(a, Activity)]
    return sorted((a.title, a.sport, a.gear, a.note, a.distance_m) for a in activities)


def walks(*, typed: bool = True) -> list[tuple[Any, ...]]:
    """Return what the archives of these tests say."""
    gear = ("Old pair", "Maker Road 2", "", "Old pair", "Maker Road 2")
    return [
        (
            f"Walk {day}",
            "hiking" if day == 2 else "walking",
            gear[day - 1],
            f'fine,\nthe "back" hurt {day}',
            84.0 if day == 1 else 80.0 * day,
        )
        for day in range(1, 6 if typed else 5)
    ]


@pytest.mark.parametrize("language", STRAVA)
def test_every_language_gives_the_same_walks(language: str) -> None:
    """Headers, kinds of sport and dates are in the language of the person."""
    found = items(READER, zipped(strava_files(language)))
    assert walks() == told(found)
    assert sum(isinstance(item, Track) for item in found) == 4


@given(st.sampled_from(sorted(STRAVA)), st.permutations(range(20)))
def test_language_and_order_of_columns_change_nothing(language: str, order: list[int]) -> None:
    """Columns are told by what stands in them; the number of columns changed over the years."""
    files = {"activities.csv": strava_files(language, order)["activities.csv"]}
    files["shoes.csv"] = archives.SHOES.encode()
    files |= {f"activities/{name}": archives.gpx_walk(1, 3) for name in ("2.gpx", "3.gpx")}
    found = told(items(READER, zipped(files)))
    shown = [(title, sport, gear) for title, sport, gear, *_ in found]
    assert [row[:3] for row in walks()] == shown


def test_headers_of_an_unknown_language_do_not_matter() -> None:
    """With headers that say nothing, what stands in the columns and their usual order tell."""
    files = strava_files("German")
    header = [f"x{i}" for i in range(20)]
    rows = strava_rows("German")
    for shoes in (True, False):
        some = files | {"activities.csv": table(header, rows)}
        if not shoes:
            del some["shoes.csv"]
        assert walks() == told(items(READER, zipped(some)))


def test_the_archive_is_recognised_by_what_is_in_it() -> None:
    """The name of the table does not matter; a table that names no file beside it is not one."""
    files = strava_files()
    files["aktiviteter.txt"] = files.pop("activities.csv")
    source = Source.of(zipped(files))
    best = recognise(source)
    assert best is not None
    assert (best[0].name, best[1].score) == ("Strava archive", 97)
    other = {"a.csv": b"a,b,c,d,e,f\n1,2,3,4,5,activities/9.fit\n" * 3, "b.gpx": b"<gpx/>"}
    assert READER.sniff(Source.of(zipped(other))).score == 0
    assert READER.sniff(Source.of(b"")).score == 0


def test_an_unpacked_archive_in_a_folder_is_the_same(tmp_path: Path) -> None:
    """Whoever unpacked the archive gets the same walks."""
    for name, data in strava_files().items():
        path = tmp_path / "export_123" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert walks() == told(list(scan(tmp_path)))


def test_the_front_door_reads_each_file_once() -> None:
    """No file of the archive is read again by itself, and what holds no walk is summed up."""
    found = list(scan(zipped(strava_files())))
    assert walks() == told(found)
    left = {item.what for item in found if isinstance(item, Left)}
    assert {"other files (2)", "what lies in media (1)"} == left


def test_a_file_that_the_table_does_not_name_is_read() -> None:
    """A walk is not lost because a row is."""
    files = strava_files() | {"activities/extra.gpx": archives.gpx_walk(20)}
    found = items(READER, zipped(files))
    assert [*walks(), ("file", "walking", "", "", None)] == told(found)


def test_the_private_note_is_part_of_the_note() -> None:
    """What a person wrote for themselves about pain is what is wanted here."""
    header, rows = STRAVA["English"], strava_rows("English")
    rows[0][10] = "left knee too"
    files = strava_files() | {"activities.csv": table(header, rows)}
    assert told(items(READER, zipped(files)))[0][3].endswith("hurt 1\nleft knee too")


def test_older_walks_are_left_out_and_counted() -> None:
    """Files before the wanted moment are not even opened."""
    options = Options(since_utc_ns=MAY_NS + 3 * DAY_NS)
    found = items(READER, zipped(strava_files()), options)
    assert walks()[3:] == told(found)
    assert any(isinstance(i, Left) and "3 outings" in i.what for i in found)


def test_a_walk_whose_file_is_missing_keeps_its_facts() -> None:
    """A file that is gone costs the track only."""
    files = strava_files()
    del files["activities/3.gpx.gz"]
    found = items(READER, zipped(files))
    assert walks() == told(found)
    assert any(isinstance(i, Left) and "tracks of 1 outing" in i.what for i in found)


def test_a_cut_archive_keeps_what_is_whole() -> None:
    """Of a download that was cut, every whole file gives its walk."""
    files = strava_files()
    data = zipped(dict(sorted(files.items(), key=lambda pair: pair[0] == "activities/4.tcx.gz")))
    found = items(READER, data[: data.index(b"activities/4.tcx.gz") + 60])
    assert sum(isinstance(item, Track) for item in found) >= 3
    assert [walk[0] for walk in walks()] == [row[0] for row in told(found)]


def test_a_cut_archive_without_its_table_gives_the_tracks() -> None:
    """The table stands at the end: without it, files are read one by one."""
    files = strava_files()
    data = zipped({**{k: v for k, v in files.items() if k != "activities.csv"}, **files})
    cut = data[: data.index(b"activities.csv") - 10]
    assert sum(isinstance(item, Track) for item in scan(cut)) == 4


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.97])
def test_a_cut_table_keeps_its_whole_rows(share: float) -> None:
    """A row that was cut costs itself; its file is read all the same."""
    files = strava_files()
    whole = files["activities.csv"]
    files["activities.csv"] = whole[: int(len(whole) * share)]
    found = list(scan(zipped(files)))
    assert sum(isinstance(item, Track) for item in found) == 4


def test_a_doubled_archive_gives_each_file_once() -> None:
    """An archive that was added to itself holds each walk once."""
    files = list(strava_files().items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = doubled(files)
    found = items(READER, data)
    assert walks() == told(found)


def doubled(files: list[tuple[str, bytes]]) -> bytes:
    """Return a zip in which every file stands twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files + files:
            archive.writestr(name, data)
    return out.getvalue()


def test_several_outings_in_a_file_get_the_words_only() -> None:
    """The sum over a walk and a ride is the distance of neither."""
    start = Start(MAY_NS, None, None, "recorded")
    outings = [Activity(start, MAY_NS + DAY_NS, sport=sport) for sport in ("walking", "cycling")]
    facts = Facts(sport="hiking", gear="Boots", title="Both", distance_m=9.0)
    one = list(with_facts(outings[:1], facts))
    both = list(with_facts(outings, facts))
    words = {"gear": "Boots", "title": "Both"}
    assert [replace(outings[0], sport="hiking", distance_m=9.0, **words)] == one
    assert {replace(outing, **words).sport for outing in outings} == {
        item.sport for item in both if isinstance(item, Activity) and item.distance_m is None
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sep 12, 2018, 3:02:23 PM", (2018, 9, 12, 15, 2, 23)),
        ("Sep 12, 2018, 12:02:23\u202fAM", (2018, 9, 12, 0, 2, 23)),
        ("2018-09-12 15:02:23", (2018, 9, 12, 15, 2, 23)),
        ("09.12.2022, 15:24:49", (2022, 12, 9, 15, 24, 49)),
        ("12 sept. 2018, 15:02:23", (2018, 9, 12, 15, 2, 23)),
        ("12 juil. 2018 à 15:02:23", (2018, 7, 12, 15, 2, 23)),
        ("1 juin 2018, 15:02:23", (2018, 6, 1, 15, 2, 23)),
        ("12 août 2018, 15:02:23", (2018, 8, 12, 15, 2, 23)),
        ("9 de dez. de 2022 15:24:49", (2022, 12, 9, 15, 24, 49)),
        ("9 ene 2022, 15:24:49", (2022, 1, 9, 15, 24, 49)),
        ("2022年12月9日 15:24:49", (2022, 12, 9, 15, 24, 49)),
        ("2022/12/09 午後3:24:49", (2022, 12, 9, 15, 24, 49)),
        ("12. März 2023, 07:00:00", (2023, 3, 12, 7, 0, 0)),
    ],
)
def test_dates_of_many_languages_are_read(text: str, expected: tuple[int, ...]) -> None:
    """Dates are in UTC and in the style of the language."""
    when = datetime(*expected, tzinfo=UTC)  # type: ignore[misc,arg-type]
    assert round(when.timestamp()) * 1_000_000_000 == Dates([text]).utc_ns(text)


def test_day_and_month_are_told_by_the_other_rows() -> None:
    """03/04 is a day in April if another row says 25/04, one in March if it says 04/25."""
    cell = "03/04/2024, 10:00:00"
    assert Dates([cell]).utc_ns(cell) is None
    months = [
        datetime.fromtimestamp((Dates([cell, other]).utc_ns(cell) or 0) / 1e9, UTC).month
        for other in ("25/04/2024, 10:00:00", "04/25/2024, 10:00:00")
    ]
    assert [4, 3] == months


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    """Whatever stands in a cell, nothing breaks."""
    Dates([text]).utc_ns(text)
    number_of(text)
    assert sport_named(text) in {"walking", "hiking", "treadmill", "running", "cycling"} | {
        "other",
        "unknown",
    }


def test_damage_never_breaks_it() -> None:
    """A changed archive gives what can be read, or one clear error."""
    dice = random.Random(3)
    data = zipped(strava_files())
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 10, 100))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        cut = bytes(damaged[: dice.randrange(len(damaged) // 2, len(damaged))])
        with suppress(EvenstrideError):
            found = list(scan(cut))
            assert all(item.reason for item in found if isinstance(item, Left))


def test_what_was_left_out_of_many_files_is_said_once_for_each_reason() -> None:
    """A thousand broken files do not make a thousand lines."""
    files = strava_files() | {f"activities/x{i}.fit": b"broken" for i in range(50)}
    left = [item for item in items(READER, zipped(files)) if isinstance(item, Left)]
    assert any("and 49 more" in item.what for item in left)
    assert len(left) < 6


def test_a_locked_file_costs_itself() -> None:
    """What is locked with a password keeps what the table says of it."""
    files = strava_files()
    whole = bytearray(zipped(files))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = 0
        while (place := whole.find(sign, place)) >= 0:
            name_at = place + (30 if at == 6 else 46)
            if whole[name_at:].startswith(b"activities/2.gpx"):
                whole[place + at] |= 1
            place += 4
    found = items(READER, bytes(whole))
    assert walks() == told(found)
    assert sum(isinstance(item, Track) for item in found) == 3


@pytest.mark.parametrize("name", ["../evil.fit", "/etc/evil.fit"])
def test_paths_out_of_the_archive_are_refused(name: str) -> None:
    """An archive that wants to write elsewhere is not opened."""
    with pytest.raises(UnsafeFile):
        Source.of(zipped(strava_files() | {name: b"1"}))


def test_a_bomb_among_the_files_is_refused() -> None:
    """A packed file that unpacks to far more than a walk stops the reading."""
    bomb = gzip.compress(gpx_start() + b" " * (80 << 20))
    with pytest.raises(UnsafeFile):
        list(scan(zipped(strava_files() | {"activities/9.gpx.gz": bomb})))


def gpx_start() -> bytes:
    """Return how a GPX file begins."""
    return b'<?xml version="1.0"?><gpx><trk><trkseg><trkpt lat="1" lon="1">'


def test_a_table_alone_gives_its_activities() -> None:
    """Whoever gives the table without the files gets what stands in it."""
    files = {"activities.csv": strava_files("German")["activities.csv"]}
    found = items(READER, files["activities.csv"])
    assert [walk[:3] for walk in walks()] == [row[:3] for row in told(found)]
