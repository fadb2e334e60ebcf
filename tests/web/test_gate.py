"""Nobody but a paired browser on one of our own pages gets anything done."""

import pytest
from fastapi import Request
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from tests.web.conftest import ORIGIN, paired

from evenstride.web.application import create_app
from evenstride.web.settings import Settings


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


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        (
            {
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "document",
            },
            200,
        ),
        (
            {
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "iframe",
            },
            403,
        ),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}, 403),
    ],
)
def test_nothing_of_ours_is_a_part_of_another_page(browser, headers, expected):
    """A link may lead here, but no other page gets a picture, a frame or a script of ours.

    Another port of this computer is "same-site": its pages would come with our cookie.
    """
    for path in ("/today", "/static/css/base.css"):
        assert expected == browser.get(path, headers=headers).status_code


def test_an_old_browser_needs_the_token(app, browser):
    """Without Origin and Sec-Fetch-Site, the token of the session decides."""
    token = browser.headers.pop("x-csrf-token")
    here = app.state.pairing

    assert 403 == browser.post("/devices/code").status_code
    assert "" == here.code()
    assert 303 == browser.post("/devices/code", headers={"x-csrf-token": token}).status_code
    assert 8 == len(here.code())


def test_the_token_of_another_session_is_refused(app, browser):
    """Each session has a token of its own."""
    other = paired(app)

    wrong = {"x-csrf-token": other.headers["x-csrf-token"]}
    assert 403 == browser.post("/devices/code", headers=wrong).status_code


def test_an_origin_of_ours_counts_only_where_it_is_the_one_asked(tmp_path):
    """A page of one of our addresses may not change something through another."""
    here, phone = "http://127.0.0.1:8470", "https://192.168.1.20:8471"
    client = paired(create_app(Settings(tmp_path / "home", frozenset({here, phone}))))

    assert 403 == client.post("/devices/code", headers={"origin": phone}).status_code
    assert 303 == client.post("/devices/code", headers={"origin": here}).status_code


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "POST"])
def test_other_pages_may_not_even_ask_what_is_allowed(browser, method):
    """No method gets past the origin, and no answer allows another page anything."""
    headers = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    answer = browser.request(method, "/today", headers=headers)

    assert 403 == answer.status_code
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_head_is_answered_as_get_is_without_the_page(browser):
    """Programs that only ask whether there is something get the same head."""
    answer = browser.head("/today")

    assert (200, b"") == (answer.status_code, answer.content)
    assert browser.get("/today").headers["content-type"] == answer.headers["content-type"]


def test_what_is_somebodys_is_not_kept_by_the_browser(browser):
    """Pages with data are not kept; what is the same for all is, and is asked for again."""
    for path in ("/", "/today", "/more", "/devices", "/api/openapi.json", "/no-such-page"):
        assert "no-store" == browser.get(path).headers["cache-control"]
    style = browser.get("/static/css/base.css")
    assert "no-cache" == style.headers["cache-control"]
    known = {"if-none-match": style.headers["etag"]}
    assert 304 == browser.get("/static/css/base.css", headers=known).status_code


def test_the_cookie_is_out_of_reach(app, stranger):
    """No script reads it, no other site sends it, and it is for the whole app."""
    code = app.state.pairing.new_code()
    cookie = stranger.post("/pair", data={"code": code}).headers["set-cookie"].lower()

    assert cookie.startswith("evenstride=")
    assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.split("; "))
    assert "secure" not in cookie.split("; ")


def test_on_an_encrypted_line_the_cookie_is_bound_to_it(tmp_path):
    """There it is never sent unencrypted, nor can another host set it."""
    origin = "https://192.168.1.20:8471"
    app = create_app(Settings(tmp_path / "home", frozenset({origin})))
    client = TestClient(app, base_url=origin, follow_redirects=False)
    answer = client.post("/pair", data={"code": app.state.pairing.new_code()})
    cookie = answer.headers["set-cookie"].lower()

    assert cookie.startswith("__host-evenstride=")
    assert {"secure", "httponly", "samesite=strict", "path=/"} <= set(cookie.split("; "))
    assert 200 == client.get("/today").status_code
    plain = answer.headers["set-cookie"].partition(";")[0].removeprefix("__Host-")
    client.cookies.clear()
    assert 401 == client.get("/today", headers={"cookie": plain}).status_code


def test_a_session_ends_when_its_device_is_removed(app, browser):
    """At once, not at the next start."""
    assert 200 == browser.get("/today").status_code
    for device in app.state.devices.all():
        app.state.devices.remove(device.id)

    assert 401 == browser.get("/today").status_code
    assert "Welcome" not in browser.get("/").text


def test_a_key_that_pushes_opens_nothing_else(app, stranger):
    """It stands in an address, so it is worth little: not one page is opened with it."""
    _, key = app.state.devices.pair("recorder", kind="push")
    bearer = {"authorization": f"Bearer {key}"}

    for path in ("/today", "/devices", "/api/openapi.json", f"/api/{key}"):
        assert 401 == stranger.get(path, headers=bearer).status_code
        assert 401 == stranger.get(path, headers={"cookie": f"evenstride={key}"}).status_code
    assert 401 != stranger.post(f"/api/push/{key}").status_code
    assert 401 != stranger.post("/api/push/", headers=bearer).status_code
    assert 401 == stranger.post(f"/api/push/{key}x").status_code
    assert 401 == stranger.post("/api/push/").status_code


def test_a_session_does_not_stand_in_an_address(app, stranger):
    """The key of a browser opens nothing where keys may stand in addresses."""
    _, key = app.state.devices.pair("phone")

    assert 401 == stranger.post(f"/api/push/{key}").status_code
    assert 401 == stranger.get("/today", params={"session": key}).status_code


def test_a_push_from_a_page_of_somebody_else_is_refused(app, stranger):
    """Who knows the key and lures a browser still does not come from us."""
    _, key = app.state.devices.pair("recorder", kind="push")

    evil = {"origin": "http://evil.example"}
    assert 403 == stranger.post(f"/api/push/{key}", headers=evil).status_code


def test_a_failure_of_ours_is_a_page_without_a_traceback(app):
    """The person is told calmly, nothing inside shows, and the policy stands on it, too."""

    def fail(request: Request):
        raise ZeroDivisionError(str(request.url))

    app.add_api_route("/broken", fail)
    app.add_api_route("/api/broken", fail)
    client = paired(app)
    quiet = TestClient(app, base_url=ORIGIN, cookies=client.cookies, raise_server_exceptions=False)

    answer = quiet.get("/broken")
    assert 500 == answer.status_code
    assert "our fault" in answer.text
    assert "ZeroDivision" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert {"problem", "hint"} == quiet.get("/api/broken").json().keys()


def test_a_refusal_is_a_document_for_a_script_and_a_page_for_a_person(stranger, browser):
    """Both say it in the same words."""
    evil = {"origin": "http://evil.example"}
    told = browser.post("/api/openapi.json", headers=evil).json()

    assert {"problem", "hint"} == told.keys()
    assert told["problem"] in browser.post("/today", headers=evil).text
    assert {"problem", "hint"} == stranger.get("/api/openapi.json").json().keys()


def test_a_line_of_another_kind_is_closed(browser):
    """There are no web sockets here."""
    with (
        pytest.raises(WebSocketDisconnect),
        browser.websocket_connect("/today", headers={"origin": ORIGIN}),
    ):
        pass


def test_a_form_that_is_too_large_is_refused_by_its_announced_size(browser):
    """It is not even read."""
    answer = browser.post("/pair", content=b"x", headers={"content-length": str(2 << 20)})

    assert 413 == answer.status_code
