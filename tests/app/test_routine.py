"""Exercises are asked about once, noted, and let the level move."""

import pytest
from tests.app.conftest import at, check_up_at

from evenstride.app.own import own
from evenstride.app.planning import show_plan
from evenstride.app.routine import (
    draw_exercises,
    note_after,
    note_done,
    note_sign,
    practice,
    show_routine,
    tell_limits,
)
from evenstride.errors import AnswerError, OptionError

MORNING = at("2026-06-01 08:00")
DAY_NS = 86_400_000_000_000


@pytest.fixture
def ready(home):
    """Return the folder of somebody who may exercise and told what stands against it."""
    check_up_at(home, MORNING)
    found = practice(home, now=MORNING)
    tell_limits(home, {limit.id: False for limit in found.open}, now=MORNING)
    return home


def test_without_a_check_up_there_are_none(home):
    """The reason is the plan's, and nothing is asked."""
    found = show_routine(home, now=MORNING).document

    assert "no_checkup" == found["refused"]["reason"]
    assert [] == found["timeline"] == found["open_limits"]


def test_questions_come_first_and_only_once(home):
    """What was answered is not asked again, unless one wants to."""
    check_up_at(home, MORNING)
    first = practice(home, now=MORNING)
    tell_limits(home, {limit.id: False for limit in first.open}, now=MORNING)

    assert first.open
    assert () == practice(home, now=MORNING).open
    assert first.open == practice(home, ask_again=True, now=MORNING).open


def test_the_timed_steps_fill_the_routine(ready):
    """Together the steps take as long as the sheet says."""
    found = show_routine(ready, now=MORNING).document

    assert found["seconds"] == sum(step["seconds"] for step in found["timeline"])


def test_what_was_done_is_kept_with_how_it_felt(ready):
    """The note of an hour later joins the newest one."""
    note_done(ready, "fine", pain_before=2, now=MORNING)
    note_after(ready, 1, now=MORNING + DAY_NS // 24)

    with own(ready, MORNING) as mine:
        (kept,) = mine.diary.entries("routine")
    assert ("fine", 2, 1) == tuple(
        kept.document[name] for name in ("felt", "pain_before", "pain_after")
    )


def test_two_easy_days_a_week_lead_further(ready):
    """After a week that went well the level goes up."""
    for day in (0, 2, 4):
        note_done(ready, "easy", pain_before=1, now=MORNING + day * DAY_NS)
        note_after(ready, 1, now=MORNING + day * DAY_NS + DAY_NS // 24)
    first = show_routine(ready, now=MORNING).document
    later = show_routine(ready, now=MORNING + 8 * DAY_NS).document

    assert first["level"] < later["level"]


def test_an_hour_later_needs_something_that_was_done(ready):
    """Nothing is noted where there is nothing to add to."""
    with pytest.raises(OptionError, match="noted"):
        note_after(ready, 3, now=MORNING)


@pytest.mark.parametrize("pain", [-1, 11, float("nan")])
def test_pain_outside_the_scale_is_refused(ready, pain):
    """It stays between 0 and 10."""
    with pytest.raises(OptionError, match="0, none, to 10"):
        note_done(ready, "fine", pain_before=pain, now=MORNING)


def test_a_sign_to_stop_waits_for_the_next_check_up(ready):
    """No plan and no routine, until the questions were answered again."""
    note_sign(ready, now=MORNING + DAY_NS)
    stopped = show_routine(ready, now=MORNING + DAY_NS).document
    planned = show_plan(ready, now=MORNING + DAY_NS).document
    check_up_at(ready, MORNING + 2 * DAY_NS)

    assert "red_flag" == stopped["refused"]["reason"] == planned["refused"]["reason"]
    assert show_routine(ready, now=MORNING + 2 * DAY_NS).document["refused"] is None


def test_an_answer_to_no_question_is_refused(ready):
    """A limit that nobody knows stops before it can be relied on."""
    tell_limits(ready, {"nonsense": True}, now=MORNING)
    with pytest.raises(AnswerError, match="nonsense"):
        show_routine(ready, now=MORNING)


def test_each_exercise_is_drawn_in_order(ready, tmp_path):
    """One file for each exercise, for its owner only."""
    found = draw_exercises(ready, tmp_path / "drawings", now=MORNING).document
    items = show_routine(ready, now=MORNING).document["items"]

    assert len(items) == len(found["files"])
    for name in found["files"]:
        path = tmp_path / "drawings" / name
        assert path.read_text().startswith("<svg")
        assert 0o600 == path.stat().st_mode & 0o777
