"""Stride length from height and rhythm, and distance from a track."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.length import distance_of_track_m, stride_length_m
from evenstride.model import Track

EARTH_M = 6_371_008.8
POSITIVE = st.floats(0.2, 5)


def length(height=1.7, strength=2.0, rate=1.8) -> float:
    """Length of one stride."""
    return float(stride_length_m(height, np.array([strength]), np.array([rate]))[0])


@given(factor=POSITIVE, height=st.floats(1.2, 2.1), strength=POSITIVE, rate=st.floats(0.8, 3))
def test_the_law_of_the_pendulum(factor, height, strength, rate):
    """Length grows with the root of height and strength and falls with the step rate."""
    once = length(height, strength, rate)

    assert once * np.sqrt(factor) == pytest.approx(length(height * factor, strength, rate))
    assert once * np.sqrt(factor) == pytest.approx(length(height, strength * factor, rate))
    assert once / factor == pytest.approx(length(height, strength, rate * factor))


def test_a_usual_walk_has_a_usual_stride():
    """A person of 1.75 m with 2 m/s2 at 110 steps a minute takes strides of 1.2 to 1.7 m."""
    assert 1.2 < length(1.75, 2.0, 110 / 60) < 1.7


def track_of(time_s, east_m, north_m, accuracy_m=5.0, latitude=50.0) -> Track:
    """A track by metres east and north of a place."""
    time_s = np.asarray(time_s, dtype=float)
    nothing = np.full(time_s.size, np.nan)
    lat = latitude + np.degrees(np.asarray(north_m) / EARTH_M)
    lon = 8.0 + np.degrees(np.asarray(east_m) / EARTH_M / np.cos(np.radians(latitude)))
    accuracy = np.broadcast_to(accuracy_m, time_s.size).astype(float)
    return Track(time_s, lat, lon, nothing, nothing, accuracy)


@given(heading=st.floats(0, 6.28), latitude=st.floats(-70, 70), speed=st.floats(0.5, 2))
def test_great_circles(heading, latitude, speed):
    """A straight walk in any direction at any latitude has its length, to a tenth of a per cent."""
    at = np.arange(0, 301.0)
    track = track_of(
        at, speed * at * np.sin(heading), speed * at * np.cos(heading), latitude=latitude
    )

    metres, seconds = distance_of_track_m(track, np.array([[0.0, 300.0]]))

    assert 300.0 == pytest.approx(seconds)
    assert 300.0 * speed == pytest.approx(metres, rel=1e-3)


def test_a_quarter_of_the_equator():
    """A hop from 0 to 90 degrees east is a quarter of the circumference of the earth."""
    at, nothing = np.array([0.0, 100.0]), np.full(2, np.nan)
    track = Track(at, np.zeros(2), np.array([0.0, 90.0]), nothing, nothing, nothing)

    metres, _ = distance_of_track_m(track, np.array([[0.0, 100.0]]))

    assert EARTH_M * np.pi / 2 == pytest.approx(metres)


def test_only_time_spent_walking_counts():
    """Distance outside the bouts, as on a bus, is not walked."""
    at = np.arange(0, 301.0)
    track = track_of(at, np.where(at < 100, 1.2 * at, 120 + 15 * (at - 100)), 0 * at)

    metres, seconds = distance_of_track_m(track, np.array([[0.0, 100.0]]))

    assert 100.0 == pytest.approx(seconds)
    assert 120.0 == pytest.approx(metres, rel=0.02)


def test_bad_fixes_are_left_out():
    """Fixes that say they are off by more than 30 m, or have no position, change nothing."""
    at = np.arange(0, 301.0)
    east = 1.2 * at
    bad = at % 7 == 3
    clean = track_of(at[~bad], east[~bad], 0 * at[~bad])
    spoilt = track_of(
        at, np.where(bad, east + 500, east), 0 * at, accuracy_m=np.where(bad, 80.0, 5.0)
    )
    bout = np.array([[0.0, 300.0]])

    assert distance_of_track_m(clean, bout) == pytest.approx(distance_of_track_m(spoilt, bout))


def test_noise_of_close_fixes_adds_little():
    """Three metres of noise a second make the distance at most a sixth longer."""
    at = np.arange(0, 601.0)
    noise = np.random.default_rng(0).normal(0, 3 / np.sqrt(2), (2, at.size))

    metres, _ = distance_of_track_m(
        track_of(at, 1.2 * at + noise[0], noise[1]), np.array([[0.0, 600.0]])
    )

    assert 720 == pytest.approx(metres, rel=0.16)


@pytest.mark.parametrize("bouts", [np.empty((0, 2)), np.array([[0.0, 20.0]])])
def test_short_bouts_have_no_distance(bouts):
    """Bouts under half a minute, and no bouts at all, have no distance."""
    at = np.arange(0, 61.0)

    assert (0.0, 0.0) == distance_of_track_m(track_of(at, at, at), bouts)
