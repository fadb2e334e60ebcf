"""How the steps get easier and harder over the weeks."""

from datetime import timedelta

import pytest
from people import KNOWN, TODAY, check_up, made, names, pointing_to, session

from evenstride.plan.routines.progress import progress


def at(*sessions, today=TODAY):
    """Return the progress after these sessions."""
    return progress(sessions, today, KNOWN.progress)


def weeks(*counts, last=1, **more):
    """Return sessions of whole weeks: so many in each; the last week ended some days ago."""
    starts = 7 * len(counts) + last - 1
    return [
        session(starts - 7 * number - day, **more)
        for number, count in enumerate(counts)
        for day in range(count)
    ]


def test_the_first_week_has_the_easier_steps():
    """Nobody begins with the exercise as it stands, however well the first day went."""
    assert 0 == at().level
    assert "start_easier" == at(session(1), session(0)).rule
    assert "Move only the leg. Keep both hands down." in [
        item.this_time for item in made(check_up()).items
    ]


def test_two_good_days_in_a_week_go_one_step_up():
    """The step comes when the week is over."""
    assert (1, "one_up") == (at(*weeks(2)).level, at(*weeks(2)).rule)
    assert 0 == at(*weeks(1)).level
    assert 2 == at(*weeks(2, 2)).level
    assert (2, "top") == (at(*weeks(2, 2, 2)).level, at(*weeks(2, 2, 2)).rule)


@pytest.mark.parametrize(
    "more",
    [
        {"felt": "hard"},
        {"felt": None},
        {"pain_after": None},
        {"pain_before": None},
        {"pain_after": 3},
    ],
)
def test_what_was_hard_or_not_noted_does_not_go_on(more):
    """Only days that felt easy or fine, with pain back to what it was, count."""
    assert (0, "hold") == (at(*weeks(3, **more)).level, at(*weeks(3, **more)).rule)


@pytest.mark.parametrize("more", [{"pain_after": 4}, {"leg_further": True}])
def test_a_rise_of_pain_goes_one_step_back_at_once(more):
    """It does not wait for the end of the week, and goes back once a week."""
    found = at(*weeks(2, 2, last=2), session(1, **more), session(0, **more))

    assert (1, "one_back_pain") == (found.level, found.rule)
    assert 0 == at(session(0, **more)).level


def test_more_than_two_weeks_off_go_one_step_back():
    """Fourteen days off change nothing; fifteen do, before and after the next session, once."""
    well = weeks(2, 2)
    last = max(one.day for one in well)

    assert 2 == at(*well, today=last + timedelta(days=14)).level
    found = at(*well, today=last + timedelta(days=15))
    assert (1, "one_back_break") == (found.level, found.rule)
    back = session((TODAY - last).days - 15)
    assert 1 == at(*well, back, today=last + timedelta(days=16)).level


def test_late_entries_and_their_order_do_not_matter():
    """The course is worked out anew from the first day; what comes later than today is left out."""
    told = weeks(2, 3, 1)

    assert at(*told) == at(*reversed(told))
    assert at(*told) == at(*told, session(-3, pain_after=9))


def test_the_harder_step_may_be_another_exercise():
    """At the harder level one knee to the chest becomes both."""
    done = weeks(2, 2)
    told = [session((TODAY - one.day).days, routine="ten_minutes_stenosis") for one in done]

    assert "double_knee_to_chest" in names(made(pointing_to(lumbar_stenosis=3), done=told))


def test_an_exercise_whose_easier_step_is_another_one_waits_for_it():
    """At the easier level the half press-up is not begun; from the next level it is."""
    checkup = pointing_to(disc_degeneration=3)
    told = [session((TODAY - one.day).days, routine="ten_minutes_leg_pain") for one in weeks(2, 0)]

    assert "press_up" not in names(made(checkup))
    assert "press_up" in names(made(checkup, done=told))


def test_exercises_change_places_from_week_to_week():
    """Within a slot they take turns, the same in every run."""
    first, second = made(check_up()), made(check_up(), done=weeks(1))

    assert names(first) != names(second)
    assert second == made(check_up(), done=weeks(1))
    assert "new_mix" in [change.rule for change in second.changes]
    assert first.seconds == second.seconds


def test_exercises_that_suit_the_pattern_come_first():
    """Who has a sore piriformis starts with the clam, not with the side bridge."""
    assert "clam" in names(made(pointing_to(piriformis_dgs=3)))
    assert "side_bridge" in names(made(check_up()))


def test_sessions_of_another_routine_do_not_count():
    """Who changes the routine begins with its easier steps."""
    told = [session((TODAY - one.day).days, routine="after_walk") for one in weeks(2, 2)]

    assert 0 == made(check_up(), done=told).level
