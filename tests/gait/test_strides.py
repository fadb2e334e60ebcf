"""Steps and strides as tables, and which of them are steady."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.strides import paces

from .helpers import NO_TURNS, steps_at, uneven_times

EVEN = np.arange(20) * 0.5


@given(counts=st.lists(st.integers(1, 12), min_size=1, max_size=5))
def test_steps_and_strides_stay_within_bouts(counts):
    """A bout of n contacts has n - 1 steps and n - 2 strides, none across a pause."""
    bout = np.repeat(np.arange(len(counts)), counts)
    found = paces(steps_at(0.5 * np.arange(len(bout)) + 10.0 * bout, bout), NO_TURNS)

    for number, count in enumerate(counts):
        mine = bout == number
        assert count - 1 == np.isfinite(found.step_s[mine]).sum()
        assert max(count - 2, 0) == np.isfinite(found.stride_s[mine]).sum()
    assert np.nanmax(found.step_s, initial=0.5) == pytest.approx(0.5)


def test_times_are_differences():
    """Step and stride times are the differences to the next contact and the one after."""
    times = uneven_times(12)
    found = paces(steps_at(times), NO_TURNS)

    assert np.diff(times) == pytest.approx(found.step_s[:-1])
    assert times[2:] - times[:-2] == pytest.approx(found.stride_s[:-2])


def test_the_ends_are_steady_but_not_used_for_evenness():
    """The first and last step and stride of a bout have a length but are not inner."""
    found = paces(steps_at(EVEN), NO_TURNS)

    assert list(range(18)) == np.flatnonzero(found.steady).tolist()
    assert list(range(1, 18)) == np.flatnonzero(found.inner_step).tolist()
    assert list(range(1, 17)) == np.flatnonzero(found.inner_stride).tolist()


def test_ends_are_those_of_every_bout():
    """Each bout has its own first and last step."""
    bout = np.repeat([0, 1], 10)
    found = paces(steps_at(np.arange(20) * 0.5 + 5.0 * bout, bout), NO_TURNS)

    assert [*range(1, 8), *range(11, 18)] == np.flatnonzero(found.inner_step).tolist()


def test_a_turn_takes_its_neighbours_along():
    """No step that touches a turn, or lies within one step of it, is steady."""
    found = paces(steps_at(EVEN), np.array([[4.1, 4.9, 90.0]]))
    used = np.flatnonzero(found.inner_step)

    start, end = EVEN[used], EVEN[used] + 0.5
    assert np.all((end <= 4.1 - 0.5 + 1e-9) | (start >= 4.9 + 0.5 - 1e-9))
    assert {1, 2, 3, 4, 5, 12} <= set(used.tolist())


def test_overlapping_turns_hide_nothing():
    """A long turn that holds a short one still covers all of its time."""
    turns = np.array([[2.0, 7.0, 180.0], [3.0, 3.5, -60.0]])
    used = EVEN[paces(steps_at(EVEN), turns).inner_step]

    assert not np.any((used > 1.5) & (used < 7.5))


def test_a_hesitation_is_not_steady():
    """A step that takes half as long again is left out, with the strides it is part of."""
    times = EVEN.copy()
    times[10:] += 0.25
    found = paces(steps_at(times), NO_TURNS)

    assert not found.inner_step[9]
    assert [8, 9] == [i for i in range(1, 17) if not found.inner_stride[i]]


def test_a_doubtful_contact_is_not_used():
    """A contact that is more likely none spoils the steps on both of its sides."""
    odds = np.full(20, 5.0)
    odds[10] = -1.0
    found = paces(steps_at(EVEN, odds=odds), NO_TURNS)

    assert [9, 10] == [i for i in range(1, 18) if not found.inner_step[i]]


@given(seed=st.integers(0, 999), count=st.integers(0, 40))
def test_inner_is_part_of_what_is_there(seed, count):
    """Inner strides are steady, steady strides exist, whatever the contacts are."""
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.uniform(0.2, 1.5, count))
    bout = np.cumsum(rng.random(count) < 0.1)
    turns = np.sort(rng.uniform(0, 30, (3, 2)), axis=1)
    found = paces(
        steps_at(times, bout, odds=rng.normal(size=count)), np.column_stack([turns, [90, -90, 60]])
    )

    assert np.all(np.isfinite(found.stride_s[found.steady]))
    assert np.all(np.isfinite(found.step_s[found.inner_step]))
    assert np.all(found.steady[found.inner_stride])
