"""Lean is told against the person's own standing, or not at all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.posture import (
    Reference,
    gravity_trouble,
    lean_deg,
    longest_quiet,
    quiet_before,
    worn_alike,
)
from evenstride.gait.steps import Steps
from evenstride.testing import random_rotation

from .helpers import GRAVITY, steps_at

NO_QUIET = np.empty((0, 6))


def spell(start_s, end_s, up=(0.0, 0.0, 1.0), gravity=GRAVITY) -> np.ndarray:
    """One row of quiet spells."""
    return np.array([[start_s, end_s, *up, gravity]])


def tilted(pitch_deg: float, roll_deg: float) -> np.ndarray:
    """Up in the coordinates of a sensor pitched forward and rolled right (x forward, y left)."""
    pitch, roll = np.radians([pitch_deg, roll_deg])
    up = np.array([-np.tan(pitch), np.tan(roll), 1.0])
    return up / np.linalg.norm(up)


def walking_steps(up, forward=(1.0, 0.0, 0.0), gravity=GRAVITY, first_s=30.0) -> Steps:
    """Ten contacts with the same up, forward and gravity."""
    tile = lambda v: np.tile(np.asarray(v, np.float32), (10, 1))  # noqa: E731
    return steps_at(
        first_s + 0.5 * np.arange(10),
        up=tile(up),
        forward=tile(forward),
        gravity_m_s2=np.full(10, gravity, np.float32),
    )


@given(pitch=st.floats(-30, 30), roll=st.floats(-30, 30), seed=st.integers(0, 999))
def test_lean_is_the_tilt_from_standing(pitch, roll, seed):
    """Forward and right lean are those of the body, however the sensor is mounted."""
    mount = random_rotation(seed)
    steps = walking_steps(mount @ tilted(pitch, roll), mount[:, 0])
    found = lean_deg(steps, Reference(mount[:, 2], 10.0, GRAVITY))

    assert np.tile([pitch, roll], (10, 1)) == pytest.approx(found, abs=1e-3)


def test_standing_itself_has_no_lean():
    """Walking as upright as one stands is a lean of zero."""
    up = tilted(20, -5)

    assert np.zeros((10, 2)) == pytest.approx(
        lean_deg(walking_steps(up), Reference(up, 10.0, GRAVITY)), abs=1e-4
    )


def test_the_last_long_quiet_before_the_walk_is_the_reference():
    """The spell that ends last before the walk is taken; short, old and later ones are not."""
    quiet = np.concatenate(
        [
            spell(0, 10, tilted(1, 0)),
            spell(15, 20, tilted(2, 0)),
            spell(24, 26, tilted(3, 0)),
            spell(40, 50, tilted(4, 0)),
        ]
    )
    found = quiet_before(quiet, walking_steps((0, 0, 1)))

    assert tilted(2, 0) == pytest.approx(found.up)
    assert 5.0 == found.seconds
    assert GRAVITY == found.gravity_m_s2


@pytest.mark.parametrize(
    "quiet",
    [
        NO_QUIET,
        spell(10, 12.5),
        spell(0, 20, tilted(50, 0)),
        spell(40, 60),
    ],
    ids=["none", "too short", "worn differently", "after the walk"],
)
def test_no_reference(quiet):
    """Without a fitting quiet spell there is no reference."""
    assert quiet_before(quiet, walking_steps((0, 0, 1))) is None
    assert quiet_before(quiet, Steps.none()) is None


def test_a_rest_long_before_the_walk_is_no_reference():
    """A quiet spell that ended more than a minute ago does not count."""
    assert quiet_before(spell(0, 20), walking_steps((0, 0, 1), first_s=81.0)) is None
    assert quiet_before(spell(0, 20), walking_steps((0, 0, 1), first_s=79.0)) is not None


def test_a_standing_recording_gives_its_longest_rest():
    """Of a standing recording the longest quiet spell of three seconds or more is taken."""
    quiet = np.concatenate([spell(0, 4, tilted(1, 0)), spell(5, 15, tilted(2, 0)), spell(16, 19)])

    assert tilted(2, 0) == pytest.approx(longest_quiet(quiet).up)
    assert longest_quiet(spell(0, 2.9)) is None
    assert longest_quiet(NO_QUIET) is None


def test_gravity_that_depends_on_position_is_trouble():
    """9.81 lying flat and 7 upright cannot be trusted; both numbers are told."""
    flat = spell(0, 10, (1.0, 0.0, 0.0), 9.81)
    trouble = gravity_trouble(flat, walking_steps((0, 0, 1), gravity=7.0), None)

    assert "7.00" in trouble
    assert "9.81" in trouble


@pytest.mark.parametrize(
    ("up", "gravity"),
    [((1.0, 0.0, 0.0), 9.6), ((0.0, 0.1, 0.995), 7.0), ((1.0, 0.0, 0.0), 9.9)],
    ids=["within 3 %", "same position", "a little high"],
)
def test_gravity_that_agrees_is_no_trouble(up, gravity):
    """Up to 3 %, or in the same position, a difference is no sign of a bad sensor."""
    assert gravity_trouble(spell(0, 10, up, gravity), walking_steps((0, 0, 1)), None) is None


def test_the_standing_recording_is_compared_too():
    """A standing reference in another position with other gravity is trouble as well."""
    reference = Reference(np.array([1.0, 0.0, 0.0]), 10.0, 9.0)

    assert gravity_trouble(NO_QUIET, walking_steps((0, 0, 1)), reference) is not None
    assert gravity_trouble(NO_QUIET, walking_steps((0, 0, 1)), None) is None
    assert gravity_trouble(NO_QUIET, Steps.none(), None) is None


@pytest.mark.parametrize(("pitch", "alike"), [(0, True), (15, True), (60, False), (89, False)])
def test_standing_and_walking_must_be_worn_alike(pitch, alike):
    """A reference fits a walk in which the sensor sat about as it did while standing."""
    reference = Reference(tilted(pitch, 0), 10.0, GRAVITY)

    assert alike == worn_alike(reference, walking_steps((0, 0, 1)))
    assert worn_alike(reference, Steps.none())
