"""Tables whose columns are found by name: rows as lists of text, one at a time, from any size.

For tables of mixed text and numbers; pure numbers are read faster by ``tables.rows``.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence

from evenstride.importers.source import Member, Source, Stream
from evenstride.model import Left

__all__ = ["Columns", "head_rows", "read_rows"]

_PIECE_BYTES = 1 << 18
_LONGEST_LINE = 1 << 20


class Columns:
    """Finds cells by the name of their column, whatever the order and the case.

    Args:
        names: The header.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._at: dict[str, int] = {}
        for index, name in enumerate(names):
            self._at.setdefault(name.strip().lower(), index)

    def __contains__(self, name: str) -> bool:
        return name in self._at

    def cell(self, row: Sequence[str], *names: str) -> str:
        """Return the cell of the first of these columns that is filled; "" if none is."""
        for name in names:
            index = self._at.get(name)
            if index is not None and index < len(row) and (cell := row[index].strip()):
                return cell
        return ""


def head_rows(head: bytes, most: int = 3) -> list[list[str]]:
    """Return the first rows of a table from its first bytes; empty if it is no text."""
    if b"\0" in head and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return []
    lines = head.decode(_encoding(head), "replace").splitlines()
    rows = []
    for row in _parsed(iter(lines)):
        if row and isinstance(row, list):
            rows.append(row)
        if len(rows) == most:
            break
    return rows


def read_rows(source: Source, member: Member) -> Iterator[list[str] | Left]:
    """Yield the rows of a table with commas, and at its end ``Left`` for what was broken."""
    broken = before = 0
    damage: str | None = None
    with source.open(member) as stream:
        lines = _Lines(stream)
        for row in _parsed(iter(lines)):
            if row is None:
                broken += 1
            elif lines.cut and len(row) < before:
                damage = "the file ends in the middle of a row"  # its last number may be cut too
            elif row:
                before = len(row)
                yield row
        damage = stream.damage or damage
    if broken:
        yield Left(f"{broken} rows of {member.path}", "they are broken")
    if damage:
        yield Left(f"the rest of {member.path}", damage)


def _parsed(lines: Iterator[str]) -> Iterator[list[str] | None]:
    """Yield the cells of each row; None for one that cannot be taken apart."""
    reader = csv.reader(lines)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


class _Lines:
    """Lines with their ends; a line of endless length is cut, and what follows it kept.

    Attributes:
        cut: Whether the last line was reached, and it has no end.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.cut = False

    def __iter__(self) -> Iterator[str]:
        decode, rest = None, ""
        while True:
            data = self._stream.read(_PIECE_BYTES)
            if decode is None:
                decode = codecs.getincrementaldecoder(_encoding(data))("replace").decode
            parts = (rest + decode(data, not data)).split("\n")  # not at the odd breaks of a text
            rest = parts.pop()
            yield from (part + "\n" for part in parts)
            if len(rest) > _LONGEST_LINE:
                rest = rest[:1024]  # no row is that long: keep a sign of it, and go on
            if not data:
                break
        if rest:
            self.cut = True
            yield rest + "\n"


def _encoding(data: bytes) -> str:
    return "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
