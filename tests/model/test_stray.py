"""Times that stand alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.model.stray import stray_times


def walk(points: int = 400, step_s: float = 3.0) -> np.ndarray:
    """Return the times of a walk."""
    return np.arange(points) * step_s


@pytest.mark.parametrize("off_s", [-86_400.0, 600.0, 5 * 3600.0, 86_400.0, 10 * 365 * 86_400.0])
@pytest.mark.parametrize("at", [20, 200, 380])
def test_one_time_far_from_its_neighbours_is_stray(at: int, off_s: float) -> None:
    """A point whose time is wrong among points that agree is found, and nothing else."""
    time_s = walk()
    time_s[at] += off_s
    assert [at] == np.flatnonzero(stray_times(time_s)).tolist()


@pytest.mark.parametrize("at", [0, -1])
@pytest.mark.parametrize("off_s", [6 * 3600.0, 20 * 365 * 86_400.0])
def test_an_end_hours_apart_from_all_others_is_stray(at: int, off_s: float) -> None:
    """A first place from the memory of the phone, or a last one long after, is found."""
    time_s = walk()
    time_s[at] += off_s if at else -off_s
    assert 1 == stray_times(time_s).sum()
    assert stray_times(time_s)[at]


def test_a_pause_is_not_stray() -> None:
    """All that comes after a night in a hut is later, so the clock was right."""
    time_s = walk()
    time_s[200:] += 14 * 3600.0
    assert 0 == stray_times(time_s).sum()


def test_rare_points_are_not_stray() -> None:
    """A track with a point every two hours has no neighbours to agree."""
    assert 0 == stray_times(walk(40, 7200.0)).sum()


def test_shuffled_points_are_not_stray() -> None:
    """A file whose order is lost is sorted, not thinned."""
    assert 0 == stray_times(np.random.default_rng(3).permutation(walk(2000, 10.0))).sum()


@given(
    st.lists(st.floats(0.0, 4 * 3600.0), max_size=60).map(np.array),
    st.floats(-1e9, 1e9, allow_nan=False),
)
def test_times_that_rise_without_a_gap_of_hours_are_all_kept(
    steps: np.ndarray, begin: float
) -> None:
    """What only rises, with pauses of up to four hours, is in order."""
    assert 0 == stray_times(np.round(begin) + np.round(np.cumsum(steps.astype(float)))).sum()
