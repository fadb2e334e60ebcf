"""What the matrix has found, one by one."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from tests.importers import samples, test_fitbit_csv, test_google_takeout
from tests.importers.samples import Walk, zipped

import evenstride as es
from evenstride.importers import scan
from evenstride.importers.jsons import number, whole
from evenstride.importers.own_track import track_pieces
from evenstride.model import Activity, Left, Recording, Series, Start, Track

START = Start(1_774_828_800_000_000_000, 120, "Europe/Berlin", "recorded")


def own() -> bytes:
    """Return a track of ten seconds as evenstride keeps it."""
    at = np.arange(10.0)
    return b"".join(track_pieces(es.Track(at, 50 + at * 1e-6, 8 - at * 1e-6, start=START)))


def track(data: bytes) -> Track:
    """Return the only track."""
    (found,) = [item for item in scan(data) if isinstance(item, Track)]
    return found


def accelerations(data: bytes) -> np.ndarray:
    """Return the samples of the only recording."""
    (found,) = [item for item in scan(data) if isinstance(item, Recording)]
    return np.concatenate([block.acceleration_m_s2 for block in found.blocks()])


@pytest.mark.parametrize("value", [10**25, "9" * 20, 1e300, -(2**63)])
def test_numbers_that_no_computer_can_count_to_are_absent(value: object) -> None:
    """Steps of 25 digits are no steps."""
    assert math.isnan(number(value))
    assert whole(value) is None


def test_steps_of_25_digits_leave_the_walk_whole() -> None:
    """The walk comes without them."""
    data = test_google_takeout.session().replace("2900", "9" * 25)
    items = list(scan(zipped({"Takeout/Fit/All Sessions/a.json": data})))
    (walk,) = [item for item in items if isinstance(item, Activity)]
    assert walk.steps is None
    assert walk.distance_m == 2100.5


def test_our_own_track_with_a_mark_of_an_editor_is_the_same() -> None:
    """A spreadsheet or an editor puts it there."""
    assert (
        track(own()).latitude_deg.tolist() == track(b"\xef\xbb\xbf" + own()).latitude_deg.tolist()
    )


def test_our_own_track_twice_in_a_row_is_one_track() -> None:
    """Sorted, each moment once."""
    assert track(own()).time_s.tolist() == track(own() * 2).time_s.tolist()


@pytest.mark.parametrize("cell", ["inf", "1e308", "-1e300"])
def test_our_own_track_loses_only_rows_that_cannot_be(cell: str) -> None:
    """Also in the column of pieces, which holds whole numbers."""
    lines = own().decode().splitlines()
    cells = lines[5].split(",")
    for at in range(len(cells)):
        broken = [*cells[:at], cell, *cells[at + 1 :]]
        data = "\n".join([*lines[:5], ",".join(broken), *lines[6:]]) + "\n"
        assert 9 == len(track(data.encode()))


def test_our_own_track_without_rows_says_so() -> None:
    """It is not silent."""
    head = b"\n".join(own().split(b"\n")[:2]) + b"\n"
    (left,) = scan(head)
    assert isinstance(left, Left)
    assert "it holds no position" == left.reason


def test_facts_of_our_own_track_of_another_kind_are_damage() -> None:
    """A moment that is a text would break whoever counts with it."""
    first, _, rest = own().decode().partition("\n")
    told = json.loads(first.removeprefix("#"))
    told["start"]["utc_ns"] = "soon"
    (left,) = scan(f"# {json.dumps(told)}\n{rest}".encode())
    assert isinstance(left, Left)
    assert "first line" in left.reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_kind_of_phone_is_known_in_every_encoding(encoding: str) -> None:
    """An iPhone's sign must be turned round, or up is down."""
    files = samples.sensor_logger(Walk(3.0))
    again = {name: text.encode(encoding) if text else b"" for name, text in files.items()}
    expected = accelerations(zipped(files))
    assert np.array_equal(expected, accelerations(zipped(again)))


def test_the_clock_of_sensor_logger_may_have_a_comma() -> None:
    """Its first time is a number there too."""
    files = samples.sensor_logger(Walk(3.0))
    abroad = {
        name: text if name == "Metadata.csv" else text.replace(",", ";").replace(".", ",")
        for name, text in files.items()
    }
    assert 301 == len(accelerations(zipped(abroad)))
    assert 2 == len(track(zipped(abroad)))


def test_dates_with_blanks_between_tabs_do_not_hide_the_header() -> None:
    """Blanks would cut a date in two and leave the columns without names: turning for walking."""
    data = samples.sensorlog_new(Walk(3.0))
    assert np.array_equal(accelerations(data), accelerations(data.replace(b",", b"\t")))


def test_a_header_that_lost_a_sign_is_shorter_than_its_rows() -> None:
    """Two names became one; the values must tell what they are (found by fuzzing)."""
    rows = "".join(f"{k / 100},5,0.{k % 3},{9.8 + k % 3 / 10},0.{k % 7}\n" for k in range(200))
    assert 200 == len(accelerations(f"time,what,which,them\n{rows}".encode()))


def test_a_file_without_a_name_in_an_archive_costs_nothing_else() -> None:
    """Its name was lost in the index; the pieces of the archive still tell it (by fuzzing)."""
    data = zipped({"a.csv": samples.mobilised(Walk(3.0)), "b": b"a note"})
    at = data.rfind(b"PK\x01\x02")
    assert b"b" == data[at + 46 : at + 47]
    nameless = data[: at + 28] + b"\0\0\1\0" + data[at + 32 :]  # no name, one byte more of others
    assert np.array_equal(accelerations(data), accelerations(nameless))


def test_a_recording_without_a_possible_sample_says_so() -> None:
    """All of its values are beyond any sensor (found by search)."""
    rows = "".join(f"{k / 100},{k}e7,{k}e7,{k}e7\n" for k in range(1, 200))
    items = list(scan(("Time (s),Acceleration x (m/s^2),Acceleration y (m/s^2),"
                       "Acceleration z (m/s^2)\n" + rows).encode()))  # fmt: skip
    said = [item.reason for item in items if isinstance(item, Left)]
    for item in items:
        if isinstance(item, Recording):
            with pytest.raises(es.EvenstrideError, match="no usable samples"):
                es.analyze(item)
            said.append("no usable samples")
    assert said


@pytest.mark.parametrize("make", [samples.androsensor, samples.physics_toolbox_g])
def test_a_row_that_was_cut_within_a_table_is_not_read(make: samples.Sample) -> None:
    """Its last number may have lost digits, which makes another number of it."""
    data = make(Walk(1.0))
    begin = data[:-1].rfind(b"\n") + 1
    sign = b";" if b";" in data else b","
    fourth = sum(len(cell) + 1 for cell in data[begin:].split(sign)[:4]) - 2
    cut = data[: begin + fourth]
    assert np.array_equal(accelerations(data)[:-1], accelerations(cut))


def test_a_day_that_was_cut_within_a_cell_is_not_read() -> None:
    """8.64 kilometres do not become 8."""
    days = [f'"{day:02d}-06-2024","2,341","12,345","8.64","10","600","1,000"' for day in (13, 14)]
    whole_month = test_fitbit_csv.month(*days)
    cut = whole_month[: whole_month.rfind('"8.64') + 2].encode()
    lengths = [
        value
        for item in scan(cut, zone="Europe/Berlin")
        if isinstance(item, Series) and item.metric == "distance_m"
        for value in item.value.tolist()
    ]
    assert [8640.0] == lengths
