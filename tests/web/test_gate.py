"""Nobody but a paired browser on one of our own pages gets anything done."""

import pytest


def test_a_browser_that_is_not_paired_sees_how_to_pair_and_no_data(stranger):
    """The front page answers 200 and asks for the code."""
    answer = stranger.get("/")

    assert 200 == answer.status_code
    assert "Pair this device" in answer.text
    assert "Today" not in answer.text


@pytest.mark.parametrize("path", ["/today", "/more", "/api/openapi.json", "/no-such-page"])
def test_every_other_page_needs_a_paired_browser(stranger, path):
    """Without a session nothing is read, and nothing tells whether a page exists."""
    assert 401 == stranger.get(path).status_code


def test_a_paired_browser_sees_today(browser):
    """The link that this computer opens lets its browser in."""
    answer = browser.get("/")

    assert 200 == answer.status_code
    assert "Welcome" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:8470", ""])
def test_another_name_of_the_server_is_refused(browser, host):
    """A web page that made its own name point here (DNS rebinding) gets nothing."""
    assert 421 == browser.get("/today", headers={"host": host}).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"x-csrf-token": "wrong"},
        {"x-csrf-token": ""},
    ],
)
def test_what_does_not_come_from_our_pages_changes_nothing(browser, headers):
    """A form of another site is refused by its origin, and without the token of the session."""
    assert 403 == browser.post("/pair", headers=headers).status_code


def test_every_answer_forbids_scripts_and_frames_of_others(stranger):
    """The policy stands on every answer, also on a refusal."""
    for path in ("/", "/today", "/static/css/base.css"):
        policy = stranger.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_a_code_works_once(app, stranger):
    """The code that paired one browser does not pair a second."""
    code = app.state.pairing.new_code()

    assert 303 == stranger.post("/pair", data={"code": code}).status_code
    stranger.cookies.clear()
    assert 422 == stranger.post("/pair", data={"code": code}).status_code


def test_guessing_is_stopped(app, stranger):
    """After five wrong codes not even the right one is taken for a while."""
    code = app.state.pairing.new_code()
    for _ in range(5):
        assert 422 == stranger.post("/pair", data={"code": "1"}).status_code

    assert 429 == stranger.post("/pair", data={"code": code}).status_code
