"""A thigh swings with the leg, a trunk does not."""

import numpy as np
import pytest

from evenstride.gait.placement import FIRM, LOOSE, ONE_SIDED, seen_placement
from evenstride.model import PLACEMENTS
from evenstride.testing import Sensor

from .helpers import walked


def swing(vertical, horizontal, turning) -> np.ndarray:
    """The same swing at twenty contacts."""
    return np.tile(np.array([vertical, horizontal, turning], np.float32), (20, 1))


def test_turning_decides_where_it_is_known():
    """With a gyroscope a swing of more than about one rad/s is a thigh."""
    assert "thigh" == seen_placement(swing(0.0, 0.0, 1.5))
    assert "trunk" == seen_placement(swing(9.0, 9.0, 0.4))


def test_movement_decides_without_a_gyroscope():
    """Without one, strong movement at the stride rate up and ahead is a thigh."""
    assert "thigh" == seen_placement(swing(0.5, 1.0, np.nan))
    assert "trunk" == seen_placement(swing(0.05, 1.0, np.nan))
    assert "trunk" == seen_placement(swing(0.5, 0.1, np.nan))


def test_without_steps_nothing_is_seen():
    """No contacts, no placement."""
    assert seen_placement(np.empty((0, 3), np.float32)) is None


@pytest.mark.parametrize("gyroscope", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("place", "seen"), [("lower back", "trunk"), ("waist", "trunk"), ("front pocket", "thigh")]
)
def test_a_thigh_pocket_is_recognised(place, seen, seed, gyroscope):
    """A front pocket is recognised as the thigh, back and waist as the trunk."""
    sensor = Sensor(placement=place, gyroscope=gyroscope)
    _, gait = walked(60.0, sensor=sensor, seed=seed)

    assert seen == gait.recording.placement_seen


def test_groups_are_placements_and_do_not_overlap():
    """What is firm is neither loose nor one-sided, and every name is a placement."""
    assert set(PLACEMENTS) >= FIRM | ONE_SIDED | LOOSE
    assert not FIRM & (ONE_SIDED | LOOSE)
    assert set(PLACEMENTS) == FIRM | ONE_SIDED
