"""Stride length from height and rhythm, and distance from a track."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.length import Tracked, distance_of_track, stride_length_m
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

    found = distance_of_track(track, np.array([[0.0, 300.0]]))

    assert 300.0 == pytest.approx(found.seconds)
    assert 300.0 * speed == pytest.approx(found.metres, rel=1e-3)


def test_a_quarter_of_the_equator():
    """A hop from 0 to 90 degrees east is a quarter of the circumference of the earth."""
    at, nothing = np.array([0.0, 100.0]), np.full(2, np.nan)
    track = Track(at, np.zeros(2), np.array([0.0, 90.0]), nothing, nothing, nothing)

    found = distance_of_track(track, np.array([[0.0, 100.0]]))

    assert EARTH_M * np.pi / 2 == pytest.approx(found.metres)


def test_only_time_spent_walking_counts():
    """Distance outside the bouts, as on a bus, is not walked."""
    at = np.arange(0, 301.0)
    track = track_of(at, np.where(at < 100, 1.2 * at, 120 + 15 * (at - 100)), 0 * at)

    found = distance_of_track(track, np.array([[0.0, 100.0]]))

    assert 100.0 == pytest.approx(found.seconds)
    assert 120.0 == pytest.approx(found.metres, rel=0.02)


def test_bad_fixes_are_left_out():
    """Fixes that say they are off by more than 10 m, or have no position, change nothing."""
    at = np.arange(0, 301.0)
    east = 1.2 * at
    bad = at % 7 == 3
    clean = track_of(at[~bad], east[~bad], 0 * at[~bad])
    spoilt = track_of(
        at, np.where(bad, east + 500, east), 0 * at, accuracy_m=np.where(bad, 10.5, 5.0)
    )
    bout = np.array([[0.0, 300.0]])

    expected, actual = distance_of_track(clean, bout), distance_of_track(spoilt, bout)

    assert expected.metres == pytest.approx(actual.metres, rel=1e-6)
    assert expected.seconds == pytest.approx(actual.seconds)


def test_noise_of_close_fixes_adds_little():
    """Three metres of noise a second change the distance by at most 3 %."""
    at = np.arange(0, 601.0)
    noise = np.random.default_rng(0).normal(0, 3 / np.sqrt(2), (2, at.size))

    found = distance_of_track(track_of(at, 1.2 * at + noise[0], noise[1]), np.array([[0.0, 600.0]]))

    assert 720 == pytest.approx(found.metres, rel=0.03)


@pytest.mark.parametrize("bouts", [np.empty((0, 2)), np.array([[0.0, 20.0]])])
def test_short_bouts_have_no_distance(bouts):
    """Bouts under half a minute, and no bouts at all, have no distance."""
    at = np.arange(0, 61.0)

    assert Tracked(0.0, 0.0, np.inf) == distance_of_track(track_of(at, at, at), bouts)


def test_the_last_fix_is_used():
    """The distance runs to the last fix of a bout, wherever the hops before it end."""
    at = np.arange(0, 108.0)
    found = distance_of_track(track_of(at, 1.2 * at, 0 * at), np.array([[0.0, 200.0]]))

    assert 107.0 == pytest.approx(found.seconds)
    assert 1.2 * 107 == pytest.approx(found.metres, rel=1e-3)


def test_rough_fixes_say_so():
    """The less exact the fixes, the larger the error, also where a track does not tell."""
    at = np.arange(0, 601.0)
    bout = np.array([[0.0, 600.0]])
    fine, rough, untold = (
        distance_of_track(track_of(at, 1.2 * at, 0 * at, accuracy_m=accuracy), bout).relative_error
        for accuracy in (2.0, 9.0, np.nan)
    )

    assert 0.02 < fine < rough < untold < 0.1


@pytest.mark.parametrize("lasting_s", [180.0, 600.0])
def test_noisy_fixes_stay_inside_their_error(lasting_s):
    """With noise of 6 m in each direction and an accuracy of 8 m, 19 of 20 are within 1.96 SD."""
    at = np.arange(0, lasting_s + 1)
    held = 0
    for seed in range(40):
        east, north = np.random.default_rng(seed).normal(0, 6, (2, at.size))
        track = track_of(at, 1.2 * at + east, north, accuracy_m=8.0)
        found = distance_of_track(track, np.array([[0.0, lasting_s]]))
        speed = found.metres / found.seconds
        held += abs(speed / 1.2 - 1) <= 1.96 * found.relative_error

    assert held >= 38
