"""A request is answered in one language, from its first letter to its last."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from evenstride.app.languages import choose
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

from .conftest import ORIGIN, paired


def test_a_stranger_is_answered_in_the_language_of_the_browser(stranger):
    """Before anything is told, the browser says which language is liked; English stands in."""
    german = stranger.get("/", headers={"accept-language": "de-DE,de;q=0.9"}).text
    french = stranger.get("/", headers={"accept-language": "fr"}).text

    assert '<html lang="de">' in german
    assert '<html lang="en">' in french
    assert "Gerät" in german


def test_what_was_chosen_goes_before_the_browser(app, browser):
    """The next page after a choice is in the chosen language, also one that opens no diary."""
    choose(app.state.settings.home, "de")

    for path in ("/today", "/more", "/no-such-page"):
        page = browser.get(path, headers={"accept-language": "en"}).text
        assert '<html lang="de">' in page, path
        assert "Heute" in page, path


def test_a_stranger_does_not_learn_which_language_was_chosen(app, stranger):
    """Strangers may know nothing about anybody."""
    choose(app.state.settings.home, "de")

    assert '<html lang="en">' in stranger.get("/").text


PATHS = ("/today", "/check-up", "/walk", "/walks", "/walks/last", "/plan", "/more", "/routine")
MORE = ("/factors", "/experiments", "/shoes", "/history", "/report", "/settings", "/import")
MOST_ENGLISH = {**dict.fromkeys(PATHS, 0.1), **dict.fromkeys(MORE, 0.2)}
"""The largest share of the texts of a page that may be the same in English: names, numbers, units,
and sentences that the program still puts together itself (docs/translating.md lists them)."""


@pytest.mark.parametrize("path", MOST_ENGLISH)
def test_a_page_is_in_german_from_top_to_bottom(demo, path):
    """Of the texts of the demo diary hardly any is the same in both languages."""
    browser = paired(create_app(Settings(demo, frozenset({ORIGIN}))))
    english, german = (
        _texts(browser.get(path, headers={"accept-language": code}).text) for code in ("en", "de")
    )

    assert german
    same = [text for text in german if text in english]
    assert len(same) <= MOST_ENGLISH[path] * len(german), same


def test_two_requests_at_once_do_not_mix_their_languages(demo):
    """The language belongs to a request, also where its handler runs in a thread."""
    app = create_app(Settings(demo, frozenset({ORIGIN})))
    browser = paired(app)

    def asked(code: str) -> bool:
        page = browser.get("/today", headers={"accept-language": code}).text
        return f'<html lang="{code}">' in page and ("Heute" in page) == (code == "de")

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(asked, ("de", "en") * 20))


def _texts(page: str) -> list[str]:
    """Return the texts of the main part of a page that have a word in them."""
    main = page.partition("<main")[2].partition(">")[2]
    bare = re.sub(r"<(script|svg)\b.*?</\1>", "", main, flags=re.DOTALL)
    texts = (unescape(text).strip() for text in re.sub(r"<[^>]+>", "\n", bare).split("\n"))
    return [text for text in texts if re.search(r"[^\W\d]{3}", text)]
