"""The page that records a walk, and what it sends."""

import pytest
from tests.app.test_live import walked
from tests.web.conftest import ORIGIN, paired

from evenstride.app.live.finish import append, begin
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.diary import Diary
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

ID = "0123456789abcdef"
AT = f"/api/recordings/{ID}"
BLOCK = {
    "life": "a",
    "page_ms": 1000.0,
    "wall_ms": 1.7e12,
    "motion": [[1000.0, 0.1, 0.2, 9.8, None, None, None, 1, 2, 3]],
    "angles": [[1000.0, 1.0, 2.0]],
    "places": [[1000.0, 52.0, 13.0, 5.0, None, None, 1.2]],
    "marks": [[1000.0, "walk"]],
}


def test_the_walk_of_today_is_shown_with_its_minutes(demo):
    """What is planned comes from the plan, and the pace with it."""
    page = paired(create_app(Settings(demo, frozenset({ORIGIN})))).get("/walk").text

    assert "Start a walk" in page
    assert 'data-minutes="' in page
    assert "New walking shoes" in page


def test_new_numbness_leads_to_the_check_up_and_to_no_walk(app, browser):
    """Help comes first; a walk cannot be begun from here."""
    log_walk(app.state.settings.home, Told(minutes=10, new_numbness=True))
    page = browser.get("/walk").text

    assert "Do the check-up" in page
    assert 'data-tap="start"' not in page


def test_pieces_are_acknowledged_and_a_finish_makes_the_walk(app, browser):
    """The same twice is the same once, and the address of the walk comes back."""
    assert (
        204 == browser.put(AT, json={"placement": "hand", "told": {"back_before": "1"}}).status_code
    )
    for place in (0, 1, 1, 0):
        assert 204 == browser.put(f"{AT}/blocks/{place}", json=BLOCK).status_code
    lacks = browser.post(f"{AT}/finish", json={"blocks": 3})
    done = browser.post(f"{AT}/finish", json={"blocks": 3, "without": [2]})

    assert (409, [2]) == (lacks.status_code, lacks.json()["missing"])
    assert 200 == done.status_code
    with Diary.open(app.state.settings.home) as diary:
        (walk,) = diary.outings()
    assert f"/walks/{walk.id}" == done.json()["address"]
    assert 1.0 == walk.back.before


def test_a_long_walk_is_measured_in_a_process_of_its_own(app, browser):
    """No page waits for it, and its walk comes back as that of a short one."""
    home = app.state.settings.home
    _, pieces = walked(seconds=318.0)
    begin(home, ID, {"placement": "lower back"})
    for place, piece in enumerate(pieces):
        append(home, ID, place, piece)
    done = browser.post(f"{AT}/finish", json={"blocks": len(pieces)}).json()
    (job,) = app.state.jobs.all()

    assert ("measure", "done") == (job.order.kind, job.state.phase)
    assert done["measured"]
    with Diary.open(home) as diary:
        steps = diary.outing(done["walk"]).measures["steps"].value
    assert steps > 400


def test_a_piece_of_a_recording_that_is_not_known_asks_to_begin_anew(browser):
    """So that a walk that was begun without the network arrives later."""
    assert 404 == browser.put(f"{AT}/blocks/0", json=BLOCK).status_code


@pytest.mark.parametrize(
    "wrong",
    [
        {"motion": [[1, 2]]},
        {"motion": [["1"] * 10]},
        {"marks": [["walk", 1]]},
        {"marks": [["1", "walk"]]},
        {"wall_ms": True},
        {"wall_ms": 1e300},
        {"life": 5},
        {"more": 1},
        {"motion": [[1.0] * 10] * 5001},
    ],
)
def test_what_is_no_piece_is_refused(browser, wrong):
    """Before anything of it is on the disk."""
    browser.put(AT, json={})

    assert 422 == browser.put(f"{AT}/blocks/0", json=BLOCK | wrong).status_code
    assert 409 == browser.post(f"{AT}/finish", json={"blocks": 1}).status_code


@pytest.mark.parametrize("path", ["../../x", "short", "a b c d e f g h", "x" * 70])
def test_a_name_that_is_none_is_refused(browser, path):
    """Nothing is written outside the folder of what is on its way."""
    assert browser.put(f"/api/recordings/{path}", json={}).status_code in (404, 405, 422)


def test_an_answer_that_cannot_be_understood_comes_back_as_a_sentence(browser):
    """The page shows it above the form."""
    browser.put(AT, json={})
    answer = browser.post(f"{AT}/finish", json={"blocks": 0, "told": {"load_kg": "much"}})

    assert 422 == answer.status_code
    assert "not a weight" in answer.json()["problem"]


def test_nothing_of_it_is_for_strangers(stranger):
    """Neither to begin, nor to send, nor to finish."""
    assert 401 == stranger.put(AT, json={}).status_code
    assert 401 == stranger.put(f"{AT}/blocks/0", json=BLOCK).status_code
    assert 401 == stranger.post(f"{AT}/finish", json={"blocks": 0}).status_code
    assert 401 == stranger.delete(AT).status_code


@pytest.mark.parametrize(("fate", "walks"), [("keep", 1), ("drop", 0)])
def test_a_walk_that_nobody_finished_is_kept_or_dropped(app, browser, fate, walks):
    """As the person says."""
    home = app.state.settings.home
    begin(home, ID, {})
    append(home, ID, 0, BLOCK)
    answer = browser.post(f"/walk/left/{ID}", data={"fate": fate})

    assert 303 == answer.status_code
    with Diary.open(home) as diary:
        assert walks == len(diary.outings())


def test_a_recording_that_is_thrown_away_is_gone(app, browser):
    """Nothing of it stays on the disk."""
    browser.put(AT, json={})
    browser.put(f"{AT}/blocks/0", json=BLOCK)

    assert 204 == browser.delete(AT).status_code
    assert [] == list((app.state.settings.home / "incoming").iterdir())
