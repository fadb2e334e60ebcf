"""The six factors: what was seen, how sure, what is known, and what could be tried."""

import re
from html import unescape

import pytest
from tests.web.conftest import ORIGIN, paired

from evenstride.web.application import create_app
from evenstride.web.settings import Settings

FACTORS = ("posture", "weight_and_strike", "rhythm", "footwear", "terrain", "dose")


@pytest.fixture
def lived(demo):
    """Return a paired browser over a simulated person, who is only read."""
    return paired(create_app(Settings(demo, frozenset({ORIGIN}))))


def said(answer) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_every_factor_has_a_card(lived):
    """Each says what was seen and how sure that is, and leads to an experiment."""
    page = lived.get("/factors")

    assert [] == [name for name in FACTORS if f'href="/factors/{name}"' not in page.text]
    assert "good against your own walks only" in said(page)
    assert "as you told it" in said(page)
    assert 'href="/experiments/new?what-1=' in page.text
    assert 6 == said(page).count("What the article says, and what is known")


def test_without_a_walk_what_is_known_still_stands_there(browser):
    """An empty diary has no number, and every factor with what is known of it."""
    page = browser.get("/factors")

    assert 'href="/walks/new"' in page.text
    assert 6 == said(page).count("Nothing is known of this yet.")
    assert 6 == said(page).count("What the article says, and what is known")


@pytest.mark.parametrize("name", FACTORS)
def test_one_factor_is_shown_in_full(lived, name):
    """Sources and certainty stand there for professionals, and only then."""
    plain, full = lived.get(f"/factors/{name}"), lived.get(f"/factors/{name}?pro=1")

    assert (200, 200) == (plain.status_code, full.status_code)
    assert "What is known" in said(plain)
    assert "verified]" in said(full)
    assert "verified]" not in said(plain)


def test_an_unknown_factor_is_said_to_be_unknown(lived):
    """A wrong name is answered with those that there are."""
    answer = lived.get("/factors/no-such")

    assert 422 == answer.status_code
    assert "There is no factor “no-such”." in said(answer)
