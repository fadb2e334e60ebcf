"""The app opens in a real browser."""

from tests.browser.serving import opened


def test_the_link_lets_this_computer_in(chromium, server):
    """The first page after the link is today, and nothing is loaded from elsewhere."""
    page = opened(chromium, server)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()

    assert "Welcome" in page.locator("h1").inner_text()
    assert all(url.startswith(server.origin) for url in asked)


def test_a_tab_changes_the_page_without_loading_it_anew(chromium, demo_server):
    """A tap on a tab swaps the content, so that a walk that is being recorded goes on."""
    page = opened(chromium, demo_server)
    page.evaluate("window.marked = true")
    page.get_by_role("link", name="More", exact=True).click()
    page.wait_for_url("**/more")
    page.get_by_role("heading", name="Your back").wait_for()

    assert page.evaluate("window.marked")
    assert "main" == page.evaluate("document.activeElement.id")
