"""The method pages speak of the method that runs."""

import ast
import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

METHODS = Path(__file__).resolve().parent.parent / "docs" / "methods"
STEPS = sorted(path for path in METHODS.glob("*.md") if path.stem != "index")
PARTS = (
    "**In.**",
    "**Out.**",
    "## Sources",
    "## Where we differ and why",
    "## Known to fail",
)
TABLE = re.compile(
    r"^## Constants in `((?:\w+/)+)(\w+)\.py`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \|", re.MULTILINE)


def constants(page):
    """Return (module, name, value as written) of each constant that a page gives."""
    return [
        (f"evenstride.{folder.replace('/', '.')}{module}", name, value)
        for folder, module, table in TABLE.findall(page.read_text(encoding="utf-8"))
        for name, value in ROW.findall(table)
    ]


def plain(value):
    """Return a value as it can be compared with a literal."""
    return value.tolist() if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize("page", STEPS, ids=lambda page: page.stem)
def test_constants_are_those_of_the_code(page):
    """Every constant on a method page has the value of the code; `make docs` renews it."""
    written = constants(page)
    expected = {(m, name): ast.literal_eval(value) for m, name, value in written}
    missing = [(m, name) for m, name, _ in written if not hasattr(import_module(m), name)]

    assert expected
    assert [] == missing
    actual = {(m, name): plain(getattr(import_module(m), name)) for m, name, _ in written}
    for key, value in expected.items():
        same = value if isinstance(value, dict) else pytest.approx(value, rel=1e-4)
        assert same == actual[key], f"{key} on the page {page.name}"


@pytest.mark.parametrize("page", STEPS, ids=lambda page: page.stem)
def test_pages_have_all_parts(page):
    """Every method page says what goes in and out, its sources, our differences and failures."""
    text = page.read_text(encoding="utf-8")

    assert [] == [part for part in PARTS if part not in text]


def test_the_list_names_every_page():
    """The list of methods links to each page once."""
    text = (METHODS / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[[\w ]+\]\((\S+)\)", text, re.MULTILINE)

    assert sorted(path.name for path in STEPS) == sorted(listed)
