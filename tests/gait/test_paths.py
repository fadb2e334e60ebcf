"""The course through two states is the most likely one."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.paths import runs, two_state_path

ODDS = st.lists(st.floats(-5, 5), min_size=1, max_size=9)


def worth(odds, path, cost) -> float:
    """Log-likelihood of a course."""
    signs = np.where(path, 0.5, -0.5)
    return float(np.sum(signs * odds) - cost * np.count_nonzero(np.diff(np.asarray(path, int))))


@given(odds=ODDS, cost=st.floats(0, 6))
def test_the_course_is_the_best_of_all(odds, cost):
    """No other course of a short sequence is more likely."""
    best = max(worth(odds, path, cost) for path in product([False, True], repeat=len(odds)))

    assert best == pytest.approx(worth(odds, two_state_path(np.array(odds), cost), cost))


def test_no_cost_follows_the_signs():
    """Where changing costs nothing the course follows the sign of the odds."""
    odds = np.array([1.0, -1.0, 2.0, 3.0, -0.1])

    assert [True, False, True, True, False] == two_state_path(odds, 0.0).tolist()


def test_a_high_cost_never_changes():
    """Where changing costs more than all odds the course stays in one state."""
    assert [False] * 3 == two_state_path(np.array([1.0, -5.0, 2.0]), 100.0).tolist()


def test_nothing_gives_nothing():
    """An empty sequence has an empty course and no runs."""
    assert 0 == len(two_state_path(np.empty(0), 1.0))
    assert [] == runs(np.zeros(0, dtype=bool))


@given(states=st.lists(st.booleans(), max_size=30))
def test_runs_rebuild_the_states(states):
    """The runs are in order, do not touch, and together are exactly what was true."""
    found = runs(np.array(states, dtype=bool))

    rebuilt = np.zeros(len(states), dtype=bool)
    for begin, stop in found:
        assert begin < stop
        rebuilt[begin:stop] = True
    assert states == rebuilt.tolist()
    assert all(a[1] < b[0] for a, b in pairwise(found))
