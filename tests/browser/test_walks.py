"""One walk in a real browser: the plots are drawn, and everybody can move along them."""

import json
from datetime import UTC, datetime

import pytest
from tests.browser.serving import in_time, opened, serving
from tests.walked import HILLY, NOTED, walked_diary

INKED = """(one) => {
  const canvas = one.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] > 200) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
  }
  return [...seen];
}"""
NARROWER = "(one) => one.clientWidth - one.querySelector('.uplot').clientWidth"
NAMES = ["rhythm", "evenness", "lean", "impact", "slope", "pain"]


@pytest.fixture(scope="module")
def walked(tmp_path_factory, chromium):
    """Serve a diary of walks of every kind; return its address, and who may see it."""
    folder = tmp_path_factory.mktemp("walked")
    walked_diary(folder / "home", folder / "in", datetime.now(UTC).replace(microsecond=0))
    served = serving(folder / "home")
    first = opened(chromium, served)
    known = first.context.storage_state()
    first.context.close()
    yield served.origin, known
    served.stop()


@pytest.fixture
def browse(chromium, walked):
    """Return what opens a page of that diary, as ``browse(path, **context)``."""
    origin, known = walked
    contexts = []

    def page_of(path: str, **context):
        settings = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB"} | context
        contexts.append(chromium.new_context(storage_state=known, **settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
        page.goto(origin + path)
        return page

    yield page_of
    for context in contexts:
        context.close()


@pytest.fixture(params=["light", "dark"])
def page(request, browse):
    """Return the page of the newest walk in each theme; a breach of the policy fails the test."""
    said: list[str] = []
    shown = browse("/more", color_scheme=request.param)
    shown.on("console", lambda message: said.append(message.text))
    shown.goto(shown.url.replace("/more", f"/walks/{HILLY}"))
    shown.locator(".canvas canvas").first.wait_for()
    yield shown
    assert [] == [one for one in said if "olicy" in one]


def colour(page, name: str) -> str:
    """Return a colour of the style sheet as the canvas says it."""
    return page.evaluate(
        """(name) => {
          const probe = document.createElement("i");
          probe.style.color = `var(${name})`;
          document.body.append(probe);
          const found = getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).join(",");
          probe.remove();
          return found;
        }""",
        name,
    )


def test_every_plot_is_drawn_in_the_colours_of_the_theme(page):
    """What takes long comes after the rest; each canvas then holds a line in the first colour."""
    wanted = colour(page, "--one")
    panels = page.locator("[data-panel]")

    assert NAMES == panels.evaluate_all("all => all.map((one) => one.dataset.panel)")
    for number in range(len(NAMES)):
        assert wanted in panels.nth(number).evaluate(INKED)


def test_the_keys_move_the_cursor_and_say_what_is_there(page):
    """The slider goes along step by step; what it says is what the table holds."""
    slider = page.get_by_label("Moment of the walk")
    slider.focus()
    before = slider.get_attribute("aria-valuetext")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    says = slider.get_attribute("aria-valuetext")
    row = page.locator("#way .timeline table tbody tr").nth(3)
    cells = row.locator("td").all_text_contents()

    assert before != says
    assert says == page.locator(".now").text_content()
    assert f"Rhythm {cells[0]} steps/min" in says
    assert f"Slope {cells[5]} %" in says
    lines = page.locator(".u-cursor-x").evaluate_all(
        "all => all.map((one) => Math.round(new DOMMatrix(getComputedStyle(one).transform).e))"
    )
    assert len(NAMES) == len(lines)
    assert 1 == len(set(lines))
    assert lines[0] > 0


def test_the_table_behind_is_what_is_drawn(page):
    """Every value of every line is in the table, in its row and column."""
    plot = json.loads(page.locator(".timeline script").text_content())
    curves = [(one["decimals"], curve) for one in plot["panels"] for curve in one["curves"]]
    rows = page.locator("#way .timeline table tbody tr")
    table = rows.evaluate_all(
        "all => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))"
    )
    drawn = [
        [None if curve["values"][at] is None else round(curve["values"][at], decimals)
         for decimals, curve in curves]
        for at in range(len(plot["time_s"]))
    ]  # fmt: skip
    known = [row for row in drawn if any(value is not None for value in row)]

    assert len(known) == len(table)
    for values, cells in zip(known, table, strict=True):
        for (decimals, _), value, cell in zip(curves, values, cells, strict=True):
            told = None if cell == "–" else float(cell.replace("−", "-"))
            assert (value is None) == (told is None)
            assert value is None or abs(value - told) <= 10.0**-decimals


def test_a_pointer_on_a_plot_moves_the_same_cursor(page):
    """In the middle of a plot is the middle of the walk."""
    over = page.locator("[data-panel='slope'] .u-over")
    over.scroll_into_view_if_needed()
    place = over.bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    slider = page.get_by_label("Moment of the walk")
    middle = int(slider.get_attribute("max")) / 2

    assert abs(int(slider.input_value()) - middle) <= 2


def test_the_plots_follow_the_theme_and_the_width(page):
    """When the screen turns or gets dark, they are drawn anew."""
    panel = page.locator("[data-panel='rhythm']")
    page.emulate_media(color_scheme="dark")
    dark = colour(page, "--one")
    in_time(page, lambda: dark in panel.evaluate(INKED))
    page.emulate_media(color_scheme="light")
    in_time(page, lambda: colour(page, "--one") != dark)
    in_time(page, lambda: colour(page, "--one") in panel.evaluate(INKED))
    page.set_viewport_size({"width": 800, "height": 390})
    in_time(page, lambda: abs(panel.evaluate(NARROWER)) <= 1)


def test_one_tap_answers_what_can_be_asked_of_a_number(page):
    """How sure, from what and compared with what are seen after one tap, and not before."""
    number = page.locator("details#cadence_spm")
    assert not number.get_by_text("How sure").is_visible()
    number.locator("summary").click()

    for asked in ("How sure", "From what", "Compared with your own walks"):
        assert number.get_by_text(asked, exact=True).is_visible()
    assert number.get_by_role("img", name="Cadence: this walk among earlier ones").is_visible()
    assert page.locator(".tabs a").count() > 0


def test_a_walk_that_was_only_noted_has_no_plots(browse):
    """It has its story, and what is missing can be told from it."""
    shown = browse(f"/walks/{NOTED}")

    assert 0 == shown.locator("canvas").count()
    assert 3 == shown.get_by_role("link", name="Tell it").count()


def test_without_scripts_the_walk_can_still_be_read(browse):
    """The link leads to the way, where the table stands in the place of the plots."""
    shown = browse(f"/walks/{HILLY}", java_script_enabled=False)
    shown.locator(".later a").click()

    assert "The picture needs JavaScript." in shown.locator(".timeline").inner_text()
    assert shown.locator(".timeline tbody tr").count() > 100
    assert shown.locator("svg.plot").count() >= 2


def test_from_the_list_to_the_walk_and_back(browse):
    """The pages are swapped, not loaded anew, and the plots of a second walk are drawn as well."""
    shown = browse("/walks")
    shown.evaluate("window.marked = true")
    shown.locator(f"a[href='/walks/{HILLY}']").click()
    shown.locator(".canvas canvas").first.wait_for()
    shown.get_by_role("link", name="All walks").click()
    shown.get_by_role("heading", name="Your walks").wait_for()
    shown.locator("a[href='/walks/w3']").click()
    shown.locator(".canvas canvas").first.wait_for()

    assert shown.evaluate("window.marked")
