"""Units are told from the values, and never guessed silently."""

import numpy as np
import pytest

from evenstride.errors import UnusableRecording
from evenstride.model.units import (
    DEGREE_RAD,
    STANDARD_GRAVITY_M_S2,
    acceleration_unit,
    angular_velocity_unit,
)
from evenstride.testing import Sensor, simulate_walk


def walked(**options):
    """Return the samples of a simulated walk in SI units."""
    return next(simulate_walk(30, sensor=Sensor(**options), seed=1).recording.blocks())


@pytest.mark.parametrize("place", ["lower back", "front pocket", "hand", "bag"])
def test_walking_in_si_or_g(place):
    """Walking anywhere on the body is recognised in m/s2 and in g."""
    acceleration = walked(placement=place).acceleration_m_s2

    in_si, in_g = acceleration_unit(acceleration), acceleration_unit(acceleration / 9.80665)

    assert (1.0, True, ()) == (in_si.factor, in_si.gravity_included, in_si.assumptions)
    assert (STANDARD_GRAVITY_M_S2, True, 1) == (
        in_g.factor,
        in_g.gravity_included,
        len(in_g.assumptions),
    )


def test_linear_acceleration():
    """Walking without gravity is recognised as such and said."""
    guess = acceleration_unit(walked(gravity_included=False).acceleration_m_s2)

    assert (1.0, False, 1) == (guess.factor, guess.gravity_included, len(guess.assumptions))


@pytest.mark.parametrize("size", [16.0, 1000.0, 1e8])
def test_raw_counts_are_refused(size):
    """Values of no known unit are an error that gives their size."""
    with pytest.raises(UnusableRecording, match="fit no unit"):
        acceleration_unit(np.full((10, 3), size))


@pytest.mark.parametrize("values", [np.zeros((0, 3)), np.full((5, 3), np.nan), np.zeros((5, 3))])
def test_nothing_to_tell_from(values):
    """Empty, missing or all-zero values are taken as SI."""
    assert 1.0 == acceleration_unit(values).factor == angular_velocity_unit(values).factor


@pytest.mark.parametrize("place", ["lower back", "front pocket"])
def test_turning_rates(place):
    """Walking is recognised in rad/s and in deg/s."""
    turning = walked(placement=place).angular_velocity_rad_s

    assert 1.0 == angular_velocity_unit(turning).factor
    assert DEGREE_RAD == angular_velocity_unit(np.degrees(turning)).factor
