"""When there are no exercises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from people import KNOWN, TODAY, check_up, history, made, names, no_limits

from evenstride.model.outing import Outing, PainRatings
from evenstride.plan import plan
from evenstride.plan.routines import routine


def walk(days_ago, number=0, **more):
    """Return a walk at noon, some days before today."""
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Outing(f"w{number}", int(noon.timestamp()) * 10**9, minutes=20, **more)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"saddle_numb": True}, "help_now"),
        ({"fever": True}, "help_now"),
        ({"osteoporosis": True, "minor_trauma": True, "age": 75}, "visit_first"),
        ({"cancer_history": True}, "visit_first"),
    ],
)
def test_triage_comes_first(answers, reason):
    """Help today, and visits that hold the plan, hold the exercises too, in their own words."""
    found = made(check_up(**answers))

    assert reason == found.reason
    assert KNOWN.refusals[reason] == found.says
    assert found.safety_net
    assert reason == plan(history(), check_up(**answers), TODAY).reason


def test_without_a_check_up_there_are_no_exercises():
    """It asks for the check-up."""
    assert "no_checkup" == routine(history(), None, {}, [], TODAY).reason


def test_an_open_question_holds_the_exercises():
    """A check-up that is not complete does not count."""
    checkup = replace(check_up(), complete=False)

    assert "incomplete" == routine(history(), checkup, {}, [], TODAY).reason


def test_an_old_check_up_does_not_count():
    """Past its day the check-up is asked for again."""
    checkup = check_up()
    late = TODAY + timedelta(days=(checkup.triage.recheck_days or 0) + 1)

    assert "checkup_old" == made(checkup, today=late).reason


def test_a_warning_sign_of_a_walk_holds_the_exercises():
    """New numbness on a walk after the check-up is open until the next one."""
    assert "red_flag" == made(check_up(), outings=(walk(0, new_numbness=True),)).reason
    assert "red_flag" == made(check_up(), open_red_flag=True).reason


def test_a_red_walk_today_leaves_out_the_warm_up_walk():
    """The rest of the routine stays; the walk says why it is gone."""
    red = walk(0, back=PainRatings(2, 8, 6, None))
    found = made(check_up(), outings=(red,))

    assert "easy_walk" not in names(found)
    assert {"easy_walk": "Your walk today was red."} == {
        one.exercise: one.because for one in found.left_out
    }


def test_nobody_gets_an_empty_routine():
    """If every limit is there, the refusal says that nothing is left."""
    checkup = check_up()
    told = dict.fromkeys(no_limits(checkup), True) | {"cleared": True, "pregnant_20_weeks": True}
    around = routine(history(), checkup, told, [], TODAY, "after_walk")

    assert "nothing_left" == around.reason
