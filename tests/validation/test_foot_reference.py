"""The stride length reference from foot sensors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from validation.foot_reference import RATE_HZ, FootMotion, displacement_m


def swing(length_m: float, yaw_rad: float, seconds: float = 0.6) -> FootMotion:
    """Return a foot that rests, swings forward while it pitches, and rests again."""
    fine = 20
    step_s = 1.0 / (RATE_HZ * fine)
    rest, move = round(0.5 / step_s), round(seconds / step_s)
    phase = np.concatenate([np.zeros(rest), np.linspace(0.0, 1.0, move), np.ones(rest)])
    travelled = length_m * (phase - np.sin(2 * np.pi * phase) / (2 * np.pi))
    lifted = 0.05 * np.sin(np.pi * phase) ** 2
    pitch = 0.9 * np.sin(2 * np.pi * phase) * np.sin(np.pi * phase)
    way = np.column_stack([travelled, np.zeros_like(travelled), lifted])
    felt = np.gradient(np.gradient(way, step_s, axis=0), step_s, axis=0)
    force = felt + np.array([0.0, 0.0, 9.81])
    mounting = Rotation.from_euler("xyz", [0.2, -0.4, 0.7])
    attitude = (
        Rotation.from_euler("z", yaw_rad) * Rotation.from_euler("y", pitch[:, None]) * mounting
    )
    turned = Rotation.from_euler("z", yaw_rad).apply(force)
    steps = (attitude[:-1].inv() * attitude[1:]).as_rotvec() / step_s
    angular = np.vstack([steps, np.zeros((1, 3))])
    every = slice(0, None, fine)
    return FootMotion(attitude.inv().apply(turned)[every], angular[every])


@pytest.mark.parametrize("length_m", [0.3, 1.0, 1.6])
@pytest.mark.parametrize("yaw_rad", [0.0, 2.0])
def test_a_known_swing_has_its_length(length_m: float, yaw_rad: float) -> None:
    """A simulated swing of known length is recovered to two per cent, whatever the direction."""
    assert displacement_m(swing(length_m, yaw_rad), 0.2, 1.4) == pytest.approx(length_m, rel=0.02)


def test_a_constant_bias_of_the_accelerometer_is_taken_out() -> None:
    """The zero velocity at both ends keeps a bias from growing into metres."""
    clean = swing(1.2, 0.0)
    biased = FootMotion(clean.acceleration_m_s2 + 0.1, clean.angular_velocity_rad_s)
    assert displacement_m(biased, 0.2, 1.4) == pytest.approx(1.2, abs=0.05)


def test_a_resting_foot_does_not_move() -> None:
    """A foot on the floor goes nowhere."""
    rng = np.random.default_rng(1)
    count = 200
    still = FootMotion(
        rng.normal([0.5, 0.0, 9.8], 0.05, (count, 3)), rng.normal(0.0, 0.01, (count, 3))
    )
    assert displacement_m(still, 0.2, 1.4) < 0.03
