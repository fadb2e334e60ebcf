"""More pain, less known or more worry never makes the plan ask for more."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.histories import day_of, histories, longest, planned, walked
from validation.plan.people import AMBER, GREEN, RED, UNKNOWN, Walker
from validation.plan.walking import simulate

from evenstride.model.outing import PainRatings
from evenstride.plan import FearScore, Refused


@given(histories(), st.integers(8, 110), st.data())
def test_more_pain_last_week_or_this_week_never_gives_longer_walks(outings, number, data):
    """More pain in a walk of this or the last planned week never makes the next walks longer."""
    today = day_of(number)
    before = planned(outings, today)
    last = before.past[-1].starts if before.past else before.week.starts
    recent = [n for n, light in enumerate(before.lights) if light.day >= last]
    if not recent:
        return
    lit = before.lights[data.draw(st.sampled_from(recent))]
    at = next(n for n, one in enumerate(outings) if one.id == lit.outing)
    walk = outings[at]
    worst = data.draw(st.integers(int(walk.back.worst or 0), 10))
    morning = data.draw(st.integers(int(walk.back.next_morning or 0), 10))
    changed = replace(
        walk,
        back=replace(
            walk.back,
            worst=None if walk.back.worst is None else float(worst),
            next_morning=None if walk.back.next_morning is None else float(morning),
        ),
        new_numbness=walk.new_numbness or data.draw(st.booleans()),
    )
    after = planned((*outings[:at], changed, *outings[at + 1 :]), today)

    assert longest(after)[0] <= longest(before)[0]
    assert longest(after)[1] <= longest(before)[1]


@given(histories(), st.integers(8, 110), st.data())
def test_one_more_red_walk_never_gives_longer_walks(outings, number, data):
    """A red walk that is added to this or the last week never makes the walks that are left longer.

    It tells of no pain before or after: that could show that an earlier walk had settled.
    """
    today = day_of(number)
    before = planned(outings, today)
    first = before.past[-1].starts if before.past else before.week.starts
    day = data.draw(st.integers((first - day_of(0)).days, number))
    minutes = data.draw(st.integers(1, 90).map(float))
    red = replace(walked(day, minutes, PainRatings(worst=7)), id="red")
    after = planned((*outings, red), today)

    left = (
        0 if isinstance(after, Refused) else max((one.minutes for one in after.sessions), default=0)
    )
    assert left <= longest(before)[1]


@given(histories(), st.integers(8, 110), st.data())
def test_an_answer_that_is_left_out_never_gives_more_than_a_good_one(outings, number, data):
    """What was not noted of a good walk of this or the last week makes no walk longer."""
    today = day_of(number)
    first = planned(outings, today)
    since = first.past[-1].starts if first.past else first.week.starts
    recent = [light.outing for light in first.lights if light.day >= since]
    if not recent:
        return
    name = data.draw(st.sampled_from(recent))
    field = data.draw(st.sampled_from(("before", "worst", "next_morning")))

    def with_back(back):
        return tuple(
            replace(one, back=back, leg=walked(0, 1.0).leg, minutes_to_rise=None)
            if one.id == name
            else one
            for one in outings
        )

    good = longest(planned(with_back(GREEN), today))
    left_out = longest(planned(with_back(replace(GREEN, **{field: None})), today))
    assert left_out[0] <= good[0]
    assert left_out[1] <= good[1]


bad_days = st.dictionaries(st.integers(7, 90), st.sampled_from([AMBER, RED, UNKNOWN]), max_size=8)


@settings(max_examples=12)
@given(st.integers(5, 40), bad_days, st.integers(7, 80))
def test_a_red_walk_is_never_an_advantage_later(tolerated, pain, day):
    """Who walks by the plan has, in every later week, no more after one more red walk."""

    def weeks(days):
        found = simulate(Walker("any", tolerated, pain_on_day=days), 16).weeks
        return {week.starts: (week.sessions, week.session_min) for week in found}

    with_it, without = weeks(pain | {day: RED}), weeks({**pain, day: pain.get(day, GREEN)})
    assert with_it.keys() == without.keys()
    assert all(
        one <= two for at in with_it for one, two in zip(with_it[at], without[at], strict=True)
    )


@given(st.lists(st.integers(1, 90), min_size=1, max_size=7), st.integers(1, 90))
def test_a_red_walk_in_the_usual_week_never_gives_a_longer_start(minutes, more):
    """However long it was, a red walk proves no tolerance, and halves the start."""
    walks = tuple(walked(day, float(length)) for day, length in enumerate(minutes))
    red = replace(walked(6, float(more), RED), id="red")

    calm, after = planned(walks, day_of(7)), planned((*walks, red), day_of(7))
    assert longest(after)[0] <= longest(calm)[0]
    assert max(minutes) < 5 or after.week.rules == ("start_careful",)


@pytest.mark.parametrize("seed", range(3))
def test_worry_before_the_start_never_gives_a_longer_start(seed):
    """A high score of worry halves the start."""
    chance = random.Random(seed)
    walks = tuple(walked(day, float(chance.randint(5, 60))) for day in (0, 1, 3, 5))

    calm = planned(walks, day_of(8))
    worried = planned(walks, day_of(8), fear=(FearScore(day_of(0), 15),))

    assert worried.week.session_min <= calm.week.session_min
    assert "start_careful" in worried.week.rules
