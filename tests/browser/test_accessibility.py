"""Every screen can be used by everybody: WCAG 2.2 AA, keyboard alone, large text, no motion."""

from pathlib import Path

import pytest
from tests.browser.screens import SCREENS
from tests.browser.serving import opened

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ("light", "dark")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def pages(chromium, module_server):
    """Return a page for each theme, paired with a server over the simulated person."""
    assert AXE.exists(), "axe-core is missing: npm install in tests/browser (make test-browser)"
    # axe is put into the page from outside, which the policy of our pages forbids on purpose.
    first = opened(chromium, module_server)
    known = first.context.storage_state()
    first.context.close()
    shown = {}
    for theme in THEMES:
        context = chromium.new_context(
            viewport=PHONE, color_scheme=theme, bypass_csp=True, storage_state=known
        )
        shown[theme] = context.new_page()
        shown[theme].goto(module_server.origin)
    yield shown
    for page in shown.values():
        page.context.close()


def load(page, path: str) -> None:
    """Load a screen in full."""
    origin = page.url.split("/", 3)[:3]
    page.goto("/".join(origin) + path)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing(pages, name, theme):
    """No rule of WCAG 2.2 AA that a program can check is broken, in either theme."""
    page = pages[theme]
    load(page, SCREENS[name])
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )

    assert found["passes"], "axe looked at nothing"
    assert [] == [
        f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def test_axe_finds_nothing_on_the_page_that_lets_a_device_in(chromium, module_server):
    """Who is not paired yet can use the page that pairs."""
    page = chromium.new_context(viewport=PHONE, bypass_csp=True).new_page()
    page.goto(module_server.origin)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document)")

    assert "Pair this device" in page.title()
    assert [] == [one["id"] for one in found["violations"]]
    page.context.close()


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_wider_than_a_narrow_screen(pages, name):
    """At 320 px, and with letters twice as large, nothing has to be pushed sideways."""
    page = pages["light"]
    page.set_viewport_size({"width": 320, "height": 640})
    try:
        load(page, SCREENS[name])
        wide = "document.scrollingElement.scrollWidth"
        assert page.evaluate(wide) <= 320
        page.set_viewport_size({"width": 640, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(wide) <= 640
    finally:
        page.set_viewport_size(PHONE)


@pytest.mark.parametrize("name", SCREENS)
def test_everything_is_reached_by_the_tab_key(pages, name):
    """Each link, button and field gets the focus in turn, and shows that it has it."""
    page = pages["light"]
    load(page, SCREENS[name])
    expected = page.evaluate(REACHABLE)
    reached: set[int] = set()
    for _ in range(3 * len(expected) + 10):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is not None:
            assert at["seen"], f"no focus can be seen on {at['html']}"
            reached.add(at["place"])

    assert [] == [html for place, html in enumerate(expected) if place not in reached]


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_moves_for_those_who_do_not_want_it(pages, name):
    """With reduced motion no animation runs."""
    page = pages["light"]
    page.emulate_media(reduced_motion="reduce")
    load(page, SCREENS[name])

    assert 0 == page.evaluate("document.getAnimations().length")
    page.emulate_media(reduced_motion="no-preference")


# Of radio buttons with one name the tab key reaches one, and the arrows the others.
REACHABLE = """() => {
  const wanted = 'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]),'
    + ' select, textarea, summary, [tabindex="0"]';
  const named = new Set();
  const all = [...document.querySelectorAll(wanted)].filter((one) => {
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type === 'radio') {
      const group = `${one.form?.id}${[...document.forms].indexOf(one.form)}/${one.name}`;
      if (named.has(group)) return false;
      named.add(group);
    }
    return true;
  });
  window.reachable = all;
  return all.map((one) => one.outerHTML.slice(0, 160));
}"""

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const same = (other) => other === one
    || (one.type === 'radio' && other.type === 'radio' && other.name === one.name
        && other.form === one.form);
  const place = window.reachable.findIndex(same);
  const marked = [one, one.nextElementSibling, one.parentElement].filter(Boolean);
  const seen = marked.some((part) => getComputedStyle(part).outlineStyle !== 'none');
  return place < 0 ? null : { place, seen, html: one.outerHTML.slice(0, 160) };
}"""
