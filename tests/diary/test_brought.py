"""What comes from other programs is kept once, whole, and goes when it should."""

import csv
import json
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.diary import Diary, Import, Stream, export
from evenstride.errors import DiaryError
from evenstride.model import Activity, Device, Outing, Series, Start

HOUR = 3_600_000_000_000
BEGUN = 1_774_800_000_000_000_000
PHONE, WATCH = Device("Kit’s phone", "iPhone14,5", "phone"), Device("Watch", "Watch6,1", "watch")


def series(starts, values=None, device=None, **facts):
    """Return steps of half an hour each."""
    start = np.asarray(starts, np.int64)
    return Series(
        start,
        start + HOUR // 2,
        np.arange(len(start)) + 0.5 if values is None else np.asarray(values, float),
        np.zeros(len(start), np.int32) if device is None else np.asarray(device, np.int32),
        np.zeros(len(start), np.int8),
        **{"metric": "steps", "unit": "1", "devices": (PHONE, WATCH)} | facts,
    )


def rows_of(found):
    """Return every value as a tuple, in order."""
    return sorted(
        (*values, piece.devices[device].name)
        for piece in found
        for *values, device in zip(
            piece.start_utc_ns.tolist(),
            piece.end_utc_ns.tolist(),
            piece.value.tolist(),
            piece.device.tolist(),
            strict=True,
        )
    )


def everything(diary, metric="steps"):
    """Return all values of a metric."""
    return rows_of(diary.series(metric, 0, 2**62))


def test_values_come_back_as_they_were(tmp_path):
    """Over the end of a month, with the device that counted them."""
    long = series(BEGUN + HOUR * np.arange(0, 2000), device=np.arange(2000) % 2)
    with Diary.open(tmp_path) as diary:
        assert 2000 == diary.keep_series(long)
        assert rows_of([long]) == everything(diary)
        assert {"steps": 2000} == diary.series_stock()


def test_two_that_bring_at_once_lose_nothing(tmp_path, monkeypatch):
    """What another program keeps while values are being packed is still there afterwards."""
    with Diary.open(tmp_path) as one, Diary.open(tmp_path) as other:
        compress = zlib.compress

        def overtaken(*given):
            monkeypatch.setattr("zlib.compress", compress)
            assert 1 == other.keep_series(series([BEGUN + HOUR]))
            return compress(*given)

        monkeypatch.setattr("zlib.compress", overtaken)
        assert 1 == one.keep_series(series([BEGUN]))
        assert 2 == len(everything(one))


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.sampled_from([0.0, 1.5, 7.0]), st.integers(0, 1))),
    st.data(),
)
def test_a_longer_export_adds_only_what_is_new(tmp_path_factory, rows, data):
    """In whatever pieces and order values are brought, each is kept once."""
    cut = data.draw(st.integers(0, len(rows)))
    pieces = [rows[:cut], rows, data.draw(st.permutations(rows))]
    with Diary.open(tmp_path_factory.mktemp("home")) as diary:
        added = [
            diary.keep_series(
                series([BEGUN + HOUR * at for at, *_ in piece], [v for _, v, _ in piece],
                       [d for *_, d in piece])
            )
            for piece in pieces
        ]  # fmt: skip
        assert [len({*rows[:cut]}), len({*rows}) - len({*rows[:cut]}), 0] == added
        assert len({*rows}) == len(everything(diary))


def test_what_holds_no_number_is_not_kept(tmp_path):
    """A gap is a gap, not a value."""
    with Diary.open(tmp_path) as diary:
        assert 1 == diary.keep_series(series([BEGUN, BEGUN + HOUR], [np.nan, 3.0]))
        assert [3.0] == [row[2] for row in everything(diary)]


def test_only_the_time_that_was_asked_for_is_read(tmp_path):
    """Both ends are included; another metric is another series."""
    with Diary.open(tmp_path) as diary:
        diary.keep_series(series(BEGUN + HOUR * np.arange(100)))
        diary.keep_series(series([BEGUN], metric="distance_m", unit="m"))
        found = rows_of(diary.series("steps", BEGUN + 10 * HOUR, BEGUN + 20 * HOUR))
        assert (11, BEGUN + 10 * HOUR, BEGUN + 20 * HOUR) == (len(found), found[0][0], found[-1][0])
        assert 1 == len(everything(diary, "distance_m"))


def test_damage_is_told_and_nothing_is_made_up(tmp_path):
    """A packed month that cannot be read is an error, not an empty month."""
    with Diary.open(tmp_path) as diary:
        diary.keep_series(series([BEGUN]))
        diary.tables.execute("UPDATE series SET packed = x'00112233'")
        with pytest.raises(DiaryError, match="damaged"):
            diary.series("steps", 0, 2**62)


def stream(**more):
    """Return what a watch has of a walk."""
    facts = Activity(
        Start(BEGUN, 60, None, "file_offset"), BEGUN + HOUR, "hiking", steps=5000, device=WATCH,
        gear="Blue shoes", extra={"energy_j": 3.5},
    )  # fmt: skip
    given = {"kind": "activity", "activity": facts, "recording": None, "format": "FIT"}
    return Stream(**{"id": "s", "outing": "w"} | given | more)


def test_a_walk_has_the_streams_that_were_kept_for_it(tmp_path):
    """All facts come back; a second stream stands beside the first."""
    with Diary.open(tmp_path) as diary:
        diary.add_outing(Outing("w", BEGUN))
        diary.keep_stream(stream())
        diary.keep_stream(stream(id="t", format="GPX"))
        assert (stream(), stream(id="t", format="GPX")) == diary.streams("w")
        assert stream() == diary.stream("s")


def test_a_removed_walk_is_remembered_as_removed(tmp_path):
    """Its streams stay without a walk, so that it does not come back with the next import."""
    with Diary.open(tmp_path) as diary:
        diary.add_outing(Outing("w", BEGUN))
        diary.keep_stream(stream())
        diary.remove_outing("w")
        assert stream(outing=None) == diary.stream("s")


def test_a_file_that_was_brought_is_known_by_its_content(tmp_path):
    """With its account."""
    done = Import("a" * 64, "export.zip", BEGUN, {"since": None, "read": 12})
    with Diary.open(tmp_path) as diary:
        assert diary.imported("a" * 64) is None
        diary.keep_import(done)
        assert done == diary.imported("a" * 64)


def test_bytes_without_a_path_are_kept_like_a_file(tmp_path):
    """What comes out is what went in."""
    with Diary.open(tmp_path) as diary:
        kept = diary.keep_bytes("walk.gpx", [b"<gp", b"x/>"], "GPX")
        with diary.open_recording(kept.sha256) as file:
            assert b"<gpx/>" == file.read()


def test_an_export_holds_every_value_in_plain_numbers(tmp_path):
    """One line per value, readable by any program; streams stand with their facts."""
    with Diary.open(tmp_path / "home") as diary:
        diary.add_outing(Outing("w", BEGUN))
        diary.keep_series(series([BEGUN, BEGUN + 40 * 24 * HOUR]))
        diary.keep_stream(stream())
        export(diary, tmp_path / "out")

    with (tmp_path / "out" / "series.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    document = json.loads((tmp_path / "out" / "diary.json").read_text(encoding="utf-8"))
    assert [("0.5", "Kit’s phone", "phone"), ("1.5", "Kit’s phone", "phone")] == [
        (row["value"], row["device"], row["kind"]) for row in rows
    ]
    assert "Blue shoes" == document["streams"][0]["activity"]["gear"]
    assert 0o600 == (tmp_path / "out" / "series.csv").stat().st_mode & 0o777
