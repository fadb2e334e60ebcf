"""Exactly one contact per turn of the rhythm, at the jolt of the foot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.contacts import place_contacts, trim_ends, turns_of_rhythm
from evenstride.gait.grid import GRID_HZ, SLOW_HZ
from evenstride.gait.rhythm import Rhythm, find_rhythm


def body(contacts: np.ndarray, count: int, size: float = 3.0) -> np.ndarray:
    """Forward braking and upward push, steepest exactly at each contact (grid indices)."""
    at = np.arange(count)
    rise = sum(np.exp(-0.5 * ((at - c - 5) / 5.0) ** 2) for c in contacts)
    fall = sum(np.exp(-0.5 * ((at - c + 5) / 5.0) ** 2) for c in contacts)
    out = np.zeros((count, 3))
    out[:, 0], out[:, 2] = -size * (rise - fall), size * (rise - fall)
    return out


def test_there_is_one_turn_per_step():
    """A minute at 1.9 steps a second has as many turns as steps, evenly spaced."""
    at = np.arange(round(60 * SLOW_HZ)) / SLOW_HZ
    turns = turns_of_rhythm(find_rhythm(2 * np.cos(2 * np.pi * 1.9 * at))) / SLOW_HZ

    assert 114 == pytest.approx(len(turns), abs=1)
    assert np.full(len(turns) - 11, 1 / 1.9) == pytest.approx(np.diff(turns)[5:-5], rel=0.02)


@given(seed=st.integers(0, 999), count=st.integers(2, 300))
def test_turns_are_in_order(seed, count):
    """Whatever the phase does, turns are in order and inside the stretch."""
    phase = np.cumsum(np.abs(np.random.default_rng(seed).normal(size=count)))
    turns = turns_of_rhythm(Rhythm(phase, np.ones(count), np.ones(count)))

    assert np.all(np.diff(turns) > 0)
    assert np.all((turns >= 0) & (turns <= count - 1))


def test_a_phase_that_stands_still_has_no_turns():
    """Without movement there is no turn."""
    none = turns_of_rhythm(Rhythm(np.zeros(50), np.ones(50), np.zeros(50)))

    assert 0 == len(none)


@given(seed=st.integers(0, 99), shift=st.floats(-5, 5), forward_sure=st.booleans())
def test_contacts_are_where_the_jolt_is(seed, shift, forward_sure):
    """Contacts are found at the steepest slope, though expected up to 50 ms beside it."""
    rng = np.random.default_rng(seed)
    truth = 60 + np.arange(30) * 55.0 + rng.uniform(-1.5, 1.5, 30)
    signal = body(truth, 1800)

    placed = place_contacts(signal, truth + shift, np.full(30, 0.55), forward_sure=forward_sure)

    late = placed.index - truth
    assert -0.015 * GRID_HZ == pytest.approx(np.median(late), abs=0.5)
    assert np.full(30, np.median(late)) == pytest.approx(late, abs=0.6)


@given(count=st.integers(1, 12), seed=st.integers(0, 99))
def test_as_many_contacts_as_turns(count, seed):
    """Noise alone still has one contact per expected place, within a third of a step of it."""
    noise = np.random.default_rng(seed).normal(size=(1000, 3))
    expected = 60 + np.arange(count) * 50.0

    placed = place_contacts(noise, expected, np.full(count, 0.5), forward_sure=True)

    assert count == len(placed.index) == len(placed.jolt_m_s2)
    assert np.abs(placed.index - expected).max() < 0.34 * 50


def test_a_harder_landing_is_a_larger_jolt():
    """Twice the acceleration is twice the jolt at the same places."""
    truth = 60 + np.arange(20) * 55.0
    soft = place_contacts(body(truth, 1300), truth, np.full(20, 0.55), forward_sure=True)
    hard = place_contacts(body(truth, 1300, 6.0), truth, np.full(20, 0.55), forward_sure=True)

    assert soft.index == pytest.approx(hard.index, abs=1e-9)
    assert 2 * soft.jolt_m_s2 == pytest.approx(hard.jolt_m_s2)


def test_ends_without_a_jolt_are_cut():
    """A first turn with a weak jolt is push-off, and turns without any jolt end the bout."""
    jolt = np.array([0.2, 1.0, 1.0, 1.0, 1.0, 1.0, 0.01, 0.0])
    odds = np.full(8, 3.0)

    assert (1, 6) == trim_ends(jolt, odds, 0, 7)


def test_a_soft_closing_step_is_kept():
    """The turn after the bout is its closing step if it has a jolt and some odds."""
    jolt = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.2, 0.0])
    likely, unlikely = np.full(7, -0.5), np.full(7, -2.0)
    likely[:5] = unlikely[:5] = 3.0

    assert (0, 6) == trim_ends(jolt, likely, 0, 5)
    assert (0, 5) == trim_ends(jolt, unlikely, 0, 5)
