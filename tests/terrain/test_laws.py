"""What must hold for every track, whatever it is like."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.model import Track
from evenstride.terrain import terrain
from evenstride.testing.ground import simulate_ground

SEEDS = st.integers(0, 50)
FEW = settings(max_examples=5, deadline=None)


def walk(seed):
    """Return a short walk over hills."""
    return simulate_ground(seed, length_m=700.0, hills="steep", sampling_s=5.0).track


def numbers(profile):
    """Return every measure as plain values."""
    return {name: (m.value, m.low, m.high) for name, m in profile.measures.items()}


@FEW
@given(SEEDS, st.floats(-1e6, 1e6).map(round))
def test_a_shift_of_time_changes_nothing(seed, shift):
    """The same walk at another time of day has the same ground."""
    track = walk(seed)
    shifted = terrain(replace(track, time_s=track.time_s + shift))

    for name, values in numbers(terrain(track)).items():
        assert values == pytest.approx(numbers(shifted)[name], rel=1e-3, abs=1e-2), name


@FEW
@given(SEEDS)
def test_doubled_points_change_nothing(seed):
    """Every point written twice is the same walk."""
    track = walk(seed)
    doubled = track.select(np.repeat(np.arange(len(track)), 2))

    assert numbers(terrain(track)) == numbers(terrain(doubled))


@FEW
@given(SEEDS)
def test_the_way_back_climbs_what_the_way_there_falls(seed):
    """Reversed in space, climb and descent change places within what the draws leave open."""
    track = walk(seed)
    names = [name for name in track.columns() if name != "time_s"]
    back = replace(track, **{name: getattr(track, name)[::-1] for name in names})
    there, again = terrain(track).measures, terrain(back).measures
    width = there["climb_m"].high - there["climb_m"].low

    assert there["climb_m"].value == pytest.approx(again["descent_m"].value, abs=0.5 * width)
    assert there["distance_m"].value == pytest.approx(again["distance_m"].value, rel=0.02)


@FEW
@given(SEEDS, st.floats(-200.0, 3000.0))
def test_the_height_above_the_sea_does_not_matter(seed, offset):
    """Heights above the ellipsoid or the geoid give the same climb."""
    track = walk(seed)
    lifted = terrain(replace(track, elevation_m=track.elevation_m + offset))
    climb = terrain(track).measures["climb_m"]

    assert climb.value == pytest.approx(lifted.measures["climb_m"].value, rel=0.05, abs=1.0)


@FEW
@given(SEEDS)
def test_intervals_hold_their_values(seed):
    """Every value lies in its interval, every slope too, and the same track gives the same."""
    profile = terrain(walk(seed))
    pieces = profile.segments

    for measure in profile.measures.values():
        assert measure.value is None or measure.low <= measure.value <= measure.high
    assert (pieces.slope_low_pct <= pieces.slope_high_pct).all()
    assert (np.diff(pieces.start_m) > 0).all()
    assert numbers(profile) == numbers(terrain(walk(seed)))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_junk_gives_a_profile(data):
    """Columns of any numbers, and none, end in a profile and never in an error."""
    count = data.draw(st.integers(0, 30))
    odd = st.floats(allow_nan=True, allow_infinity=True, width=32)
    near = st.floats(-0.01, 0.01)
    some = st.lists(st.one_of(near, near, near, odd), min_size=count, max_size=count).map(np.array)
    track = Track(
        time_s=data.draw(some).astype(float),
        latitude_deg=data.draw(some).astype(float),
        longitude_deg=data.draw(some).astype(float),
        elevation_m=data.draw(some).astype(float),
        pressure_pa=data.draw(some).astype(float),
        accuracy_m=data.draw(some).astype(float),
    )

    assert terrain(track).to_json()


def test_stamps_that_lie_a_nothing_apart_end_in_a_profile():
    """They look like a speed beyond all numbers."""
    time_s = np.zeros(11)
    time_s[0], time_s[3] = -2172.0, 3.4e-284
    latitude = np.zeros(11)
    latitude[[0, 1, 3]] = 0.0078125, 0.00390625, 0.0078125
    nothing = np.zeros(11)

    assert terrain(Track(time_s, latitude, nothing, nothing)).to_json()
