"""Settings change what other pages show, and what this device keeps can be seen and cleared."""

import pytest
from playwright.sync_api import expect
from tests.browser.serving import opened


@pytest.fixture
def open_at(chromium):
    """Return what opens a page of a server once all of it is there; it is closed at the end."""
    pages = []

    def opening(served, path: str, **context):
        page = opened(chromium, served, **context)
        pages.append(page)
        page.wait_for_load_state("networkidle")
        page.goto(served.origin + path)
        page.wait_for_load_state("networkidle")
        return page

    yield opening
    for page in pages:
        page.context.close()


def test_units_change_and_the_pages_change(open_at, demo_server):
    """After one form the shoes stand in miles; nothing was loaded anew."""
    page = open_at(demo_server, "/settings")
    page.evaluate("window.marked = true")
    page.get_by_label("Miles and pounds").check()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#height_m")).to_have_value("5 ft 6 in")
    page.get_by_role("link", name="More").click()
    page.get_by_role("link", name="Shoes").click()
    page.get_by_text(" mi in ").first.wait_for()

    assert page.evaluate("window.marked")


def test_the_emergency_number_comes_while_the_country_is_typed(open_at, server):
    """Before anything is kept."""
    page = open_at(server, "/settings")
    page.get_by_label("Country").fill("at")

    expect(page.locator("[data-part=emergency]")).to_have_text("112")


def test_a_wrong_height_is_told_above_the_form_which_stays_filled(open_at, server):
    """Nothing that was typed is lost."""
    page = open_at(server, "/settings")
    page.get_by_label("Height").fill("tall")
    page.get_by_label("Weight").fill("70kg")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_text("is not a length").wait_for()

    assert "70kg" == page.get_by_label("Weight").input_value()


def test_what_this_device_keeps_is_shown_and_cleared(open_at, demo_server):
    """What could not be noted is named; clearing is asked once more."""
    page = open_at(demo_server, "/settings/storage")
    page.evaluate(
        """() => localStorage.setItem('evenstride-routine-outbox', JSON.stringify([
          {path: '/api/routine/done', body: {id: 'a'}, problem: 'That is too long ago.'}]))"""
    )
    page.reload()
    page.get_by_text("That is too long ago.").wait_for()
    page.get_by_role("button", name="Clear this device").click()
    page.get_by_role("button", name="Yes, clear it").click()
    page.get_by_text("keeps nothing any more").wait_for()

    assert 0 == page.evaluate("Object.keys(localStorage).length")


def test_a_backup_from_a_file_is_put_back(open_at, demo_server, tmp_path):
    """Downloaded and brought back on the same page."""
    page = open_at(demo_server, "/settings/backup")
    page.get_by_role("button", name="Make a backup now").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download").click()
    file = tmp_path / "backup.zip"
    waited.value.save_as(file)
    page.get_by_label("The ZIP file").set_input_files(file)
    page.get_by_label("Yes, put this backup").check()
    page.get_by_role("button", name="Put it back").click()

    page.get_by_role("heading", name="The diary is back").wait_for()


def test_after_erasing_the_app_shows_the_first_visit(open_at, demo_server):
    """Nobody has to pair again on the device that erased."""
    page = open_at(demo_server, "/settings/erase")
    page.locator("#word").fill("erase")
    page.get_by_role("button", name="Erase it").click()

    page.get_by_role("heading", name="Welcome").wait_for()
    page.wait_for_load_state("networkidle")  # the device keeps no scripts any more: they come anew


def test_forms_work_without_scripts(open_at, server):
    """The page is loaded anew then, and the gate knows it for one of ours."""
    page = open_at(server, "/shoes", java_script_enabled=False)
    page.get_by_label("What do you call them?").fill("Brown boots")
    page.get_by_role("button", name="Add a pair").click()

    page.get_by_role("link", name="Brown boots").wait_for()
