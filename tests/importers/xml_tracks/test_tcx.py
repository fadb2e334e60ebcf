"""What of a TCX file becomes what of a track."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

import evenstride as es
from evenstride.importers.source import Source
from evenstride.importers.xml_tracks import Tcx, read_tcx
from evenstride.model import Track

from .made import Point, activity, lap, stamp, tcx, track, trackpoint, tracks, walk


def test_an_activity_becomes_a_track_with_its_totals() -> None:
    """Points, the totals of all laps, sport, device and notes are read."""
    points = walk(6, hr="101", speed="1.25", dist="12.5")
    laps = lap(points[:3], seconds=2.5), lap(points[3:], seconds=2.0)
    found = track(tcx(activity(*laps, notes="Back felt good")))
    assert [101.0] * 6 == found.heart_rate_bpm.tolist()
    assert [1.25] * 6 == found.speed_m_s.tolist()
    assert [12.5] * 6 == found.distance_m.tolist()
    assert [500.0, 500.1, 500.2, 500.3, 500.4, 500.5] == found.elevation_m.tolist()
    assert [0.0, 1.0, 2.0, 3.0, 4.0, 5.0] == found.time_s.tolist()
    told = found.activity
    assert told is not None
    assert ("walking", 4.5, 160.0, 100.0) == (
        told.sport, told.moving_s, told.distance_m, told.heart_rate_bpm
    )  # fmt: skip
    assert ("Forerunner", "Back felt good") == (told.device.model, told.note)


def test_laps_go_on_and_tracks_within_a_lap_are_breaks() -> None:
    """A new lap is no pause; a second track in the same lap is one."""
    points = walk(8)
    found = track(tcx(activity(lap(points[:2]), lap(points[2:4], points[4:6]), lap(points[6:]))))
    assert [0, 0, 0, 0, 1, 1, 1, 1] == found.segment.tolist()


def test_a_lap_after_a_long_pause_is_a_break() -> None:
    """Where minutes lie between two laps somebody paused."""
    early, late = walk(3), [Point("48.1", "11.1", "500", stamp(600 + i)) for i in range(3)]
    found = track(tcx(activity(lap(early), lap(late))))
    assert [0, 0, 0, 1, 1, 1] == found.segment.tolist()


def test_totals_are_known_only_if_every_lap_has_them() -> None:
    """The sum of some laps is not the sum of all."""
    second = lap(walk(3, 3)).replace("TotalTimeSeconds", "Unknown").replace("AverageHeart", "Other")
    told = track(tcx(activity(lap(walk(3)), second))).activity
    assert told is not None
    assert (None, 160.0, None) == (told.moving_s, told.distance_m, told.heart_rate_bpm)


def test_several_activities_are_several_outings() -> None:
    """Each activity of a file stands for itself; totals are not carried over."""
    data = tcx(activity(lap(walk(3))), activity(lap(walk(5), metres=33), sport="Biking"))
    first, second = tracks(data)
    assert (3, 5) == (len(first), len(second))
    assert first.activity is not None
    assert second.activity is not None
    assert (80.0, 33.0) == (first.activity.distance_m, second.activity.distance_m)
    assert ("walking", "cycling") == (first.activity.sport, second.activity.sport)


@pytest.mark.parametrize(
    ("name", "value", "sport", "expected"),
    [
        ("run", "56", "Walking", 112.0),
        ("run", "56", "Other", 112.0),
        ("run", "84", "Running", 168.0),
        ("run", "168", "Running", 168.0),
        ("cad", "112", "Walking", 112.0),
        ("cad", "56", "Walking", 112.0),
        ("cad", "84", "Running", 168.0),
    ],
)
def test_cadence_is_in_steps_of_both_feet(
    name: str, value: str, sport: str, expected: float
) -> None:
    """RunCadence counts one leg, Cadence does not say: the values tell."""
    found = track(tcx(activity(lap(walk(4, **{name: value})), sport=sport)))
    assert [expected] * 4 == found.cadence_spm.tolist()


def test_a_treadmill_has_no_positions_but_is_kept() -> None:
    """Points with a time and a pulse stay, without a place."""
    points = [Point("", "", None, stamp(i), {"hr": "90", "dist": f"{i}"}) for i in range(5)]
    found = track(tcx(activity(lap(points))))
    assert 5 == len(found)
    assert np.isnan(found.latitude_deg).all()
    assert [0.0, 1.0, 2.0, 3.0, 4.0] == found.distance_m.tolist()


def test_a_course_is_a_drawn_route() -> None:
    """A course holds times that nobody walked: they are not taken."""
    points = "".join(trackpoint(p) for p in walk(4))
    data = (
        "<TrainingCenterDatabase><Courses><Course><Name>Round the lake</Name>"
        f"<Track>{points}</Track></Course></Courses></TrainingCenterDatabase>"
    ).encode()
    found = track(data)
    assert np.isnan(found.time_s).all()
    assert any("drawn" in warning for warning in found.warnings)


def test_polar_is_warned_of() -> None:
    """Local times that are marked as world time cannot be told from right ones: it is said."""
    found = track(tcx(activity(lap(walk(3)), creator="Polar Vantage V")))
    assert any("Polar" in warning for warning in found.warnings)


@pytest.mark.parametrize("blanks", ["", "\n", "   \n\t ", " " * 500])
def test_blanks_before_the_declaration_and_gzip_do_not_matter(blanks: str) -> None:
    """Google Fit and Strava write blanks first; Strava packs the file."""
    plain = tcx(activity(lap(walk(10))))
    data = blanks.encode() + plain
    assert 95 == Tcx().sniff(Source.of(data)).score
    (found,) = [item for item in es.scan(gzip.compress(data)) if isinstance(item, Track)]
    assert track(plain).latitude_deg.tolist() == found.latitude_deg.tolist()


@pytest.mark.parametrize("prefix", ["", "ns2:", "ns5:", "x:"])
def test_prefixes_do_not_matter(prefix: str) -> None:
    """Whatever stands before the colon, declared or not, the element is the same."""
    data = tcx(activity(lap(walk(10, speed="1.5", run="55"))))
    other = data.replace(b"ns3:", prefix.encode())
    assert track(data).speed_m_s.tolist() == track(other).speed_m_s.tolist()
    assert track(data).cadence_spm.tolist() == track(other).cadence_spm.tolist()


def test_a_member_of_an_archive_can_be_read_by_itself() -> None:
    """Archives hand over a file in them."""
    source = Source.of(tcx(activity(lap(walk(4)))), "a/b.tcx")
    (found,) = [i for i in read_tcx(source, source.members()[0]) if isinstance(i, Track)]
    assert (4, "b.tcx", "TCX") == (len(found), found.source, found.format)
