"""What holds for every history: the caps, the light, the breaks and the refusals."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.plan.histories import FIRST, day_of, histories, planned, walked
from validation.plan.faults import faults
from validation.plan.people import at_ns, check_up_of

from evenstride.model.outing import Outing
from evenstride.plan import History, Plan, Refused, plan
from evenstride.plan.knowledge import plan_knowledge

KNOWN = plan_knowledge()


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
