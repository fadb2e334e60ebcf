"""The randomisation test counts sign patterns, exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.trials.flips import differences, sign_flip

NUMBERS = st.lists(st.floats(-9, 9).map(lambda v: round(v, 2)), min_size=6, max_size=10)


def test_all_differences_one_way_are_the_rarest():
    """Seven groups that all point one way are matched by two of 128 patterns."""
    assert pytest.approx(2 / 128) == sign_flip(np.full(7, -1.5))


def test_too_few_groups_say_nothing():
    """With five groups there is no p."""
    assert sign_flip(np.ones(5)) is None


@given(values=NUMBERS)
def test_the_sign_does_not_matter(values):
    """Swapping the arms leaves p as it is, and p is never zero."""
    p = sign_flip(np.array(values))

    assert p == sign_flip(-np.array(values))
    assert 0 < p <= 1


def test_p_is_uniform_enough_without_a_difference():
    """Without a difference p < 0.05 comes up at most about 5 % of the time."""
    rng = np.random.default_rng(0)
    p = np.array([sign_flip(rng.normal(size=8)) for _ in range(1000)])

    assert np.mean(p <= 0.05) < 0.065


def test_differences_are_of_means_in_groups_with_both_arms():
    """B minus A per group; a group without one arm is left out."""
    groups = np.array([0, 0, 0, 0, 1, 1])
    arms = np.array([0, 0, 1, 1, 0, 1])
    outcome = np.array([1.0, 3.0, 5.0, np.nan, 2.0, np.nan])

    np.testing.assert_array_equal([3.0], differences(groups, arms, outcome))
