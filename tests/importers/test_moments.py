"""Moments, wall clocks, gathered values and rows: what all vendors' readers share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.importers.gathering import Gatherer, device_kind
from evenstride.importers.moments import WallClock, moment_of_text, offset_of_text, start_at
from evenstride.importers.named_rows import Columns, head_rows, read_rows
from evenstride.importers.source import Source
from evenstride.importers.vendor_tree import folders_of, likely, others_left
from evenstride.model import Device, Left

from .samples import zipped

NS = 1_000_000_000
T0 = 1_717_228_800 * NS  # 2024-06-01 08:00:00 UTC
MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1))  # noqa: DTZ001 - wall clocks


@given(MOMENTS, st.integers(-14 * 4, 14 * 4))
def test_a_moment_survives_being_written_with_any_offset(when: datetime, quarters: int) -> None:
    """The text of a moment gives its nanoseconds in UTC and its offset."""
    offset = timedelta(minutes=15 * quarters)
    sign = "-" if quarters < 0 else "+"
    hours, minutes = divmod(abs(quarters) * 15, 60)
    text = f"{(when + offset).isoformat()}{sign}{hours:02}:{minutes:02}"
    moment = moment_of_text(text)
    assert moment is not None
    assert when == moment.wall
    assert 15 * quarters == moment.offset_min
    assert 15 * quarters == offset_of_text(f"UTC{sign}{hours:02}{minutes:02}")


def test_texts_that_are_no_moments() -> None:
    """Words, impossible days and odd offsets are None, never another moment."""
    for text in ("", "yesterday", "2024-02-30 10:00:00", "2024-13-01", "10:00"):
        assert moment_of_text(text) is None
    for text in ("", "7200000", "UTC+9900", "Europe/Berlin"):
        assert offset_of_text(text) is None
    assert 0 == offset_of_text("UTC")
    plain = moment_of_text("2024-06-01 08:00:00.000")
    assert plain is not None
    assert (T0, None) == (plain.ns, plain.offset_min)
    assert ("assumed", "recorded") == (start_at(T0, None).basis, start_at(T0, 0).basis)


@given(MOMENTS, st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", None]))
def test_a_wall_clock_gives_the_moment_at_which_it_shows_a_time(
    wall: datetime, zone: str | None
) -> None:
    """The moment plus its offset is the time on the wall, but for hours that never were."""
    start = WallClock(zone).start(wall.replace(microsecond=0))
    assert start is not None
    assert start.utc_offset_min is not None
    shown = datetime.fromtimestamp(start.utc_ns // NS + 60 * start.utc_offset_min, UTC)
    assert wall.replace(microsecond=0) == shown.replace(tzinfo=None)
    assert ("assumed" if zone is None else "asked") == start.basis


@given(st.dates(date(1991, 1, 1), date(2099, 1, 1)))
def test_days_of_a_wall_clock_follow_each_other(day: date) -> None:
    """A day ends where the next begins, and has 23 to 25 hours."""
    clock = WallClock("Europe/Berlin")
    one, two = clock.day(day), clock.day(day + timedelta(days=1))
    assert one is not None
    assert two is not None
    assert one[1] == two[0]
    assert one[1] - one[0] in [hours * 3600 * NS for hours in (23, 24, 25)]


@pytest.mark.parametrize("day", [date.min, date.max, date(1980, 1, 1)])
def test_days_outside_of_all_phones_are_none(day: date) -> None:
    """Neither the first nor the last day of the calendar raises."""
    assert WallClock().day(day) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=40))
def test_pieces_hold_every_value_once_with_its_device(rows: list[tuple[str, int]]) -> None:
    """However small the pieces, together they are what was put in."""
    gatherer = Gatherer(None, most_rows=3)
    out = []
    for name, value in rows:
        gatherer.add("steps", T0, T0 + 1, value, Device(name))
        if gatherer.is_full:
            out += list(gatherer.full())
    out += [item for item in gatherer.rest("x") if not isinstance(item, Left)]
    pairs = [(s.devices[i].name, v) for s in out for i, v in zip(s.device, s.value, strict=True)]
    assert rows == pairs
    assert all(len(series) <= 3 for series in out)


def test_impossible_and_older_values_are_counted_apart() -> None:
    """No number, less than nothing, an end before the begin, and times off the calendar."""
    gatherer = Gatherer(T0)
    for start, end, value in ((T0, T0 - 1, 1.0), (T0, T0, -1.0), (T0, T0, np.nan), (5, 6, 1.0)):
        gatherer.add("steps", start, end, value)
    gatherer.add("steps", T0 - 2, T0 - 1, 1.0)
    gatherer.reject(2)
    expected = [
        Left("6 rows of x", "their values were missing or impossible"),
        Left("1 rows of x", "they are older than what was asked for"),
    ]
    assert expected == list(gatherer.rest("x"))
    assert [] == list(gatherer.rest("x"))


def test_watches_and_phones_are_guessed_by_their_names() -> None:
    """A guess only sets who is believed first."""
    names = {"Galaxy Watch6": "watch", "SM-S911B": "phone", "Pixel 8": "phone", "Scale": "other"}
    assert names == {name: device_kind(name) for name in names}


def rows(data: bytes) -> list[list[str] | Left]:
    """Return the rows of a table."""
    source = Source.of(data)
    return list(read_rows(source, source.members()[0]))


@given(st.lists(st.lists(st.text("ab,\" '\n;é", max_size=5), min_size=2, max_size=4), max_size=6))
def test_rows_come_back_as_they_were_written(table: list[list[str]]) -> None:
    """Quotes, commas and line ends inside of cells survive in every encoding."""
    quoted = [[cell.replace('"', '""') for cell in row] for row in table]
    text = "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in quoted)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert table == rows(text.encode(encoding))


def test_long_tables_and_endless_lines() -> None:
    """Rows on both sides of a piece's end come once; a line without an end costs itself."""
    many = b"".join(b"%d,x\n" % i for i in range(100_000))
    assert [[str(i), "x"] for i in range(100_000)] == rows(many)
    broken = Left("1 rows of data", "they are broken")
    got = rows(b"a,b\n" + b"9" * 5_000_000 + b"\nc,d\n")
    assert [["a", "b"], ["c", "d"], broken] == got
    assert [] == head_rows(b"PK\0\0")
    assert "2" == Columns(["A", " b ", "a"]).cell(["1", "2", "3"], "missing", "b")


def test_many_files_are_looked_at_evenly() -> None:
    """A few files of each folder are enough to know a download by."""
    files = {f"a/{i}.jpg": "x" for i in range(500)} | {f"b/{i}.csv": "y" for i in range(500)}
    source = Source.of(zipped({**files, "c/x.csv": "z"}))
    picked = [member.path for member in likely(source, (".csv",))]
    assert len(picked) <= 80
    assert "c/x.csv" in picked
    assert ("b",) == folders_of(source, {"b/1.csv"})
    left = others_left(source, {"b/1.csv"})
    assert [Left("499 files in “b”", "there is nothing in them that evenstride needs")] == left
