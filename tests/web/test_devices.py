"""A person sees who is let in, lets another in, and puts one out."""

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, paired, token_of

from evenstride.web.application import create_app
from evenstride.web.settings import Phone, Settings

FIRST = "http://192.168.1.20:8472/"
APP = "https://192.168.1.20:8471"


def serving(tmp_path, phone):
    """Return a server that phones reach in some way, and its browser."""
    app = create_app(Settings(tmp_path / "home", frozenset({ORIGIN, APP}), phone))
    return app, paired(app)


def test_every_device_is_shown_and_this_one_is_marked(app, browser):
    """Names are shown as text, whatever they hold."""
    app.state.devices.pair("<b>Anna's phone</b>")
    app.state.devices.pair("Recorder", kind="push")
    page = browser.get("/devices").text

    assert 1 == page.count("This one")
    assert "&lt;b&gt;Anna&#39;s phone&lt;/b&gt;" in page
    assert "May only send what it measures" in page
    assert 3 == page.count('class="danger"')


def test_a_removed_device_is_out(app, browser):
    """The other browser gets the page that asks for a code, at once."""
    other = paired(app)
    assert 200 == other.get("/today").status_code
    theirs = app.state.devices.all()[-1]

    answer = browser.post(f"/devices/{theirs.id}/remove")

    assert (303, "/devices") == (answer.status_code, answer.headers["location"])
    assert 401 == other.get("/today").status_code
    assert 200 == browser.get("/devices").status_code


def test_who_removes_this_one_is_led_to_pairing(app, browser):
    """And nothing of the person is shown there."""
    (mine,) = app.state.devices.all()
    answer = browser.post(f"/devices/{mine.id}/remove")

    assert (303, "/") == (answer.status_code, answer.headers["location"])
    assert "Pair this device" in browser.get("/").text


@pytest.mark.parametrize("id_", ["0000000000000000", "nobody", "x" * 99])
def test_removing_nobody_is_no_error_of_the_server(app, browser, id_):
    """A device that is gone already, or a made-up name."""
    assert browser.post(f"/devices/{id_}/remove").status_code in (303, 422)
    assert 1 == len(app.state.devices.all())


def test_a_form_without_scripts_works(app, browser):
    """The token also comes as a field of the form."""
    token = browser.headers.pop("x-csrf-token")

    assert 303 == browser.post("/devices/code", data={"csrf": token}).status_code
    assert app.state.pairing.code()


def test_the_code_that_is_shown_pairs(app, browser):
    """What the page shows is what works, once; then there is none."""
    assert "no open code" in browser.get("/devices/code").text
    browser.post("/devices/code")
    page = browser.get("/devices/code").text
    shown = re.search(r'class="code">(\d{4} \d{4})<', page)[1]
    stranger = TestClient(app, base_url=ORIGIN, follow_redirects=False)

    assert 303 == stranger.post("/pair", data={"code": shown}).status_code
    assert "no open code" in browser.get("/devices/code").text


def test_without_a_network_the_page_says_how_to_let_a_phone_in(browser):
    """The command is shown, and no picture that leads nowhere."""
    page = browser.get("/devices/code").text

    assert "evenstride serve --phone" in page
    assert "<svg role" not in page


def test_over_an_encrypted_line_the_first_steps_come_first(tmp_path):
    """Both addresses stand there as pictures and as text, with the fingerprint to compare."""
    _, browser = serving(tmp_path, Phone(APP, FIRST, "AB:CD"))
    browser.post("/devices/code")
    page = browser.get("/devices/code").text

    assert 2 == page.count('<svg role="img"')
    assert page.index(FIRST) < page.index(f">{APP}<")
    assert "AB:CD" in page
    assert "Nothing is encrypted" not in page


def test_over_a_plain_line_it_is_said_what_that_means(tmp_path):
    """There are no first steps, and what others could read is said."""
    _, browser = serving(tmp_path, Phone("http://192.168.1.20:8471"))
    browser.post("/devices/code")
    page = browser.get("/devices/code").text

    assert 1 == page.count('<svg role="img"')
    assert "Nothing is encrypted" in page


def test_a_link_from_elsewhere_pairs_nobody(app, stranger):
    """A picture with a code only fills the field in; a person has to press."""
    code = app.state.pairing.new_code()
    page = stranger.get("/pair", params={"code": code})

    assert f'value="{code}"' in page.text
    assert () == app.state.devices.all()
    assert "set-cookie" not in page.headers


def test_a_wrong_code_says_so_and_keeps_what_was_typed(stranger):
    """The name stays, so that only the code has to be typed again."""
    answer = stranger.post("/pair", data={"code": "12", "name": "Anna's phone"})

    assert 422 == answer.status_code
    assert "That code does not fit" in answer.text
    assert "Anna&#39;s phone" in answer.text


def test_pages_of_strangers_have_no_token(stranger):
    """Before pairing there is no session, and so no token."""
    assert "" == token_of(stranger)
