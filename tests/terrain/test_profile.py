"""The ground is told as it is, and what cannot be told is said."""

from dataclasses import replace

import numpy as np
import pytest

import evenstride as es
import evenstride.terrain
from evenstride.model import Track
from evenstride.terrain import terrain
from evenstride.terrain.measures import MEASURES
from evenstride.testing.ground import GroundErrors, simulate_ground


def covered(walk, profile):
    """Return the share of the pieces whose interval holds the true slope."""
    pieces = profile.segments
    truth = walk.slope_pct(pieces.start_s, pieces.end_s)
    inside = (pieces.slope_low_pct <= truth) & (truth <= pieces.slope_high_pct)
    return float(inside[np.isfinite(truth)].mean())


@pytest.mark.parametrize("source", ["gps", "barometer", "device", "pressure"])
@pytest.mark.parametrize("sampling_s", [1.0, 15.0])
def test_slopes_are_within_their_intervals(source, sampling_s):
    """On hills, the intervals of nearly all pieces hold the true slope, for every source."""
    walks = [
        simulate_ground(seed, length_m=1500.0, hills="steep", source=source, sampling_s=sampling_s)
        for seed in (1, 2, 3)
    ]

    assert 0.88 <= np.mean([covered(walk, terrain(walk.track)) for walk in walks])


def test_a_flat_way_reads_as_flat():
    """Satellites that climb 200 m by their errors alone do not make a flat way hilly."""
    walk = simulate_ground(11, length_m=3000.0, hills="flat", sampling_s=15.0)
    raw = np.maximum(np.diff(walk.track.elevation_m), 0.0).sum()
    profile = terrain(walk.track)
    climb = profile.measures["climb_m"]

    assert raw > 100.0
    assert climb.low <= 10.0
    assert climb.high - climb.low <= 60.0
    assert "flat" == es.terrain.hills_of(profile)


def test_air_pressure_is_the_best_source():
    """With air pressure the climb is told to a few metres, and what it rests on is named."""
    walk = simulate_ground(12, length_m=2000.0, hills="rolling", source="pressure", sampling_s=5.0)
    profile = terrain(walk.track)
    alone = terrain(replace(walk.track, pressure_pa=np.full(len(walk.track), np.nan)))
    climb, without = profile.measures["climb_m"], alone.measures["climb_m"]

    assert "barometer" == profile.elevation_source
    assert "firm" == climb.grade
    assert climb.low <= walk.climb_m <= climb.high
    assert "gps" == alone.elevation_source
    assert climb.high - climb.low < 0.5 * (without.high - without.low)
    assert 500.0 == pytest.approx(np.mean(profile.segments.elevation_m), abs=60.0)


def test_the_distance_is_not_longer_for_trembling():
    """Places that tremble make the raw sum a fifth longer, and the distance not."""
    walk = simulate_ground(13, length_m=2000.0, source="none", errors=GroundErrors(place_m=2.0))
    distance = terrain(walk.track).measures["distance_m"]

    assert distance.low <= walk.distance_m <= distance.high
    assert walk.distance_m == pytest.approx(distance.value, rel=0.03)


def test_without_heights_there_is_no_slope():
    """A track without heights has a distance; climb and slope are absent with the reason, not 0."""
    profile = terrain(simulate_ground(14, length_m=600.0, source="none").track)

    assert set(MEASURES) == set(profile.measures)
    assert profile.measures["distance_m"].value is not None
    assert profile.measures["climb_m"].value is None
    assert "no heights" in profile.measures["climb_m"].reason
    assert profile.elevation_source is None
    assert np.isnan(profile.segments.slope_pct).all()


def test_one_height_everywhere_is_none():
    """A file that gives the same height everywhere did not measure any."""
    track = simulate_ground(14, length_m=600.0, source="none").track
    profile = terrain(replace(track, elevation_m=np.full(len(track), 120.0)))

    assert profile.measures["climb_m"].value is None
    assert "same height everywhere" in profile.measures["climb_m"].reason


def test_without_times_there_are_slopes_still():
    """A drawn or stripped route has distance and slopes, but no time on the move."""
    track = simulate_ground(15, length_m=1000.0, hills="steep", sampling_s=10.0).track
    profile = terrain(replace(track, time_s=np.full(len(track), np.nan)))

    assert profile.measures["moving_s"].value is None
    assert "no times" in profile.measures["moving_s"].reason
    assert profile.measures["climb_m"].value is not None
    assert np.isnan(profile.segments.start_s).all()


def test_a_short_way_has_no_slope():
    """Below 100 m no slope is told, and it is said."""
    profile = terrain(simulate_ground(16, length_m=60.0).track)

    assert "shorter than 100 m" in profile.measures["climb_m"].reason


def test_a_track_without_places_keeps_what_the_device_counted():
    """Indoors the device's own distance is kept, for the person's own trend."""
    time = np.arange(100.0)
    distance = terrain(Track(time_s=time, distance_m=1.2 * time)).measures["distance_m"]

    assert 1.2 * 99 == pytest.approx(distance.value)
    assert "own_trend" == distance.grade


def test_shares_add_up_and_hold_their_limits():
    """Clear shares never exceed the whole, and each interval begins at what is clear."""
    measures = terrain(simulate_ground(17, length_m=1500.0, hills="steep").track).measures
    shares = [measures[name] for name in ("uphill_share", "downhill_share", "level_share")]

    assert sum(one.value for one in shares) <= 1.0
    assert all(one.low == one.value <= one.high <= 1.0 for one in shares)


def test_what_a_map_says_is_handed_on():
    """A map of ways is asked for every piece once, and its words stand in the pieces."""

    class Gravel:
        """A map that knows one answer."""

        def surfaces(self, latitude_deg, longitude_deg, accuracy_m):
            assert len(latitude_deg) == len(longitude_deg) == len(accuracy_m)
            words = np.full(len(latitude_deg), "track")
            return words, np.full(len(words), "gravel"), np.full(len(words), "path"), "a map"

    profile = terrain(simulate_ground(18, length_m=400.0).track, ways=Gravel())

    assert {"track"} == set(profile.segments.surface.tolist())
    assert {"gravel"} == set(profile.segments.surface_tag.tolist())
    assert "a map" == profile.map


def test_the_room_can_be_called():
    """es.terrain is the room, and calling it is calling its function."""
    track = simulate_ground(19, length_m=400.0).track

    assert es.terrain is evenstride.terrain
    assert es.terrain(track).to_json() == terrain(track).to_json()


@pytest.mark.parametrize(("metres_a_second", "ridden"), [(1.4, False), (9.0, True)])
def test_a_ride_is_said_to_be_one(metres_a_second, ridden):
    """A car or a bicycle is not told as a walk."""
    at = np.arange(0.0, 900.0)
    track = Track(at, 50.0 + at * metres_a_second / 111_195.0, np.full(at.size, 8.0))

    assert ridden == any("a ride" in one for one in terrain(track).warnings)
