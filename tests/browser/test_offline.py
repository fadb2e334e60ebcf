"""Without network the app says so, and what works without it does."""

import pytest
from tests.browser.serving import opened, until

PATIENCE_MS = 30_000
NONE_KEPT = 'caches.open("evenstride-pages").then(async (it) => (await it.keys()).length === 0)'


@pytest.fixture
def page(chromium, demo_server):
    """Return a page of the app that its service worker looks after."""
    page = opened(chromium, demo_server)
    page.set_default_timeout(PATIENCE_MS)
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    until(page, "navigator.serviceWorker.controller !== null")
    yield page
    page.context.set_offline(False)


def kept_pages(page):
    """Return the addresses of the pages that are kept on the device."""
    return page.evaluate(
        """async () => {
            const keys = await (await caches.open("evenstride-pages")).keys();
            return keys.map((key) => new URL(key.url).pathname).sort();
        }"""
    )


def visit(page, server, path):
    """Load a page, and wait until the worker has kept what it keeps."""
    page.goto(f"{server.origin}{path}")
    page.wait_for_load_state("networkidle")


def test_a_page_that_needs_the_network_says_that_there_is_none(page, demo_server):
    """Loaded anew or reached by a link, a friendly page comes, and nothing is lost."""
    visit(page, demo_server, "/today")
    page.context.set_offline(True)
    page.get_by_role("link", name="Plan").click()
    page.get_by_role("heading", name="No connection").wait_for()
    page.goto(f"{demo_server.origin}/report")

    assert "No connection" == page.locator("h1").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('.go')).borderRadius") != "0px"


def test_walk_and_exercises_come_without_network(page, demo_server):
    """They were kept on the visits before, also if nobody opened them."""
    visit(page, demo_server, "/more")
    until(
        page, 'caches.open("evenstride-pages").then(async (it) => (await it.keys()).length === 2)'
    )
    page.context.set_offline(True)
    for path in ("/walk", "/routine"):
        page.goto(f"{demo_server.origin}{path}")
        assert "No connection" != page.locator("h1").first.inner_text()


def test_nothing_else_is_kept(page, demo_server):
    """Of everything that was looked at, only these two pages stay on the device."""
    for path in ("/today", "/walks", "/walk", "/routine", "/report", "/api/jobs", "/import"):
        visit(page, demo_server, path)
    page.wait_for_timeout(500)
    names = page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys()) {
                for (const key of await (await caches.open(name)).keys()) {
                    found.push(new URL(key.url).pathname);
                }
            }
            return found.filter((path) => !path.startsWith("/static/")).sort();
        }"""
    )

    assert ["/offline", "/routine", "/walk"] == names


def test_a_device_that_is_let_in_no_longer_keeps_no_page(page, demo_server):
    """With the first answer that it is not paired any more, what was kept of the person is gone."""
    visit(page, demo_server, "/walk")
    assert "/walk" in kept_pages(page)
    page.context.clear_cookies()
    page.goto(f"{demo_server.origin}/today")

    until(page, NONE_KEPT)


def test_a_device_that_puts_itself_out_keeps_no_page(page, demo_server):
    """The answer is a page that everybody may see; what was kept goes all the same."""
    visit(page, demo_server, "/walk")
    visit(page, demo_server, "/devices")
    assert "/walk" in kept_pages(page)
    page.locator("li", has=page.locator(".this")).get_by_role("button").click()
    page.locator('form[action="/pair"]').wait_for()

    until(page, NONE_KEPT)
