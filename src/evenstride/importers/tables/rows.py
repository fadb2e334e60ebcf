"""Streaming a table: about a megabyte of whole lines at a time, fast where all is well.

Each piece is first given to NumPy's own reader. Only a piece in which a row is broken takes the
slow lane, which keeps every whole row and counts the others.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.source import Member, Source
from evenstride.importers.tables.layout import Layout, cells_of
from evenstride.importers.tables.stamps import TEXT_WIDTH
from evenstride.model import Left

__all__ = ["Cells", "read_cells"]

_PIECE_BYTES = 1 << 20
_LONGEST_LINE = 1 << 22


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The wanted cells of a piece of a table.

    Attributes:
        values: (n, k) numbers; NaN where a cell is empty or no number.
        text: (n,) the text column, or None.
        row: (n,) number of the row in the table, from 0, broken rows included.
        left: Rows that were left out, with the reason.
    """

    values: NDArray[np.float64]
    text: NDArray[np.str_] | None
    row: NDArray[np.int64]
    left: tuple[Left, ...] = ()


def read_cells(
    source: Source,
    member: Member,
    layout: Layout,
    numbers: tuple[int, ...],
    text: int | None = None,
) -> Iterator[Cells]:
    """Yield the wanted columns of a table, piece by piece, from its first row.

    Args:
        source: Where the table lies.
        member: The file that holds it.
        layout: How it is laid out.
        numbers: Indices of the columns of numbers, in the order wanted.
        text: Index of a column of text, if one is wanted.
    """
    rows = 0
    for lines, damage in _lines(source, member, layout):
        cells = _parse(lines, layout, numbers, text) if lines else None
        if cells is None:
            cells = _parse_tolerant(lines, layout, numbers, text)
        left = cells.left
        if damage is not None:
            total = rows + len(lines)
            left += (Left(f"the rest of {member.path}", f"{damage}; {total} rows were read"),)
        yield Cells(cells.values, cells.text, cells.row + rows, left)
        rows += len(lines)


def _lines(
    source: Source, member: Member, layout: Layout
) -> Iterator[tuple[list[str], str | None]]:
    """Yield lists of whole, filled lines after the header, and at the end what was damaged."""
    decoder = codecs.getincrementaldecoder(layout.encoding)("replace")
    skip, rest = layout.skip_lines, ""
    damage: str | None = None
    with source.open(member) as stream:
        while True:
            raw = stream.read(_PIECE_BYTES)
            text = rest + decoder.decode(raw, final=not raw)
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            rest = lines.pop() if raw else ""
            if text.endswith("\r") and raw:
                lines, rest = lines[:-1], lines[-1] + "\r"  # its "\n" may come with the next piece
            if len(rest) > _LONGEST_LINE:
                rest, damage = "", "a line is longer than any row could be"
            skipped = min(skip, len(lines))
            skip -= skipped
            lines = [line for line in lines[skipped:] if line and not line.isspace()]
            if not raw:
                damage = stream.damage or damage
                if lines and (stream.damage or _is_cut(text, lines[-1], layout)):
                    lines.pop()  # cut in the middle of a row, whose last number may be cut too
                    damage = damage or "the file ends in the middle of a row"
                if lines or damage:
                    yield lines, damage
                return
            if lines:
                yield lines, None


def _is_cut(text: str, last: str, layout: Layout) -> bool:
    """Tell whether a text ends within a row: no end of the line, and fewer cells than others."""
    if text.endswith(("\n", "\r")):
        return False
    usual = min((len(row) for row in layout.rows), default=0)
    return len(cells_of(last, layout.delimiter)) < usual


def _parse(
    lines: list[str], layout: Layout, numbers: tuple[int, ...], text: int | None
) -> Cells | None:
    """Parse a piece in which every row is whole; None if one is not."""
    if layout.decimal_comma:
        lines = [line.replace(",", ".") for line in lines]
    kind: Any = np.float64
    if text is not None:
        kind = [(f"n{i}", "f8") for i in range(len(numbers))] + [("text", f"U{TEXT_WIDTH}")]
    try:
        table: NDArray[Any] = np.loadtxt(
            lines,
            dtype=kind,
            comments=None,
            delimiter=None if layout.delimiter == " " else layout.delimiter,
            usecols=numbers if text is None else (*numbers, text),
            quotechar='"',
            ndmin=2 if text is None else 1,
        )
    except (ValueError, IndexError, OverflowError):
        return None
    row = np.arange(len(lines))
    if len(table) != len(lines):
        return None
    if text is None:
        return Cells(table, None, row)
    values = np.empty((len(row), len(numbers)))
    for i in range(len(numbers)):
        values[:, i] = table[f"n{i}"]
    return Cells(values, table["text"], row)


def _parse_tolerant(
    lines: list[str], layout: Layout, numbers: tuple[int, ...], text: int | None
) -> Cells:
    """Keep every row that has all wanted cells; a cell that is no number becomes NaN."""
    needed = max((*numbers, -1 if text is None else text)) + 1
    values, texts, kept = [], [], []
    for at, line in enumerate(lines):
        cells = cells_of(line, layout.delimiter)
        if len(cells) < needed:
            continue
        found = [_number(cells[i], comma=layout.delimiter != ",") for i in numbers]
        if any(value is None for value in found):
            continue
        values.append([value for value in found if value is not None])
        texts.append("" if text is None else cells[text][:TEXT_WIDTH])
        kept.append(at)
    bad = len(lines) - len(kept)
    return Cells(
        np.array(values, dtype=np.float64).reshape(len(kept), len(numbers)),
        None if text is None else np.array(texts, dtype=f"U{TEXT_WIDTH}"),
        np.array(kept, dtype=np.int64),
        (Left(f"{bad} rows", "they were broken or held no numbers"),) if bad else (),
    )


def _number(cell: str, *, comma: bool) -> float | None:
    """Return a cell as a number: NaN if it is empty, None if it is something else."""
    if not cell or cell.lower() in ("null", "none", "na", "n/a", "-"):
        return float("nan")
    try:
        return float(cell.replace(",", ".") if comma else cell)
    except ValueError:
        return None
