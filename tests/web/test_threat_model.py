"""The threat model names a test for everything that it promises, and each of them exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "threat-model.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows() -> list[str]:
    """Return every row of the tables that say what stands against what."""
    lines = PAGE.read_text("utf-8").splitlines()
    tables = [line for line in lines if line.startswith("|")]
    return [line for line in tables if not re.match(r"[ |-]+$|\| What they could try", line)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.split("|")[1].strip()[:60])
def test_every_promise_has_a_test_that_exists(row):
    """Each row names at least one test, by its file and its name."""
    named = NAMED.findall(row)

    assert named
    for file, name in named:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        functions = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
        assert name in functions, f"{file} has no {name}"


def test_what_is_not_covered_is_said():
    """A threat model without its gaps would be a promise that nobody can keep."""
    text = PAGE.read_text("utf-8")

    assert text.index("## What is not covered") > 0
    assert 8 <= len(re.findall(r"^- ", text.partition("## What is not covered")[2], re.MULTILINE))
