"""The docs point at things that exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TASK = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def name(path: Path) -> str:
    """Return the path of a page as it is seen from the top of the repository."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    """Every link to a file of the repository finds it."""
    targets = [t for t in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in t]

    assert [] == [target for target in targets if not (page.parent / target).exists()]


def test_tasks_in_the_docs_exist():
    """Every `make` task that a page names is in the Makefile, and every task is explained."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    tasks = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    named = {
        task for text in texts for task in re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)
    }

    assert explained == tasks
    assert set() == named - tasks


def test_the_page_of_measures_is_the_catalogue():
    """docs/measures.md is what the catalogue says; `make docs` writes it."""
    script = ROOT / "tools" / "measures_page.py"
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert done.stdout == (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")


def test_decisions_are_numbered():
    """The records of decisions are numbered one by one, and their titles carry the number."""
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert list(range(1, len(records) + 1)) == [int(path.name[:4]) for path in records]
    for path in records:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(f"# {int(path.name[:4])}. ")
