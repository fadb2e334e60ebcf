"""The page of measures covers what a program can meet."""

import re
from pathlib import Path

import pytest

import evenstride as es
from evenstride.gait import CATALOGUE
from evenstride.terrain.measures import MEASURES
from evenstride.testing import simulate_walk

PAGE = Path(__file__).resolve().parent.parent / "docs" / "measures.md"
ENTRY = re.compile(r"^### (.+)\n\n`(\w+)`$", re.MULTILINE)
DRIFTS = re.compile(r"^Names that end in `_drift`.*$", re.MULTILINE)


@pytest.fixture(scope="module")
def measures():
    """The measures of a simulated walk of two minutes."""
    return es.analyze(simulate_walk(120, seed=3).recording, height_m=1.75).measures


def test_every_measure_has_its_heading(measures):
    """Every measure of a walk, and nothing else, has a heading with its title and its name."""
    headings = [(name, title) for title, name in ENTRY.findall(PAGE.read_text(encoding="utf-8"))]
    given = [name for name in measures if not name.endswith("_drift")]

    assert sorted((name, CATALOGUE[name].title) for name in given) == sorted(headings)


def test_every_drift_is_listed(measures):
    """Every drift of a walk, and nothing else, is listed on the page."""
    text = DRIFTS.search(PAGE.read_text(encoding="utf-8")).group()
    listed = re.findall(r"`(\w+)`", text.split("Given for:")[1])

    assert [n.removesuffix("_drift") for n in measures if n.endswith("_drift")] == listed


def test_units_on_the_page_are_those_of_the_measures(measures):
    """The unit of each measure is the one that the catalogue, and so the page, gives."""
    given = {name: m.unit for name, m in measures.items() if not name.endswith("_drift")}

    assert {name: info.unit for name, info in CATALOGUE.items()} == given


def test_no_measure_comes_without_a_reason(measures):
    """Every measure gives a reason that is a sentence, and one without a value is not usable."""
    for measure in measures.values():
        assert measure.reason.endswith(".")
        if measure.value is None:
            assert measure.grade == "not_usable"


def test_every_measure_of_the_ground_is_listed():
    """The section of the ground lists each of its measures with its unit, in their order."""
    section = PAGE.read_text(encoding="utf-8").split("## The ground of a walk")[1]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.MULTILINE)

    assert [(n, "a bare number" if u == "1" else u) for n, u in MEASURES.items()] == rows
