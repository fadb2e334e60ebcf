"""Today: the first visit, the walk, what is left to tell, and help that comes before all of it."""

import re
import shutil

import pytest
from tests.app.conftest import calm_answers, check_up_at
from tests.web.conftest import ORIGIN, paired

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.routine import note_done
from evenstride.app.today import see_today
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.app.words import words_of
from evenstride.checkup import check_up
from evenstride.errors import DiaryError
from evenstride.model import PainRatings
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

HOUR_NS = 3_600_000_000_000
DAY_NS = 24 * HOUR_NS


@pytest.fixture
def home(app):
    """Return the folder that the server of ``browser`` keeps."""
    return app.state.settings.home


@pytest.fixture
def known(tmp_path, demo):
    """Return a browser on a copy of the simulated person's folder."""
    home = tmp_path / "copy"
    shutil.copytree(demo, home)
    return paired(create_app(Settings(home, frozenset({ORIGIN}))))


def main_of(answer) -> str:
    """Return the content of a page."""
    assert 200 == answer.status_code
    return answer.text.partition("<main")[2]


def walk(home, days_ago: float, **told):
    """Note a walk of so many days ago."""
    start = now_utc_ns() - round(days_ago * DAY_NS)
    log_walk(home, Told(start_utc_ns=start, minutes=20, **told))


def test_somebody_new_is_welcomed_with_one_thing_to_do(browser):
    """What it does and does not, whom to call in an emergency, and one button to the questions."""
    page = main_of(browser.get("/"))

    assert ["/check-up"] == re.findall(r'class="button primary" href="([^"]+)"', page)
    assert "112, 999 or 911" in page
    assert "not a doctor" in page
    assert "<input" not in page


def test_with_a_checkup_there_is_a_walk_to_start(browser, home):
    """The first week is a usual one: one tap starts a walk."""
    check_up_at(home, now_utc_ns() - HOUR_NS)
    page = main_of(browser.get("/today"))

    assert 'class="button primary" href="/walk"' in page
    assert "walk as you are used to" in page


def test_the_light_of_the_last_walk_is_a_word_as_well(known):
    """Colour and shape are for the eye; the word is there for everybody."""
    page = main_of(known.get("/today"))

    assert re.search(r'<p class="light (green|amber|red)">(Green|Amber|Red)', page)


def test_the_last_weeks_are_a_picture_with_a_table(known):
    """The picture has a description, and the same numbers stand in a table."""
    page = main_of(known.get("/today"))

    assert re.search(r'<svg role="img" aria-labelledby="weeks-title weeks-desc"', page)
    assert 3 <= len(re.findall(r'<th scope="row">\d+ \w+ 20\d\d</th>', page)) <= 8


def test_a_rating_that_is_left_is_told_by_one_tap(browser, home):
    """Each open question is a small form of its own; after the tap it is no longer asked."""
    check_up_at(home, now_utc_ns() - 3 * DAY_NS)
    walk(home, 1, back=PainRatings(before=1, worst=2))
    page = main_of(browser.get("/today"))
    (action,) = re.findall(r'action="(/walks/[^"]+)" class="tap"', page)
    answer = browser.post(action.replace("&amp;", "&"), data={"back": "3", "back_to": "/today"})

    assert answer.headers["location"].startswith("/today?noted=")
    told = see_today(home)
    assert () == told.asked
    assert "Noted." in main_of(browser.get(answer.headers["location"]))
    with own(home, now_utc_ns()) as mine:
        assert 3 == mine.diary.outings()[-1].back.next_morning


def test_when_help_comes_first_no_walk_can_be_started(browser, home):
    """New numbness holds everything else: the check-up is the one thing to do."""
    check_up_at(home, now_utc_ns() - 3 * DAY_NS)
    walk(home, 0.2, new_numbness=True)
    page = main_of(browser.get("/today"))

    assert 'class="held alarm"' in page
    assert ["/check-up"] == re.findall(r'class="button primary" href="([^"]+)"', page)
    assert 'href="/walk"' not in page


@pytest.mark.parametrize("path", ["/today", "/plan", "/routine"])
def test_an_emergency_shows_the_number_to_call(browser, home, path):
    """As long as the check-up says so, whoever looks for a walk or exercises sees it as well."""
    found = check_up(calm_answers() | {"chest_breath": True})
    with own(home, now_utc_ns()) as mine:
        mine.diary.add_checkup("now", mine.now, found)
    page = main_of(browser.get(path))

    assert 'href="tel:112"' in page
    assert 'href="/walk"' not in page


def test_a_red_walk_asks_for_the_checkup_before_the_next(browser, home):
    """The button leads to the check-up in the place of a walk."""
    check_up_at(home, now_utc_ns() - 3 * DAY_NS)
    walk(home, 0.5, back=PainRatings(before=1, worst=9, hour_after=9))
    page = main_of(browser.get("/today"))

    assert "checkup" == see_today(home).next
    assert ["/check-up"] == re.findall(r'class="button primary" href="([^"]+)"', page)


def test_a_diary_that_cannot_be_opened_still_leads_to_the_questions(browser, monkeypatch):
    """Who may need help is not stopped by a closed folder."""

    def closed(*_arguments, **_named):
        raise DiaryError("The folder is closed.", "Open it.")

    monkeypatch.setattr("evenstride.app.own.Diary.open", closed)
    answer = browser.get("/today")

    assert 500 == answer.status_code
    assert "The folder is closed." in answer.text
    assert 'class="button primary" href="/check-up"' in answer.text


def test_every_rating_can_be_asked_for(browser, home):
    """Each way of asking has words, on each day on which it is asked."""
    check_up_at(home, now_utc_ns() - 5 * DAY_NS)
    for days in (2, 1):
        walk(home, days, back=PainRatings(worst=2))
    walk(home, 0.1)
    found = see_today(home)

    assert 3 == len({one.asked_as for one in found.asked})
    assert 3 == main_of(browser.get("/today")).count('class="tap"')


def test_when_everything_is_done_today_says_so(tmp_path, demo):
    """The walk, the ratings and the exercises of the day are done: nothing is asked any more."""
    home = tmp_path / "copy"
    shutil.copytree(demo, home)
    browser = paired(create_app(Settings(home, frozenset({ORIGIN}))))
    words = words_of("web-today")
    assert words["all_done"] not in browser.get("/today").text
    walk(home, 0.002, back=PainRatings(before=1, worst=2))
    note_done(home)

    found = see_today(home)
    assert (True, ()) == (found.all_done, found.asked)
    assert words["all_done"] in browser.get("/today").text
