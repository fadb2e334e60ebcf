"""A stretch of signal becomes contacts with what is known about each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.features import FEATURE_NAMES, SHAPE_POINTS
from evenstride.gait.grid import segments
from evenstride.gait.steps import Steps
from evenstride.gait.stretch import follow
from evenstride.testing import Sensor, random_rotation, simulate_walk

from .helpers import steps_at, still_segment


def followed(sensor: Sensor | None = None, **script):
    """A simulated walk and the one stretch that it is."""
    sensor = sensor or Sensor()
    truth = simulate_walk(60.0, sensor=sensor, seed=2, **script)
    (block,) = truth.recording.blocks(seconds=1e6)
    (segment,) = segments(block, 1 / sensor.rate_hz)
    return truth, follow(segment, gravity_included=True)


def test_every_contact_has_a_row():
    """Every column has a row per contact, and every contact a shape but the last of a bout."""
    truth, stretch = followed(turns=[(20, 90)])
    steps = stretch.steps
    count = len(steps)

    assert len(truth.contacts_s) == pytest.approx(count, abs=1)
    assert (count, len(FEATURE_NAMES)) == steps.features.shape
    assert (count, SHAPE_POINTS) == stretch.shapes.shape
    assert 1 == np.isnan(stretch.shapes[:, 0]).sum()
    assert 1 == len(stretch.turns)
    assert 2 == len(stretch.quiet)
    assert np.ones(count) == pytest.approx(np.linalg.norm(steps.up, axis=1), abs=1e-6)
    assert np.ones(count) == pytest.approx(np.linalg.norm(steps.forward, axis=1), abs=1e-6)


@given(seed=st.integers(0, 99))
def test_forward_is_the_forward_of_the_body(seed):
    """In any orientation forward and up are those of the body, to a few degrees."""
    rotation = random_rotation(seed)
    _, stretch = followed(Sensor(rotation=rotation))

    assert 0.97 < np.median(stretch.steps.forward @ rotation[:, 0])
    assert 0.99 < np.median(stretch.steps.up @ rotation[:, 2])


def test_movement_is_told_by_the_second():
    """There is one value of movement a second: little while standing, much while walking."""
    _, stretch = followed(stand_s=10.0)

    assert stretch.end_s - stretch.start_s == pytest.approx(len(stretch.movement_m_s2), abs=1)
    assert stretch.movement_m_s2[2:8].max() < 0.2
    assert stretch.movement_m_s2[15:60].min() > 0.5


def test_a_bout_goes_on_through_half_a_second_without_samples():
    """Across a gap shorter than a step the bout goes on; contacts inside it are doubtful."""
    _, stretch = followed(Sensor(gaps_s=((30.0, 30.5),)))
    inside = (stretch.steps.time_s > 30.0) & (stretch.steps.time_s < 30.5)

    assert 0 == stretch.steps.bout.max()
    assert np.all(stretch.steps.odds[inside] < 0)
    assert np.median(stretch.steps.odds[~inside]) > 1


@pytest.mark.parametrize("seconds", [3.0, 10.0])
def test_stillness_has_no_steps(seconds):
    """A resting sensor gives empty tables of the right shape."""
    stretch = follow(still_segment(seconds), gravity_included=True)

    assert 0 == len(stretch.steps)
    assert (0, SHAPE_POINTS) == stretch.shapes.shape
    assert 1 == len(stretch.quiet)


def test_tables_of_steps_can_be_joined_and_picked():
    """Joining keeps the order of the rows; picking keeps the columns together."""
    one, other = steps_at([1.0, 1.5, 2.0]), steps_at([4.0, 4.5], odds=[1.0, 2.0])

    both = Steps.joined([one, Steps.none(), other])

    assert [1.0, 1.5, 2.0, 4.0, 4.5] == both.time_s.tolist()
    assert [4.5] == both.select(both.odds == 2.0).time_s.tolist()
    assert 0 == len(Steps.joined([]))
