"""Rows of the diary, written with a line of history for every change."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evenstride.diary.database import copy, transaction
from evenstride.diary.keys import Key
from evenstride.diary.rows import as_json
from evenstride.diary.trouble import explaining
from evenstride.errors import DiaryError

__all__ = ["Row", "Tables"]

Row = dict[str, Any]

_KEYS = {
    "person": ("one",),
    "outings": ("id",),
    "shoes": ("id",),
    "checkups": ("id",),
    "entries": ("what", "id"),
    "days": ("day",),
    "recordings": ("sha256",),
    "streams": ("id",),
    "series": ("metric", "unit", "device", "month"),
    "imports": ("sha256",),
}


class Tables:
    """The open database. Every method raises ``DiaryError`` if it cannot be read or written."""

    def __init__(self, connection: sqlite3.Connection, home: Path, who: str) -> None:
        self._connection = connection
        self._home = home
        self._who = who
        self._inside = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write everything inside, or nothing; when the outermost returns, it is on the disk."""
        if self._inside:
            yield
            return
        self._inside = True
        try:
            with explaining(self._home), transaction(self._connection):
                yield
        finally:
            self._inside = False

    @property
    def is_writing(self) -> bool:
        """Whether something is being written that may still be taken back."""
        return self._inside

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> None:
        """Run one statement."""
        with explaining(self._home):
            self._connection.execute(sql, values)

    def all(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """Return every row of a query."""
        with explaining(self._home):
            found = self._connection.execute(sql, values)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]

    def one(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
        """Return the first row of a query."""
        return next(iter(self.all(sql, values)), None)

    def find(self, table: str, *key: Any) -> Row | None:
        """Return the row of a key."""
        return self.one(f"SELECT * FROM {table} WHERE {_where(table)}", key)  # noqa: S608

    def need(self, table: str, *key: Any) -> Row:
        """Return the row of a key; without one, refuse."""
        row = self.find(table, *key)
        if row is None:
            raise DiaryError(f"“{key[-1]}” is not in the diary.")
        return row

    def add(self, table: str, row: Row) -> None:
        """Add a row inside ``writing``; the same again does nothing, another one is refused."""
        before = self.find(table, *_key(table, row))
        if before is not None and before != row:
            raise DiaryError(
                f"The diary already has another “{_key(table, row)[-1]}”.", "Correct that one."
            )
        self.put(table, row)

    def put(self, table: str, row: Row, *, noted: bool = True) -> None:
        """Add or correct a row inside ``writing``; without a change, do nothing.

        Args:
            table: Its name.
            row: All of its columns.
            noted: Whether the history keeps the change.
        """
        before = self.find(table, *_key(table, row))
        if before == row:
            return
        places = ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = :{name}" for name in row)
        self.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"  # noqa: S608
            f" ON CONFLICT DO UPDATE SET {changes}",
            row,
        )
        if noted:
            self._note(table, before, row)

    def remove(self, table: str, *key: Any, noted: bool = True) -> None:
        """Remove the row of a key inside ``writing``."""
        before = self.need(table, *key)
        self.execute(f"DELETE FROM {table} WHERE {_where(table)}", key)  # noqa: S608
        if noted:
            self._note(table, before, None)

    def of_one_moment(self, tables: Sequence[str]) -> dict[str, list[Row]]:
        """Return every row of these tables as they are kept, all of one moment."""
        self.execute("BEGIN")
        try:
            return {name: self.all(f"SELECT * FROM {name}") for name in tables}  # noqa: S608
        finally:
            self.execute("ROLLBACK")

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table."""
        return tuple(
            row["name"] for row in self.all("SELECT name FROM pragma_table_info(?)", (table,))
        )

    def copy_to(self, path: Path, key: Key | None) -> None:
        """Copy the database, which is under this key, with SQLite's own backup call."""
        with explaining(self._home):
            copy(self._connection, path, key)

    def _note(self, table: str, before: Row | None, after: Row | None) -> None:
        key = _key(table, after or before or {})
        # Entries are of many kinds: the kind tells more than the table.
        what = key[0] if table == "entries" else table
        change = "added" if before is None else "removed" if after is None else "corrected"
        self.execute(
            "INSERT INTO history (at_utc_ns, who, what, id, change, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                time.time_ns(),
                self._who,
                what,
                str(key[-1]),
                change,
                as_json(before) if before is not None else None,
                as_json(after) if after is not None else None,
            ),
        )


def _key(table: str, row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEYS[table])


def _where(table: str) -> str:
    return " AND ".join(f"{name} = ?" for name in _KEYS[table])
