"""Every format has its page, and every page its format."""

from __future__ import annotations

from pathlib import Path

from evenstride.importers.registry import BUILT_IN

PAGES = Path(__file__).parents[2] / "docs" / "formats"


def test_every_format_has_a_page_that_the_index_names() -> None:
    """The heading of a page is the name of the importer."""
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    titles = {}
    for page in sorted(PAGES.glob("*.md")):
        if page.name not in ("index.md", "robustness.md"):
            titles[page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")] = page.name
    names = {importer.name for importer in BUILT_IN}
    names = {"Any other table" if name == "table (CSV)" else name for name in names}
    assert set(titles) == names
    for name, page in titles.items():
        assert f"({page})" in index, name
