"""An experiment from its question to its result, on the diary of a simulated person."""

import re

from tests.browser.serving import opened

from evenstride.app.moments import now_utc_ns
from evenstride.app.told import Told
from evenstride.app.trial.running import next_walk, show_trial
from evenstride.app.walks import log_walk
from evenstride.model import PainRatings

HOUR = 3_600_000_000_000
WALKS = 8


def choose(page, answer: str) -> None:
    """Answer the question on the page and go on."""
    page.get_by_text(answer, exact=True).click()
    page.get_by_role("button", name="Go on").click()


def type_in(page, question: str, answer: str) -> None:
    """Type an answer and go on."""
    page.get_by_label(question).fill(answer)
    page.get_by_role("button", name="Go on").click()


def walk_all(home) -> int:
    """Walk until there is an answer, one walk each three hours; the light bag hurts less.

    Returns:
        How many walks it took.
    """
    moment = now_utc_ns()
    while True:
        moment += 3 * HOUR
        drawn = next_walk(home, now=moment).document["next"]
        back = PainRatings(before=1, worst=(4, 1)[drawn["arms"][0]], hour_after=1, next_morning=1)
        told = Told(start_utc_ns=moment + HOUR // 60, minutes=20, back=back)
        log_walk(home, told, now=moment + HOUR)
        shown = show_trial(home, now=moment + HOUR).document
        if shown["state"] != "running":
            return shown["looked"]


def test_an_experiment_from_its_question_to_its_result(chromium, demo_server):
    """Planned by taps, walked, and answered with a picture that has its walks behind it."""
    page = opened(chromium, demo_server)
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.goto(f"{demo_server.origin}/experiments")
    page.get_by_role("link", name="Plan an experiment").first.click()
    choose(page, "what you carry")
    type_in(page, "What do you do now?", "usual bag")
    type_in(page, "What do you want to know about?", "light bag")
    choose(page, "No, just this")
    choose(page, "the worst pain on the walk")
    type_in(page, "How many walks shall it take?", "2")
    page.locator("#problem", has_text="8 to 84").wait_for()
    type_in(page, "How many walks shall it take?", f"{WALKS}")
    page.get_by_text("In between you see no numbers.").wait_for()
    page.get_by_role("button", name="Begin").click()
    page.get_by_text(f"Walks done: 0 of {WALKS}.").wait_for()
    address = page.url

    page.get_by_role("link", name="The next walk").click()
    page.locator(".arm-number", has_text=f"Walk 1 of {WALKS}").wait_for()
    assert page.locator(".arm-name").inner_text() in ("usual bag", "light bag")
    page.goto(address)
    assert 0 == page.locator("svg.trial").count()

    walks = walk_all(demo_server.home)
    page.goto(address)
    picture = page.get_by_role("img", name=re.compile("light bag"))
    picture.wait_for()
    page.get_by_text("The walks as a table").click()
    rows = page.get_by_role("region", name=f"Your {walks} walks, in order").get_by_role("row")
    bar = page.locator("svg.trial .bar").first

    assert "light bag" in page.get_by_role("heading", level=1).inner_text()
    assert f"The answer after {walks} walks" in page.locator("main").inner_text()
    assert walks + 1 == rows.count()
    assert "rgb(0, 0, 0)" != bar.evaluate("one => getComputedStyle(one).fill")
    assert page.viewport_size["width"] >= page.evaluate("document.scrollingElement.scrollWidth")
    assert [] == [line for line in said if "Content Security Policy" in line]


def test_the_questions_need_no_script(chromium, demo_server):
    """With JavaScript switched off the questions lead to the same preview."""
    page = opened(chromium, demo_server, java_script_enabled=False)
    page.goto(f"{demo_server.origin}/experiments/new?what-1=shoes")
    page.get_by_text("Old trainers").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("New walking shoes").click()
    page.get_by_role("button", name="Go on").click()
    for _ in range(3):
        page.get_by_role("button", name="Go on").click()

    assert "Old trainers or New walking shoes" in page.locator("h1").inner_text()
