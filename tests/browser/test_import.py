"""Files are brought in through a real browser: dropped, followed, left and found again, stopped."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.health_export import write_export
from tests.browser.serving import opened, serving, until
from tests.importers.archives import gpx_walk

PATIENCE_MS = 240_000
MEGABYTES = 300


@pytest.fixture(scope="session")
def export(tmp_path_factory):
    """Return a made-up export of Apple Health of 300 MB."""
    path = tmp_path_factory.mktemp("export") / "export.zip"
    write_export(path, MEGABYTES)
    return path


@pytest.fixture
def page(chromium, server):
    """Return the import screen of a new diary."""
    page = opened(chromium, server)
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server.origin}/import")
    page.wait_for_load_state("networkidle")
    return page


def pick(page, path):
    """Choose a file, as a tap on the button does."""
    page.locator(".import .files").set_input_files(path)


def test_a_large_export_is_planned_brought_in_and_accounted_for(page, server, export):
    """Progress is seen, a reload changes nothing, and the account stands at the end."""
    pick(page, export)
    ask = page.get_by_role("button", name="Yes, bring it in")
    ask.wait_for()
    assert "This would read" in page.locator("h1").inner_text()
    ask.click()
    page.get_by_role("heading", name="Importing").wait_for()
    place = page.url
    expect(page.locator(".job .detail")).to_contain_text(
        re.compile(r"\d+ of \d+ MB"), timeout=PATIENCE_MS
    )
    page.reload()
    expect(page.locator(".job .says, h1").first).to_be_visible()
    page.get_by_role("heading", name=re.compile(r"^Read: [\d,]+\. New in your diary")).wait_for()

    assert place == page.url
    assert [] == list((server.home / "incoming" / "uploads").iterdir())


def test_work_goes_on_while_other_screens_are_shown_and_can_be_stopped(page, export):
    """A quiet line leads back to it; stopped, it says what was kept."""
    pick(page, export)
    page.get_by_role("heading", name="Looking what is in it").wait_for()
    page.get_by_role("link", name="Plan").click()
    line = page.locator(".going")
    expect(line).to_contain_text("Looking what is in it")
    line.click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("heading", name="Stopped").wait_for()

    assert "Nothing was kept." in page.locator("main").inner_text()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("heading", name="Import", exact=True).wait_for()
    assert not page.get_by_text("Received, not in your diary yet").is_visible()


def test_a_lost_network_loses_nothing(page, tmp_path):
    """Sending waits, and goes on by itself."""
    path = tmp_path / "walk.gpx"
    path.write_bytes(gpx_walk(2, 600))
    page.context.set_offline(True)
    pick(page, path)
    page.get_by_text("No connection. It goes on by itself").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Yes, bring it in").click()
    page.get_by_role("heading", name="The walks that came").wait_for()


def test_an_upload_that_broke_off_goes_on_where_it_was(page, tmp_path):
    """The same file, chosen again, is not sent from the beginning."""
    path = tmp_path / "walk.gpx"
    path.write_bytes(gpx_walk(2, 600))
    half = path.stat().st_size // 2
    page.evaluate(
        """async ([name, size, content]) => {
            const token = document.querySelector('meta[name="csrf-token"]').content;
            const headers = { "x-csrf-token": token, "content-type": "application/json" };
            const body = JSON.stringify({ files: [{ name, size }] });
            const answer = await fetch("/api/uploads", { method: "POST", headers, body });
            const { id } = await answer.json();
            await fetch(`/api/uploads/${id}/0`, { method: "PUT", headers, body: content });
        }""",
        ["walk.gpx", path.stat().st_size, path.read_text()[:half]],
    )
    page.reload()
    page.get_by_text("Choose the same file again").wait_for()
    sent = []
    page.on(
        "request", lambda request: sent.append(request.url) if "offset" in request.url else None
    )
    pick(page, path)
    page.get_by_role("button", name="Yes, bring it in").wait_for()

    assert [f"?offset={half}"] == [url[url.index("?") :] for url in sent]


def test_a_folder_is_dropped(page):
    """What is dropped is sent with its folders."""
    page.evaluate(
        """(content) => {
            const data = new DataTransfer();
            data.items.add(new File([content], "a walk.gpx"));
            const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true });
            document.querySelector(".drop").dispatchEvent(drop);
        }""",
        gpx_walk(2, 600).decode(),
    )
    page.get_by_role("button", name="Yes, bring it in").wait_for()

    assert "a walk.gpx: GPX" in page.locator("main").inner_text()


def test_what_another_app_shares_is_sent_from_our_own_page(page):
    """The service worker takes the file in, and the import screen sends it."""
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    until(page, "navigator.serviceWorker.controller !== null")
    page.evaluate(
        """(content) => {
            const form = document.createElement("form");
            form.method = "post";
            form.enctype = "multipart/form-data";
            form.action = "/import/share";
            form.setAttribute("hx-boost", "false");
            const input = document.createElement("input");
            input.type = "file";
            input.name = "files";
            const data = new DataTransfer();
            data.items.add(new File([content], "Spaziergang ä.gpx"));
            input.files = data.files;
            form.append(input);
            document.body.append(form);
            form.submit();
        }""",
        gpx_walk(2, 600).decode(),
    )
    page.get_by_role("button", name="Yes, bring it in").wait_for()

    assert "Spaziergang ä.gpx: GPX" in page.locator("main").inner_text()
    until(page, "caches.has('evenstride-shared').then((it) => !it)")


def test_a_server_that_was_killed_offers_what_it_had_received(chromium, server, page, tmp_path):
    """After kill -9 the files are still there, and nothing of the work runs on."""
    path = tmp_path / "walk.gpx"
    path.write_bytes(gpx_walk(2, 600))
    pick(page, path)
    page.get_by_role("button", name="Yes, bring it in").wait_for()
    server.process.kill()
    server.process.wait()
    again = serving(server.home)
    try:
        page = opened(chromium, again)
        page.goto(f"{again.origin}/import")
        page.get_by_role("button", name="Look what is in it").click()
        page.get_by_role("button", name="Yes, bring it in").wait_for()
    finally:
        again.stop()


def test_everything_can_be_done_with_the_keyboard(page, tmp_path):
    """The way from the file to the account needs no pointer."""
    path = tmp_path / "walk.gpx"
    path.write_bytes(gpx_walk(2, 600))
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "files":
            break
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(path)
    page.get_by_role("button", name="Yes, bring it in").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The walks that came").wait_for()
