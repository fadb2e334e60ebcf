"""Writes docs/formats/robustness.md: what every reader does with damaged files. By ``make docs``."""

from __future__ import annotations

from pathlib import Path

from tests.importers.matrix.damages import DAMAGES, GROUPS
from tests.importers.matrix.formats import FORMATS
from tests.importers.matrix.judge import cell

PAGE = Path(__file__).resolve().parents[1] / "docs" / "formats" / "robustness.md"

HEAD = """# Damaged and hostile files

What every reader does when a file is not as it should be. This page is made by `make docs` from the same {cases:,} damaged files that the tests read each time the program changes; a test keeps the two alike.

- **all**: every value comes out.
- **whole**: what is whole comes out; the rest is counted or named.
- **says**: nothing comes out but a sentence that tells why, in plain words.
- -: this damage cannot happen to the format.

Where two words stand, it depends on the place of the damage. Never does a reader stop with an error that is no sentence, make up a value, or stay silent. Two things no reader can know, as the file does not tell: a table that was cut between two rows looks whole, and a digit that became another digit looks like a number.
"""

SHORT = {"all data": "all", "what is whole": "whole", "one sentence": "says"}


def page() -> str:
    """Return the page."""
    cases = sum(cell(name, kind).cases for name in FORMATS for kind in DAMAGES)
    parts = [HEAD.format(cases=cases)]
    for title, kinds in GROUPS.items():
        parts.append(f"## {title}\n\n{table(kinds)}")
    return "\n".join(parts)


def table(kinds: tuple[str, ...]) -> str:
    """Return one table: formats down, kinds of damage across."""
    rows = [["Format", *(DAMAGES[kind].title for kind in kinds)], ["---"] * (len(kinds) + 1)]
    rows += [[name, *(shown(name, kind) for kind in kinds)] for name in FORMATS]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def shown(name: str, kind: str) -> str:
    """Return what stands in a cell."""
    found = cell(name, kind).outcomes
    return " or ".join(word for outcome, word in SHORT.items() if outcome in found) or "-"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
