"""How a table of text is laid out: encoding, separator, decimal sign, header and first row."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from evenstride.importers.tables.names import UNIT_WORDS
from evenstride.importers.tables.stamps import is_time_text

__all__ = ["Layout", "cells_of", "is_number", "layout_of"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = "\t;,|"
_NUMBER = re.compile(
    r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?|[+-]?(nan|inf(inity)?)", re.IGNORECASE
)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?")
_LINES_LOOKED_AT = 400
_WIDEST_CELL = 200
_CONTROL_SHARE = 0.02
_PADDING_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Layout:
    """How to cut a text into rows and cells.

    Attributes:
        encoding: Name of the text encoding.
        delimiter: The sign between cells; " " stands for any run of blanks.
        decimal_comma: Whether numbers are written 9,81.
        skip_lines: Lines before the first row of data.
        names: The column names; empty without a header.
        width: Number of cells in a row.
        preamble: The lines before the header.
        rows: The first rows of data, as cells.
    """

    encoding: str
    delimiter: str
    decimal_comma: bool
    skip_lines: int
    names: tuple[str, ...]
    width: int
    preamble: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> int | None:
        """Return the index of a column by its name, whatever the case, or None."""
        wanted = name.lower()
        return next((i for i, n in enumerate(self.names) if n.lower() == wanted), None)

    def columns(self, names: tuple[str, ...]) -> tuple[int, ...] | None:
        """Return the indices of several columns, or None unless all are there."""
        found = [self.column(name) for name in names]
        return None if None in found else tuple(i for i in found if i is not None)


def is_number(cell: str) -> bool:
    """Tell whether a cell holds a number, with a point or a comma."""
    return len(cell) < _WIDEST_CELL and _NUMBER.fullmatch(cell) is not None


def cells_of(line: str, delimiter: str) -> tuple[str, ...]:
    """Cut a line into cells without quotes and blanks around them."""
    parts = line.split() if delimiter == " " else line.split(delimiter)
    return tuple(part.strip().strip('"').strip() for part in parts)


def layout_of(head: bytes) -> Layout | None:
    """Work out the layout from the first bytes; None if it is no table of numbers."""
    encoding = _encoding(head)
    if encoding is None:
        return None
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(head).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > 2:
        lines = lines[:-1] if lines[-1] else lines  # the last line of the head may be cut
    lines = lines[: _LINES_LOOKED_AT + 1]
    return max(
        (layout for d in _DELIMITERS + " " if (layout := _with(lines, d, encoding))),
        # Blanks within a date make more columns than tabs do, but then no header fits them.
        key=lambda layout: (len(layout.rows), bool(layout.names), layout.width),
        default=None,
    )


def _encoding(head: bytes) -> str | None:
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    sample = head[:4096]
    if not sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.4 and even < len(sample) * 0.05:
        return "utf-16-le"
    if even > len(sample) * 0.4 and odd < len(sample) * 0.05:
        return "utf-16-be"
    control = sum(sample.count(bytes([c])) for c in range(1, 32) if c not in (9, 10, 13))
    padding = sample.count(0)  # GENEActiv fills its text fields with zeros
    if control > len(sample) * _CONTROL_SHARE or padding > len(sample) * _PADDING_SHARE:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _with(lines: list[str], delimiter: str, encoding: str) -> Layout | None:
    """Try one delimiter: find the first row of data and check that rows follow."""
    rows = [cells_of(line, delimiter) for line in lines]
    data = [_is_data(row) for row in rows]
    widths = Counter(_width(row) for row, good in zip(rows, data, strict=True) if good)
    if not widths:
        return None
    width = widths.most_common(1)[0][0]
    data = [good and _width(row) == width for row, good in zip(rows, data, strict=True)]
    first = data.index(True)
    names, header_at = _header(rows, first, width)
    if names:
        names += ("",) * (width - len(names))  # a sign that was lost joins two names
    found = tuple(row for row, good in zip(rows, data, strict=True) if good)
    comma = delimiter != "," and any(_DECIMAL_COMMA.fullmatch(c) for r in found for c in r)
    return Layout(
        encoding=encoding,
        delimiter=delimiter,
        decimal_comma=comma,
        skip_lines=first,
        names=names,
        width=width,
        preamble=tuple(lines[:header_at]),
        rows=found,
    )


def _width(row: tuple[str, ...]) -> int:
    return len(row) - 1 if row and not row[-1] else len(row)


def _is_data(row: tuple[str, ...]) -> bool:
    """Tell a row of data: at least two cells, and half of the filled ones numbers or times."""
    filled = [cell for cell in row if cell]
    good = sum(1 for cell in filled if is_number(cell) or is_time_text(cell))
    return good >= 2 and 2 * good >= len(filled)


def _header(rows: list[tuple[str, ...]], first: int, width: int) -> tuple[tuple[str, ...], int]:
    """Return the column names and the line they stand in (or that of the first data row)."""
    for at in range(first - 1, -1, -1):
        row = rows[at]
        if not any(row):
            continue
        if abs(_width(row) - width) > 1 or any(is_number(cell) for cell in row):
            return (), first
        above = rows[at - 1] if at else ()
        if any(cell.lower() in UNIT_WORDS for cell in row) and len(above) == len(row):
            # A line of units below the line of names, as some devices write.
            named = zip(above, row, strict=True)
            return tuple(f"{name} ({unit})" if unit else name for name, unit in named), at - 1
        return row, at
    return (), first
