"""Axes have round ticks that can be told apart, from seconds to weeks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.report.html.scale import nice_range, nice_ticks, time_label, time_ticks


@given(duration_s=st.floats(1.0, 60 * 86_400.0), most=st.integers(3, 20))
def test_time_ticks_are_few_and_told_apart(duration_s, most):
    """No axis of time has too many ticks, or two with the same label."""
    ticks = time_ticks(duration_s, most)
    labels = [time_label(tick, duration_s) for tick in ticks]

    assert len(ticks) <= most + 1
    assert len(set(labels)) == len(labels)


@given(values=st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=9), least=st.floats(0.01, 100.0))
def test_all_values_fit(values, least):
    """The axis holds every value and covers the least span, with a few ticks."""
    low, high = nice_range(values, least)

    assert low <= min(values) <= max(values) <= high
    assert high - low >= least * (1 - 1e-9)
    assert 2 <= len(nice_ticks(low, high)) <= 8


@pytest.mark.parametrize(
    ("moment_s", "duration_s", "label"),
    [(90, 600, "1:30"), (5400, 4 * 3600, "1.5 h"), (86_400, 604_800, "day 2")],
)
def test_moments_are_named_by_what_matters(moment_s, duration_s, label):
    """A walk is told in minutes, a day in hours, a week in days."""
    assert label == time_label(moment_s, duration_s)
