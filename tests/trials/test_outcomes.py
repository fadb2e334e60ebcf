"""Outcomes of walks, on one scale."""

import pytest

from evenstride.model.outing import Outing, PainRatings
from evenstride.trials.outcomes import points_of, ratio_of, value_of

WALK = Outing(
    "w",
    0,
    minutes=30.0,
    distance_m=2000.0,
    back=PainRatings(before=1.0, worst=4.0, next_morning=2.0),
    minutes_to_rise=12.0,
)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("worst", 4.0), ("next_morning", 2.0), ("minutes_to_rise", 12.0), ("distance", 2000.0)],
)
def test_a_walk_gives_its_outcome(outcome, expected):
    """Each outcome is read from its place."""
    assert expected == value_of(WALK, outcome)
    assert value_of(Outing("x", 0), outcome) is None


@pytest.mark.parametrize(
    ("before", "worst", "expected"), [(1.0, 2.5, 30.0), (1.0, 4.0, None), (None, 2.0, None)]
)
def test_pain_that_never_rose_counts_the_whole_walk(before, worst, expected):
    """Where pain was told and rose by less than two, the minutes of the walk are taken."""
    walk = Outing("w", 0, minutes=30.0, back=PainRatings(before=before, worst=worst))

    assert expected == value_of(walk, "minutes_to_rise")


def test_thirty_percent_more_is_two_points_better():
    """Minutes and distance are compared as ratios, and farther is lower."""
    assert 2.0 == pytest.approx(points_of(2600.0, "distance", 2000.0))
    assert 1.3 == pytest.approx(ratio_of(-2.0))
    assert 3.5 == points_of(3.5, "worst", 1.0)
