"""What is done to signals before an engine sees them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from validation.datasets import Signal
from validation.signals import evenly, lose_bursts, resample, rotate


def signal(seconds: float = 20.0, rate_hz: float = 100.0) -> Signal:
    """Return a 2 Hz movement."""
    time_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    slow = np.sin(2 * np.pi * 2.0 * time_s)
    acceleration = np.column_stack([9.81 + slow, slow, 0.5 * slow])
    return Signal(time_s, acceleration, 0.1 * acceleration)


def test_rotation_keeps_lengths() -> None:
    """Turning the sensor changes no vector's length."""
    turned = rotate(signal(), Rotation.random(rng=np.random.default_rng(1)))
    before = np.linalg.norm(signal().acceleration_m_s2, axis=1)
    assert np.linalg.norm(turned.acceleration_m_s2, axis=1) == pytest.approx(before)


def test_lost_samples_leave_the_others_in_place() -> None:
    """A tenth of the rows go, in bursts; stamps and values of the rest stay."""
    whole = signal()
    lossy = lose_bursts(whole, 0.10, np.random.default_rng(1))
    assert 0.10 <= 1 - lossy.time_s.size / whole.time_s.size < 0.12
    rows = np.searchsorted(whole.time_s, lossy.time_s)
    assert np.array_equal(whole.acceleration_m_s2[rows], lossy.acceleration_m_s2)
    assert np.diff(lossy.time_s).max() > 0.05


@pytest.mark.parametrize("rate_hz", [25.0, 50.0])
def test_a_slower_sensor_sees_the_same_movement(rate_hz: float) -> None:
    """Decimation keeps a 2 Hz movement without delay."""
    slow = resample(signal(), rate_hz)
    assert np.median(np.diff(slow.time_s)) == pytest.approx(1.0 / rate_hz)
    inner = slice(20, -20)
    expected = np.sin(2 * np.pi * 2.0 * slow.time_s[inner])
    assert slow.acceleration_m_s2[inner, 1] == pytest.approx(expected, abs=0.02)


def test_a_hole_stays_a_hole() -> None:
    """Resampling does not invent samples where none were taken."""
    whole = signal()
    keep = (whole.time_s < 8.0) | (whole.time_s > 10.0)
    holed = Signal(whole.time_s[keep], whole.acceleration_m_s2[keep], None)
    assert np.diff(resample(holed, 25.0).time_s).max() > 1.8


def test_samples_are_placed_by_their_stamps() -> None:
    """Putting a lossy signal on an even grid does not shift what follows a loss."""
    whole = signal()
    lossy = lose_bursts(whole, 0.10, np.random.default_rng(2))
    even = evenly(lossy, 100.0)
    expected = np.sin(2 * np.pi * 2.0 * even.time_s)
    assert np.median(np.abs(even.acceleration_m_s2[:, 1] - expected)) < 1e-6
