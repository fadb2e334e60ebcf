"""From the first visit to the first plan, with taps and with the keyboard alone."""

import time

import pytest
from tests.browser.serving import opened
from tests.browser.walkthrough import CALM, answered, stamp, until_optional

from evenstride.checkup.knowledge import knowledge

FIRST = knowledge().screens[0].title
SOON_S = 10.0


@pytest.fixture(autouse=True)
def _closed_before_the_server(chromium, server):
    """Close every page before its server goes: what it asks for then would fail the next test."""
    yield
    assert server.process.poll() is None, "the server did not live through the test"
    for context in chromium.contexts:
        context.close()


def test_the_first_question_is_there_within_ten_seconds_and_two_taps(chromium, server):
    """Counted from the moment at which the app is opened; nothing else is asked before."""
    began = time.monotonic()
    page = opened(chromium, server)
    page.get_by_role("link", name="Begin").click()
    page.get_by_role("heading", name=FIRST).wait_for()

    assert time.monotonic() - began < SOON_S


def test_from_the_first_visit_to_the_first_plan(chromium, server):
    """Calm answers lead through the safety questions to a result, and from there to a plan."""
    page = opened(chromium, server)
    page.get_by_role("link", name="Begin").click()
    page.get_by_role("heading", name=FIRST).wait_for()
    until_optional(page)
    page.get_by_role("button", name="Stop here").click()
    page.get_by_role("heading", name=knowledge().levels["self_care"].says).wait_for()
    page.get_by_role("link", name="See your walking plan").click()
    page.wait_for_url("**/plan")

    assert "walk as you are used to" in page.locator("main").inner_text()


def test_with_the_keyboard_alone(chromium, server):
    """Tab, space and Enter are enough; Enter on a list that is not ticked answers nothing."""
    page = opened(chromium, server)
    page.get_by_role("link", name="Begin").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=FIRST).wait_for()
    page.get_by_role("checkbox", name="Chest pain").first.focus()
    page.keyboard.press("Enter")
    page.locator("#problem:not(:empty)").wait_for()
    for screen in CALM:
        before = stamp(page)
        for press in screen:
            press(page)
        answered(page, before)

    assert "You can stop here, or go on." in page.locator("main").inner_text()


def test_without_scripts_the_checkup_works_all_the_same(chromium, server):
    """Plain forms: what is not taken is shown again with what was ticked."""
    page = opened(chromium, server, java_script_enabled=False)
    page.get_by_role("link", name="Begin").click()
    page.get_by_role("checkbox", name="Fainted").first.check()
    page.get_by_role("button", name="None of these").click()

    assert "Which of the two is it?" in page.locator("#problem-said").inner_text()
    assert page.get_by_role("checkbox", name="Fainted").first.is_checked()
    page.get_by_role("checkbox", name="Fainted").first.uncheck()
    until_optional(page)
    page.get_by_role("button", name="Stop here").click()
    assert knowledge().levels["self_care"].says in page.locator("main").inner_text()
