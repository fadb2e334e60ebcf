"""Open the file of the diary: for its owner only, brought up to date, never harmed."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from evenstride.diary.schema import APPLICATION_ID, MIGRATIONS, VERSION
from evenstride.errors import DiaryError

__all__ = ["BACKUPS", "DIARY", "check", "connect", "copy", "explained", "private_folder", "writing"]

DIARY = "diary.sqlite"
BACKUPS = "backups"
BUSY_S = 10.0

_FULL = ("The disk is full; this was not kept.", "Free some space and try again.")
_BUSY = (
    "Another program has the diary open and is writing.",
    "Wait for it to end, and try again.",
)
_CLOSED = (
    "The diary may not be written to.",
    "Make sure that the folder belongs to you and that its disk is not read-only.",
)


def private_folder(folder: Path) -> None:
    """Make a folder for its owner only.

    Raises:
        DiaryError: If it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise DiaryError(
            f"There can be no diary in “{folder}”: {error.strerror}.", "Name another folder."
        ) from error


def connect(home: Path) -> sqlite3.Connection:
    """Open the diary in a folder, made or brought up to date if need be.

    Raises:
        DiaryError: If it is damaged, of a newer version, no diary, or may not be opened.
    """
    path = home / DIARY
    try:
        # SQLite gives its side files the rights of the main file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise explained(error, home) from error
    with ExitStack() as stack:
        stack.callback(connection.close)
        connection.row_factory = sqlite3.Row
        try:
            check(connection, path)
            _keep_a_log(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            _bring_up_to_date(connection, home)
        except (OSError, sqlite3.Error) as error:
            raise explained(error, home) from error
        stack.pop_all()
    return connection


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; for this alone SQLite does not wait for its turn itself."""
    end = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is no diary, is newer than this program, or is damaged.

    Raises:
        DiaryError: With what to do.
        sqlite3.Error: If SQLite cannot read it at all.
    """
    # All of one moment: another program may be making the tables right now.
    connection.execute("BEGIN")
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if mark != APPLICATION_ID and (mark or version or tables):
        raise DiaryError(f"“{path}” is not a diary of evenstride.", "Name another folder.")
    if version > VERSION:
        raise DiaryError(
            "This diary was written by a newer evenstride, so it was left as it is.",
            "Install the newest evenstride to open it.",
        )
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("quick_check found damage")


@contextmanager
def writing(connection: sqlite3.Connection, home: Path) -> Iterator[None]:
    """Write everything inside, or nothing; when this returns, it is on the disk.

    Raises:
        DiaryError: If it could not be kept.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise explained(error, home) from error


def copy(connection: sqlite3.Connection, to: Path) -> None:
    """Copy the diary with SQLite's own backup call; the copy appears whole or not at all."""
    part = to.with_name(f".{to.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def explained(error: OSError | sqlite3.Error, home: Path) -> DiaryError:
    """Say in plain words what went wrong, and what to do."""
    text = str(error).lower()
    if "disk is full" in text or "no space" in text or "disk i/o" in text or "too large" in text:
        return DiaryError(*_FULL)
    if "locked" in text or "busy" in text:
        return DiaryError(*_BUSY)
    if "readonly" in text or "unable to open" in text or isinstance(error, PermissionError):
        return DiaryError(*_CLOSED)
    if isinstance(error, sqlite3.IntegrityError):
        return DiaryError(f"This does not fit into the diary: {error}.")
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return _damaged(home)
    if "malformed" in text:
        return _damaged(home)
    return DiaryError(f"The diary could not be read or written: {error}.")


def _damaged(home: Path) -> DiaryError:
    copies = sorted((home / BACKUPS).glob("*.sqlite"), key=lambda path: path.stat().st_mtime)
    hint = (
        f"Restore the last copy, “{copies[-1]}”: the damaged file is then kept beside it."
        if copies
        else "Restore a backup: the damaged file is then kept beside it."
    )
    return DiaryError(f"The diary “{home / DIARY}” is damaged and was left as it is.", hint)


def _bring_up_to_date(connection: sqlite3.Connection, home: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:
        return
    if version:
        private_folder(home / BACKUPS)
        copy(connection, home / BACKUPS / f"version-{version}-{time.time_ns()}.sqlite")
    for number in range(version, VERSION):
        with writing(connection, home):
            # Another process may have done it while this one waited for its turn.
            if connection.execute("PRAGMA user_version").fetchone()[0] != number:
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
