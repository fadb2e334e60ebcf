"""The exercises are played to their end, also where there is no network."""

import json
import time

import pytest
from playwright.sync_api import Page
from tests.browser.serving import opened

from evenstride.app.own import own
from evenstride.app.routine import show_routine

STEPS = [
    {"seconds": 5, "kind": "ready", "exercise": "a", "side": None, "cue": "Next: A."},
    {"seconds": 4, "kind": "work", "exercise": "a", "side": None, "cue": "1 of 2."},
    {"seconds": 4, "kind": "work", "exercise": "a", "side": None, "cue": "2 of 2."},
    {"seconds": 5, "kind": "ready", "exercise": "b", "side": None, "cue": "Next: B."},
    {"seconds": 10, "kind": "work", "exercise": "b", "side": None, "cue": "Go on."},
]


@pytest.fixture
def page(chromium, demo_server):
    """Return the page of the exercises, at a clock that only moves when told to."""
    page = opened(chromium, demo_server)
    page.clock.install()
    page.goto(demo_server.origin + "/routine")
    page.locator(".player").wait_for()
    page.clock.pause_at(time.time() + 60)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def clock(chromium, module_server):
    """Return what runs the logic of time alone: a call and its arguments, in the browser."""
    page = opened(chromium, module_server)

    def run(call: str, *arguments):
        return page.evaluate(
            "async ([call, given]) => (await import('/static/routine-clock.js'))[call](...given)",
            [call, list(arguments)],
        )

    yield run
    page.context.close()


def part(page: Page, name: str):
    """Return a part of the player."""
    return page.locator(f'[data-part="{name}"]')


def noted(home) -> list[dict]:
    """Return what the diary holds of exercises."""
    with own(home, 0) as mine:
        return [dict(one.document) for one in mine.diary.entries("routine")]


def test_the_time_runs_on_while_nobody_looks(clock):
    """After a sleep it is where the time is, and never beyond the end."""
    runs = clock("go", {"seconds": 3, "since": None}, 1000)

    assert 3 == clock("played", {"seconds": 3, "since": None}, 99_000, 28)
    assert 13 == clock("played", runs, 11_000, 28)
    assert 28 == clock("played", runs, 10**9, 28)


def test_a_clock_that_steps_back_takes_nothing_away(clock):
    """What was played was played."""
    assert 3 == clock("played", {"seconds": 3, "since": 5000}, 1000, 28)


def test_a_pause_keeps_the_place_and_going_on_goes_on_from_there(clock):
    """The time of the pause does not count."""
    paused = clock("pause", {"seconds": 0, "since": 1000}, 8000, 28)
    runs = clock("go", paused, 60_000)

    assert {"seconds": 7, "since": None} == paused
    assert 9 == clock("played", runs, 62_000, 28)


@pytest.mark.parametrize(
    ("seconds", "index", "left", "place", "after"),
    [(0, 0, 5, 1, "b"), (4.2, 0, 1, 1, "b"), (5, 1, 4, 1, "b"), (13, 3, 5, 2, None)],
)
def test_each_moment_has_its_step(clock, seconds, index, left, place, after):
    """The seconds left are whole, and never 0 while the step lasts."""
    found = clock("look", STEPS, seconds)

    assert (index, left, place, after) == tuple(
        found[name] for name in ("index", "left", "place", "next")
    )
    assert 2 == found["of"]


def test_the_end_is_over(clock):
    """Nothing is left then."""
    assert {"left": 0, "over": True}.items() <= clock("look", STEPS, 28).items()


@pytest.mark.parametrize(("at", "back", "forward"), [(1, 0, 13), (9, 0, 13), (14, 0, 28)])
def test_back_and_on_go_by_exercises(clock, at, back, forward):
    """Soon after its begin, back means the exercise before."""
    assert back == clock("back", STEPS, at)
    assert forward == clock("forward", STEPS, at)
    assert 13 == clock("back", STEPS, 20)


def test_played_to_its_end_it_is_noted(page, demo_server):
    """Each step comes in turn; a pause stops the time; the end asks how it felt."""
    found = show_routine(demo_server.home).document
    before = len(noted(demo_server.home))
    part(page, "toggle").click()
    page.clock.run_for(6_000)
    cue = found["timeline"][1]["cue"]
    assert cue == part(page, "cue").inner_text()

    part(page, "toggle").click()
    left = part(page, "left").inner_text()
    page.clock.run_for(60_000)
    assert left == part(page, "left").inner_text()
    assert "Go on" == part(page, "toggle").inner_text()

    part(page, "toggle").click()
    page.clock.fast_forward((found["seconds"] - 10) * 1000)
    page.clock.run_for(1_000)
    assert found["items"][-1]["name"] == part(page, "name").inner_text()
    page.clock.run_for(10_000)
    assert "Well done" in part(page, "over").inner_text()

    page.get_by_label("Fine").check()
    page.locator("#done .scale label").nth(2).click()
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("Noted.").wait_for()
    kept = noted(demo_server.home)
    assert before + 1 == len(kept)
    assert ("fine", 2) == (kept[-1]["felt"], kept[-1]["pain_before"])


def test_a_reload_finds_the_place_again(page):
    """It waits there until one goes on."""
    part(page, "toggle").click()
    page.clock.run_for(200_000)
    name = part(page, "name").inner_text()
    page.reload()
    page.locator(".player").wait_for()
    shown = part(page, "name").inner_text()
    page.clock.run_for(30_000)

    assert name == shown == part(page, "name").inner_text()
    assert "Go on" == part(page, "toggle").inner_text()


def test_the_keyboard_steers_it(page):
    """The space bar starts and pauses, the arrows go back and on."""
    first = part(page, "name").inner_text()
    page.keyboard.press("ArrowRight")
    second = part(page, "name").inner_text()
    page.keyboard.press("Space")
    page.clock.run_for(1_000)
    running = part(page, "toggle").inner_text()
    page.keyboard.press("ArrowLeft")

    assert first != second
    assert "Pause" == running
    assert first == part(page, "name").inner_text()


def test_when_it_hurts_it_stops_and_says_what_to_do(page):
    """The time stands still; one can leave the exercise out, or say that a sign came."""
    part(page, "toggle").click()
    page.clock.run_for(10_000)
    first = part(page, "name").inner_text()
    part(page, "hurts").click()
    left = part(page, "left").inner_text()
    page.clock.run_for(20_000)

    assert left == part(page, "left").inner_text()
    assert "/routine/sign" == page.locator("[data-part=hurting] a").get_attribute("href")
    part(page, "leave").click()
    assert first != part(page, "name").inner_text()
    assert "Pause" == part(page, "toggle").inner_text()


def test_a_screen_reader_is_not_told_each_repetition(page):
    """With the voice off it hears of each exercise once, and nothing while one goes on."""
    part(page, "voice").click()
    page.evaluate(
        """() => { window.said = []; const part = document.querySelector('[data-part=announce]');
        new MutationObserver(() => window.said.push(part.textContent))
          .observe(part, { childList: true }); }"""
    )
    data = json.loads(page.locator(".player script").inner_text())
    part(page, "toggle").click()
    page.clock.run_for(300_000)
    said = page.evaluate("window.said")
    gone, heard = 0, []
    for step in data["steps"]:
        if gone <= 300 and step["kind"] != "work":
            heard.append(step["cue"])
        gone += step["seconds"]

    assert heard == said


def test_without_a_network_it_plays_on_and_is_told_later(page, demo_server):
    """What was done waits on the device, and is noted once when the network is back."""
    before = len(noted(demo_server.home))
    page.context.set_offline(True)
    part(page, "toggle").click()
    page.clock.fast_forward(3_600_000)
    page.clock.run_for(1_000)
    page.get_by_label("Easy").check()
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("It is sent when the network is back").wait_for()
    assert before == len(noted(demo_server.home))

    page.context.set_offline(False)
    page.get_by_text("Noted.", exact=True).wait_for()
    page.reload()
    page.locator(".player").wait_for()
    assert before + 1 == len(noted(demo_server.home))
    assert page.evaluate("localStorage.getItem('evenstride-routine-outbox')") is None
