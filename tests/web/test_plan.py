"""The plan's page: the week, why, the weeks so far, files to take along, and refusals."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.app.planning import show_plan
from evenstride.app.routine import note_sign
from evenstride.web.plan_week import past_weeks, week_of


def test_the_week_has_seven_days_and_marks_today(person, home):
    """What is planned for a day stands in it."""
    found = show_plan(home).document
    days = week_of(found)
    page = person.get("/plan").text

    assert 7 == len(days)
    assert 1 == page.count('aria-current="date"')
    assert {one["day"] for one in found["sessions"]} <= {
        one.day.isoformat() for one in days if one.minutes
    }


def test_every_walk_of_the_week_is_in_the_picture(home):
    """None is left out, and none is counted for another day."""
    found = show_plan(home).document
    starts = date.fromisoformat(found["week"]["starts"])
    walked = [
        one["day"]
        for one in found["lights"]
        if starts <= date.fromisoformat(one["day"]) < starts + timedelta(days=7)
    ]

    assert walked == [one.day.isoformat() for one in week_of(found) for _ in one.walks]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "number": st.integers(0, 60),
                "sessions": st.integers(0, 7),
                "session_min": st.integers(0, 60),
                "done": st.integers(0, 9),
                "light": st.sampled_from(["green", "amber", "red", None]),
            }
        )
    )
)
def test_no_bar_is_taller_than_the_plot(weeks):
    """The tallest planned week fills it, and no more than all of a week is filled."""
    bars = past_weeks({"past": weeks})

    assert [week["number"] for week in weeks[-12:]] == [bar.number for bar in bars]
    assert all(0 <= bar.planned <= 1 and 0 <= bar.done <= 1 for bar in bars)
    if any(week["sessions"] * week["session_min"] for week in weeks[-12:]):
        assert 1 == max(bar.planned for bar in bars)


def test_the_picture_has_a_name_and_a_table_behind_it(person):
    """Who cannot see it gets the same numbers."""
    page = person.get("/plan").text

    assert re.search(r'<svg class="plot plan-weeks"[^>]* role="img" aria-label="[^"]+"', page)
    assert "<summary>As a table</summary>" in page


def test_clinical_words_are_remembered_on_the_device(person):
    """They say more, and are chosen once; the choice is taken back as easily."""
    plain = person.get("/plan").text
    person.post("/settings/words", data={"words": "professional"})
    clinical = person.get("/plan").text
    person.post("/settings/words", data={"words": "plain"})

    assert "Amber: repeat the week." not in plain
    assert "Amber: repeat the week." in clinical
    assert plain == person.get("/plan").text


def test_a_link_asks_for_other_words_once(person):
    """What was chosen for the device stays."""
    once = person.get("/plan?pro=1").text

    assert "Amber: repeat the week." in once
    assert "Amber: repeat the week." not in person.get("/plan").text


def test_the_calendar_and_the_pace_are_files_that_leave_nothing_behind(person, no_traces):
    """They are what the command writes."""
    calendar, pace = person.get("/plan/calendar.ics"), person.get("/plan/metronome.wav")

    assert calendar.text.startswith("BEGIN:VCALENDAR\r\n")
    assert "attachment" in calendar.headers["content-disposition"]
    assert b"RIFF" == pace.content[:4]
    assert [] == list(no_traces.iterdir())


@pytest.mark.parametrize("name", ["calendar.ics", "metronome.wav"])
def test_without_a_plan_there_is_no_file_but_a_reason(browser, no_traces, name):
    """The page says why, and nothing is left."""
    answer = browser.get(f"/plan/{name}")

    assert 422 == answer.status_code
    assert 'id="problem-said"' in answer.text
    assert [] == list(Path(no_traces).iterdir())


def test_without_a_check_up_that_comes_first(browser):
    """It is the one thing to press."""
    assert 'class="button primary" href="/check-up"' in browser.get("/plan").text


def test_a_warning_sign_stands_above_all_else(person, home):
    """Nothing of a week is shown then."""
    note_sign(home)
    page = person.get("/plan").text

    assert 'class="first alarm"' in page
    assert "plan-week" not in page


def test_to_begin_anew_is_asked_once_more(person, home):
    """Then the plan has a usual week again."""
    assert "Begin the plan anew?" in person.get("/plan/anew").text
    answer = person.post("/plan/anew", data={"start": show_plan(home).document["today"]})

    assert 303 == answer.status_code
    assert "baseline" == show_plan(home).document["phase"]


@pytest.mark.parametrize("start", ["2999-01-01", "soon", ""])
def test_a_plan_does_not_begin_on_a_day_that_cannot_be(person, home, start):
    """The plan stays as it is."""
    assert 422 == person.post("/plan/anew", data={"start": start}).status_code
    assert "baseline" != show_plan(home).document["phase"]
