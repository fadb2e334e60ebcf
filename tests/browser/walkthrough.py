"""A way through the check-up in a real browser, as somebody who worries nobody."""

from collections.abc import Callable, Sequence

from playwright.sync_api import Page

__all__ = ["CALM", "answered", "stamp", "until_optional"]

_STAMP = "main form input[name=stamp]"
_MOST = 40  # pages; more would go round in circles


def stamp(page: Page) -> str:
    """Return what the page that is shown is known by."""
    return page.locator(_STAMP).first.get_attribute("value") or ""


def answered(page: Page, before: str) -> None:
    """Wait until another page of questions, or something else, is shown."""
    page.wait_for_selector(f"main:not(:has(input[name=stamp][value='{before}']))")


def until_optional(page: Page, look: Callable[[Page], None] = lambda _: None) -> None:
    """Answer every safety question, until the check-up may end.

    Args:
        page: On which the first of them is shown.
        look: What is done on every page before it is answered.
    """
    for _ in range(_MOST):
        if page.get_by_role("button", name="Stop here").count():
            return
        look(page)
        before = stamp(page)
        _answer(page)
        answered(page, before)
    raise AssertionError("the safety questions do not end")


def _answer(page: Page) -> None:
    if page.locator("[name=age]").count():
        page.locator("[name=age]").first.fill("45")
        page.get_by_role("radio", name="Male", exact=True).check()
    if page.locator("[name=onset]").count():
        page.locator("[name=duration_days]").first.fill("2 weeks")
        page.get_by_role("radio", name="It built up").check()
        page.locator("[name=pain_worst][value='4']").check(force=True)
    none = page.get_by_role("button", name="None of these")
    for button in (none, page.get_by_role("button", name="No", exact=True)):
        if button.count():
            button.click()
            return
    page.locator("button.primary").click()


Press = Callable[[Page], None]


def _key(selector: str, key: str) -> Press:
    """Return a press of a key on what a selector finds."""

    def press(page: Page) -> None:
        page.locator(selector).first.focus()
        page.keyboard.press(key)

    return press


def _type(selector: str, text: str) -> Press:
    def type_(page: Page) -> None:
        page.locator(selector).first.focus()
        page.keyboard.type(text)

    return type_


_NONE: Sequence[Press] = (_key("button.none", "Enter"),)
_ABOUT: Sequence[Press] = (
    _type("[name=age]", "45"),
    _key("[name=sex][value=male]", "Space"),
    _key("button.primary", "Enter"),
)
_TIME: Sequence[Press] = (
    _type("[name=duration_days]", "2 weeks"),
    _key("[name=onset][value=gradual]", "Space"),
    _key("[name=pain_worst][value='4']", "Space"),
    _key("button.primary", "Enter"),
)
CALM: Sequence[Sequence[Press]] = (*[_NONE] * 5, _ABOUT, _TIME, *[_NONE] * 6)
"""What is pressed on each page of safety questions, one by one."""
