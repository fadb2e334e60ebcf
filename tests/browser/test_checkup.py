"""The check-up in a real browser: the emergency, the way back, and results that are read."""

import pytest
from tests.browser.serving import opened
from tests.browser.test_accessibility import AXE, RULES
from tests.browser.walkthrough import answered, stamp, until_optional

from evenstride.checkup.knowledge import knowledge

KNOWN = knowledge()
FIRST, SECOND = (screen.title for screen in KNOWN.screens[:2])


@pytest.fixture(autouse=True)
def _closed_before_the_server(chromium, server):
    """Close every page before its server goes: what it asks for then would fail the next test."""
    yield
    assert server.process.poll() is None, "the server did not live through the test"
    for context in chromium.contexts:
        context.close()


def begun(chromium, server, **context):
    """Open the first page of the check-up."""
    page = opened(chromium, server, **context)
    page.goto(f"{server.origin}/check-up")
    page.get_by_role("heading", name=FIRST).wait_for()
    return page


def test_an_emergency_stands_alone_and_can_be_taken_back(chromium, server):
    """No tabs, nothing but the calls and the way back; then the page is due again."""
    page = begun(chromium, server)
    page.get_by_role("checkbox", name="Chest pain").first.check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name=KNOWN.levels["emergency_now"].says).wait_for()

    assert 0 == page.locator("nav").count()
    links = page.locator("main a").evaluate_all("all => all.map((one) => one.href)")
    assert links
    assert all(link.startswith("tel:") for link in links)
    page.get_by_role("button", name="by mistake").click()
    page.get_by_role("heading", name=FIRST).wait_for()
    assert 0 == page.locator(":checked").count()


def test_the_way_back_of_the_browser_answers_no_other_page(chromium, server):
    """After "back" the page that is due is shown, and each answer is where it belongs."""
    page = begun(chromium, server)
    before = stamp(page)
    page.get_by_role("button", name="None of these").click()
    answered(page, before)
    page.get_by_role("heading", name=SECOND).wait_for()
    page.go_back()
    page.get_by_role("heading", name=SECOND).wait_for()


def test_two_tabs_do_not_answer_for_each_other(chromium, server):
    """The older form is not taken; the page that is due is shown with a sentence."""
    page = begun(chromium, server)
    other = page.context.new_page()
    other.goto(f"{server.origin}/check-up")
    page.get_by_role("button", name="None of these").click()
    page.get_by_role("heading", name=SECOND).wait_for()
    other.get_by_role("button", name="None of these").click()
    other.get_by_role("heading", name=SECOND).wait_for()

    assert "answered already" in other.get_by_role("status").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way(chromium, server, theme):
    """The welcome, each page of questions, the emergency and the results can be used by all."""
    page = begun(chromium, server, color_scheme=theme, bypass_csp=True)
    page.goto(server.origin)
    without_faults(page)
    page.goto(f"{server.origin}/check-up")
    page.get_by_role("checkbox", name="Chest pain").first.check()
    page.get_by_role("button", name="Go on").click()
    page.locator("main.emergency").wait_for()
    without_faults(page)
    page.get_by_role("button", name="by mistake").click()
    page.get_by_role("heading", name=FIRST).wait_for()
    until_optional(page, look=without_faults)
    without_faults(page)
    page.get_by_role("button", name="Stop here").click()
    page.locator(".level").wait_for()
    without_faults(page)
    for path in ("/check-up/resembles", "/check-up/result?pro=1", "/walks/new", "/questionnaires"):
        page.goto(server.origin + path)
        without_faults(page)


def without_faults(page) -> None:
    """Check that no rule of WCAG 2.2 AA that a program can check is broken."""
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    assert [] == [
        f"{page.url} {one['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
