"""A walk in a real browser: felt by its sensors, kept through a lost network and a reload."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from tests.browser.driving import Phone
from tests.browser.serving import in_time, opened
from tests.browser.test_accessibility import AXE, RULES

import evenstride as es
from evenstride.diary import Diary
from evenstride.model import Outing
from evenstride.testing import Sensor, Walker, simulate_walk

WALK = simulate_walk(60.0, Walker(cadence_spm=112.0), Sensor(rate_hz=200), stand_s=6.0, seed=7)
"""Felt in the order of its time: six seconds of standing, then a minute of walking."""


STEPS = (
    *("Start a walk", "Next", "In a bag", "Start without it", "I feel something new"),
    *("Nothing new", "I am done", ""),
)
"""What is pressed on each step of the screen, from the first to the last."""


def on_walk(page: Page, origin: str) -> Page:
    """Open the screen, with all that it needs without a network on the device."""
    page.goto(f"{origin}/walk")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    return page


def begun(page: Page, where: str = "Lower back") -> None:
    """Go through the steps before a walk."""
    page.get_by_role("button", name="Start a walk").click()
    page.locator("[data-step=before] label", has_text="2").first.click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name=where).click()


def finished(page: Page, worst: str = "3") -> None:
    """Tell how the walk was, and hand it in."""
    page.get_by_role("button", name="I am done").click()
    page.locator("[data-step=after] label", has_text=worst).first.click()
    page.locator("[data-step=after] label", has_text="No").first.click()
    page.get_by_role("button", name="Keep the walk").click()


def waiting(page: Page) -> int:
    """Return how many blocks are only in the browser."""
    return page.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open("evenstride-recording", 1);
          asked.onsuccess = () => {
            const count = asked.result.transaction("blocks").objectStore("blocks").count();
            count.onsuccess = () => { asked.result.close(); done(count.result); };
          };
        })"""
    )


def test_a_walk_is_whole_after_a_lost_network_and_a_reload(chromium, server):
    """Every sample is there once, the reload is the only gap, and the steps are those walked."""
    page = on_walk(opened(chromium, server), server.origin)
    phone = Phone.of(page, WALK.recording)
    begun(page)
    phone.feel(5.0)
    expect(page.locator("[data-step=walking]")).to_be_visible()
    phone.feel(9.0)
    page.context.set_offline(True)
    phone.feel(8.0)
    assert waiting(page) >= 3
    page.reload()
    expect(page.locator("[data-step=walking]")).to_be_visible()
    phone.feel(5.0)
    page.context.set_offline(False)
    phone.feel(12.0)
    finished(page)
    page.wait_for_url("**/walks/2*")

    with Diary.open(server.home) as diary:
        (walk,) = diary.outings()
        with diary.open_recording(walk.recording) as file:
            data = file.read()
    recording = es.read(data)
    time_s = np.concatenate([block.time_s for block in recording.open()])
    steps = np.diff(time_s)
    long = steps[steps > 0.2]
    facts = json.loads(data.partition(b"\n")[0].removeprefix(b"#"))

    assert (2.0, 3.0, False) == (walk.back.before, walk.back.worst, walk.new_numbness)
    assert "lower back" == walk.placement
    assert 0 == waiting(page)
    assert np.all(steps > 0)
    assert 1 == len(long), "only the reload is a gap"
    assert long[0] < 5.0
    assert 60 == pytest.approx(1 / np.median(steps), rel=0.02)
    assert ("angles", False, True) == (facts["sign"], facts["turned"], facts["gravity_included"])
    assert WALK.cadence_spm == pytest.approx(walk.measures["cadence_spm"].value, abs=2.0)


def walks(server) -> tuple[Outing, ...]:
    """Return the walks in the diary of a server."""
    with Diary.open(server.home) as diary:
        return tuple(diary.outings())


def test_without_sensors_it_is_a_timer(chromium, server):
    """The minutes are kept, pauses do not count, and no measurement is made up."""
    page = on_walk(opened(chromium, server), server.origin)
    page.clock.install()
    begun(page, "Nowhere")
    expect(page.locator("[data-step=walking]")).to_be_visible()
    page.clock.run_for(125_000)
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(60_000)
    expect(page.locator("[data-clock]")).to_have_text(re.compile("^3:0[3-6]$"))
    finished(page)
    page.get_by_role("heading", name="Your walk is kept").wait_for()
    (walk,) = walks(server)

    assert 3.1 == pytest.approx(walk.minutes, abs=0.05)
    assert (2.0, 3.0) == (walk.back.before, walk.back.worst)
    assert not walk.measures


def test_a_walk_without_any_network_arrives_later(chromium, server):
    """From the first tap to the last, the computer is out of reach."""
    page = on_walk(opened(chromium, server), server.origin)
    page.context.set_offline(True)
    page.reload()
    begun(page, "Nowhere")
    page.wait_for_timeout(2500)
    finished(page)
    page.get_by_role("heading", name="Your walk is kept on this phone").wait_for()
    assert () == walks(server)
    page.context.set_offline(False)
    page.get_by_role("heading", name="Your walk is kept", exact=True).wait_for()

    assert [3.0] == [walk.back.worst for walk in walks(server)]


def test_something_new_leads_straight_to_help(chromium, server):
    """The walk is kept up to there, and no other is begun before the check-up."""
    page = on_walk(opened(chromium, server), server.origin)
    begun(page, "Nowhere")
    page.get_by_role("button", name="I feel something new").click()
    page.get_by_role("button", name="New numbness or weakness").click()
    expect(page.get_by_role("heading", name="Stop walking now")).to_be_visible()
    expect(page.get_by_role("link", name="Call 112")).to_be_visible()
    page.get_by_role("link", name="Do the check-up now").click()
    page.wait_for_url("**/check-up")
    page.goto(f"{server.origin}/walk")

    assert [True] == [walk.new_numbness for walk in walks(server)]
    expect(page.get_by_role("button", name=re.compile("Start"))).to_have_count(0)


def test_only_one_tab_records(chromium, server):
    """The second says so, and the first goes on."""
    page = on_walk(opened(chromium, server), server.origin)
    begun(page, "Nowhere")
    second = page.context.new_page()
    second.goto(f"{server.origin}/walk")
    begun(second, "Nowhere")

    expect(second.locator("[data-step=elsewhere]")).to_be_visible()
    expect(page.locator("[data-step=walking]")).to_be_visible()


def test_a_walk_goes_on_while_other_screens_are_looked_at(chromium, server):
    """A line on every screen leads back to it."""
    page = on_walk(opened(chromium, server), server.origin)
    begun(page, "Nowhere")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("link", name="Back to it").click()

    expect(page.locator("[data-step=walking]")).to_be_visible()


def test_a_walk_that_is_thrown_away_leaves_nothing(chromium, server):
    """Neither in the browser nor on the computer."""
    page = on_walk(opened(chromium, server), server.origin)
    begun(page, "Nowhere")
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="I am done").click()
    page.get_by_text("Throw the walk away").click()
    page.get_by_role("button", name="Throw it away").click()
    page.get_by_role("button", name="Start a walk").wait_for()

    in_time(page, lambda: not list((server.home / "incoming").iterdir()))
    assert 0 == waiting(page)


HEARD = """
  window.heard = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.locks = [];
  Object.defineProperty(window, "speechSynthesis",
    { value: { speak: (one) => heard.push(one.text), cancel() {} } });
  Object.defineProperty(navigator, "wakeLock", { value: { request: async (what) => {
    const lock = { what, released: false, release: async () => { lock.released = true; } };
    window.locks.push(lock);
    return lock;
  } } });
"""
"""Voice and screen lock of a phone, which a browser without a screen does not have."""


def test_the_way_is_told_and_the_screen_stays_on(chromium, demo_server):
    """Halfway, one minute left and done; the lock is taken again when the page comes back."""
    page = opened(chromium, demo_server)
    page.add_init_script(HEARD)
    page.clock.install()
    on_walk(page, demo_server.origin)
    minutes = int(page.locator("[data-module=walk]").get_attribute("data-minutes"))
    begun(page, "Nowhere")
    page.get_by_role("button", name="Tell me the time").click()
    page.get_by_role("button", name="Click for each step").click()
    page.evaluate("locks[0].released = true")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(minutes * 60_000 + 3000)

    said = [" ".join(text.split()[:2]) for text in page.evaluate("heard")]
    assert ["I will", "Half of", "One minute", "Your planned"] == said
    assert [True, False] == page.evaluate("locks.map((one) => one.released)")
    pressed = page.locator("button[aria-pressed=true]")
    assert ["Click for each step", "Tell me the time"] == pressed.all_inner_texts()
    page.get_by_role("button", name="I am done").click()
    assert [True, True] == page.evaluate("locks.map((one) => one.released)")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_step_can_be_used_by_everybody(chromium, server, theme):
    """By the keyboard alone, and axe finds nothing on any step; nothing is wider than 320 px."""
    first = opened(chromium, server)
    known = first.context.storage_state()
    context = chromium.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme=theme,
        bypass_csp=True,
        storage_state=known,
        service_workers="block",
    )
    page = context.new_page()
    page.goto(f"{server.origin}/walk")
    page.wait_for_load_state("networkidle")  # the script that heeds the buttons is there
    page.add_script_tag(path=AXE)
    for name in STEPS:
        assert [] == faults(page)
        assert 320 == page.evaluate("document.scrollingElement.scrollWidth")
        if name:
            page.get_by_role("button", name=name).focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(200)
    expect(page.locator("[data-step=after]")).to_be_visible()


def faults(page: Page) -> list[str]:
    """Return what axe finds."""
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]
    ]
