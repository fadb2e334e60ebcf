"""Walks and pain are typed in, changed and taken back; nothing is lost, nothing is guessed."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.conftest import check_up_at

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.walk_form import FIELDS, change_walk, new_walk, walk_form
from evenstride.errors import OptionError

DAY_NS = 86_400_000_000_000
EVERYTHING = {
    "minutes": "1h",
    "back_before": "1",
    "back_worst": "3",
    "back_hour_after": "2",
    "back_next_morning": "1",
    "leg_worst": "4",
    "minutes_to_rise": "25 min",
    "reach": "knee",
    "new_numbness": "false",
    "kind": "treadmill",
    "distance_m": "0.75 mi",
    "steps": "1,612",
    "load_kg": "7 lb",
    "surface": "grass",
    "hills": "some",
    "sleep_h": "7,5",
    "sitting_before_min": "2h",
    "note": "Windy.",
}


@pytest.fixture
def home(app):
    """Return the folder that the server of ``browser`` keeps."""
    return app.state.settings.home


def walks(home):
    """Return the walks in the diary."""
    with own(home, now_utc_ns()) as mine:
        return mine.diary.outings()


def test_minutes_and_pain_are_enough(browser, home):
    """The walk is noted, and its light and what is left to tell are shown."""
    answer = browser.post("/walks/new", data={"minutes": "25", "back_worst": "3"})
    (walk,) = walks(home)
    page = browser.get(answer.headers["location"]).text

    assert (25, 3) == (walk.minutes, walk.back.worst)
    assert "Noted: your walk of" in page
    assert f'href="/walks/{walk.id}/change"' in page
    assert 'href="/today"' in page


def test_a_double_tap_notes_one_walk(browser, home):
    """The second sending of one form leads to the walk of the first; a new form is a new walk."""
    for _ in range(2):
        mark = re.search(r'name="once" value="([^"]+)"', browser.get("/walks/new").text)[1]
        fields = {"minutes": "25", "once": mark}
        first, second = (browser.post("/walks/new", data=fields) for _ in range(2))
        assert first.headers["location"] == second.headers["location"]

    assert 2 == len(walks(home))


def test_everything_can_be_told_in_either_kind_of_units(browser, home):
    """Miles and pounds are understood as well as kilometres and kilograms."""
    browser.post("/walks/new", data=EVERYTHING)
    (walk,) = walks(home)

    assert (60, 25, 120, 7.5) == (
        walk.minutes,
        walk.minutes_to_rise,
        walk.sitting_before_min,
        walk.sleep_h,
    )
    assert 1207 == pytest.approx(walk.distance_m, abs=0.1)
    assert 3.175 == pytest.approx(walk.load_kg, abs=0.001)
    assert ("knee", "treadmill", "grass", "some", 1612, False, "Windy.") == (
        walk.reach,
        walk.kind,
        walk.surface,
        walk.hills,
        walk.steps,
        walk.new_numbness,
        walk.note,
    )


def test_a_form_that_comes_back_as_it_was_changes_nothing(browser, home):
    """What is shown is rounded; saving it again loses none of what was measured."""
    browser.post("/walks/new", data=EVERYTHING)
    (before,) = walks(home)
    form = walk_form(home, "last")
    browser.post("/walks/last/change", data=dict(form.texts))

    assert (before,) == walks(home)


def test_what_is_emptied_is_taken_back(browser, home):
    """Each of them counts as not told; the rest stays."""
    browser.post("/walks/new", data=EVERYTHING)
    browser.post("/walks/last/change", data={"back_worst": "", "load_kg": "", "steps": "1700"})
    (walk,) = walks(home)

    assert (None, None, 1700) == (walk.back.worst, walk.load_kg, walk.steps)
    assert (60, 1) == (walk.minutes, walk.back.before)


def test_a_form_that_is_not_taken_stays_filled(browser, home):
    """The sentence says what is wrong, and what was typed is still there."""
    answer = browser.post("/walks/new", data={"minutes": "25", "distance_m": "far", "note": "Wet"})

    assert 422 == answer.status_code
    assert "“far” is not a length." in answer.text
    assert 'value="far"' in answer.text
    assert ">Wet</textarea>" in answer.text
    assert () == walks(home)


def test_pain_alone_is_no_new_walk(browser, home):
    """It would belong to another walk, so it is refused and not put there."""
    browser.post("/walks/new", data={"minutes": "25", "back_worst": "3"})
    answer = browser.post("/walks/new", data={"back_next_morning": "7"})

    assert 422 == answer.status_code
    assert walks(home)[0].back.next_morning is None


@pytest.mark.parametrize("when", ["before", "worst", "hour_after", "next_morning"])
def test_pain_is_told_of_one_moment(browser, home, when):
    """Back and leg, for each moment that is asked for."""
    browser.post("/walks/new", data={"minutes": "25"})
    assert (
        "25 minutes" not in browser.get(f"/walks/last/pain?when={when}").text.partition("<h1>")[0]
    )
    browser.post(f"/walks/last/pain?when={when}", data={"back": "2", "leg": "5"})
    (walk,) = walks(home)

    assert (2, 5) == (getattr(walk.back, when), getattr(walk.leg, when))


def test_new_numbness_leads_to_the_checkup_before_anything_else(browser, home):
    """Also from the one tap on today; and the number to call is there."""
    check_up_at(home, now_utc_ns() - DAY_NS)
    browser.post("/walks/new", data={"minutes": "25"})
    answer = browser.post(
        "/walks/last/pain", data={"back": "2", "new_numbness": "true", "back_to": "/today"}
    )
    page = browser.get(answer.headers["location"]).text.partition("<main")[2]

    assert ["/check-up"] == re.findall(r'class="button primary" href="([^"]+)"', page)
    assert "tel:112" in page
    assert page.index("/check-up") < page.index("/today")


def test_a_walk_is_removed_and_stays_in_the_history(browser, home):
    """The page says so; a second time there is no such walk."""
    browser.post("/walks/new", data={"minutes": "25"})
    (walk,) = walks(home)
    path = f"/walks/{walk.id}/remove"

    assert "is gone from the diary" in browser.post(path).text
    assert () == walks(home)
    assert 422 == browser.post(path).status_code


def test_nobody_is_led_elsewhere_after_saving(browser):
    """Only pages of ours can be gone back to."""
    browser.post("/walks/new", data={"minutes": "25"})
    odd = {"back": "2", "back_to": "https://evil.example"}

    assert 422 == browser.post("/walks/last/pain", data=odd).status_code


@pytest.mark.parametrize("path", ["/walks/2001-01-01T0000/change", "/walks/last/pain"])
def test_a_walk_that_is_not_there_is_said(browser, path):
    """In words, and with what to do."""
    answer = browser.get(path)

    assert 422 == answer.status_code
    assert "problem-said" in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"minutes": "-5"},
        {"minutes": "1e9"},
        {"minutes": "nan"},
        {"minutes": "25", "back_worst": "11"},
        {"minutes": "25", "back_worst": "a lot"},
        {"minutes": "25", "kind": "rocket"},
        {"minutes": "25", "steps": "1.5"},
        {"minutes": "25", "start_utc_ns": "2999-01-01T00:00"},
        {"minutes": "25", "shoe": "none of mine"},
        {"minutes": "25", "note": "x" * 100_000},
        {"no_such_field": "1"},
        {},
    ],
)
def test_an_odd_form_notes_nothing(browser, home, fields):
    """A clear sentence, and no walk."""
    answer = browser.post("/walks/new", data=fields)

    assert fields.get("note", "") != "" or 422 == answer.status_code
    assert answer.status_code in (303, 422)
    assert (answer.status_code == 303) == bool(walks(home))


TEXTS = st.sampled_from(["", "0", "3", "10", "25", "2h", "knee", "grass", "flat", "true", "false"])


@given(
    st.dictionaries(st.sampled_from(FIELDS), TEXTS), st.dictionaries(st.sampled_from(FIELDS), TEXTS)
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_shown_is_what_was_told(tmp_path_factory, first, then):
    """After any change the form shows again what was typed, or the walk is as it was before."""
    home = tmp_path_factory.mktemp("diary") / "home"
    try:
        new_walk(home, {"minutes": "20"} | {k: v for k, v in first.items() if v})
    except OptionError:
        return
    before = dict(walk_form(home, "last").texts)
    try:
        change_walk(home, "last", then)
    except OptionError:
        assert before == walk_form(home, "last").texts
        return
    after = walk_form(home, "last").texts
    for name in FIELDS:
        if name not in then:
            assert before[name] == after[name]
        elif not then[name] and name not in ("start_utc_ns", "kind"):
            assert "" == after[name]
