"""The file of the diary: opened, checked, brought up to date and copied, never harmed."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import cast

from evenstride.diary.files import new_file, private_folder, sync_folder
from evenstride.diary.keys import Key
from evenstride.diary.place import BACKUPS, DIARY
from evenstride.diary.schema import APPLICATION_ID, MIGRATIONS, VERSION
from evenstride.diary.trouble import database_errors, explaining
from evenstride.diary.turns import WAIT_S
from evenstride.errors import DiaryError, MissingExtra

__all__ = ["check", "connect", "copy", "opened", "settled", "transaction"]

# What was derived is half of a full file and can be made again, and series can be brought again:
# damage there shows when it is read.
_DAMAGED_TABLES = """
SELECT count(*)
FROM (SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('derived', 'series')),
    pragma_quick_check(name)
WHERE quick_check != 'ok'
"""


def opened(path: Path, key: Key | None, *, cipher: bool = False) -> sqlite3.Connection:
    """Open a database file.

    Args:
        path: The file.
        key: The key it is under; None if it is plain.
        cipher: Whether a plain file is opened with SQLCipher, too.

    Raises:
        MissingExtra: If SQLCipher is needed and not installed.
    """
    if key is None and not cipher:
        return sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
    try:
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("Encrypted diaries", "encrypted") from error
    # It brings classes of its own that do the same.
    connection = cast(
        "sqlite3.Connection", dbapi2.connect(str(path), timeout=WAIT_S, isolation_level=None)
    )
    if key is not None:
        connection.execute(f'PRAGMA key = "{key.for_database()}"')
    return connection


def connect(home: Path, key: Key | None, *, searched: bool = True) -> sqlite3.Connection:
    """Open the diary in a folder, made or brought up to date if need be.

    Args:
        home: The folder.
        key: What the diary is under; None if it is plain.
        searched: Whether every row is looked at for damage first.

    Raises:
        DiaryError: If it is damaged, of a newer version, no diary, or may not be opened.
    """
    path = home / DIARY
    with explaining(home), ExitStack() as stack:
        # SQLite gives its side files the rights of the main file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        connection = opened(path, key)
        stack.callback(connection.close)
        check(connection, path, searched=searched)
        _keep_a_log(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _bring_up_to_date(connection, home, key)
        stack.pop_all()
    return connection


def check(connection: sqlite3.Connection, path: Path, *, searched: bool = True) -> None:
    """Refuse a file that is no diary, is newer than this program, or is damaged.

    Args:
        connection: To the file.
        path: Of the file, for the message.
        searched: Whether to look for damage, which reads every row.

    Raises:
        DiaryError: With what to do.
        sqlite3.Error: If SQLite cannot read it at all.
    """
    # All of one moment: another program may be making the tables right now.
    connection.execute("BEGIN")
    try:
        parts = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        version = _version(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if mark != APPLICATION_ID and (mark or version or parts):
        raise DiaryError(f"“{path}” is not a diary of evenstride.", "Name another folder.")
    if version > VERSION:
        raise DiaryError(
            "This diary was written by a newer evenstride, so it was left as it is.",
            "Install the newest evenstride to open it.",
        )
    if searched and connection.execute(_DAMAGED_TABLES).fetchone()[0]:
        damage = sqlite3.DatabaseError("quick_check found damage")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything inside, or nothing; when this returns, it is on the disk."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def copy(connection: sqlite3.Connection, to: Path, key: Key | None) -> None:
    """Copy the diary with SQLite's own backup call; the copy appears whole or not at all."""
    with new_file(to.parent) as (file, part):
        with closing(opened(part, key)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
        os.fsync(file.fileno())
        part.replace(to)
    sync_folder(to.parent)


def settled(path: Path, key: Key | None) -> bool:
    """Bring what stands in the side files of a diary into the file itself, and read all of it.

    Returns:
        Whether it is whole.

    Raises:
        DiaryError: If it is no diary, or of a newer version.
    """
    try:
        with closing(opened(path, key)) as connection:
            check(connection, path)
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            whole = bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
            torn = connection.execute("PRAGMA foreign_key_check").fetchone() is not None
            return whole and not torn and _version(connection) > 0
    except database_errors():
        return False


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; for this alone SQLite does not wait for its turn itself."""
    end = time.monotonic() + WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except database_errors() as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _bring_up_to_date(connection: sqlite3.Connection, home: Path, key: Key | None) -> None:
    version = _version(connection)
    if version == VERSION:
        return
    if version:
        private_folder(home / BACKUPS)
        copy(connection, home / BACKUPS / f"version-{version}-{time.time_ns()}.sqlite", key)
    for number in range(version, VERSION):
        with transaction(connection):
            # Another process may have done it while this one waited for its turn.
            if _version(connection) != number:
                continue
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements: ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if statement.strip() and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
