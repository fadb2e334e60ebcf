"""Write the constants of the code into the tables of the method pages. Run by ``make docs``.

The words of the pages speak of tuned constants by name, so that tuning one changes a table only.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

METHODS = Path(__file__).resolve().parent.parent / "docs" / "methods"
TABLE = re.compile(r"^## Constants in `((?:\w+/)+)(\w+)\.py`\n((?:(?!## ).*\n)*)", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \|", re.MULTILINE)


def literal(value: Any) -> str:
    """Return a constant as it stands in a table."""
    if isinstance(value, float):
        return f"{value:.5g}" if value % 1 else f"{value:.1f}"
    if isinstance(value, np.ndarray):
        return f"[{', '.join(literal(v) for v in value.tolist())}]"
    return repr(value).replace("'", '"')


def renewed(text: str) -> str:
    """Return a page with the values of its tables taken from the code."""

    def table(found: re.Match[str]) -> str:
        module = import_module(f"evenstride.{found[1].replace('/', '.')}{found[2]}")
        return ROW.sub(lambda row: f"| `{row[1]}` | {literal(getattr(module, row[1]))} |", found[0])

    return TABLE.sub(table, text)


if __name__ == "__main__":
    for page in METHODS.glob("*.md"):
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
