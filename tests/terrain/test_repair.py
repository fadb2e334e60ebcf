"""A track is put right, and what was done is said."""

from dataclasses import replace

import numpy as np
import pytest

from evenstride.model import Activity, Start, Track
from evenstride.terrain import terrain
from evenstride.terrain.repair import repaired
from evenstride.terrain.rides import rides
from evenstride.terrain.still import standing
from evenstride.testing.ground import GroundErrors, simulate_ground

QUIET = GroundErrors(place_m=1.0, place_white_m=0.2)
METRE_DEG = 1 / 111_195.0


def straight(points=200, step_m=1.3, **columns):
    """Return a straight walk to the north, one point a second."""
    time = np.arange(float(points))
    return Track(
        time_s=time,
        latitude_deg=46.0 + step_m * METRE_DEG * time,
        longitude_deg=np.full(points, 14.0),
        **columns,
    )


def moved(track, row, east_m):
    """Return the track with one point moved to the east."""
    longitude = track.longitude_deg.copy()
    longitude[row] += east_m * METRE_DEG / np.cos(np.radians(46.0))
    return replace(track, longitude_deg=longitude)


def test_a_clean_track_is_left_alone():
    """Nothing is left out of a track without faults, and nothing is said."""
    clean = repaired(straight())

    assert () == clean.repairs
    assert list(range(200)) == clean.row.tolist()


def test_a_point_far_away_is_left_out():
    """One point 300 m off the way is left out and said; the way is not longer for it."""
    profile = terrain(moved(straight(), 100, 300.0))

    assert ("1 point lay far off the way, and was left out.",) == profile.repairs
    assert 199 * 1.3 == pytest.approx(profile.measures["distance_m"].value, rel=0.03)


def test_a_jump_that_stays_is_a_break():
    """If the way goes on 5 km away, what lies between is not counted, and said."""
    track = straight(400)
    latitude = track.latitude_deg.copy()
    latitude[200:] += 5000 * METRE_DEG
    profile = terrain(replace(track, latitude_deg=latitude))

    assert "breaks off once" in profile.repairs[0]
    assert 398 * 1.3 == pytest.approx(profile.measures["distance_m"].value, rel=0.03)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0.0, 0.0), (91.0, 14.0), (np.inf, 14.0), (46.0, 181.0)]
)
def test_places_that_cannot_be_are_left_out(latitude, longitude):
    """A place that is none is left out, also one that is no number."""
    track = straight()
    north, east = track.latitude_deg.copy(), track.longitude_deg.copy()
    north[50], east[50] = latitude, longitude
    clean = repaired(replace(track, latitude_deg=north, longitude_deg=east))

    assert 199 == len(clean.row)


def test_time_that_goes_back_is_left_out():
    """Points that repeat an earlier time are left out and counted."""
    track = straight()
    time = track.time_s.copy()
    time[100:105] = time[60:65]
    clean = repaired(replace(track, time_s=time))

    assert ("5 points repeated an earlier time, and were left out.",) == clean.repairs
    assert (np.diff(clean.time_s) > 0).all()


def test_missing_times_are_filled_in():
    """A part without times counts as walked at a usual pace, in order, and that is said."""
    track = straight()
    time = track.time_s.copy()
    time[:50] = np.nan
    clean = repaired(replace(track, time_s=time))

    assert 200 == len(clean.row)
    assert (np.diff(clean.time_s) > 0).all()
    assert "no time" in clean.repairs[0]


def test_inexact_points_are_left_out_if_there_are_others():
    """Points that say they are worse than 100 m are left out, unless most are like that."""
    accuracy = np.full(200, 5.0)
    accuracy[:20] = 300.0

    assert 180 == len(repaired(straight(accuracy_m=accuracy)).row)
    assert 200 == len(repaired(straight(accuracy_m=np.full(200, 300.0))).row)


def test_a_ride_is_not_walked():
    """A kilometre by car between two walks is left out, and said; a whole ride is kept."""
    speed = np.concatenate([np.full(200, 1.3), np.full(80, 13.0), np.full(200, 1.3)])
    track = straight(480)
    track = replace(track, latitude_deg=46.0 + METRE_DEG * np.cumsum(speed))
    profile = terrain(track)

    assert "faster than anybody walks" in profile.repairs[-1]
    assert 400 * 1.3 == pytest.approx(profile.measures["distance_m"].value, rel=0.05)
    ridden = straight(400, step_m=13.0)
    assert () == terrain(ridden).repairs


def test_a_run_is_no_ride():
    """In what the file calls a run, fast parts are counted."""
    speed = np.concatenate([np.full(200, 2.0), np.full(80, 6.0), np.full(200, 2.0)])
    start = Start(1_700_000_000_000_000_000, None, None, "recorded")
    run = Activity(start, start.utc_ns + 480 * 10**9, "running")
    track = replace(straight(480), latitude_deg=46.0 + METRE_DEG * np.cumsum(speed), activity=run)

    assert () == terrain(track).repairs


def test_there_is_no_ride_in_a_walk():
    """Nobody rides on a simulated walk."""
    clean = repaired(simulate_ground(4, length_m=1500.0).track)

    assert not rides(clean.time_s, clean.east_m, clean.north_m, clean.piece).any()


def test_pauses_are_found():
    """Standing still for minutes is no time on the move, though places tremble."""
    walk = simulate_ground(5, length_m=1200.0, pauses=2, errors=QUIET)
    moving = terrain(walk.track).measures["moving_s"]

    assert walk.moving_s == pytest.approx(moving.value, abs=25.0)
    assert moving.low <= walk.moving_s <= moving.high


def test_turning_back_is_no_pause():
    """Whoever turns on the spot is moving all the time."""
    there = np.arange(0.0, 40.0)
    east = np.concatenate([there, there[::-1]]) * 1.3

    assert (standing(np.arange(80.0), east, np.zeros(80)) < 0).all()


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_hardly_any_points_raise_nothing(count):
    """Empty and tiny tracks give a profile whose measures say why they are absent."""
    profile = terrain(straight().select(slice(0, count)))

    assert all(one.value is not None or one.reason for one in profile.measures.values())
    assert profile.measures["climb_m"].value is None
    assert profile.to_json()


@pytest.mark.parametrize("off_s", [600.0, 5 * 3600.0, 86_400.0, -86_400.0])
def test_one_late_time_costs_one_point(off_s):
    """A time far from those around it is left out; what follows in the file is kept."""
    track = straight(400)
    time = track.time_s.copy()
    time[20] += off_s
    profile = terrain(replace(track, time_s=time))

    said = "1 point had a time far from those around, and was left out."
    assert (said,) == profile.repairs
    assert 399 * 1.3 == pytest.approx(profile.measures["distance_m"].value, rel=0.03)
