"""A bike ride counts as a walk where sitting eases the leg; elsewhere only what was too much."""

from dataclasses import replace

from tests.plan.histories import FIRST, day_of, planned, walked
from validation.plan.people import AMBER, GREEN, RED, at_ns, check_up_of

from evenstride.plan import History, plan

STENOSIS = {"lumbar_stenosis": 3.0}
USUAL = [walked(day, 20.0) for day in (0, 2, 4)]


def ride(day, minutes=20.0, back=GREEN):
    """Return a bike ride at noon."""
    return replace(walked(day, minutes, back), kind="cycling")


def rules(walks, lifts):
    """Return the rules of the week after the first planned one, by a check-up from the start."""
    checkup, checked = check_up_of(FIRST, lifts)
    return plan(History(tuple(walks), FIRST, checked), checkup, day_of(14)).week.rules


def test_a_ride_is_a_session_where_sitting_eases_the_leg():
    """With the pattern a ride fills a session; without it a walk is missing."""
    mixed = [*USUAL, walked(7, 16.0), ride(9, 16.0), walked(11, 16.0)]

    assert ("more_often",) == rules(mixed, STENOSIS)
    assert ("repeat_missed",) == rules(mixed, {})
    assert ("repeat_missed",) == rules(
        [*USUAL, walked(7, 16.0), ride(9, 9.0), walked(11, 16.0)], STENOSIS
    )


def test_rides_alone_never_let_walks_grow():
    """A week without a walk says nothing about walking further."""
    rides = [ride(7 + n, 30.0) for n in range(5)]

    assert ("repeat_missed",) == rules([*USUAL, *rides], STENOSIS)


def test_a_ride_keeps_the_level_through_days_without_a_walk():
    """Seven days of rides are no break with the pattern, and one without it."""
    walks = (*USUAL, walked(7, 16.0), *(ride(8 + n) for n in range(7)))
    checkup, checked = check_up_of(FIRST, STENOSIS)
    found = plan(History(walks, FIRST, checked), checkup, day_of(14))

    assert 16 == found.week.session_min
    assert ("break_week",) == planned(walks, day_of(15)).week.rules


def test_rides_say_nothing_in_the_usual_week():
    """How long somebody rides does not tell how long they walk."""
    found = planned([walked(1, 10.0), *(ride(n, 60.0) for n in (0, 2, 3, 4))], day_of(7))

    assert (3, 8) == (found.week.sessions, found.week.session_min)


def test_too_much_is_too_much_on_a_ride_too():
    """A red ride halves the next walks whatever the pattern; an amber one without it does not."""
    done = [*USUAL, walked(7, 16.0), walked(9, 16.0), walked(11, 16.0)]

    assert ("cut_red",) == rules([*done, ride(12, 20.0, RED)], {})
    assert ("more_often",) == rules([*done, ride(12, 20.0, AMBER)], {})
    assert ("repeat_amber",) == rules([*done, ride(12, 20.0, AMBER)], STENOSIS)


def test_new_numbness_on_a_ride_stops_the_plan():
    """A warning sign is one wherever it was noted."""
    numb = replace(ride(8), new_numbness=True)
    checkup, _ = check_up_of(day_of(8))
    found = plan(History((*USUAL, numb), FIRST, at_ns(day_of(8), 5)), checkup, day_of(8))

    assert "red_flag" == found.reason
