"""The report as a tagged PDF (PDF/UA-1), set with typst.

The words go to typst as data, never as markup, so nothing a person wrote can change the page.
"""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import Any, Literal

from evenstride.errors import MissingExtra
from evenstride.model.day import NS
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section
from evenstride.report.visit.nouns import PLACES, Visit
from evenstride.report.visit.picture import weeks_plot_alone

__all__ = ["need_typst", "render_pdf"]

_PAPERS = {"a4": "a4", "letter": "us-letter"}
_LETTERS = (4, 240)  # of a cell, from the least to the most that count for its column
_LONG = 0.65  # long texts run over several lines, so their columns get less than their share


def need_typst() -> None:
    """Raise if typst is not installed.

    Raises:
        MissingExtra: Then.
    """
    try:
        import typst  # noqa: F401
    except ImportError as error:
        raise MissingExtra(screen_words("report")["needs"], "report") from error


def render_pdf(visit: Visit, paper: Literal["a4", "letter"] = "a4") -> bytes:
    """Return the report as a PDF; the same report gives the same bytes.

    Args:
        visit: The report.
        paper: Its size.

    Raises:
        MissingExtra: If typst is not installed.
    """
    need_typst()
    import typst

    template = (files("evenstride.report.visit") / "page.typ").read_bytes()
    return typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"visit": json.dumps(_data(visit, paper))},
        timestamp=visit.material.now_utc_ns // NS,
    )


def _data(visit: Visit, paper: str) -> dict[str, Any]:
    words = screen_words("report")
    return {
        "paper": _PAPERS[paper],
        "title": visit.title,
        "subtitle": visit.subtitle,
        "heading": visit.heading,
        "mark": visit.mark,
        "footer": list(visit.footer),
        "page": words["page"],
        "about": words["more"]["about"],
        "picture": weeks_plot_alone(visit.picture) if visit.picture else "",
        "says": visit.picture.says if visit.picture else "",
        "first": {place: _section(visit.first[place]) for place in PLACES},
        "more": [_section(section) for section in visit.more],
    }


def _section(section: Section) -> dict[str, Any]:
    table = section.table
    columns = list(table.columns) if table else []
    rows = [list(row) for row in table.rows] if table else []
    return {
        "title": section.title,
        "sentences": list(section.sentences),
        "points": list(section.points),
        "columns": columns,
        "rows": rows,
        "widths": [_width([head, *cells]) for head, *cells in zip(columns, *rows, strict=True)],
    }


def _width(cells: list[str]) -> float:
    least, most = _LETTERS
    letters = max(least, *(min(most, len(cell)) for cell in cells))
    return round(math.pow(letters, _LONG), 3)
