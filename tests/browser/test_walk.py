"""A walk in a real browser: felt by its sensors, kept through a lost network and a reload."""

import json

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from tests.browser.driving import Phone
from tests.browser.serving import opened

import evenstride as es
from evenstride.diary import Diary
from evenstride.testing import Sensor, Walker, simulate_walk

WALK = simulate_walk(60.0, Walker(cadence_spm=112.0), Sensor(rate_hz=200), stand_s=6.0, seed=7)
"""Felt in the order of its time: six seconds of standing, then a minute of walking."""


def begun(page: Page, where: str = "Lower back") -> None:
    """Go through the steps before a walk."""
    page.goto(page.url.partition("/pair")[0].rstrip("/") + "/walk")
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
    page = opened(chromium, server)
    phone = Phone.of(page, WALK.recording)
    begun(page)
    phone.feel(5.0)
    expect(page.locator("[data-step=walking]")).to_be_visible()
    phone.feel(9.0)
    page.context.set_offline(True)
    phone.feel(8.0)
    assert waiting(page) >= 3
    page.context.set_offline(False)
    phone.feel(5.0)
    page.reload()
    expect(page.locator("[data-step=walking]")).to_be_visible()
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
