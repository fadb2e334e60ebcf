"""Shoes are added, changed, put away and removed on their pages."""

import shutil

import pytest
from tests.web.conftest import ORIGIN, paired

from evenstride.app.person import tell_me
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

BOOTS = {"name": "Brown boots", "first_worn": "2026-03-01", "earlier": "200km"}


@pytest.fixture
def boots(browser):
    """Return a browser of somebody who added a pair."""
    assert 303 == browser.post("/shoes", data=BOOTS).status_code
    return browser


def test_without_any_the_page_asks_for_the_first(browser):
    """It says why, and has the form."""
    page = browser.get("/shoes").text

    assert "No shoes are in the diary yet" in page
    assert 'name="earlier"' in page


def test_a_pair_is_listed_with_how_far_and_since_when(boots):
    """What was walked before the diary counts."""
    page = boots.get("/shoes").text

    assert "Brown boots" in page
    assert "200 km in 0 walks" in page


def test_distances_stand_in_the_units_of_the_person(boots, app):
    """Miles are read and shown for who wants miles."""
    tell_me(app.state.settings.home, {"units": "imperial"})
    boots.post("/shoes", data={"name": "Trainers", "earlier": "100mi", "first_worn": ""})
    page = boots.get("/shoes").text

    assert "100 mi in 0 walks" in page
    assert "124 mi in 0 walks" in page


def test_what_is_left_empty_stays_as_it_was(boots):
    """Only the name changes."""
    boots.post("/shoes/brown-boots", data={"name": "Old boots", "first_worn": "", "earlier": ""})
    page = boots.get("/shoes").text

    assert "Old boots" in page
    assert "200 km" in page


def test_a_pair_is_put_away_and_taken_out_again(boots):
    """It is still listed meanwhile."""
    boots.post("/shoes/brown-boots/wear", data={"retired": "true"})
    assert "Put away" in boots.get("/shoes").text

    boots.post("/shoes/brown-boots/wear", data={"retired": "false"})
    assert "Put away" not in boots.get("/shoes").text


def test_a_pair_that_was_never_worn_is_removed_after_one_more_question(boots):
    """The question stands on its own page."""
    assert "Remove Brown boots?" in boots.get("/shoes/brown-boots/remove").text
    boots.post("/shoes/brown-boots/remove")
    assert "Brown boots" not in boots.get("/shoes").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "brown BOOTS"},
        {"name": "x" * 61},
        {"first_worn": "2999-01-01"},
        {"first_worn": "soon"},
        {"earlier": "far"},
        {"earlier": "99999999km"},
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence(boots, wrong):
    """Nothing is kept, and the problem stands where forms show it."""
    answer = boots.post("/shoes", data={"name": "Others", "first_worn": "", "earlier": ""} | wrong)

    assert 422 == answer.status_code
    assert 'id="problem-said"' in answer.text
    assert 1 == boots.get("/shoes").text.count("in 0 walks")


def test_a_pair_that_is_not_there_is_said_to_be_missing(browser):
    """Also if its name is odd."""
    for path in ("/shoes/none", "/shoes/%F0%9F%91%9F/remove"):
        assert 422 == browser.get(path).status_code
    assert 422 == browser.post("/shoes/none/remove").status_code


def test_shoes_of_walks_stay(tmp_path, demo):
    """A pair that was walked in cannot be removed; the sentence leads back to the shoes."""
    home = shutil.copytree(demo, tmp_path / "person")
    person = paired(create_app(Settings(home, frozenset({ORIGIN}))))
    name = person.get("/shoes").text.partition('href="/shoes/')[2].partition('"')[0]
    answer = person.post(f"/shoes/{name}/remove")

    assert 422 == answer.status_code
    assert "stays in the diary" in answer.text
