"""What of a GPX file becomes what of a track."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import evenstride as es
from evenstride.importers.contract import NO_OPTIONS, Options
from evenstride.importers.source import Source
from evenstride.importers.xml_tracks import Gpx, Tcx, read_gpx
from evenstride.model import Start, Track

from . import made
from .made import Point, Style, gpx, reasons, track, tracks, walk

APPLE = Style(lon_first=True, prefix="", wrapper="")
BEGIN_NS = int(made.BEGIN.timestamp()) * 10**9


def test_positions_heights_and_times_are_those_of_the_file() -> None:
    """Every number is the one that stands in the file; times count from the first point."""
    found = track(gpx([walk(5)]))
    assert [48.0, 48.00001, 48.00002, 48.00003, 48.00004] == found.latitude_deg.tolist()
    assert [11.0, 11.00002, 11.00004, 11.00006, 11.00008] == found.longitude_deg.tolist()
    assert [500.0, 500.1, 500.2, 500.3, 500.4] == found.elevation_m.tolist()
    assert [0.0, 1.0, 2.0, 3.0, 4.0] == found.time_s.tolist()
    assert Start(BEGIN_NS, None, None, "recorded") == found.start
    assert ("GPX", None) == (found.format, found.elevation_source)
    assert () == found.warnings


def test_what_apple_adds_is_read() -> None:
    """Speed and both accuracies of an Apple route are read, and the course is not needed."""
    more = {"speed": "1.31", "course": "206.25", "hAcc": "4.5", "vAcc": "-1"}
    found = track(gpx([walk(3, **more)], APPLE))
    assert [1.31] * 3 == found.speed_m_s.tolist()
    assert [4.5] * 3 == found.accuracy_m.tolist()
    assert np.isnan(found.vertical_accuracy_m).all(), "-1 stands for no accuracy"


def test_hdop_is_no_accuracy() -> None:
    """How the satellites stood is not how many metres a position is off."""
    text = gpx([walk(3)]).replace(b"</ele>", b"</ele><hdop>1.2</hdop>")
    assert np.isnan(track(text).accuracy_m).all()


def test_each_segment_is_a_piece_of_its_own() -> None:
    """Points of different segments are told apart, and empty segments do not count."""
    points = walk(6)
    found = track(gpx([points[:2], [], points[2:3], points[3:]]))
    assert [0, 0, 1, 2, 2, 2] == found.segment.tolist()


def test_each_track_is_an_outing() -> None:
    """Two tracks in a file are two walks, each with its own name and sport."""
    one = gpx([walk(3)], inside="<name>Lake &amp; hill</name><type>hiking</type>")
    two = gpx([walk(4)], inside="<name>Run</name><type>9</type><desc>It was hot.</desc>")
    both = one.replace(b"</gpx>", two[two.index(b"<trk>") :])
    first, second = tracks(both)
    assert first.activity is not None
    assert second.activity is not None
    assert ("Lake & hill", "hiking") == (first.activity.title, first.activity.sport)
    assert ("Run", "running") == (second.activity.title, second.activity.sport)
    assert "It was hot." == second.activity.note
    assert (3, 4) == (len(first), len(second))
    assert second.activity.end_utc_ns == BEGIN_NS + 3 * 10**9
    assert "Test" == second.activity.device.model


def test_a_drawn_route_has_no_times() -> None:
    """A planned way keeps its points, without times, even where the planner made some up."""
    text = gpx([walk(4)]).replace(b"trkpt", b"rtept").replace(b"<trk>", b"<rte>")
    text = text.replace(b"</trk>", b"</rte>").replace(b"<trkseg>", b"").replace(b"</trkseg>", b"")
    found = track(text)
    assert 4 == len(found)
    assert np.isnan(found.time_s).all()
    assert (None, None) == (found.start, found.activity)
    assert any("drawn" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("creator", "kind"),
    [("StravaGPX iPhone", "phone"), ("Apple Watch Export", "watch"), ("Garmin Connect", "other")],
)
def test_the_writer_tells_the_kind_of_device(creator: str, kind: str) -> None:
    """A phone or a watch is known where the writer calls itself so."""
    found = track(gpx([walk(3)], Style(root=f'<gpx creator="{creator}">'))).activity
    assert found is not None
    assert kind == found.device.kind


def test_a_track_whose_points_hold_nothing_is_said_to_be_left_out() -> None:
    """Points without a place or any other value make no track."""
    data = gpx([[Point("x", "y", None, made.stamp(i)) for i in range(3)]])
    assert [] == tracks(data)
    assert ["“Walk”: none of its points has a place or another value"] == reasons(data)


def test_way_points_are_counted_and_left_out() -> None:
    """A mark on the map is no walk, and its name and time are not those of one."""
    mark = (
        b'<wpt lat="1" lon="2"><ele>3</ele><time>2001-01-01T00:00:00Z</time><name>Hut</name></wpt>'
    )
    data = gpx([walk(3)]).replace(b"<trk>", mark * 2 + b"<trk>")
    found = track(data)
    assert 3 == len(found)
    assert found.activity is not None
    assert "Walk" == found.activity.title
    assert ["2 way points: they are marks on a map, not a walk"] == reasons(data)


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("walking", "walking"),
        ("Walk", "walking"),
        ("10", "walking"),
        ("Nordic Walking", "walking"),
        ("Spaziergang", "walking"),
        ("Hiking", "hiking"),
        ("hike", "hiking"),
        ("4", "hiking"),
        ("randonnée", "hiking"),
        ("trail_running", "running"),
        ("9", "running"),
        ("TrailRun", "running"),
        ("1", "cycling"),
        ("mountain_biking", "cycling"),
        ("treadmill walking", "treadmill"),
        ("treadmill_running", "running"),
        ("Nordic Ski", "other"),
        ("swimming", "other"),
        ("", "unknown"),
        ("jkljkl", "unknown"),
        ("77", "unknown"),
    ],
)
def test_the_type_of_a_track_tells_the_sport(word: str, sport: str) -> None:
    """Words of several programs and languages are understood; the others are not guessed."""
    found = track(gpx([walk(3)], inside=f"<type>{word}</type>"))
    assert found.activity is not None
    assert sport == found.activity.sport


@pytest.mark.parametrize(
    ("creator", "source"),
    [("StravaGPX iPhone", None), ("Garmin Edge 530 with barometer", "barometer"), ("x", None)],
)
def test_a_barometer_is_believed_only_where_the_file_names_one(
    creator: str, source: str | None
) -> None:
    """Who measured the height stays open unless the writer says so."""
    style = Style(root=f'<gpx creator="{creator}">')
    found = track(gpx([walk(3)], style))
    assert source == found.elevation_source
    assert found.activity is not None
    assert creator == found.activity.device.model


@pytest.mark.parametrize(
    ("name", "value", "kind", "expected"),
    [
        ("cad", "55", "walking", 110.0),
        ("cad", "55", "", 110.0),
        ("cad", "85", "running", 170.0),
        ("cad", "170", "running", 170.0),
        ("cad", "110", "walking", 110.0),
        ("cadence", "110", "walking", 110.0),
        ("cadence", "110", "", 110.0),
        ("cadence", "52", "walking", 104.0),
        ("cadence", "82", "running", 164.0),
    ],
)
def test_cadence_is_in_steps_of_both_feet(
    name: str, value: str, kind: str, expected: float
) -> None:
    """Whether one leg was counted is told by field and value, and it is said."""
    data = gpx([walk(5, **{name: value})], inside=f"<type>{kind}</type>")
    found = track(data)
    assert [expected] * 5 == found.cadence_spm.tolist()
    assert 1 == sum("cadence" in warning for warning in found.warnings)


def test_pedals_are_no_steps() -> None:
    """In a ride the cadence is left out, and it is said."""
    found = track(gpx([walk(5, cad="80")], inside="<type>cycling</type>"))
    assert np.isnan(found.cadence_spm).all()
    assert any("pedals" in warning for warning in found.warnings)


def test_zeros_that_mean_nothing_are_nothing() -> None:
    """A pulse of 0, a cadence that is always 0 and the place 0, 0 were not measured."""
    points = [*walk(3, hr="0", cad="0"), Point("0.0", "0.0", "0", made.stamp(3), {"hr": "90"})]
    found = track(gpx([points]))
    assert np.isnan(found.cadence_spm).all()
    assert np.isnan(found.heart_rate_bpm[:3]).all()
    assert 90.0 == found.heart_rate_bpm[3]
    assert np.isnan(found.latitude_deg[3])
    assert 0.0 == found.elevation_m[3], "the sea is a height"


def test_impossible_values_are_taken_out_and_counted() -> None:
    """A latitude of 91 degrees and a height of 99 km cannot be."""
    points = walk(5)
    points[1] = replace(points[1], lat="91.0")
    points[2] = replace(points[2], ele="99000")
    found = track(gpx([points]))
    assert np.isnan(found.latitude_deg[1])
    assert np.isnan(found.longitude_deg[1])
    assert np.isnan(found.elevation_m[2])
    assert 2 == sum("cannot be" in warning for warning in found.warnings)


def test_decimal_commas_are_read() -> None:
    """A program that writes numbers as its country does is understood."""
    data = gpx([walk(5)])
    comma = data.replace(b"48.", b"48,").replace(b"11.", b"11,").replace(b"500.", b"500,")
    assert track(data).latitude_deg.tolist() == track(comma).latitude_deg.tolist()
    assert track(data).elevation_m.tolist() == track(comma).elevation_m.tolist()


def test_older_walks_are_left_out_when_asked() -> None:
    """A walk that ended before the wanted time is not handed on, and that is said."""
    data = gpx([walk(10)])
    assert 1 == len(tracks(data, options=Options(since_utc_ns=BEGIN_NS + 9 * 10**9)))
    options = Options(since_utc_ns=BEGIN_NS + 10 * 10**9)
    assert [] == tracks(data, options=options)
    assert any("older" in reason for reason in reasons(data, options))


def test_it_is_recognised_by_content_and_read_through_the_front_door() -> None:
    """Any name will do; a TCX file, a web page and a text that speaks of GPX are not its own."""
    data = gpx([walk(30)])
    importer = Gpx()
    assert {95} == {importer.sniff(Source.of(data, n)).score for n in ("a.gpx", "b.csv", "c")}
    assert 60 == importer.sniff(Source.of(data[data.index(b"<trkpt") :])).score
    others = (b"", b"no <gpx> here", b"<html><gpx></html>", made.tcx(), b"\xff\xfe<\0")
    assert {0} == {importer.sniff(Source.of(other)).score for other in others}
    assert 0 == Tcx().sniff(Source.of(data)).score
    (found,) = [item for item in es.scan(data) if isinstance(item, Track)]
    assert 30 == len(found)


def test_a_file_without_a_track_says_so_before_it_is_read() -> None:
    """Way points alone are no walk: the error says what to do."""
    data = b'<gpx><wpt lat="1" lon="2"/></gpx>'
    with pytest.raises(es.NotARecording, match="GPX") as caught:
        Gpx().plan(Source.of(data), NO_OPTIONS)
    assert caught.value.hint


def test_a_member_of_an_archive_can_be_read_by_itself() -> None:
    """Archives hand over a file in them; its name is told without its folder."""
    source = Source.of(gpx([walk(4)]), "routes/one.gpx")
    (found,) = [i for i in read_gpx(source, source.members()[0]) if isinstance(i, Track)]
    assert (4, "one.gpx") == (len(found), found.source)
