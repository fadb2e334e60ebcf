"""The table of activities: one row of facts for each, in whatever language it was exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from evenstride.importers.carried import Facts
from evenstride.importers.named_rows import head_rows, read_rows
from evenstride.importers.source import Member, Source
from evenstride.importers.strava.columns import Columns, find_columns, number_of
from evenstride.importers.strava.words import sport_named
from evenstride.model import Left, Start

__all__ = ["Row", "Table", "find_table"]

_FEWEST_COLUMNS = 5
_MOST_TABLES = 200
_LOOKED_AT = 2000  # rows from which the columns are told
_LONGEST_S = 14 * 86_400.0
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of the table.

    Attributes:
        member: Its file, if the table names one that the archive holds.
        missing: Whether the table names a file that the archive does not hold.
        facts: What the table says of it.
    """

    member: Member | None
    missing: bool
    facts: Facts


@dataclass(frozen=True, slots=True)
class Table:
    """The table of activities of an archive.

    Attributes:
        source: The branch in which it lies.
        member: Its file.
        files: The files of the branch, by how the table would name them.
        named: How many of its first rows name one.
    """

    source: Source
    member: Member
    files: dict[str, Member]
    named: int

    def rows(self, zone: str | None = None) -> Iterator[Row | Left]:
        """Yield its activities, and what could not be read; the table tells times in UTC only.

        Args:
            zone: IANA name of the zone of the person, if told.
        """
        columns = self.columns()
        for row in read_rows(self.source, self.member):
            if isinstance(row, Left):
                yield row
            else:
                found = self._row(row, columns, zone)
                if found.member is not None or found.facts.start is not None:
                    yield found

    def columns(self) -> Columns:
        """Tell which column is which."""
        read = (row for row in read_rows(self.source, self.member) if isinstance(row, list))
        rows = list(islice(read, _LOOKED_AT))
        return find_columns(rows[0], rows[1:], self._names_file, self._gear_names())

    def _names_file(self, cell: str) -> bool:
        return _path(cell) in self.files

    def _gear_names(self) -> frozenset[str]:
        """Return how the other small tables name shoes and bikes: by a name, or make and model."""
        names: set[str] = set()
        for member in self.source.files():
            if member.stem.casefold() in ("shoes", "bikes"):
                for row in head_rows(self.source.head(member), most=500)[1:]:
                    cells = [cell.strip().casefold() for cell in row]
                    names.update(cells)
                    names.update(f"{a} {b}" for a, b in pairwise(cells))
        return frozenset(names - {""})

    def _row(self, row: Sequence[str], columns: Columns, zone: str | None) -> Row:
        def cell(index: int | None) -> str:
            return "" if index is None or index >= len(row) else row[index].strip()

        path = _path(cell(columns.file))
        when = None if columns.dates is None else columns.dates.utc_ns(cell(columns.date))
        elapsed = number_of(cell(columns.elapsed))
        metres = number_of(cell(columns.metres))
        facts = Facts(
            sport=sport_named(cell(columns.sport)),
            gear=cell(columns.gear)[:_LONGEST_NAME],
            title=cell(columns.title)[:_LONGEST_NAME],
            note="\n".join(filter(None, (cell(columns.note), cell(columns.private)))),
            start=None if when is None else Start(when, None, zone, "asked" if zone else "assumed"),
            elapsed_s=elapsed if 0 < elapsed < _LONGEST_S else None,
            distance_m=metres if metres > 0 else None,
        )
        member = self.files.get(path)
        return Row(member, bool(path) and member is None, facts)


def find_table(source: Source) -> Table | None:
    """Return the table whose rows name files of the branch, or that is one by its columns."""
    files: dict[str, Member] | None = None
    best: Table | None = None
    for member in source.files()[:_MOST_TABLES]:
        if source.head(member, 512).count(b",") < _FEWEST_COLUMNS - 1:
            continue
        rows = head_rows(source.head(member), most=_LOOKED_AT)
        if len(rows) < 2 or len(rows[0]) < _FEWEST_COLUMNS:
            continue
        if files is None:
            files = {m.path[len(source.prefix) :].lower(): m for m in source.members()}
        named = sum(any(_path(cell) in files for cell in row) for row in rows)
        if (named and (best is None or named > best.named)) or _is_alone(source, rows):
            best = Table(source, member, files, named)
    return best


def _is_alone(source: Source, rows: Sequence[Sequence[str]]) -> bool:
    """Tell a table that was taken out of its archive by its many columns and what they hold."""
    if len(source.members()) > 1 or len(rows[0]) < 10:
        return False
    columns = find_columns(rows[0], rows[1:], lambda _: False, frozenset())
    return None not in (columns.sport, columns.date, columns.elapsed, columns.title)


def _path(cell: str) -> str:
    """Return the path that a cell names, as the tree shows it: packed files without ".gz"."""
    path = cell.strip().replace("\\", "/").lower()
    return "" if "." not in path else path.removesuffix(".gz")
