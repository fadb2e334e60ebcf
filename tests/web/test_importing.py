"""Files are sent, looked at, brought in with a yes, and accounted for."""

import json
import re
import threading
import time
import zipfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from tests.importers.archives import gpx_walk
from tests.web.conftest import paired

from evenstride.app.own import own
from evenstride.web.application import create_app
from evenstride.web.jobs import Order
from evenstride.web.screens.jobs import document

PATIENCE_S = 60.0
BILLION_LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE gpx [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%b'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]><gpx>&k;</gpx>"
)
WALK = Path(str(files("evenstride") / "demo_data" / "lower_back_walk.csv.gz"))


def zipped(contents):
    """Return a zip with files in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def app(app):
    """Return the application; its processes end with the test."""
    yield app
    app.state.jobs.close()


def sent(browser, contents, **wanted):
    """Send files in pieces, and return the name of the upload."""
    told = [{"name": name, "size": len(content)} for name, content in contents.items()]
    upload = browser.post("/api/uploads", json={"files": told, **wanted}).json()
    for number, content in enumerate(contents.values()):
        for offset in range(0, len(content), 1000):
            piece = content[offset : offset + 1000]
            place = f"/api/uploads/{upload['id']}/{number}"
            answer = browser.put(place, params={"offset": offset}, content=piece)
            assert {"received": offset + len(piece)} == answer.json()
    return upload["id"]


def pressed(browser, path):
    """Press a button, and return the page of the work that it begins, once that has ended."""
    answer = browser.post(path)
    assert 303 == answer.status_code
    place = answer.headers["location"]
    name = place.rpartition("/")[2]
    end_s = time.monotonic() + PATIENCE_S
    while not browser.get(f"/api/jobs/{name}").json()["ended"]:
        assert time.monotonic() < end_s
        time.sleep(0.05)
    return browser.get(place)


def walks_of(app):
    """Return the walks in the diary."""
    with own(app.state.settings.home, time.time_ns()) as mine:
        return mine.diary.outings()


def test_an_archive_is_looked_at_first_and_brought_in_after_a_yes(app, browser):
    """Nothing is kept before the answer; after it the walks are linked and the files are gone."""
    upload = sent(
        browser, {"walks.zip": zipped({"a.gpx": gpx_walk(2, 600), "b.gpx": gpx_walk(3, 90)})}
    )
    plan = pressed(browser, f"/import/uploads/{upload}/look").text

    assert "This would read 2 values, walks and notes" in plan
    assert "Bring this into your diary?" in plan
    assert () == tuple(walks_of(app))
    account = pressed(browser, f"/import/uploads/{upload}/bring").text
    assert "Read: 2. New in your diary: 2." in account
    assert {f'href="/walks/{one.id}"' for one in walks_of(app)} == set(
        re.findall(r'href="/walks/[^"]+"', account)
    )
    assert [] == browser.get("/api/uploads").json()["uploads"]
    assert "walks.zip" in browser.get("/import").text


def test_one_recording_needs_no_question(app, browser):
    """It is measured and kept at once, and its numbers are shown."""
    upload = sent(browser, {"walk.csv.gz": WALK.read_bytes()})
    account = pressed(browser, f"/import/uploads/{upload}/look").text

    assert "Kept: walk.csv.gz" in account
    assert "Bring this into your diary?" not in account
    assert 1 == len(walks_of(app))
    assert [] == browser.get("/api/uploads").json()["uploads"]


def test_a_no_leaves_the_diary_as_it_was(app, browser):
    """The files are removed."""
    upload = sent(browser, {"a.gpx": gpx_walk(2, 600)})
    pressed(browser, f"/import/uploads/{upload}/look")
    answer = browser.post(f"/import/uploads/{upload}/remove")

    assert "/import" == answer.headers["location"]
    assert 404 == browser.get(f"/api/uploads/{upload}").status_code
    assert () == tuple(walks_of(app))


def test_a_folder_and_what_is_asked_of_it(app, browser):
    """A folder is one thing; what is older than was asked for is left out."""
    contents = {"mine/a.gpx": gpx_walk(2, 600), "mine/b.gpx": gpx_walk(20, 600)}
    upload = sent(browser, contents, since="2024-05-10")
    pressed(browser, f"/import/uploads/{upload}/bring")

    assert 1 == len(walks_of(app))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("poem.txt", b"The fog comes\n" * 20, "holds no motion recording that evenstride knows"),
        ("bomb.zip", zipped({"a.gpx": b" " * 50_000_000}), "“bomb.zip”"),
        ("bomb.gpx", BILLION_LAUGHS, "“bomb.gpx” is a GPX file without a single point"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(browser, name, content, says):
    """A hostile or damaged file ends on a page that says so, and offers to remove it."""
    upload = sent(browser, {name: content})
    answer = pressed(browser, f"/import/uploads/{upload}/look")

    assert 200 == answer.status_code
    assert "That did not work" in answer.text
    assert says in answer.text
    assert f"/import/uploads/{upload}/remove" in answer.text
    assert "Traceback" not in answer.text


def test_what_was_sent_outlives_a_server_that_was_killed(app, browser):
    """A new server offers what has come, and says how much of the rest has."""
    whole = sent(browser, {"a.gpx": gpx_walk(2, 600)})
    part = browser.post("/api/uploads", json={"files": [{"name": "b.zip", "size": 9}]}).json()["id"]
    browser.put(f"/api/uploads/{part}/0", content=b"abc")
    page = paired(create_app(app.state.settings)).get("/import").text

    assert "Received, not in your diary yet" in page
    assert f"/import/uploads/{whole}/look" in page
    assert f"/import/uploads/{part}/look" not in page
    assert f"/import/uploads/{part}/remove" in page


def test_a_piece_out_of_turn_is_told_where_to_go_on(browser):
    """A browser that lost an answer goes on from what the server has."""
    upload = browser.post("/api/uploads", json={"files": [{"name": "b.zip", "size": 9}]}).json()
    place = f"/api/uploads/{upload['id']}/0"
    browser.put(place, content=b"abc")

    again = browser.put(place, content=b"abc")
    assert (409, {"received": 3}) == (again.status_code, again.json())
    assert 200 == browser.put(place, params={"offset": 3}, content=b"defghi").status_code


def test_more_than_was_announced_is_refused(browser):
    """A file cannot grow beyond the room that was asked for."""
    upload = browser.post("/api/uploads", json={"files": [{"name": "b.zip", "size": 3}]}).json()
    answer = browser.put(f"/api/uploads/{upload['id']}/0", content=b"abcd")

    assert 413 == answer.status_code
    assert 0 == browser.get(f"/api/uploads/{upload['id']}").json()["files"][0]["received"]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"files": []},
        {"files": [{"name": "", "size": 1}]},
        {"files": [{"name": "a", "size": -1}]},
        {"files": [{"name": "a", "size": 1 << 60}]},
        {"files": [{"name": "a", "size": 1}], "since": "yesterday-ish"},
    ],
)
def test_what_makes_no_sense_is_refused(browser, told):
    """A browser is told what is wrong, in a document."""
    answer = browser.post("/api/uploads", json=told)

    assert 422 == answer.status_code
    assert answer.json()["problem"]


@pytest.mark.parametrize("name", ["0" * 16, "../../etc", "x"])
def test_no_such_upload_or_work(browser, name):
    """What is not there answers 404, with a sentence."""
    for method, path in (
        ("GET", f"/api/uploads/{name}"),
        ("PUT", f"/api/uploads/{name}/0"),
        ("POST", f"/import/uploads/{name}/look"),
        ("GET", f"/api/jobs/{name}"),
        ("GET", f"/import/jobs/{name}"),
        ("GET", f"/api/jobs/{name}/events"),
    ):
        assert 404 == browser.request(method, path).status_code


def test_what_is_not_whole_is_not_brought_in(browser):
    """Half a file would be half an account."""
    upload = browser.post("/api/uploads", json={"files": [{"name": "b.zip", "size": 9}]}).json()
    answer = browser.post(f"/import/uploads/{upload['id']}/bring")

    assert 422 == answer.status_code
    assert "still to come" in answer.text


def held(tell, path):
    """Go on until a file is there."""
    while not path.exists():
        tell(126_000_000, 300_000_000, "export.zip")
        time.sleep(0.02)
    raise KeyboardInterrupt


@pytest.fixture
def going(app, tmp_path, monkeypatch):
    """Return work that goes on until the test ends."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    job = app.state.jobs.start(
        Order("bring", about="x", name="export.zip"), held, tmp_path / "enough"
    )
    end_s = time.monotonic() + PATIENCE_S
    while not job.state.done:
        assert time.monotonic() < end_s
        time.sleep(0.02)
    return job


def test_work_is_seen_on_its_page_and_on_import(browser, going):
    """A page that is loaded anew shows how far it is, with or without scripts."""
    page = browser.get(f"/import/jobs/{going.id}").text

    assert "Importing: 42 of 100" in page
    assert "126 of 300 MB" in page
    assert 'value="42"' in page
    assert f"/import/jobs/{going.id}" in browser.get("/import").text


def test_work_can_be_stopped(browser, going):
    """It ends as Ctrl-C ends it, and its page says what was kept."""
    page = pressed(browser, f"/import/jobs/{going.id}/stop").text

    assert "Stopped" in page
    assert "What was kept so far is whole" in page


def test_events_begin_with_how_it_stands_and_end_with_the_end(browser, going):
    """A browser that comes back knows at once how far it is."""
    threading.Timer(0.5, browser.post, (f"/api/jobs/{going.id}/stop",)).start()
    answer = browser.get(f"/api/jobs/{going.id}/events")
    told = [json.loads(found) for found in re.findall(r"^data: (.*)$", answer.text, re.MULTILINE)]

    assert "text/event-stream; charset=utf-8" == answer.headers["content-type"]
    assert ("running", 42) == (told[0]["phase"], told[0]["percent"])
    assert (True, "stopped") == (told[-1]["ended"], told[-1]["phase"])


@pytest.mark.parametrize(
    ("seconds", "says"),
    [(20, "less than a minute left"), (70, "about a minute left"), (200, "about 3 minutes left")],
)
def test_time_left_is_said_as_people_do(app, going, seconds, says, monkeypatch):
    """Nobody wants to read seconds that jump."""
    del app
    monkeypatch.setattr(type(going.state), "seconds_left", seconds)

    assert f"126 of 300 MB, {says}" == document(going)["detail"]
