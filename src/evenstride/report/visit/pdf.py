"""The report as a tagged PDF (PDF/UA-1), set with typst.

The words go to typst as data, never as markup, so nothing a person wrote can change the page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Literal

from evenstride.errors import MissingExtra
from evenstride.model.day import NS
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section
from evenstride.report.visit.nouns import FOREMOST, PLACES, Visit
from evenstride.report.visit.picture import weeks_plot_alone

__all__ = ["need_typst", "render_pdf"]

_PAPERS = {"a4": "a4", "letter": "us-letter"}
_LETTERS = (4, 240)  # of a cell, from the least to the most that count for its column
_LATIN = 0xFF
_INSTEAD = "\N{REPLACEMENT CHARACTER}"
_OURS = "“”‘’–−…·²" + _INSTEAD  # in our own words, and in every font
_SIGN = b"""#set document(title: "x")
#set text(font: "Libertinus Serif")
#json(bytes(sys.inputs.visit)).sign"""
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

    data, made = _data(visit, paper), visit.material.now_utc_ns // NS
    for system_fonts in (False, True):  # the same bytes everywhere, if our own fonts have it all
        try:
            return _set(_template(), data, made, system_fonts=system_fonts)
        except typst.TypstError:
            continue
    lacking = [sign for sign in sorted(set(json.dumps(data, ensure_ascii=False))) if _lacks(sign)]
    data["footer"].append(screen_words("report")["unprinted"])
    try:
        return _set(_template(), _without(data, lacking), made, system_fonts=True)
    except typst.TypstError:  # signs that can be printed alone, but not together
        rare = [sign for sign in set(json.dumps(data, ensure_ascii=False)) if ord(sign) > _LATIN]
        return _set(_template(), _without(data, rare), made, system_fonts=True)


def _set(template: bytes, data: Mapping[str, Any], made: int, *, system_fonts: bool) -> bytes:
    import typst

    return typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=not system_fonts,
        sys_inputs={"visit": json.dumps(data)},
        timestamp=made,
    )


def _template() -> bytes:
    return (files("evenstride.report.visit") / "page.typ").read_bytes()


def _lacks(sign: str) -> bool:
    """Return whether no font has a sign; PDF/UA forbids to print a box in its place."""
    import typst

    if ord(sign) <= _LATIN:
        return False
    try:
        _set(_SIGN, {"sign": sign}, 0, system_fonts=True)
    except typst.TypstError:
        return True
    return False


def _without(data: Mapping[str, Any], lacking: Iterable[str]) -> dict[str, Any]:
    """Return the data with another sign in the place of those that cannot be printed."""
    gone = {ord(sign): _INSTEAD for sign in lacking if sign not in _OURS}
    found: dict[str, Any] = _mapped(data, gone)
    return found


def _mapped(value: Any, gone: Mapping[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(gone)
    if isinstance(value, Mapping):
        return {key: _mapped(part, gone) for key, part in value.items()}
    return [_mapped(part, gone) for part in value] if isinstance(value, list) else value


def _data(visit: Visit, paper: str) -> dict[str, Any]:
    words = screen_words("report")
    return {
        "paper": _PAPERS[paper],
        "title": visit.title,
        "subtitle": visit.subtitle,
        "heading": visit.heading,
        "mark": visit.mark,
        "alarm": visit.alarm,
        "foremost": list(FOREMOST),
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
