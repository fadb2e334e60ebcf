"""The usual week tells where to start; what it does not tell is not made up."""

from dataclasses import replace

import pytest
from tests.plan.histories import day_of, planned, walked
from validation.plan.people import GREEN, RED

from evenstride.model.outing import PainRatings


def start_of(*walks):
    """Return the minutes of the first planned walks, and the rule behind them."""
    week = planned(walks, day_of(7)).week
    return week.session_min, week.rules[0]


def test_a_red_walk_starts_the_plan_at_half_and_proves_no_tolerance():
    """Its length counts no more than the shortest walk, and the start is a careful one."""
    short, long = (walked(day, minutes) for day, minutes in ((0, 12.0), (2, 20.0)))

    assert (10, "start") == start_of(short, long)
    assert (6, "start_careful") == start_of(short, long, walked(4, 60.0, RED))


@pytest.mark.parametrize(
    ("back", "minutes"),
    [
        (GREEN, 24),
        (PainRatings(before=1, next_morning=1), 12),
        (PainRatings(worst=1), 24),
        (PainRatings(worst=2), 12),
    ],
)
def test_where_pain_was_not_noted_half_of_a_walk_counts(back, minutes):
    """Pain that may have risen counts as risen, be it the worst or the value before that lacks."""
    walks = [walked(day, 30.0, back) for day in (0, 2, 4)]

    assert (minutes, "start") == start_of(*walks)


def test_walks_that_were_not_rated_start_no_plan():
    """The usual week goes on, and asks how much it hurts; nobody is said to have noted it."""
    found = planned([walked(day, 95.0, PainRatings()) for day in range(5)], day_of(7))

    assert ("baseline", ()) == (found.phase, found.sessions)
    assert ("baseline_more",) == found.week.rules


def test_a_late_first_walk_begins_the_usual_week():
    """A person who begins two weeks late has seven usual days from the first walk on."""
    late = planned([walked(16, 20.0)], day_of(20))
    then = planned([walked(16, 20.0)], day_of(23))

    assert ("baseline", day_of(16)) == (late.phase, late.week.starts)
    assert ("build", day_of(23)) == (then.phase, then.week.starts)


def test_the_start_may_come_back_to_the_usual_week():
    """A break of a week inside the usual week begins it again."""
    found = planned([walked(1, 20.0), walked(12, 20.0)], day_of(14))

    assert ("baseline", day_of(12)) == (found.phase, found.week.starts)


def test_a_walk_before_the_plan_began_tells_nothing_of_the_start():
    """Only walks since the first day count in the plan."""
    before = replace(walked(0, 90.0), id="old")

    assert 16 == planned([before, walked(3, 20.0)], day_of(9), day_of(2)).week.session_min
