"""Page one as plain text, to paste into a record: no columns that a font could break."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from evenstride.report.sheet import Section, Table
from evenstride.report.visit.nouns import PLACES, Visit

__all__ = ["render_text"]

_WIDTH = 78


def render_text(visit: Visit) -> str:
    """Return page one in lines of at most 78 letters."""
    parts = [[visit.title, visit.heading, *filter(None, (visit.mark,))]]
    parts += [list(_section(visit.first[place])) for place in PLACES]
    parts.append(list(visit.footer))
    return "\n\n".join("\n".join(map(_wrapped, lines)) for lines in parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield section.title.upper()
    yield from section.sentences
    yield from (f"- {point}" for point in section.points)
    if section.table is not None:
        yield from _rows(section.table)


def _rows(table: Table) -> Iterator[str]:
    for first, *rest in table.rows:
        told = (
            f"{column}: {cell}" if column else cell
            for column, cell in zip(table.columns[1:], rest, strict=True)
            if cell
        )
        yield f"- {first}. {'; '.join(told)}"


def _wrapped(line: str) -> str:
    return textwrap.fill(
        line,
        _WIDTH,
        subsequent_indent="  " if line.startswith("- ") else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
