"""Turns are found from the turning rate about up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.gait.frame import upright
from evenstride.gait.grid import GRID_HZ
from evenstride.gait.turns import find_turns
from evenstride.testing import random_rotation

from .helpers import still_segment


def turning(angle_deg: float, seconds: float, rotation=None, start_s: float = 8.0):
    """A sensor that stands upright and turns once."""
    at = np.arange(round(20 * GRID_HZ)) / GRID_HZ
    share = np.clip((at - start_s) / seconds, 0, 1)
    yaw = np.radians(angle_deg) / seconds * (1 - np.cos(2 * np.pi * share))
    rotation = np.eye(3) if rotation is None else rotation
    segment = still_segment(20, rotation[:, 2], np.outer(yaw, rotation[:, 2]))
    return find_turns(segment, upright(segment, gravity_included=True))


@given(angle=st.floats(60, 200), sign=st.sampled_from([-1, 1]), seed=st.integers(0, 99))
@settings(max_examples=30)
def test_a_turn_has_its_angle_and_sign(angle, sign, seed):
    """A turn of any sensor has its whole angle to 6 %, left positive; its times its quick part."""
    (found,) = turning(sign * angle, 2.0, random_rotation(seed))

    assert sign * angle == pytest.approx(found[2], rel=0.06)
    assert 9.0 == pytest.approx(found[:2].mean(), abs=0.1)
    assert 7.9 < found[0] < found[1] < 10.1


def test_small_and_slow_turns_are_no_turns():
    """A turn by 30 degrees, or by 90 within ten seconds, is not one."""
    assert 0 == len(turning(30, 2.0))
    assert 0 == len(turning(90, 10.0))


def test_swinging_about_other_axes_is_no_turn():
    """Bending forward is no turn."""
    angular = np.zeros((2000, 3))
    angular[800:1000, 1] = 1.5
    segment = still_segment(20, angular=angular)

    assert 0 == len(find_turns(segment, upright(segment, gravity_included=True)))


def test_without_a_gyroscope_there_are_no_turns():
    """Without a gyroscope the table is empty and keeps its columns."""
    segment = still_segment(5)

    assert (0, 3) == find_turns(segment, upright(segment, gravity_included=True)).shape
