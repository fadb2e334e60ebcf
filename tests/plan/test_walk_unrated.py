"""Walks of which nobody told how they felt, such as imported ones, never make the plan ask more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.histories import FIRST, day_of, histories, planned, walked
from validation.plan.faults import faults
from validation.plan.people import AMBER, GREEN, RED, at_ns

from evenstride.model.outing import Outing, PainRatings
from evenstride.plan import Plan
from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.level import Level, longer_min
from evenstride.plan.lights import lights
from evenstride.plan.walks import ordered

KNOWN = plan_knowledge()
UNRATED = PainRatings()


@st.composite
def unrated(draw, most_days=110):
    """Draw walks without any rating, before and during a plan."""
    days = draw(st.lists(st.integers(-40, most_days), max_size=30))
    return tuple(
        Outing(
            f"u{number}",
            at_ns(day_of(day), draw(st.integers(5, 20))),
            minutes=draw(st.one_of(st.none(), st.integers(1, 120).map(float))),
            kind=draw(st.sampled_from(("outdoor", "treadmill", "cycling"))),
        )
        for number, day in enumerate(days)
    )


@st.composite
def keen(draw):
    """Draw the walks of somebody who mostly does what is planned, so that the plan gets far."""
    found = []
    for day in range(draw(st.integers(8, 100))):
        if day % 7 in (0, 1, 3, 4, 5) and draw(st.integers(0, 19)):
            pain = draw(st.sampled_from((GREEN,) * 24 + (AMBER, RED, replace(GREEN, worst=None))))
            minutes = float(draw(st.sampled_from((30, 30, 30, 18, 9))))
            found.append(walked(day, minutes, pain))
    return tuple(found)


def asked(week):
    """Return what a week asks for, each thing by itself; a usual week asks for nothing."""
    return (week.sessions, week.session_min, week.brisk_min, week.ground, int(week.load))


def test_years_of_unrated_walks_leave_the_start_as_it_was():
    """Three walks of ten minutes that hurt start the plan, not a thousand unrated ones."""
    sore = PainRatings(1, 5, 3, 1)
    own = tuple(walked(day, 10.0, sore) for day in (0, 2, 4))
    many = tuple(
        Outing(f"old{n}", at_ns(day_of(6) - timedelta(hours=30 * n), 9), minutes=95.0)
        for n in range(1193)
    )
    alone, found = planned(own, day_of(7)), planned((*own, *many), day_of(7))

    assert (3, 5) == (alone.week.sessions, alone.week.session_min)
    assert alone.week == found.week
    assert alone.changes == found.changes


@given(
    st.one_of(histories(), keen()),
    unrated(),
    unrated(),
    st.integers(0, 110),
    st.booleans(),
    st.dictionaries(st.integers(0, 110).map(day_of), st.integers(0, 20_000)),
)
def test_a_walk_without_a_rating_never_raises_a_week(outings, some, more, number, begun, steps):
    """Whenever it was, no week that was planned or is now asks for more, in nothing.

    Neither do the walks that are left and the steps a day. The weeks begin when they began.
    """
    today, starts = day_of(number), FIRST if begun else None
    more = tuple(replace(one, id=f"more {one.id}") for one in more)
    before = planned((*outings, *some), today, starts, steps_per_day=steps)
    after = planned((*outings, *some, *more), today, starts, steps_per_day=steps)
    if not isinstance(before, Plan):
        assert before == after
        return
    weeks = [(*found.past, found.week) for found in (before, after)]

    assert [week.starts for week in weeks[0]] == [week.starts for week in weeks[1]]
    for one, two in zip(*weeks, strict=True):
        assert all(a >= b for a, b in zip(asked(one), asked(two), strict=True))
    assert len(after.sessions) <= len(before.sessions)
    left = [max((one.minutes for one in found.sessions), default=0) for found in (before, after)]
    assert left[1] <= left[0]
    assert after.session_today is None or before.session_today is not None
    assert (after.steps_goal or 0) <= (before.steps_goal or 0)


@given(st.one_of(histories(), keen()), unrated(), st.integers(0, 110))
def test_a_plan_with_unrated_walks_keeps_the_caps(outings, some, number):
    """What was held back comes nearer again inside the caps, and only after a green week."""
    found = planned((*outings, *some), day_of(number))

    assert isinstance(found, Plan)
    assert [] == list(faults((*found.past, found.week), KNOWN))


@given(histories(), unrated(), st.integers(0, 110))
def test_the_light_of_a_walk_does_not_hang_on_unrated_walks(outings, some, number):
    """Whether pain went further down or had settled is told by walks that tell something."""
    today = day_of(number)
    alone = lights(ordered(outings, today), today, KNOWN)
    found = lights(ordered((*outings, *some), today), today, KNOWN)

    assert list(alone) == [light for light in found if not light.outing.startswith("u")]


def test_a_week_with_an_unrated_walk_stays_the_same_and_then_goes_on():
    """It is held, with the reason; the next green week goes one step up, and says so."""
    usual = [walked(day, 20.0) for day in (0, 2, 4)]
    first = [walked(day, 16.0) for day in (7, 9, 11)]
    second = [walked(day, 16.0) for day in (14, 16, 18)]
    silent = replace(walked(12, 90.0, UNRATED), id="silent")
    held = planned((*usual, *first, silent), day_of(14))
    after = planned((*usual, *first, silent, *second), day_of(21))

    assert ((3, 16), ("repeat_unknown",)) == (asked(held.week)[:2], held.week.rules)
    assert (None, False) == (held.past[-1].light, held.past[-1].known)
    assert ((4, 16), ("more_often",)) == (asked(after.week)[:2], after.week.rules)


@pytest.mark.parametrize(("pain", "minutes", "rule"), [(RED, 8, "cut_red"), (AMBER, 16, "")])
def test_what_is_held_back_goes_down_like_what_was_earned(pain, minutes, rule):
    """A red walk halves what was told, and an amber one repeats it."""
    usual = [walked(day, 20.0) for day in (0, 2, 4)]
    first = [walked(day, 16.0) for day in (7, 9, 11)]
    silent = replace(walked(12, 90.0, UNRATED), id="silent")
    second = [walked(14, 16.0, pain), *(walked(day, 16.0) for day in (16, 18))]
    found = planned((*usual, *first, silent, *second), day_of(21))

    assert ((3, minutes), (rule or "repeat_amber",)) == (asked(found.week)[:2], found.week.rules)


def test_unrated_walks_between_two_amber_ones_do_not_lift_today():
    """Two amber walks in a row take a tenth off, whatever was walked between them unrated."""
    usual = [walked(day, 20.0) for day in (0, 2, 4)]
    amber = [walked(day, 16.0, AMBER) for day in (7, 9)]
    silent = replace(walked(8, 16.0, UNRATED), id="silent")
    alone, found = (planned((*usual, *amber, *more), day_of(10)) for more in ((), (silent,)))

    assert ["today_amber_twice"] == [one.rule for one in alone.changes if "today" in one.rule]
    assert {14} == {one.minutes for one in (*alone.sessions, *found.sessions)}


def test_who_walks_without_rating_starts_lower_and_had_no_days_off():
    """Walks without a rating end no break; after a few of them nobody speaks of days off."""
    usual = [walked(day, 20.0) for day in (0, 2, 4)]
    first = [walked(day, 16.0) for day in (7, 9, 11)]
    silent = [walked(day, 16.0, UNRATED) for day in range(12, 40)]
    soon = planned((*usual, *first, *silent[:3]), day_of(15))
    later = planned((*usual, *first, *silent[:9]), day_of(20))

    assert [] == [one.rule for one in soon.changes if one.rule == "break_short"]
    assert "break_week" in [one.rule for one in later.changes]
    assert "baseline" == planned((*usual, *first, *silent), day_of(40)).phase


def test_longer_walks_stay_longer_after_a_step():
    """A step in minutes keeps the order of two levels; what is held back rests on it."""
    found = [longer_min(5, minutes, KNOWN) for minutes in range(5, 31)]

    assert sorted(found) == found
    assert Level(5, 30).minutes == found[-1]
