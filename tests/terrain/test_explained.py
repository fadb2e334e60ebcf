"""Ground that does not explain the heights is refused, never told with a narrow interval."""

from dataclasses import replace

import numpy as np
import pytest

from evenstride.terrain import profile, terrain
from evenstride.terrain.elevations import Elevations
from evenstride.terrain.explained import UNEXPLAINED, explained
from evenstride.terrain.ground import Grid, Heights
from evenstride.testing.ground import GroundErrors, simulate_ground

POINTS = np.arange(100.0)
GRID = Grid(10.0 * POINTS, POINTS, np.zeros(100, np.int64), np.ones(99, np.bool_))


def likely(height):
    """Return draws that all are the same ground."""
    drawn = np.repeat(height[:, None], 20, axis=1)
    return Heights(drawn, np.arange(20), np.arange(20))


def recorded(height, source="device"):
    """Return heights of a source."""
    return Elevations(source, height, 0.1, source == "barometer", "time")


def test_flat_ground_does_not_explain_a_mountain():
    """Heights that rise by 400 m are not explained by flat ground, but by a slope of their own."""
    mountain = 4.0 * POINTS

    assert not explained(recorded(mountain), GRID, likely(np.zeros(100)))
    assert explained(recorded(mountain), GRID, likely(mountain))


def test_usual_errors_are_explained():
    """Heights that wander by metres are explained by flat ground; so is any drift of air."""
    wandering = 6.0 * np.sin(POINTS / 10.0)

    assert explained(recorded(wandering), GRID, likely(np.zeros(100)))
    assert explained(recorded(4.0 * POINTS, "barometer"), GRID, likely(np.zeros(100)))


def test_what_is_not_explained_is_absent_with_its_reason(monkeypatch):
    """Climb and slopes are absent, not 0, and the reason is said; the distance stays."""
    monkeypatch.setattr(profile, "explained", lambda *_: False)
    found = terrain(simulate_ground(2, length_m=600.0, hills="steep").track)

    assert found.measures["climb_m"].value is None
    assert "not_usable" == found.measures["climb_m"].grade
    assert UNEXPLAINED == found.measures["climb_m"].reason
    assert np.isnan(found.segments.slope_pct).all()
    assert found.measures["distance_m"].value is not None


@pytest.mark.parametrize("part", [0, 1])
def test_few_points_of_a_mountain_are_not_flat(part):
    """Up a mountain and back, few points and no times: the climb holds the summit."""
    there = simulate_ground(5, length_m=1200.0, source="none", sampling_s=10.0).track
    back = there.select(np.concatenate([np.arange(len(there)), np.arange(len(there))[::-1]]))
    random = np.random.default_rng(9)
    up = np.linspace(0.0, 430.0, len(there)) + 12.0 * np.sin(np.arange(len(there)) / 5.0)
    height = np.concatenate([up, up[::-1]]) + random.standard_normal(len(back))
    track = replace(back, elevation_m=1600.0 + height, time_s=np.full(len(back), np.nan))
    climb = terrain(track.select(slice(part, None, 2))).measures["climb_m"]

    assert 0.8 * np.ptp(up) < climb.low <= np.ptp(up) < climb.high + 5.0


def test_quick_errors_leave_the_slope_open():
    """Where hills and errors look alike, the intervals hold hills that the value leaves out."""
    rolling = [
        simulate_ground(
            seed,
            length_m=1500.0,
            hills="rolling",
            sampling_s=15.0,
            errors=GroundErrors(height_m=0.1, height_white_m=3.0),
        )
        for seed in (1, 2, 3, 4)
    ]
    inside = []
    for walk in rolling:
        pieces = terrain(walk.track).segments
        truth = walk.slope_pct(pieces.start_s, pieces.end_s)
        inside += ((pieces.slope_low_pct <= truth) & (truth <= pieces.slope_high_pct)).tolist()

    assert 0.85 <= np.mean(inside)
