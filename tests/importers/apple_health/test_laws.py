"""Laws: how a file is cut up, and which lane reads it, changes nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .exports import (
    SUMMARY,
    WATCH,
    C,
    Found,
    Q,
    Record,
    correlation,
    element,
    export,
    read_xml,
    statistic,
    varied,
    workout,
)

PRESSURE = Record(kind=Q + "BloodPressureSystolic", unit="mmHg", value="130")
PAIN = Record(kind=C + "LowerBackPain", unit=None, value="HKCategoryValueSeverityMild")
WALK = workout(inside=statistic("StepCount", 'sum="9" unit="count"'))
WHOLE = export(*varied(), PRESSURE, correlation(PRESSURE), PAIN, WALK, SUMMARY, SUMMARY)


def same(one: Found, two: Found) -> None:
    """Check that two readings gave the same."""
    assert one.series == two.series
    assert one.entries == two.entries
    assert one.activities == two.activities
    assert sorted(one.left) == sorted(two.left)


@pytest.mark.parametrize("fast", [True, False], ids=["lane A", "lane B"])
@given(size=st.integers(40, 20_000))
@settings(max_examples=15, deadline=None)
def test_chunks_of_any_size_give_the_same(fast, size):
    """It does not matter where a file is cut into chunks."""
    same(read_xml(WHOLE), read_xml(WHOLE, chunk_bytes=size, fast=fast))


def test_lane_a_takes_what_looks_as_usual():
    """The comparison of the lanes is not one of lane B with itself."""
    from evenstride.importers.apple_health.heads import Heads
    from evenstride.importers.apple_health.lines import PAD, scan

    lines = scan(WHOLE + b" " * PAD, len(WHOLE), Heads(everything=True))

    assert lines is not None
    assert 7 * 60 + 1 == len(lines.at)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters='"<>&'), max_size=12)
VALUES = st.one_of(
    st.sampled_from(["", "1", "0", "00012", "5.", ".5", ".", "-3", "+3", "1e5", "2.41E-04", "1_0"]),
    st.floats(0, 1e6).map(repr),
    st.integers(0, 10**20).map(str),
    st.decimals(0, 100, places=6).map(str),
    TEXT,
)
KINDS = [Q + "StepCount", Q + "WalkingSpeed", Q + "Other", C + "Sleep", "x", PAIN.kind]
DEVICES = [None, WATCH, "<<HKDevice: 0x1>, name:iPhone>", "0x1", "&lt;&lt;HKDevice: 0xzz"]
METADATA = [
    ("HKTimeZone", "Asia/Tokyo"),
    ("HKTimeZone", "x y"),
    ("HKMetadataKeyDevicePlacementSide", "1"),
]
RECORDS = st.builds(
    Record,
    kind=st.sampled_from(KINDS),
    value=st.none() | VALUES,
    unit=st.sampled_from(["count", "km/hr", "m/s", "mi/hr", "furlong", None]),
    at=st.integers(-(10**9), 10**9),
    lasts=st.integers(-5, 10**6),
    source=st.sampled_from(["Sam\u2019s iPhone", "Tom &amp; Jerry&apos;s", "a>b", "a", ""]) | TEXT,
    device=st.sampled_from(DEVICES),
    address=st.integers(0, 2**40),
    offset_min=st.sampled_from([0, 60, -480, 330, 845]),
    metadata=st.lists(st.sampled_from(METADATA), max_size=2).map(tuple),
    version=st.none() | st.sampled_from(["17.0", "9", "\x0b9"]),
    created=st.booleans(),
)


@given(records=st.lists(RECORDS, max_size=12), everything=st.booleans())
@settings(max_examples=120, deadline=None)
def test_both_lanes_give_the_same(records, everything):
    """The fast lane reads a record as the tolerant one does, or leaves it to it."""
    data = export(*records)

    fast = read_xml(data, everything=everything)

    same(fast, read_xml(data, everything=everything, fast=False))
    assert len(records) == fast.counted()


@given(seed=st.integers(0, 2**32), flips=st.integers(1, 30))
@settings(max_examples=80, deadline=None)
def test_both_lanes_give_the_same_of_damaged_files(seed, flips):
    """Also where bytes are wrong, the lanes agree on what is read and what is lost."""
    dice = random.Random(seed)
    data = bytearray(export(*varied(4), PAIN, workout(), SUMMARY))
    start = data.index(b"<ExportDate")
    for _ in range(flips):
        data[dice.randrange(start, len(data))] = dice.choice(b'"<>/= \n\x00\x0b5Z&')
    same(read_xml(bytes(data)), read_xml(bytes(data), fast=False))


@given(order=st.permutations(range(9)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_attributes_does_not_matter(order):
    """Attributes are known by their names, not by their places."""
    record = Record(value="123")
    attributes = record.attributes()
    shuffled = element("Record", [attributes[i] for i in order])

    same(read_xml(export(record)), read_xml(export(shuffled)))


@given(cut=st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_a_file_that_is_cut_short_gives_a_part_of_the_whole(cut):
    """A shorter piece never gives more records, nor others."""
    begin = WHOLE.index(b"<HealthData locale")
    whole = read_xml(WHOLE)
    part = read_xml(WHOLE[: begin + int(cut * (len(WHOLE) - begin))])

    for key, rows in part.series.items():
        if rows[:-1]:
            assert rows[:-1] == whole.series[key][: len(rows) - 1]
    assert part.entries == whole.entries[: len(part.entries)]
    assert part.counted() <= whole.counted() + 1


@given(seconds=st.integers(-(10**8), 10**8))
@settings(max_examples=20, deadline=None)
def test_a_shift_in_time_shifts_the_result(seconds):
    """Later records are later by as much, and nothing else changes."""
    records = varied(3)
    one = read_xml(export(*records))
    two = read_xml(export(*(replace(r, at=r.at + seconds) for r in records)))

    for key, rows in one.series.items():
        shift = seconds * 10**9
        assert [(s + shift, e + shift, *more) for s, e, *more in rows] == two.series[key]


@given(offset=st.sampled_from([-720, -480, -210, 0, 60, 330, 765, 840]))
def test_the_offset_in_the_text_does_not_move_the_moment(offset):
    """The same moment on another clock is the same moment."""
    same(read_xml(export(Record())), read_xml(export(Record(offset_min=offset))))


UNITS = {
    "WalkingSpeed": ("m/s", {"km/hr": 3.6, "m/s": 1.0, "mi/hr": 1 / 0.44704, "ft/s": 1 / 0.3048}),
    "WalkingStepLength": ("m", {"cm": 100, "in": 1 / 0.0254, "m": 1, "ft": 1 / 0.3048}),
    "DistanceWalkingRunning": ("m", {"km": 1e-3, "mi": 1 / 1609.344, "m": 1, "yd": 1 / 0.9144}),
    "BodyMass": ("kg", {"kg": 1, "lb": 1 / 0.45359237, "st": 1 / 6.35029318, "g": 1000}),
    "WalkingHeartRateAverage": ("1/min", {"count/min": 1, "count/s": 1 / 60}),
}


@pytest.mark.parametrize("kind", UNITS)
@given(value=st.floats(0.01, 1000))
@settings(max_examples=10, deadline=None)
def test_every_unit_gives_the_same_si_value(kind, value):
    """The region that the phone is set to changes no value."""
    si, factors = UNITS[kind]
    for unit, factor in factors.items():
        found = read_xml(export(Record(kind=Q + kind, unit=unit, value=repr(value * factor))))

        ((key, rows),) = found.series.items()
        assert si == key[1]
        assert pytest.approx(value, rel=1e-12) == rows[0][2]
