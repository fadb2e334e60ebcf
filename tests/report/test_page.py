"""The page is self-contained, well-formed, escaped, and readable without seeing it."""

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

from evenstride.model import Bouts, Unused
from evenstride.report.build import walk_report
from evenstride.report.html import render_html
from evenstride.report.model import Choices

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Collects what the tests ask for, and fails where tags do not match."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""
        self.feed(text)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag, attrs):
        """Remember the element and what it is in."""
        self.tags.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Remember an element without content."""
        self.tags.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        """Check that the innermost element is the one that ends."""
        assert tag == self.open.pop()

    def handle_data(self, data):
        """Collect the words that are read."""
        if "style" not in self.open:
            self.text += data

    def all(self, *names):
        """Return the attributes of all elements of these names."""
        return [attributes for tag, attributes, _ in self.tags if tag in names]


@pytest.fixture
def page(gait):
    """Return the page of a whole walk."""
    return Page(render_html(walk_report(gait)))


def test_pages_are_well_formed(example):
    """Every element is closed, in every mode and for an empty walk."""
    for gait in (example.example_gait(), example.empty_gait()):
        for choices in (Choices(), Choices("imperial", True, "1 May 2026, 10:00")):
            assert Page(render_html(walk_report(gait, choices))).all("main")


def test_nothing_comes_from_elsewhere(gait):
    """The page holds no script, no link to elsewhere and no loaded resource."""
    text = render_html(walk_report(gait))
    page = Page(text)

    assert [] == page.all("script", "link", "img", "iframe", "object", "form")
    assert all(a["href"].startswith("#") for a in page.all("a"))
    assert not re.search(r"https?://|//[a-z]|@import|url\((?!#)", text)


def test_a_strict_policy_forbids_everything_else(page):
    """The page itself forbids scripts and connections."""
    (policy,) = [m for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]

    assert policy["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script-src" not in policy["content"]


def test_every_drawing_says_what_it_shows(page):
    """Each SVG is one picture with a title and a description that belong to it."""
    drawings = page.all("svg")
    known = {a["id"] for a in page.all("title", "desc") if "id" in a}

    assert 10 == len(drawings)
    for drawing in drawings:
        assert "img" == drawing["role"]
        assert set(drawing["aria-labelledby"].split()) <= known


def test_every_figure_has_words_and_a_table(page):
    """What is drawn can be read: a caption and the same numbers as a table."""
    figures = len(page.all("figure"))

    assert figures == len(page.all("figcaption")) == len(page.all("table")) == 5


def test_ids_are_unique_and_labels_lead_somewhere(page):
    """No id stands twice, and every label names one that exists."""
    ids = [a["id"] for _, a, _ in page.tags if "id" in a]
    named = {a["aria-labelledby"] for _, a, _ in page.tags if "aria-labelledby" in a}

    assert len(set(ids)) == len(ids)
    assert {name for names in named for name in names.split()} <= set(ids)


def test_headings_never_skip_a_level(page):
    """Headings run in order, with one at the top."""
    levels = [int(tag[1]) for tag, _, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]

    assert 1 == levels[0] == levels.count(1)
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_it_can_be_walked_by_keyboard(page):
    """There are landmarks, a way to skip to the main part, and a language."""
    assert {"lang": "en"} == page.all("html")[0]
    assert "#main" == page.all("a")[0]["href"]
    assert {"header", "main", "footer"} <= {tag for tag, _, _ in page.tags}


def test_a_hostile_name_is_only_text(example):
    """A file name with markup in it is shown, not run."""
    facts = dataclasses.replace(
        example.FACTS, source="<script>alert(1)</script>\"'&.csv", warnings=("<b onclick=x>",)
    )
    text = render_html(walk_report(example.example_gait(recording=facts)))

    assert "<script" not in text
    assert "<b onclick" not in text
    assert "<script>alert(1)</script>" in Page(text).text


def test_absent_measures_show_the_reason(example, page):
    """The reason for a missing number stands on the page."""
    assert example.NO_STANDING in page.text
    assert "nan" not in page.text.lower().split()


def test_the_help_box_and_the_limits_are_there(page):
    """The page says when to get help, and that it is no medical device."""
    assert "When to stop reading and get help" in page.text
    assert "not a medical device" in page.text


def test_professional_mode_tells_more(gait):
    """A physiotherapist finds definition, source and count of each measure."""
    person = Page(render_html(walk_report(gait))).text
    professional = Page(render_html(walk_report(gait, Choices(professional=True)))).text

    assert "Zijlstra & Hof 2003" in professional
    assert "Zijlstra" not in person


def test_the_page_of_a_week_stays_small(example):
    """Thousands of stretches that no screen can tell apart do not swell the page."""
    start = np.arange(0.0, 604_800.0, 60.0)
    gait = example.example_gait(
        recording=dataclasses.replace(example.FACTS, duration_s=604_800.0),
        bouts=Bouts(start, start + 20.0, np.full(start.size, 36)),
        unused=tuple(Unused(t + 20.0, t + 60.0, "Resting.") for t in start.tolist()),
    )

    assert len(render_html(walk_report(gait))) < 200_000


def luminance(color):
    """Return the relative luminance of #rrggbb (WCAG 2)."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("front", ["ink", "muted", "one", "two"])
@pytest.mark.parametrize("back", ["paper", "card", "calm"])
def test_colours_can_be_read(gait, theme, front, back):
    """Text has a contrast of at least 4.5 to 1 on every ground, light and dark."""
    text = render_html(walk_report(gait))
    colors = [re.findall(rf"--{name}: (#\w{{6}})", text)[theme] for name in (front, back)]
    bright, dark = sorted(map(luminance, colors), reverse=True)

    assert (bright + 0.05) / (dark + 0.05) >= 4.5
