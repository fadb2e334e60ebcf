"""Files as damaged as people have them, and files that were made to do harm."""

from __future__ import annotations

import random
import time
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import evenstride as es
from evenstride.importers.source import Source
from evenstride.importers.xml_tracks import Gpx, read_gpx
from evenstride.model import Left, Track

from . import made
from .made import activity, gpx, items, lap, reasons, tcx, track, tracks, walk

GPX = gpx([walk(150), walk(150, 150)], inside="<name>Über den Berg</name>")
TCX = tcx(activity(lap(walk(150, hr="99")), lap(walk(150, 150)), notes="Schön"))
BOTH = pytest.mark.parametrize("data", [GPX, TCX], ids=["gpx", "tcx"])


def ordered(found: list[Track]) -> None:
    """Check what must hold for any track, from any file."""
    for item in found:
        known = item.time_s[np.isfinite(item.time_s)]
        assert known.size in (0, len(item))
        assert np.all(np.diff(known) >= 0)
        assert np.all(np.diff(item.segment) >= 0)
        assert (item.start is None) or item.activity is not None


@BOTH
def test_a_cut_file_keeps_the_whole_points_and_no_other(data: bytes) -> None:
    """The longer the piece, the more points; none is made up, and the cut is said."""
    whole = track(data).latitude_deg
    counts = []
    for cut in np.linspace(0, len(data) - 60, 40).astype(int).tolist():
        found = tracks(data[:cut])
        ordered(found)
        counts.append(sum(len(item) for item in found))
        if found:
            np.testing.assert_array_equal(whole[: len(found[0])], found[0].latitude_deg)
            assert any("ends in the middle" in warning for warning in found[0].warnings)
    assert sorted(counts) == counts
    assert 299 <= counts[-1] <= 300


@BOTH
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_the_encoding_is_told_by_the_bytes(data: bytes, encoding: str) -> None:
    """Whatever the declaration says, the same walk comes out."""
    other = data.decode().encode(encoding)
    importer = made.Tcx() if data is TCX else Gpx()
    assert 95 == importer.sniff(Source.of(other)).score
    (found,) = tracks(other, importer)
    assert track(data).latitude_deg.tolist() == found.latitude_deg.tolist()
    assert track(data).activity == found.activity


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-8", "latin-1"), ("ISO-8859-1", "latin-1"), ("UTF-8", "utf-8"), ("x-none", "cp1252"),
     ("UTF-16", "utf-8"), ("windows-1252", "cp1252")],
)  # fmt: skip
def test_names_survive_a_wrong_declaration(declared: str, encoding: str) -> None:
    """A title with an umlaut is read right, whichever of the two is wrong."""
    data = GPX.decode().replace("UTF-8", declared).encode(encoding)
    found = track(data).activity
    assert found is not None
    assert "Über den Berg" == found.title


def test_control_characters_and_unknown_entities_do_not_stop_it() -> None:
    """What a strict parser dies of is left out of the text, and nothing else is lost."""
    data = gpx([walk(30)], inside="<name>A\x0b\x00B &nbsp; &#x1F600; &#xD800;</name>")
    found = track(data)
    assert 30 == len(found)
    assert found.activity is not None
    assert "A B &nbsp; \U0001f600" == found.activity.title


@pytest.mark.parametrize("junk", [b"\0" * 300, b"<<<>>>\"'&", b"\xff\xfe\xfd" * 50])
def test_junk_in_the_middle_costs_a_point_at_most(junk: bytes) -> None:
    """Whatever was written over a point, the others are read."""
    middle = GPX.index(b"<ele>507.0")
    found = track(GPX[:middle] + junk + GPX[middle + len(junk) :])
    assert 300 - 2 - len(junk) // 60 <= len(found) <= 300


def test_a_file_written_twice_is_read_once() -> None:
    """Two copies of a file in one, as some programs sync, hold the same outing twice."""
    found = tracks(GPX + GPX)
    assert [300, 300] == [len(item) for item in found]
    points = walk(50)
    found = tracks(gpx([points, points]))
    assert [50] == [len(item) for item in found]
    assert walk(50)[7].lat == f"{found[0].latitude_deg[7]:.6f}"
    assert ["50 points: they stand in the file twice"] == reasons(gpx([points, points]))


@pytest.mark.parametrize("data", [b"", b" ", b"<gpx/>", b"<gpx>", b"<", b"<trkpt", b"<gpx></gpx>"])
def test_an_empty_file_holds_no_track(data: bytes) -> None:
    """No point, no track; that is said, and nothing else happens."""
    found = items(data)
    assert [] == [item for item in found if isinstance(item, Track)]
    assert 1 == sum(isinstance(item, Left) for item in found)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">' % (i + 1, b"&lol%d;" % i * 10 if i else b"&lol;" * 10)
        for i in range(9)
    )
    + b"]>"
)
HOSTILE = {
    "billion laughs": LAUGHS + gpx([walk(20)], inside="<name>&lol9;</name>"),
    "external entity": b'<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + gpx([walk(20)], inside="<name>&x;</name>"),
    "document type": b'<!DOCTYPE gpx SYSTEM "http://example.invalid/gpx.dtd">' + gpx([walk(20)]),
    "lower case": b"<!doctype gpx []>" + gpx([walk(20)]),
    "stray entity": gpx([walk(20)]).replace(b"<trkseg>", b'<!ENTITY a "b"><trkseg>'),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_file_that_defines_names_is_refused(name: str) -> None:
    """Nothing of it is read or fetched, and a sentence says why."""
    (found,) = items(HOSTILE[name])
    assert isinstance(found, Left)
    assert "harm" in found.reason


def test_an_unknown_entity_is_never_fetched() -> None:
    """A reference without a definition stays as the text it is."""
    found = track(gpx([walk(3)], inside="<name>&xxe; &lol9;</name>")).activity
    assert found is not None
    assert "&xxe; &lol9;" == found.title


@pytest.mark.parametrize(
    "huge",
    [
        b'<wpt name="' + b"A" * 50_000_000 + b'">',
        b"<desc>" + b"A" * 50_000_000 + b"</desc>",
        b"<!--" + b"A" * 50_000_000 + b"-->",
        b"<![CDATA[" + b"<" * 3_000_000 + b"]]>",
        b"<" * 500_000,
        b"<a>" * 100_000,
    ],
    ids=["attribute", "text", "comment", "cdata", "brackets", "nesting"],
)
def test_huge_things_cost_neither_memory_nor_time(huge: bytes) -> None:
    """Megabytes in one place are passed over in bounded memory, and the walk behind is read."""
    data = gpx([walk(20)]).replace(b"<trkseg>", huge + b"<trkseg>")
    source = Source.of(data)
    began = time.process_time()
    tracemalloc.start()
    try:
        found = [i for i in read_gpx(source, source.members()[0]) if isinstance(i, Track)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert 20 == sum(len(item) for item in found)
    assert peak < 30 << 20
    assert time.process_time() - began < 30


def test_a_long_file_is_read_in_bounded_memory() -> None:
    """Beside the columns themselves only pieces are held."""
    points = walk(20_000, hr="99")
    data = gpx([points])
    source = Source.of(data)
    tracemalloc.start()
    try:
        (found,) = [i for i in read_gpx(source, source.members()[0]) if isinstance(i, Track)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    columns = sum(column.nbytes for column in found.columns().values())
    assert 20_000 == len(found)
    assert peak < 8 * columns + (16 << 20)


def survives(data: bytes) -> None:
    """Read whatever it is; anything but right data or a clear word is a failure."""
    for importer in (Gpx(), made.Tcx()):
        found = items(data, importer)
        assert found
        ordered([item for item in found if isinstance(item, Track)])
        assert all(item.reason for item in found if isinstance(item, Left))
    with suppress(es.EvenstrideError):
        list(es.scan(data))


@given(st.sampled_from([GPX[:6000], TCX[:6000]]), st.floats(0, 1), st.binary(max_size=60))
def test_junk_anywhere_never_breaks_it(data: bytes, place: float, junk: bytes) -> None:
    """A file with junk in it gives what can be read."""
    at = int(place * len(data))
    survives(data[:at] + junk + data[at:])


@given(st.text("<>/=\"' !?-[]&;#x0123456789.:TZ\n", max_size=300))
def test_almost_xml_never_breaks_it(text: str) -> None:
    """Text that looks almost like points gives what can be read."""
    survives(f"<gpx><trk><trkseg>{text}<trkpt lat='1' lon='2'>{text}</trkpt>".encode())


@BOTH
def test_flipped_bits_never_break_it(data: bytes) -> None:
    """A damaged file gives what can be read, and most of it."""
    dice = random.Random(5)
    for flips in (1, 1, 1, 10, 10, 200):
        damaged = bytearray(data)
        for _ in range(flips):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        survives(bytes(damaged))
        kept = sum(
            len(item) for item in tracks(bytes(damaged), made.Tcx() if data is TCX else Gpx())
        )
        assert kept > 250 - flips or flips > 100
