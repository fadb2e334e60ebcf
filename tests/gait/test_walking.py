"""Walking is told from everything else, turn by turn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.frame import upright
from evenstride.gait.rhythm import find_rhythm
from evenstride.gait.walking import FEATURES, FEWEST_STEPS, evidence, log_odds, walking_runs

from .helpers import rhythmic, segment_of, still_segment


def odds_of(segment) -> np.ndarray:
    """Log-odds of walking along a segment."""
    frame = upright(segment, gravity_included=True)
    return log_odds(evidence(frame, find_rhythm(frame.vertical_m_s2)))


@pytest.mark.parametrize("rate", [1.2, 1.5, 1.8, 2.1])
def test_a_step_rhythm_speaks_for_walking(rate):
    """A regular up and down of 2 m/s2 at a usual step rate has odds above one."""
    segment, _ = rhythmic(30, rate)

    assert odds_of(segment)[30:-30].min() > 0


def test_rest_speaks_against_walking():
    """A resting sensor has odds well below one."""
    assert odds_of(still_segment(30)).max() < -1


def test_a_tumbling_sensor_speaks_against_walking():
    """The same rhythm in a sensor that is turned over and over is not walking."""
    segment, _ = rhythmic(30, 1.8)
    angle = 0.8 * np.sin(2 * np.pi * 0.15 * np.arange(len(segment)) / 100)
    turned = segment.acceleration_m_s2.copy()
    x, z = turned[:, 0].copy(), turned[:, 2].copy()
    turned[:, 0] = np.cos(angle) * x - np.sin(angle) * z
    turned[:, 2] = np.sin(angle) * x + np.cos(angle) * z

    upset = odds_of(segment_of(turned))

    assert np.median(upset) < np.median(odds_of(segment)) - 2


@given(seed=st.integers(0, 99), size=st.sampled_from([0.0, 1e-6, 0.5, 3.0, 1e3]))
def test_evidence_is_finite_and_limited(seed, size):
    """Whatever moves, every feature is finite and likenesses lie between 0 and 1."""
    noise = np.random.default_rng(seed).normal(size=(800, 3)) * size + [0, 0, 9.81]
    frame = upright(segment_of(noise), gravity_included=True)

    found = evidence(frame, find_rhythm(frame.vertical_m_s2))

    assert (100, len(FEATURES)) == found.shape
    assert np.isfinite(found).all()
    for name in ("stride", "step", "share"):
        column = found[:, FEATURES.index(name)]
        assert 0 <= column.min()
        assert 1 >= column.max()


def test_a_pure_rhythm_is_like_itself():
    """In a pure rhythm steps and strides are alike and the rhythm explains all movement."""
    _, frame = rhythmic(30, 1.8)
    found = evidence(frame, find_rhythm(frame.vertical_m_s2))[40:-40]

    for name in ("stride", "step", "share"):
        assert 1.0 == pytest.approx(np.median(found[:, FEATURES.index(name)]), abs=0.1)


def test_the_rhythm_of_another_makes_no_walk():
    """A rate outside the usual ones counts against walking, the more the further."""
    _, frame = rhythmic(30, 1.8)
    rhythm = find_rhythm(frame.vertical_m_s2)
    fast = replace(rhythm, rate_hz=np.full_like(rhythm.rate_hz, 3.0))
    column = FEATURES.index("odd_rate")

    assert 0.0 == evidence(frame, rhythm)[:, column].max()
    assert np.log(3.0 / 2.4) == pytest.approx(evidence(frame, fast)[:, column])


def test_one_doubtful_turn_does_not_cut_a_walk():
    """A single weak turn inside a walk stays in it; a long doubt ends it."""
    once = np.r_[np.full(10, 3.0), -1.0, np.full(10, 3.0)]
    long = np.r_[np.full(10, 3.0), np.full(6, -3.0), np.full(10, 3.0)]

    assert [(0, 21)] == walking_runs(once)
    assert [(0, 10), (16, 26)] == walking_runs(long)


def test_a_bout_is_at_least_five_steps():
    """The least number of steps of a bout is the five that others use as well."""
    assert 5 == FEWEST_STEPS
