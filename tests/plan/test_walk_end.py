"""The end of a plan is kept up without notes; a relapse begins it again."""

from datetime import timedelta

import pytest
from validation.plan.people import AMBER, FIRST, GREEN, RED, Walker, at_ns, check_up_of, outing_of
from validation.plan.walking import simulate

from evenstride.plan import History, plan

WEEKS = 17
LAST = WEEKS * 7


@pytest.fixture(scope="module")
def done():
    """Return the walks of somebody who has just reached the end."""
    return simulate(Walker("x", 30), WEEKS).outings


def after(done, more, today):
    """Return the plan some days after the end, with more walks: {day after the end: pain}."""
    later = tuple(
        outing_of(FIRST + timedelta(days=LAST + day), 30.0, back) for day, back in more.items()
    )
    day = FIRST + timedelta(days=LAST + today)
    checkup, _ = check_up_of(day)
    return plan(History((*done, *later), FIRST, at_ns(day, 23)), checkup, day)


def test_the_end_is_said_with_what_to_keep_up(done):
    """Everything is reached: it says so, and how much to keep up."""
    found = after(done, {0: GREEN}, 0)

    assert "hold" == found.phase
    assert "130" in found.changes[0].says
    assert "100 minutes a day" in found.changes[0].says


@pytest.mark.parametrize(("silence", "minutes"), [(8, 24), (20, 18), (60, 15)])
def test_silence_at_the_end_changes_nothing_and_is_answered_kindly(done, silence, minutes):
    """Nobody knows whether there were walks: the level stays, and what to do if not is told."""
    found = after(done, {}, silence)

    assert ("hold", 30) == (found.phase, found.week.session_min)
    told = [one for one in found.changes if one.rule == "break_held"]
    assert [True] == [f"with {minutes} minutes" in one.says for one in told]


def test_a_walk_now_and_then_leaves_the_end_as_it_is(done):
    """Who notes a green walk every ten days is still at the end."""
    found = after(done, dict.fromkeys(range(10, 200, 10), GREEN), 201)

    assert ("hold", 30, 5) == (found.phase, found.week.session_min, found.week.sessions)


def test_a_relapse_goes_down_and_builds_up_again(done):
    """A red walk at the end halves the walks at once, and the plan builds up again."""
    now = after(done, {15: RED}, 16)
    week = after(done, {15: RED}, 22)

    assert 15 == now.sessions[0].minutes
    assert ("build", 15) == (week.phase, week.week.session_min)


def test_amber_weeks_at_the_end_go_down_too(done):
    """Two amber weeks in a row take a tenth off at the end as anywhere."""
    found = after(done, {1: AMBER, 8: AMBER}, 15)

    assert ("build", 27) == (found.phase, found.week.session_min)


def test_a_walk_after_a_long_silence_begins_anew(done):
    """Coming back after four weeks without notes is a usual week again."""
    found = after(done, {40: GREEN}, 41)

    assert ("baseline", ("break_new", "baseline")) == (found.phase, found.week.rules)
