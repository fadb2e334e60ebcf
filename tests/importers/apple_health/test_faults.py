"""Every fault that people have met in real exports is survived, and said."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from evenstride.errors import DamagedFile
from evenstride.importers.apple_health import AppleHealth
from evenstride.importers.contract import NO_OPTIONS
from evenstride.importers.source import Source

from .exports import (
    BROKEN_DTD,
    DTD,
    C,
    Q,
    Record,
    export,
    read,
    read_xml,
    statistic,
    varied,
    workout,
    zipped,
)

STEPS = [Record(at=60 * k, value=str(k)) for k in range(50)]
LINES = [record.xml() for record in STEPS]
CLEAN = read(export(*STEPS)).series


def spoilt(number: int, old: str, new: str) -> bytes:
    """Return an export in which one record was changed."""
    assert old in LINES[number]
    return export(*LINES[:number], LINES[number].replace(old, new), *LINES[number + 1 :])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sourceVersion="', 'sourceVersion="\x0b'),
        ("<Record ", '<Record startDate="2020-01-01 00:00:00 +0100" '),
        (" device=", ' customKey="x" device='),
        (" startDate=", "\n  startDate="),
        ('"17.0"', "'17.0'"),
        ('value="7"', "value='7'"),
        ("/>", " />"),
        ("/>", "></Record>"),
        ("/>", '>\n  <MetadataEntry key="a" value="b &gt; c"/>\n </Record>'),
        ("\n", ""),
        ("\n", "\r\n"),
        (" <Record", "<Record"),
        (" <Record", "     <Record"),
        ("value=", " value = "),
        (" sourceVersion=", " junk ' sourceVersion="),
    ],
    ids=[
        "control character",
        "start twice, the first in front",
        "unknown attribute",
        "tag over two lines",
        "single quotes",
        "single quotes around the value",
        "blank before the end",
        "closing tag on the same line",
        "metadata",
        "two records on a line",
        "line ends of Windows",
        "no indent",
        "deep indent",
        "blanks around the equals sign",
        "junk between attributes",
    ],
)
def test_a_record_that_looks_odd_is_read_all_the_same(old, new):
    """The records around it are read too, and nothing is counted twice."""
    found = read(spoilt(7, old, new))

    if "2020" in new:  # of a doubled attribute the first counts
        assert 50 == len(found.values("steps"))
        return
    assert CLEAN == found.series
    assert 50 == found.counted()


@pytest.mark.parametrize(
    ("old", "new"),
    [('value="7"/>', 'value="7'), ('startDate="', "startDate="), ("<Record ", "<Recor ")],
    ids=["quote that never ends", "quote that never begins", "wrong name"],
)
def test_a_record_that_is_broken_costs_itself_only(old, new):
    """Nothing around it is lost."""
    found = read(spoilt(7, old, new))

    assert 49 == len(found.values("steps"))
    rest = [row for row in CLEAN["steps", "1", None] if row[2] != 7.0]
    assert rest == found.series["steps", "1", None]


def test_the_broken_document_type_of_ios_16_is_not_parsed():
    """Every XML parser stops there."""
    assert CLEAN == read(export(*STEPS, dtd=BROKEN_DTD)).series


def test_doubled_attributes_in_statistics_do_no_harm():
    """IOS 16 wrote startDate twice."""
    double = 'startDate="2020-01-01 00:00:00 +0100" sum="4321" unit="count"'
    (walk,) = read(export(workout(inside=statistic("StepCount", double)))).activities

    assert 4321 == walk.steps


def test_a_file_without_line_ends_is_read():
    """Some programs write all of it on one line."""
    data = export(*STEPS, workout()).replace(b"\n ", b"").replace(b"\n", b"")

    found = read_xml(data, chunk_bytes=1000)

    assert CLEAN == found.series
    assert 1 == len(found.activities)


def test_a_file_that_was_printed_prettily_is_read():
    """Other programs indent by four."""
    data = export(*varied(5)).replace(b"\n  ", b"\n        ").replace(b"\n <", b"\n    <")

    assert read_xml(export(*varied(5))).series == read_xml(data).series


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding):
    """A text editor may have saved it anew."""
    data = export(*STEPS).decode().encode(encoding)

    assert CLEAN == read(data).series


def test_a_file_that_ends_in_the_middle_says_so():
    """What is whole was read."""
    data = export(*STEPS)
    found = read(data[: data.index(LINES[30].encode()) + 80])

    assert 30 == len(found.values("steps"))
    assert "the file ends in the middle; what came before was read" == found.reason(
        "the end of data"
    )
    assert "damaged" in found.reason("1 record")


def test_a_zip_that_was_cut_short_gives_what_is_whole():
    """A download that broke off is no reason to lose years."""
    dice = random.Random(3)
    records = [replace(r, value=str(dice.randrange(10**6))) for r in STEPS * 40]
    data = zipped({"apple_health_export/export.xml": export(*records)})
    found = read(data[: len(data) * 2 // 3])

    assert 500 < len(found.values("steps")) < 2000
    assert any("the end of" in what for what, _ in found.left)


def test_an_export_without_records_is_no_error():
    """It says that there was nothing but the entry about oneself."""
    found = read(export())

    assert ({}, []) == (found.series, found.entries)
    assert ["1 entry about yourself"] == [what for what, _ in found.left]


def test_a_document_type_alone_says_that_the_end_is_missing():
    """Nothing follows, and that is said."""
    found = read(DTD.encode())

    assert {} == found.series
    assert "ends in the middle" in found.reason("the end of data")


def test_planning_what_is_no_export_is_a_clear_error():
    """The sentence says what to do instead."""
    with pytest.raises(DamagedFile, match="Export All Health Data"):
        AppleHealth().plan(Source.of(b"<gpx/>"), NO_OPTIONS)


@pytest.mark.parametrize(
    "evil",
    [
        b"<Workout " * 40_000,
        b"<Workout>" * 40_000,
        b"<Correlation><Workout>" * 20_000,
        b"<Record a=" * 40_000,
        b'<Record a="' * 40_000,
        b"<Record " + b"a " * 200_000,
        b"<Record " + b"a" * 400_000,
        b"<Record " + b" " * 400_000,
        b"<!--" * 100_000,
        b"</" * 100_000,
        b"<" * 200_000,
        b"\n <" * 100_000,
        b'"' * 400_000,
        b"=" * 400_000,
    ],
    ids=lambda evil: repr(evil[:14]) + repr(evil[-4:]),
)
def test_hostile_bytes_take_no_longer_than_others(evil):
    """Time grows with the bytes and nothing else."""
    found = read_xml(export(STEPS[0]).replace(b"</HealthData>\n", evil), chunk_bytes=50_000)

    assert 1 == len(found.values("steps"))


def test_an_unknown_name_of_a_type_is_handed_on():
    """Types of the future are kept under Apple's name when everything is asked for."""
    odd = Record(kind=Q + "MoonWalking&amp;More", unit="parsec", value="2")
    found = read_xml(export(odd))

    assert [2.0] == found.values(Q + "MoonWalking&More")


def test_thousands_of_sources_are_not_kept_apart_for_ever():
    """A file that names a new device in each record takes no more memory for it."""
    line = Record(value="1", device=None, source="NAME").xml()
    found = read_xml(export(*(line.replace("NAME", f"s{k}") for k in range(5000))))

    devices = {row[3] for row in found.series["steps", "1", None]}
    assert 5000 == len(found.values("steps"))
    assert len(devices) <= 4097


@pytest.mark.parametrize("at", [-1_699_999_000, -1_300_000_000])
def test_a_symptom_or_workout_from_before_the_clock_was_set_is_left_out(at: float) -> None:
    """1970 is no day on which anyone walked with a phone; it is counted with the reason."""
    pain = Record(C + "LowerBackPain", "HKCategoryValueSeverityModerate", None, at=at)
    found = read(export(pain, pain, workout(at)))
    assert ([], []) == (found.entries, found.activities)
    reason = "their times cannot be right"
    assert {("2 records", reason), ("1 workout", reason)} <= set(found.left)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('sum="1e20" unit="count"', "1 step count"),
        ('sum="-5" unit="count"', "1 step count"),
        ('sum="1e308" unit="km"', "1 value of a workout"),
    ],
)
def test_a_sum_that_cannot_be_costs_only_itself(text: str, what: str) -> None:
    """The workout stays, without the number."""
    found = read(export(workout(inside=statistic("StepCount", text))))
    (walk,) = found.activities
    assert walk.steps is None
    assert "no outing can have such a value" == found.reason(what)


def test_a_length_that_cannot_be_is_taken_out() -> None:
    """The times of the workout stand, its time without pauses does not."""
    odd = workout().replace('duration="41"', 'duration="1e308"')
    found = read(export(odd))
    (walk,) = found.activities
    assert (None, 2520 * 10**9) == (walk.moving_s, walk.end_utc_ns - walk.start.utc_ns)
    assert "no outing can have such a value" == found.reason("1 moving time")
