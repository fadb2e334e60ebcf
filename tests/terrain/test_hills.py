"""The words for hills follow the measures, and are not said where they cannot be told."""

from dataclasses import replace

import numpy as np
import pytest

from evenstride.model import GroundSegments, Measure, Start, TerrainProfile, Track
from evenstride.terrain import hills_of, joined

START = Start(1_700_000_000_000_000_000, None, None, "recorded")


def profile(climb, steepest, distance_m=5000.0):
    """Return a profile with given climb (low, value, high) and steepest parts."""
    nothing = np.zeros(0)
    words = np.zeros(0, "<U1")
    segments = GroundSegments(*10 * (nothing,), words, words, words)

    def measure(low, value, high, unit):
        return Measure(value, low, high, unit, "own_trend", "", 1)

    found = {
        "distance_m": measure(distance_m, distance_m, distance_m, "m"),
        "climb_m": measure(*climb, "m"),
        "descent_m": measure(*climb, "m"),
        "steepest_pct": measure(*steepest, "%"),
    }
    return TerrainProfile(segments, found, "gps")


@pytest.mark.parametrize(
    ("climb", "steepest", "expected"),
    [
        ((0, 12, 30), (1, 2, 4), "flat"),
        ((60, 90, 120), (4, 6, 8), "some"),
        ((300, 330, 360), (8, 10, 12), "steep"),
        ((60, 90, 120), (12, 14, 18), "steep"),
        ((0, 100, 400), (1, 6, 20), None),
    ],
)
def test_words_follow_the_measures(climb, steepest, expected):
    """Flat, some and steep have limits; an interval from flat to steep says nothing."""
    assert expected == hills_of(profile(climb, steepest))


def test_nothing_is_said_without_heights():
    """Where climb is absent, hills are not told."""
    known = profile((0, 1, 2), (0, 1, 2))
    without = {**known.measures, "climb_m": Measure.absent("m", "No heights.")}

    assert hills_of(replace(known, measures=without)) is None


def piece(begin_s, points=5, start=START):
    """Return a short track that begins so many seconds after the others' start."""
    moved = start and replace(start, utc_ns=start.utc_ns + round(begin_s * 1e9))
    return Track(
        time_s=np.arange(float(points)),
        latitude_deg=np.full(points, 46.0),
        longitude_deg=np.full(points, 14.0),
        start=moved,
    )


def test_tracks_that_follow_each_other_are_one_outing():
    """A device that was stopped for half an hour wrote one outing, in segments of its own."""
    (outing,) = joined([piece(1800.0), piece(0.0)])

    assert [0, 0, 0, 0, 0, 1, 1, 1, 1, 1] == outing.segment.tolist()
    assert 1800.0 == outing.time_s[5]
    assert START == outing.start


@pytest.mark.parametrize(
    "others", [[piece(90_000.0)], [piece(2.0)], [piece(0.0, start=None)]], ids=str
)
def test_other_tracks_stay_by_themselves(others):
    """What comes a day later, runs at the same time or has no start is another outing."""
    assert 2 == len(joined([piece(0.0), *others]))
