"""Sensor Logger sends its walks, and nothing else can be done with its key."""

import numpy as np
import pytest

from evenstride.app.live import push
from evenstride.diary import Diary
from evenstride.testing import Sensor, simulate_walk

NS = 1_000_000_000
BEGUN_NS = 1_774_828_800 * NS


def messages(seconds=60.0, session="one", of_each=100):
    """Return what the app sends of a simulated walk."""
    walk = simulate_walk(seconds, sensor=Sensor(rate_hz=100), seed=3)
    (block,) = walk.recording.blocks(seconds=1e4, overlap_s=0)
    sent = []
    for place, begin in enumerate(range(0, len(block.time_s), of_each)):
        payload = []
        for at in range(begin, min(begin + of_each, len(block.time_s))):
            time = BEGUN_NS + round(block.time_s[at] * NS)
            whole, turn = block.acceleration_m_s2[at], block.angular_velocity_rad_s[at]
            for name, xyz in (("totalacceleration", whole), ("gyroscope", turn)):
                values = dict(zip("xyz", map(float, xyz), strict=True))
                payload.append({"name": name, "time": time, "accuracy": 3, "values": values})
        sent.append({"messageId": place, "sessionId": session, "deviceId": "d", "payload": payload})
    return walk, sent


@pytest.fixture
def key(browser):
    """Return the address that was made for the app, as the page shows it."""
    page = browser.post("/walk/push").text
    return page.partition("/api/push/")[2].partition("<")[0]


def test_what_the_app_sends_becomes_a_walk_in_whatever_order_it_comes(app, browser, stranger, key):
    """Messages come mixed and doubled; the tap makes one walk with the steps that were walked."""
    walk, sent = messages()
    order = np.random.default_rng(1).permutation([*range(len(sent)), 3, 4, 5])
    for place in order:
        assert 200 == stranger.post(f"/api/push/{key}", json=sent[place]).status_code
    (session,) = push.sessions(app.state.settings.home)
    answer = browser.post(f"/walk/push/{session.id}/done")
    again = browser.post(f"/walk/push/{session.id}/done")

    assert 303 == answer.status_code
    assert answer.headers["location"] == again.headers["location"]
    assert f"{len(sent)}" in str(session.messages)
    assert () == push.sessions(app.state.settings.home)
    with Diary.open(app.state.settings.home) as diary:
        (outing,) = diary.outings()
    assert BEGUN_NS == outing.start_utc_ns
    assert walk.contacts_s.size == pytest.approx(outing.steps, abs=3)


def test_what_comes_after_a_quiet_while_makes_the_walk_longer(app):
    """A walk that was taken for over goes on as the same walk."""
    home, (walk, sent) = app.state.settings.home, messages()
    for one in sent[:40]:
        name = push.receive(home, "one", one["messageId"], one["payload"])
    first = push.settle(home, name)
    for one in sent[40:]:
        push.receive(home, "one", one["messageId"], one["payload"])
    second = push.settle(home, name)

    assert first.walk == second.walk != ""
    with Diary.open(home) as diary:
        (outing,) = diary.outings()
    assert walk.contacts_s.size == pytest.approx(outing.measures["steps"].value, abs=3)


def test_a_session_without_walking_is_no_walk_and_says_why(app, browser):
    """A message of the test button holds nothing."""
    home = app.state.settings.home
    name = push.receive(home, "one", 0, [{"name": "../x", "time": 1, "values": {"x": 1}}, "odd"])
    answer = browser.post(f"/walk/push/{name}/done")

    assert 422 == answer.status_code
    assert "problem-said" in answer.text
    with Diary.open(home) as diary:
        assert () == tuple(diary.outings())


@pytest.mark.parametrize("body", [b"", b"[]", b'{"messageId": -1, "sessionId": "", "payload": 1}'])
def test_what_is_no_message_is_refused(stranger, key, body):
    """A sentence comes back, and nothing is kept."""
    answer = stranger.post(f"/api/push/{key}", content=body)

    assert 422 == answer.status_code
    assert "problem" in answer.json()


def test_a_wrong_key_sends_nothing(stranger, key):
    """The key has to be the one that was shown."""
    _, sent = messages(5.0)

    assert 401 == stranger.post(f"/api/push/{key}x", json=sent[0]).status_code
    assert 401 == stranger.get("/walk", headers={"authorization": f"Bearer {key}"}).status_code


def test_what_never_came_is_said_to_be_unknown(browser):
    """A session that nobody sent is no failure of the server, and nothing is written for it."""
    answer = browser.post("/walk/push/00000000/done")

    assert 422 == answer.status_code
    assert "not known here" in answer.text
