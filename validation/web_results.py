"""Write one section of RESULTS-web.md, and leave the others as they are."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["put"]

_RESULTS = Path(__file__).with_name("RESULTS-web.md")
_TITLE = (
    "# The app in the browser: what a walk that a page records is worth, and what it survives\n"
)


def put(heading: str, text: str) -> None:
    """Replace the section with this heading, or add it at the end."""
    before = _RESULTS.read_text("utf-8") if _RESULTS.exists() else _TITLE
    section = f"## {heading}\n\n{text.strip()}\n"
    found = re.compile(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    if found.search(before):
        after = found.sub(lambda _: section + "\n", before)
    else:
        after = f"{before.rstrip()}\n\n{section}"
    _RESULTS.write_text(after.rstrip() + "\n", "utf-8")
