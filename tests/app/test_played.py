"""Exercises that were played without a network are noted once, whenever they are told of."""

from datetime import date

import pytest
from tests.app.conftest import at, check_up_at

from evenstride.app.own import own
from evenstride.app.played import Played, drawing_of, note_played
from evenstride.app.routine import note_after, note_sign, practice, show_routine, tell_limits
from evenstride.errors import OptionError

MORNING = at("2026-06-01 08:00")
LATER = at("2026-06-02 12:00")


@pytest.fixture
def played(home):
    """Return what the player tells of today's exercises."""
    check_up_at(home, MORNING)
    found = practice(home, now=MORNING)
    tell_limits(home, {limit.id: False for limit in found.open}, now=MORNING)
    routine = show_routine(home, now=MORNING).document["id"]
    return Played("made-by-a-phone", routine, MORNING, "fine", 2.0, leg_further=False)


def kept(home):
    """Return what the diary holds of exercises."""
    with own(home, LATER) as mine:
        return mine.diary.entries("routine")


def test_it_counts_for_the_day_on_which_it_was_done(home, played):
    """A note that comes a day later stands under the day before."""
    found = note_played(home, played, now=LATER).document

    assert date(2026, 6, 1).isoformat() == found["day"]
    assert [MORNING] == [one.at_utc_ns for one in kept(home)]


def test_told_twice_it_is_noted_once_and_what_was_added_stays(home, played):
    """A phone that lost the answer says it again; the pain of an hour later is not lost by it."""
    note_played(home, played, now=LATER)
    note_after(home, 1, now=LATER)
    note_played(home, played, now=LATER)

    assert [1] == [one.document["pain_after"] for one in kept(home)]


def test_a_sign_to_stop_since_then_does_not_undo_what_was_done(home, played):
    """Today there are none, but yesterday there were."""
    note_sign(home, now=LATER)
    note_played(home, played, now=LATER)

    assert 1 == len(kept(home))


def test_a_clock_that_runs_ahead_means_now(home, played):
    """Nothing is noted for a day that has not come."""
    ahead = Played(played.id, played.routine, LATER + 10**15)
    note_played(home, ahead, now=LATER)

    assert [LATER] == [one.at_utc_ns for one in kept(home)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"routine": "no_such"},
        {"pain_before": 11.0},
        {"at_utc_ns": 0},
    ],
)
def test_what_cannot_be_right_is_refused_and_not_kept(home, played, wrong):
    """The sentence says why, and the diary stays as it was."""
    told = {"id": "x", "routine": played.routine, "at_utc_ns": MORNING} | wrong
    with pytest.raises(OptionError):
        note_played(home, Played(**told), now=LATER)

    assert () == kept(home)


def test_leg_pain_that_moves_down_is_a_sign_to_stop(home, played):
    """The answer says so, and where to go."""
    told = Played("other", played.routine, MORNING, leg_further=True)

    assert "evenstride checkup" in note_played(home, told, now=LATER).sheet.action


@pytest.mark.parametrize("exercise", ["bridge", "cat_camel", "clam"])
def test_a_drawing_loads_nothing_and_has_a_name(exercise):
    """It can stand in a page whose policy forbids styles and scripts."""
    found = drawing_of(exercise)

    assert "<title>" in found
    assert "style" not in found
    assert "script" not in found
