"""Left and right alternate, and the evidence says which is which."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.sides import at_stride_rate, right_evidence, which_foot

ALTERNATING = np.where(np.arange(60) % 2 == 0, -1, 1)


@given(seed=st.integers(0, 999), first=st.sampled_from([-1, 1]), noise=st.floats(0, 0.6))
def test_feet_alternate_through_noise(seed, first, noise):
    """Noise on single contacts does not upset which foot is which."""
    truth = first * ALTERNATING
    evidence = truth + noise * np.random.default_rng(seed).normal(size=60)

    side, trust = which_foot(evidence)

    np.testing.assert_array_equal(truth, side)
    assert 0 <= trust <= 1


def test_a_missed_contact_keeps_the_count():
    """Where one contact was missed the same foot lands twice and the rest stays right."""
    truth = np.delete(ALTERNATING, 30)

    side, trust = which_foot(1.5 * truth)

    np.testing.assert_array_equal(truth, side)
    assert 1.0 == pytest.approx(trust)


@pytest.mark.parametrize("evidence", [np.zeros(10), np.empty(0)])
def test_no_evidence_has_no_trust(evidence):
    """Without evidence the sides are named, but the trust is zero."""
    side, trust = which_foot(evidence)

    assert len(evidence) == len(side)
    assert 0.0 == trust


@given(seed=st.integers(0, 99))
def test_contradicting_evidence_has_little_trust(seed):
    """Pure noise is never trusted like consistent evidence."""
    _, trust = which_foot(np.random.default_rng(seed).normal(size=200))

    assert trust < 0.6


def test_movement_at_the_stride_rate_is_kept():
    """A movement once a stride comes through; one at every step hardly does."""
    phase = np.linspace(0, 2 * np.pi * 60, 600)
    signals = np.column_stack([np.cos(phase / 2 + 0.3), np.cos(phase)])

    stride = at_stride_rate(signals, phase)[100:-100]

    expected = 0.5 * np.exp(1j * (phase[100:-100] / 2 + 0.3))
    assert np.abs(stride[:, 0] - expected).max() < 0.05
    assert np.abs(stride[:, 1]).max() < 0.15


@given(size=st.floats(0.01, 100), turn=st.floats(0.01, 100))
def test_evidence_does_not_depend_on_the_size_of_movement(size, turn):
    """Only the phase of the movement names the foot, not how large it is."""
    movement = np.exp(1j * np.linspace(0, 30, 40))[:, None] * np.array([1.0, 0.5j])

    assert right_evidence(movement) == pytest.approx(right_evidence(movement * [size, turn]))


def test_a_missing_gyroscope_is_no_evidence():
    """Zeros in place of turning leave the evidence to the sideways movement."""
    movement = np.zeros((10, 2), dtype=complex)
    movement[:, 0] = np.exp(-1.4j) * ALTERNATING[:10]

    assert ALTERNATING[:10] == pytest.approx(right_evidence(movement))
