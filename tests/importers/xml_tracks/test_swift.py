"""Reading many points at once gives the values that reading tag by tag gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenstride.importers.contract import Item
from evenstride.importers.xml_tracks import swift
from evenstride.importers.xml_tracks.digits import Texts, moments, numbers
from evenstride.importers.xml_tracks.gpx import GpxOutline
from evenstride.importers.xml_tracks.tcx import TcxOutline
from evenstride.importers.xml_tracks.values import moment, number
from evenstride.model import Track

from . import made
from .made import Point, Style, activity, gpx, items, lap, point, tcx, track, walk


def same(one: list[Item], two: list[Item]) -> None:
    """Check that two readings are equal in every value and word."""
    assert len(one) == len(two)
    for a, b in zip(one, two, strict=True):
        if not isinstance(a, Track):
            assert a == b
            continue
        assert isinstance(b, Track)
        for name, column in a.columns().items():
            np.testing.assert_array_equal(column, getattr(b, name), err_msg=name)
        assert (a.start, a.activity, a.warnings) == (b.start, b.activity, b.warnings)


def texts(raw: list[bytes]) -> Texts:
    """Return slices of one run of bytes."""
    data = np.frombuffer(b"".join(raw), np.uint8)
    stop = np.cumsum([len(text) for text in raw]).astype(np.int64)
    return Texts(data, stop - np.array([len(text) for text in raw]), stop)


NUMBER = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(str),
    st.decimals(-1000, 1000, places=7).map(str),
    st.integers(-(10**20), 10**20).map(str),
    st.text("0123456789.,-+eE &#x;", max_size=26),
    st.sampled_from(
        ["", "-", ".", "-.5", "5.", "1.2.3", "00012", "-0", "9007199254740993", "1e400"]
    ),
)


@given(st.lists(NUMBER, min_size=1, max_size=12))
def test_many_numbers_are_read_as_each_by_itself(raw: list[str]) -> None:
    """Whatever stands there, the same float comes out, to the last bit."""
    rows = [text.encode() for text in raw]
    found = numbers(texts(rows))
    np.testing.assert_array_equal(np.array([number(row) for row in rows]), found)
    np.testing.assert_array_equal(np.signbit([number(row) for row in rows]), np.signbit(found))


@given(st.decimals(-180, 180, places=9))
def test_a_number_is_the_nearest_float(value: object) -> None:
    """Python's own reading of the same text is the reference."""
    assert float(str(value)) == numbers(texts([f"{value:f}".encode()]))[0]


TIME = st.one_of(
    st.datetimes().map(lambda d: d.isoformat() + "Z"),
    st.datetimes().map(lambda d: d.strftime("%Y-%m-%dT%H:%M:%SZ")),
    st.datetimes().map(lambda d: d.isoformat(" ", "milliseconds") + "+05:30"),
    st.text("0123456789-:TZ.+ ", max_size=32),
    st.sampled_from([
        "2024-02-30T10:00:00Z", "2024-02-29T10:00:00Z", "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:60Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.1234567Z",
        "2024-01-01T00:00:00.123456789Z", "2024-01-01T00:00:00.1234567891Z",
        "2024-1-1T00:00:00Z", "2024-01-01T10:00Z", "2024-13-01T00:00:00Z",
    ]),
)  # fmt: skip


@given(st.lists(TIME, min_size=1, max_size=12))
def test_many_times_are_read_as_each_by_itself(raw: list[str]) -> None:
    """Whatever stands there, the same moment and the same offset come out."""
    rows = [text.encode() for text in raw]
    time_ns, zone = moments(texts(rows))
    assert [moment(row) for row in rows] == list(zip(time_ns.tolist(), zone.tolist(), strict=True))


VALUE = st.decimals(-90, 90, places=6).map(str)
MORE = st.dictionaries(
    st.sampled_from(["hr", "cad", "cadence", "speed", "hAcc", "vAcc", "course", "unknown"]),
    st.decimals(0, 200, places=2).map(str),
    max_size=4,
)
POINTS = st.lists(
    st.builds(
        Point,
        VALUE,
        VALUE,
        st.one_of(st.none(), VALUE),
        st.one_of(st.none(), st.integers(0, 900).map(made.stamp)),
        MORE,
    ),
    max_size=12,
)
STYLES = st.builds(
    Style,
    quote=st.sampled_from("\"'"),
    lon_first=st.booleans(),
    gap=st.sampled_from(["", "\n", "\r\n  ", "\t"]),
    prefix=st.sampled_from(["", "gpxtpx:", "ns3:", "undeclared:"]),
    wrapper=st.sampled_from(["", "gpxtpx:TrackPointExtension", "a b='c'"]),
    head=st.sampled_from(["", "<?xml version='1.0'?>", "\ufeff", "  \n"]),
)


@given(st.lists(POINTS, max_size=3), STYLES, st.integers(20, 4000))
def test_swift_and_slow_agree_on_any_file(
    segments: list[list[Point]], style: Style, piece: int
) -> None:
    """Both ways, and pieces of any size, give the same tracks."""
    data = gpx(segments, style)
    slow = items(data, swift=False)
    same(slow, items(data))
    same(slow, items(data, piece=piece))
    same(slow, items(data, piece=piece, swift=False))


@given(st.lists(POINTS, min_size=1, max_size=3), STYLES)
def test_how_it_is_written_changes_nothing(segments: list[list[Point]], style: Style) -> None:
    """Quotes, order of attributes, blanks, prefixes and nesting do not change a value."""
    same(items(gpx(segments, Style())), items(gpx(segments, style)))


@given(st.lists(POINTS, min_size=1, max_size=3), st.integers(0, 500), st.integers(30, 2000))
def test_swift_and_slow_agree_on_laps(pieces: list[list[Point]], seed: int, piece: int) -> None:
    """The same for TCX, whose positions are elements and whose pulse is nested."""
    renamed = [
        [Point(p.lat, p.lon, p.ele, p.time, {"run": "60"} | p.more) for p in part]
        for part in pieces
    ]
    data = tcx(activity(lap(*renamed), lap(walk(seed % 7))), activity(lap(walk(2))))
    slow = items(data, swift=False)
    same(slow, items(data))
    same(slow, items(data, piece=piece))


@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    st.booleans(),
)
@example([(0.5, 60)], False)
@example([(0.5, 62)], True)
def test_swift_and_slow_agree_on_damaged_files(
    changes: list[tuple[float, int]], laps: bool
) -> None:
    """Where a byte was changed, both still read the same."""
    made_of = walk(16, hr="100", cad="55")
    data = bytearray(tcx(activity(lap(made_of))) if laps else gpx([made_of[:8], made_of[8:]]))
    for place, value in changes:
        data[int(place * len(data))] = value
    importer = made.Tcx() if laps else made.Gpx()
    slow = items(bytes(data), importer, swift=False)
    same(slow, items(bytes(data), importer))
    same(slow, items(bytes(data), importer, piece=500))


ODD = [
    b"<!-- <trkpt lat='1' lon='2'></trkpt> -->",
    b"<desc>5 > 3</desc>",
    b"<desc><![CDATA[<trkpt lat='1' lon='2'></trkpt>]]></desc>",
    b"<?php <trkpt lat='1' lon='2'></trkpt> ?>",
    b"<link href='a>b'/>",
    b"<trkpt lat='1' lon='2'/>",
    b"<trkpt lat='1' lon='2' extra='3'></trkpt>",
    b"<trkpt lat = '1' lon = '2'></trkpt>",
    b"<TRKPT LAT='1' LON='2'></TRKPT>",
    b"<trkpt lat='1' lon='2'><ele>1</ele><ele>2</ele></trkpt>",
    b"<trkpt lat='1' lon='2'><ele><b>1</b></ele></trkpt>",
    b"<trkpt lat='1' lon='2'><ele>1<!-- --></ele></trkpt>",
    b"<trkpt lat='1' lon='2'><ele/><time></time></trkpt>",
    b"<trkpt lat='1' lon='2'><ele>&#49;2&lt;</ele></trkpt>",
    b"<trkpt lat='1' lon='2'><a><b></a></b><ele>1</ele></trkpt>",
    b"</trkseg><trkseg>",
    b"</trkpt>",
    b"<trkpt>",
    b"<a" + b" b='c'" * 20000 + b">",
    b"<" * 50,
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_things_between_points_are_read_the_same(odd: bytes) -> None:
    """Comments, marks in text, other spellings and broken nesting make no difference."""
    begin, end = gpx([walk(30)]).split(b'<trkpt lat="48.000010"')
    data = begin + odd + b'<trkpt lat="48.000010"' + end
    slow = items(data, swift=False)
    for piece in (150, 1000, 1 << 19):
        same(slow, items(data, piece=piece))
    kept = [item for item in slow if isinstance(item, Track)]
    assert sum(len(item) for item in kept) >= 29


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize(
    "place", [b"<ele>501.5", b"<time>2024-05-01T07:30:15Z", b"501.5", b"</ele>"]
)
def test_odd_things_within_points_are_read_the_same(odd: bytes, place: bytes) -> None:
    """The end of a segment, a point of another spelling, or half a comment within a point."""
    begin, mark, end = gpx([walk(20, hr="99"), walk(20, 20)]).partition(place)
    data = begin + odd + mark + end
    slow = items(data, swift=False)
    for piece in (300, 1000, 1 << 19):
        same(slow, items(data, piece=piece))


def test_what_most_programs_write_is_read_swiftly() -> None:
    """The fast way is really taken for plain files: every point of theirs comes from it."""
    for data, names in (
        (gpx([walk(50, hr="99")]), GpxOutline.names),
        (gpx([walk(50, speed="1.2")], Style("'", True, "", "", "")), GpxOutline.names),
        (tcx(activity(lap(walk(50, hr="99", run="55", speed="1")))), TcxOutline.names),
    ):
        found = swift.stretches(data, names)
        assert found is not None
        assert 50 == sum(len(part.points) for part in found[0])


@given(st.lists(st.tuples(VALUE, st.decimals(1, 90, places=6).map(str)), min_size=1))
def test_points_come_back_as_they_were_written(places: list[tuple[str, str]]) -> None:
    """A file made of points gives these points, in their order."""
    points = [Point(lat, lon, lat, made.stamp(i)) for i, (lat, lon) in enumerate(places)]
    found = track(gpx([points]))
    assert [float(p.lat) for p in points] == found.latitude_deg.tolist()
    assert [float(p.lon) for p in points] == found.longitude_deg.tolist()
    assert [float(p.ele or "") for p in points] == found.elevation_m.tolist()
    assert list(range(len(points))) == found.time_s.tolist()


def test_a_prefix_before_the_point_itself_is_read() -> None:
    """Some programs put even the points into a prefix."""
    data = gpx([walk(20)]).replace(b"trkpt", b"g:trkpt")
    same(items(gpx([walk(20)])), items(data))
    assert point(walk(1)[0]).startswith("<trkpt")
