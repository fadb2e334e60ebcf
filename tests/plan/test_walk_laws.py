"""What holds for every history."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validation.plan.faults import faults
from validation.plan.people import at_ns, check_up_of

from evenstride.model.outing import REACHES, Outing, PainRatings
from evenstride.plan import FearScore, History, Plan, Refused, plan
from evenstride.plan.knowledge import plan_knowledge

FIRST = date(2026, 2, 2)
KNOWN = plan_knowledge()
ZONES = ("UTC", "Europe/London", "Pacific/Auckland", "America/Los_Angeles", "No/Where")

pain = st.one_of(st.none(), st.integers(0, 10).map(float))
mild = st.one_of(st.none(), st.integers(0, 3).map(float))


@st.composite
def ratings(draw, values=pain):
    """Draw pain around a walk."""
    return PainRatings(draw(values), draw(values), draw(values), draw(values))


@st.composite
def histories(draw, most_days=80):
    """Draw walks on random days: mostly mild ones, so that the plan gets somewhere."""
    days = sorted(draw(st.lists(st.integers(0, most_days), max_size=45, unique=True)))
    found = []
    for number, day in enumerate(days):
        calm = draw(st.integers(0, 3)) > 0
        back = PainRatings(1, 2, 1, 1) if calm else draw(ratings())
        leg = PainRatings() if calm else draw(st.one_of(st.just(PainRatings()), ratings(mild)))
        found.append(
            Outing(
                f"w{number}",
                at_ns(FIRST + timedelta(days=day), draw(st.integers(5, 20))),
                time_zone=draw(st.sampled_from(ZONES)),
                minutes=draw(st.one_of(st.none(), st.integers(1, 90).map(float))),
                back=back,
                leg=leg,
                reach=None if calm else draw(st.one_of(st.none(), st.sampled_from(REACHES))),
                minutes_to_rise=draw(st.one_of(st.none(), st.integers(0, 60).map(float))),
            )
        )
    return tuple(found)


def planned(outings, today, **more):
    """Return the plan of a day with a fresh check-up."""
    checkup, _ = check_up_of(today)
    late = at_ns(today + timedelta(days=1), 11)  # after every walk of this day, in any zone
    history = History(outings, FIRST, late, time_zone="Etc/GMT+12", **more)
    return plan(history, checkup, today)


def day_of(number):
    """Return a day of the plan."""
    return FIRST + timedelta(days=number)


@given(histories(), st.integers(0, 110))
def test_weeks_never_grow_above_the_caps(outings, number):
    """No planned week is above what the week before allows, and none grows after amber or red."""
    found = planned(outings, day_of(number))

    assert isinstance(found, Plan)
    assert [] == list(faults((*found.past, found.week), KNOWN))


@given(histories(), st.integers(0, 110))
def test_today_is_never_more_than_the_week(outings, number):
    """No walk of the rest of the week is longer than the week plans, and there is one a day."""
    found = planned(outings, day_of(number))

    days = [session.day for session in found.sessions]
    assert len(set(days)) == len(days) <= max(0, found.week.sessions)
    for session in found.sessions:
        assert session.minutes <= found.week.session_min
        assert sum(session.parts_min) == session.minutes
        assert found.today <= session.day < found.week.starts + timedelta(days=7)


@given(histories(), st.integers(0, 110))
def test_red_halves_the_next_walks(outings, number):
    """After a red walk the walks of the same week are half as long, and never gone."""
    found = planned(outings, day_of(number))
    red = [one for one in found.lights if one.light == "red" and one.day >= found.week.starts]
    least = KNOWN.start.session_min

    for session in found.sessions if red else ():
        assert max(least, found.week.session_min // 2) == session.minutes
        assert not session.brisk_parts
        assert session.ground == "flat"
    for before, after in pairwise((*found.past, found.week)):
        if before.light == "red" and before.sessions and after.sessions:
            assert after.session_min <= max(least, before.session_min // 2)


@given(histories(), st.integers(0, 110), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(outings, number, chance):
    """Walks may be entered in any order, and asking twice gives the same document."""
    mixed = list(outings)
    chance.shuffle(mixed)
    today = day_of(number)

    expected = planned(outings, today).to_json()
    assert expected == planned(outings, today).to_json()
    assert expected == planned(tuple(mixed), today).to_json()


@given(histories(), st.integers(0, 90), st.integers(0, 60))
def test_the_future_changes_nothing(outings, number, later):
    """A plan for a day is the same whatever is walked on the days after it."""
    today = day_of(number)
    until = at_ns(today + timedelta(days=1), 0)
    kept = tuple(one for one in outings if one.start_utc_ns < until and one.time_zone == "UTC")
    future = tuple(
        Outing(f"f{n}", at_ns(today + timedelta(days=2 + n), 12), minutes=30.0)
        for n in range(later)
    )

    assert planned(kept, today).to_json() == planned((*kept, *future), today).to_json()


def longest(found):
    """Return the minutes of a walk of the week, and of what is left of it.

    No plan is nothing; a usual week has no upper end.
    """
    if isinstance(found, Refused):
        return 0, 0
    if found.phase == "baseline":
        return 99, 99
    left = max((session.minutes for session in found.sessions), default=None)
    return found.week.session_min, found.week.session_min if left is None else left


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


@given(st.integers(0, 90), st.sampled_from((5.0, 12.0, 20.0, 40.0)))
def test_days_away_follow_the_table(missed, minutes):
    """After a break the walks are as long as the table of breaks says."""
    week = [0, 2, 4]
    walks = [walked(day, minutes) for day in [*week, *(7 + day for day in week)]]
    level = planned(tuple(walks), day_of(12)).week.session_min
    today = 7 + 4 + missed + 1
    found = planned(tuple(walks), day_of(today))

    rule = next((row for row in KNOWN.breaks if missed >= row.from_days), None)
    if rule is not None and rule.factor is None:
        assert found.phase == "baseline"
    elif rule is not None and rule.factor < 1:
        assert max(5, int(level * rule.factor + 1e-9)) == found.week.session_min
        assert rule.rule in found.week.rules
    else:
        assert level == found.week.session_min


def walked(day, minutes, back=PainRatings(1, 2, 1, 1)):  # noqa: B008 - frozen
    """Return a green walk at noon."""
    return Outing(f"d{day}", at_ns(day_of(day), 12), minutes=minutes, back=back)


LEVELS = ("self_care", "clinician_soon", "urgent_same_day", "emergency_now")


@given(
    histories(),
    st.integers(0, 60),
    st.one_of(st.none(), st.sampled_from(LEVELS)),
    st.booleans(),
    st.booleans(),
    st.integers(-3, 30),
)
def test_no_plan_without_a_complete_permitted_check_up(outings, number, level, complete, runs, age):
    """There is a plan only after a complete, recent check-up that lets it run."""
    today = day_of(number)
    checkup, _ = check_up_of(today, level=level or "self_care", complete=complete, runs=runs)
    checked = at_ns(today - timedelta(days=age), 5)
    given_up = checkup if level is not None else None
    found = plan(History(outings, FIRST, checked), given_up, today)

    permitted = level is not None and checkup.may_exercise and 0 <= age <= 14
    if not permitted:
        assert isinstance(found, Refused)
        assert found.says


@given(histories(), st.integers(0, 60))
def test_new_numbness_stops_the_plan_until_a_check_up(outings, number):
    """New numbness or a weak leg leaves no plan until the check-up was done after that walk."""
    today = day_of(number)
    numb = Outing("numb", at_ns(today, 6), minutes=10.0, new_numbness=True)
    checkup, _ = check_up_of(today)

    before = plan(History((*outings, numb), FIRST, at_ns(today, 5)), checkup, today)
    after = plan(History((*outings, numb), FIRST, at_ns(today, 23)), checkup, today)

    assert before.reason == "red_flag"
    assert isinstance(after, Plan)


@pytest.mark.parametrize("seed", range(3))
def test_worry_before_the_start_never_gives_a_longer_start(seed):
    """A high score of worry halves the start."""
    chance = random.Random(seed)
    walks = tuple(walked(day, float(chance.randint(5, 60))) for day in (0, 1, 3, 5))

    calm = planned(walks, day_of(8))
    worried = planned(walks, day_of(8), fear=(FearScore(day_of(0), 15),))

    assert worried.week.session_min <= calm.week.session_min
    assert "start_careful" in worried.week.rules
