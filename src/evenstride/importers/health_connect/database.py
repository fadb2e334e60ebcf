"""Opening an SQLite database that came from elsewhere, without trusting anything in it.

Only plain tables are read, by the names of their columns. Views, virtual tables, triggers and
functions in the schema are never touched, nothing is written, and damaged pages end a table early.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from evenstride.errors import DamagedFile, NotARecording
from evenstride.importers.packed import PathBlob
from evenstride.importers.source import Member, Source
from evenstride.model import Left

__all__ = ["MAGIC", "Database", "open_database"]

MAGIC = b"SQLite format 3\0"

_MOST_BYTES = 1 << 30
_MOST_ROW_BYTES = 1 << 20
_SMALLEST_ROW = 4  # bytes; a page cannot hold more rows than this allows
_PIECE_ROWS = 20_000
_UNREADABLE = (sqlite3.Error, OverflowError, UnicodeDecodeError)


class Database:
    """The plain tables of a database.

    Args:
        connection: Where they lie.
        size: Bytes of the file.
        name: Of the file.
    """

    def __init__(self, connection: sqlite3.Connection, size: int, name: str) -> None:
        self._connection = connection
        self._most_rows = size // _SMALLEST_ROW
        self.name = name
        self.columns = self._columns()

    def _columns(self) -> dict[str, tuple[str, ...]]:
        """Return the names of the columns of each plain table, in lower case."""
        sql = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 "
            "AND sql LIKE 'CREATE TABLE%'"
        )
        found = {}
        for (name,) in self._connection.execute(sql).fetchall():
            if not isinstance(name, str):
                continue  # the list of tables is damaged here
            rows = self._connection.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
            found[name.lower()] = tuple(str(row[1]).lower() for row in rows)
        return found

    def has(self, table: str, *columns: str) -> bool:
        """Tell whether there is such a table with these columns."""
        return set(columns) <= set(self.columns.get(table, ())) and table in self.columns

    def is_empty(self, table: str) -> bool:
        """Tell whether no row of a table can be read."""
        try:
            sql = f"SELECT 1 FROM {_quoted(table)} LIMIT 1"  # noqa: S608 - quoted
            return self._connection.execute(sql).fetchone() is None
        except _UNREADABLE:
            return True

    def rows(self, table: str, *columns: str) -> Iterator[list[tuple[Any, ...]] | Left]:
        """Yield rows in pieces, and ``Left`` where the table ends early.

        Args:
            table: Its name in lower case.
            columns: What to read, in this order; None stands for a column that is not there.
        """
        there = self.columns.get(table, ())
        picked = ", ".join(_quoted(c) if c in there else "NULL" for c in columns)
        read = 0
        try:
            sql = f"SELECT {picked} FROM {_quoted(table)}"  # noqa: S608 - quoted
            with closing(self._connection.execute(sql)) as cursor:
                while rows := cursor.fetchmany(_PIECE_ROWS):
                    read += len(rows)
                    yield rows
                    if read > self._most_rows:
                        yield Left(f"the rest of {table}", "the database repeats itself")
                        return
        except _UNREADABLE:
            yield Left(f"the rest of {table}", f"the database is damaged; {read} rows were read")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def open_database(source: Source, member: Member) -> Database:
    """Open a database where it lies, or from memory if it is packed; never from a copy on disk.

    Raises:
        DamagedFile: If it is too large, or so damaged that its tables cannot be listed.
        NotARecording: If it is no database.
    """
    blob = member.packed.blob
    bare = member.packed.entry is None and not member.packed.gzipped
    connection = None
    try:
        if bare and isinstance(blob, PathBlob):
            size = member.size or 0
            where = blob.path.resolve().as_uri() + "?mode=ro&immutable=1"
            connection = sqlite3.connect(where, uri=True)
        else:
            data = _bytes_of(source, member)
            size = len(data)
            connection = sqlite3.connect(":memory:")
            connection.deserialize(data)
        _distrust(connection)
        return Database(connection, size, member.path)
    except _UNREADABLE as error:
        if connection is not None:
            connection.close()
        raise DamagedFile(
            f"“{member.path}” is a database that is damaged too much to be read.",
            "Export it again, or copy it again.",
        ) from error


def _bytes_of(source: Source, member: Member) -> bytes:
    with source.open(member) as stream:
        data = bytearray(stream.read(_MOST_BYTES + 1))
    if len(data) > _MOST_BYTES:
        raise DamagedFile(
            f"“{member.path}” is larger than 1 GB, which is too much to read while it is packed.",
            "Unpack it first, and give evenstride the .db file.",
        )
    if not data.startswith(MAGIC):
        raise NotARecording(f"“{member.path}” is no database.", "Export it again.")
    if len(data) > 20:
        data[18] = data[19] = 1  # a log of writes (WAL) lies in a file of its own, not in memory
    return bytes(data)


def _distrust(connection: sqlite3.Connection) -> None:
    """Switch off whatever could run or change something."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_ROW_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
