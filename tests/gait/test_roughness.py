"""Steps of one foot that differ at one pace are told as rough ground, as an estimate."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.gait.features import FEATURE_NAMES
from evenstride.gait.grades import cannot, grade_of
from evenstride.gait.roughness import roughness_of, unlikeness
from evenstride.gait.strides import paces
from evenstride.testing import Walker

from .helpers import BACK, NO_TURNS, steps_at, walked

LIKE, ENERGY = FEATURE_NAMES.index("like_second"), FEATURE_NAMES.index("energy_second")
NAME = "ground_roughness"


def walk_of(step_s, unlike=0.1):
    """Return steps of these times whose shapes differ from those of the foot before by a share."""
    steps = steps_at(np.concatenate([[0.0], np.cumsum(step_s)]))
    features = steps.features.copy()
    features[:, ENERGY] = 100.0
    features[:, LIKE] = 100.0 * (1 - unlike)
    return replace(steps, features=features)


def roughness(steps):
    """Return the roughness of a walk without turns, and how many steps it rests on."""
    terms = np.column_stack(unlikeness(steps, paces(steps, NO_TURNS)))
    terms = terms[np.isfinite(terms).all(axis=1)]
    return float(roughness_of(terms.sum(axis=0))), len(terms)


def test_it_is_the_share_that_does_not_come_again():
    """Steps of which a hundredth of the squares is new have a roughness of a tenth."""
    assert roughness(walk_of(np.full(60, 0.55), 0.01))[0] == pytest.approx(0.1, rel=1e-5)


@settings(max_examples=30, deadline=None)
@given(less=st.floats(0, 0.9), more=st.floats(0.01, 0.1))
def test_more_unlike_steps_are_rougher(less, more):
    """Steps that differ more never read as smoother ground."""
    step_s = np.full(40, 0.55)
    assert roughness(walk_of(step_s, less))[0] < roughness(walk_of(step_s, less + more))[0]


def test_steps_of_another_pace_are_not_compared():
    """A foot that comes down sooner or later than the time before says nothing of the ground."""
    even, slowing = np.full(60, 0.55), 0.55 * 1.03 ** np.arange(60)
    assert roughness(walk_of(even))[1] == 56
    with np.errstate(invalid="ignore"):
        assert roughness(walk_of(slowing))[1] == 0


def test_a_stretch_at_another_pace_is_left_out():
    """Minutes much slower than the usual pace do not enter, however even they are."""
    usual, slow = np.full(80, 0.55), np.full(30, 0.65)
    count = roughness(walk_of(np.concatenate([usual, slow])))[1]

    assert 70 < count <= 80


@pytest.mark.parametrize("cadence", [95.0, 110.0, 125.0])
def test_an_even_walk_is_smooth_at_any_pace(cadence):
    """Simulated steps that hardly vary read as smooth ground, quick or slow."""
    measure = walked(150.0, Walker(cadence_spm=cadence, stride_time_cv=0.01))[1].measures[NAME]

    assert measure.value < 0.2
    assert "own_trend" == measure.grade
    assert "estimate" in measure.reason
    assert measure.low <= measure.value <= measure.high


def test_the_time_line_has_it_too():
    """Each window of the walk has its own roughness, near that of the whole."""
    gait = walked(150.0, Walker(stride_time_cv=0.01))[1]
    line = gait.timeline.ground_roughness

    assert np.nanmedian(line) == pytest.approx(gait.measures[NAME].value, rel=0.3)


def test_short_walks_say_nothing():
    """Below a hundred strides at one pace it is not usable, and the reason counts them."""
    assert ("not_usable", "It needs 100 steady strides; there were 99.") == grade_of(NAME, BACK, 99)
    assert "own_trend" == grade_of(NAME, BACK, 100)[0]


@pytest.mark.parametrize("placement", ["hand", "bag", "wrist", "foot"])
def test_a_sensor_that_moves_on_its_own_tells_nothing(placement):
    """What a hand or bag does between two steps is no ground."""
    assert "moves on its own" in cannot(NAME, replace(BACK, placement=placement))


def test_nothing_walked_gives_nothing():
    """Without a steady step there is nothing to compare."""
    steps = walk_of(np.full(1, 0.5))
    unlike, energy = unlikeness(steps, paces(steps, NO_TURNS))

    assert np.isnan(unlike).all()
    assert np.isnan(energy).all()
