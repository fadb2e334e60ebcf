"""Samsung Health: CSV files with a line of their own before the header, and long column names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evenstride.importers.jsons import whole
from evenstride.importers.moments import (
    Moment,
    WallClock,
    is_possible,
    moment_of_text,
    offset_of_text,
)
from evenstride.importers.named_rows import Columns, read_rows
from evenstride.importers.source import Member, Source
from evenstride.model import Left, Start
from evenstride.model.day import NS

__all__ = ["Row", "Table", "plain_name", "read_table", "start_of", "table_of"]

_MS = 1_000_000
_PREAMBLE = re.compile(r"(com\.samsung\.s?health\.[a-z0-9_.]+)\s*(?:,|$)", re.IGNORECASE)
_DATES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV of the export.

    Attributes:
        member: The file.
        kind: What it holds, by its first line, such as "com.samsung.shealth.exercise".
    """

    member: Member
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row, whose cells are found by the plain names of their columns."""

    columns: Columns
    cells: list[str]

    def __call__(self, *names: str) -> str:
        """Return the first filled cell of these columns; "" if none is."""
        return self.columns.cell(self.cells, *names)


def table_of(source: Source, member: Member) -> Table | None:
    """Return the table in a file, told by its first line, or None if it is none of Samsung's."""
    head = source.head(member, 512)
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    match = _PREAMBLE.match(head.decode(encoding, "replace").lstrip())
    return None if match is None else Table(member, match[1].lower())


def plain_name(column: str) -> str:
    """Return the last part of a name such as "com.samsung.health.step_count.count"."""
    return column.strip().lower().rsplit(".", 1)[-1]


def read_table(source: Source, table: Table) -> Iterator[Row | Left]:
    """Yield the rows below the header, and ``Left`` for what was broken."""
    columns: Columns | None = None
    header: list[str] = []
    for cells in read_rows(source, table.member):
        if isinstance(cells, Left):
            yield cells
        elif _PREAMBLE.match(cells[0].strip()) and all(c.strip().isdigit() for c in cells[1:2]):
            continue  # the first line, also where a file was put behind another
        elif columns is None:
            header = cells
            columns = Columns(_names(cells))
        elif cells != header:
            yield Row(columns, cells)


def _names(header: list[str]) -> list[str]:
    """Return plain names; a column without a prefix goes before one that lost it."""
    names = [cell.strip().lower() for cell in header]
    bare = {name for name in names if "." not in name}
    return [plain_name(n) if "." not in n or plain_name(n) not in bare else n for n in names]


def start_of(row: Row, name: str, clock: WallClock) -> Start | None:
    """Return the moment in a column, with the offset that stands in ``time_offset``.

    Newer exports write UTC and the offset as "UTC+0100"; older ones write the wall clock and the
    offset in milliseconds. Numbers are milliseconds since 1970. None if there is no such moment.
    """
    cell, offset = row(name), row("time_offset")
    minutes = offset_of_text(offset)
    number = whole(cell) if cell.lstrip("-").isdigit() else None
    if number is not None:
        ns = number * (_MS if abs(number) > 10**11 else NS)
        shift = whole(offset) if minutes is None else None
        if shift is not None and abs(shift) <= 18 * 3_600_000:
            minutes = shift // 60_000
        return Start(ns, minutes, None, "recorded") if is_possible(ns) else None
    moment = _moment(cell)
    if moment is None:
        return None
    if moment.offset_min is None and minutes is None:
        return _of_older(moment, offset, clock)
    ns = moment.ns
    minutes = minutes if minutes is not None else moment.offset_min
    return Start(ns, minutes, None, "recorded") if is_possible(ns) else None


def _of_older(moment: Moment, offset: str, clock: WallClock) -> Start | None:
    """Return the moment of a wall clock whose offset stands in milliseconds, if at all."""
    shift = whole(offset) if offset.lstrip("-").isdigit() else None
    if shift is None or abs(shift) > 18 * 3_600_000:
        return clock.start(moment.wall)
    ns = moment.ns - shift * _MS
    return Start(ns, shift // 60_000, None, "recorded") if is_possible(ns) else None


def _moment(cell: str) -> Moment | None:
    match = _DATES.fullmatch(cell)
    if match:  # seen as day first
        cell = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02} {match[4].zfill(8)}"
    return moment_of_text(cell)
