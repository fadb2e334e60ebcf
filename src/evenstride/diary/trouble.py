"""What goes wrong with a disk or a database, in plain words and with what to do."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from evenstride.diary.keys import is_encrypted
from evenstride.diary.place import BACKUPS, DIARY
from evenstride.errors import DiaryError

__all__ = ["database_errors", "explaining"]

_Told = tuple[str, str]

_FULL: _Told = ("The disk is full; this was not kept.", "Free some space and try again.")
_LIMIT: _Told = (
    "A file may not grow any larger here; this was not kept.",
    "The disk or your account sets a limit: free some space, or name another folder.",
)
_BUSY: _Told = (
    "Another program has the diary open and is writing.",
    "Wait for it to end, and try again.",
)
_READ_ONLY: _Told = (
    "The disk of the diary is read-only, so nothing was kept.",
    "Make the disk writable, or name another folder.",
)
_CLOSED: _Told = (
    "The diary may not be written to.",
    "Make sure that the folder and the files in it belong to you.",
)
_FAILING: _Told = (
    "The disk did not take or give everything; what was kept before is still kept.",
    "It may be unplugged, at a limit, or failing: check it, then try again.",
)
_GONE: _Told = (
    "The folder or a file of the diary is not there.",
    "Plug in the disk it is on, or name another folder.",
)

_OF_DISK = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _LIMIT,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EIO: _FAILING,
    errno.ENOENT: _GONE,
}
_OF_DATABASE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_IOERR: _FAILING,
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def database_errors() -> tuple[type[Exception], ...]:
    """Return the errors of SQLite and, once it is loaded, those of SQLCipher."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)


@contextmanager
def explaining(home: Path) -> Iterator[None]:
    """Turn what the disk or the database says inside into a sentence.

    Args:
        home: The folder that is worked in.

    Raises:
        DiaryError: In the place of the error.
    """
    try:
        yield
    except OverflowError as error:
        raise DiaryError("A number is too large to be kept.") from error
    except OSError as error:
        told = _OF_DISK.get(error.errno or 0)
        raise DiaryError(*told or (f"The disk said: {error.strerror or error}.",)) from error
    except database_errors() as error:
        raise _of_database(error, home) from error


def _of_database(error: Exception, home: Path) -> DiaryError:
    # The lowest byte is the kind; the rest of the code tells where inside SQLite.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _DAMAGED:
        return _damaged(home)
    if code == sqlite3.SQLITE_CONSTRAINT:
        return DiaryError(f"This does not fit into the diary: {error}.")
    told = _OF_DATABASE.get(code)
    if told is _CLOSED and _read_only(home):
        told = _READ_ONLY
    return DiaryError(*told or (f"The diary could not be read or written: {error}.",))


def _read_only(home: Path) -> bool:
    with suppress(OSError):
        return bool(os.statvfs(home).f_flag & os.ST_RDONLY)
    return False


def _damaged(home: Path) -> DiaryError:
    last = _last_copy(home)
    return DiaryError(
        f"The diary “{home / DIARY}” is damaged and was left as it is.",
        (f"Restore the last copy, “{last}”" if last else "Restore a backup")
        + ": the damaged file is then kept beside it.",
    )


def _last_copy(home: Path) -> Path | None:
    """Return the newest copy of the diary in its own folder that can be restored."""
    copies = sorted(
        (home / BACKUPS).rglob("*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True
    )
    whole = next((path for path in copies if _readable(path)), None)
    return whole.parent if whole and whole.name == DIARY else whole


def _readable(path: Path) -> bool:
    try:
        if is_encrypted(path):
            return True  # whether it is whole shows with its key
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except (OSError, sqlite3.Error):
        return False
