"""Encrypt a diary that is there, decrypt it again, or change its passphrase.

The diary changes over at one moment, when its new file takes the place of the old one. Before that,
all that the new one needs is made and read back. Afterwards, what only the old one needed is
removed. If a program is cut off in between, the next one to open the diary clears up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import Connection

from evenstride.diary.database import connect, opened, settled
from evenstride.diary.files import new_file, sync_folder, write_file
from evenstride.diary.kept import PLAIN, SEALED, kept_path, recode
from evenstride.diary.keys import Key, id_of, key_path, new_key, unlocked, write_key
from evenstride.diary.place import BACKUPS, CHANGING_KEY, DIARY, RECORDINGS, home_of
from evenstride.diary.sealed import sealed_under
from evenstride.diary.trouble import database_errors, explaining
from evenstride.diary.turns import alone
from evenstride.errors import DiaryError

__all__ = ["change_passphrase", "decrypt", "encrypt", "finish", "mark"]


def encrypt(home: Path | None, passphrase: str) -> tuple[Path, ...]:
    """Encrypt the diary, its recordings, and its copies in the same folder.

    Nobody can bring back a passphrase that was forgotten, nor open the diary without it. Backups
    and exports elsewhere stay as they are. On some disks a specialist could still find traces of
    the plain files.

    Args:
        home: The folder, as for ``Diary.open``.
        passphrase: Any words; the longer, the harder to guess.

    Returns:
        Old copies in ``backups`` that stay plain, because they cannot be read.

    Raises:
        DiaryError: If it could not be done; the diary is then as it was.
        MissingExtra: If what encryption needs is not installed.
    """
    folder = home_of(home)
    with explaining(folder):
        database = _there(folder)
        with alone(folder):
            if id_of(database) is not None:
                raise DiaryError("This diary is encrypted already.")
            _settle(folder, None)
            key = new_key()
            mark(folder, key)
            write_key(folder, key, passphrase)
            for path in sorted((folder / RECORDINGS).glob(f"*{PLAIN}")):
                recode(path, None, kept_path(path.parent, path.stem, key), key)
            _convert(database, None, key)
            return finish(folder, key)


def decrypt(home: Path | None, passphrase: str) -> tuple[Path, ...]:
    """Make the diary, its recordings, and its copies in the same folder plain again.

    Returns:
        Old copies in ``backups`` that stay encrypted, because they are damaged or under another
        passphrase.

    Raises:
        DiaryError: If it could not be done; the diary is then as it was.
    """
    folder = home_of(home)
    with explaining(folder):
        database = _there(folder)
        with alone(folder):
            key = unlocked(database, passphrase)
            if key is None:
                raise DiaryError("This diary is not encrypted.")
            _settle(folder, key)
            mark(folder, key)
            for path in (*_copies(folder), database):
                if id_of(path) == key.id:
                    _open_recordings(path, folder / RECORDINGS, key)
            sealed = [path for path in _copies(folder) if id_of(path) is not None]
            left = tuple(path for path in sealed if not _converted(path, key, None))
            _convert(database, key, None)
            finish(folder, None)
            return left


def change_passphrase(home: Path | None, passphrase: str, new: str) -> None:
    """Change the passphrase. Backups that were made before keep the old one.

    Raises:
        DiaryError: If the passphrase is wrong, or the new one is empty.
    """
    folder = home_of(home)
    with explaining(folder):
        database = _there(folder)
        with alone(folder):
            key = unlocked(database, passphrase)
            if key is None:
                raise DiaryError("This diary is not encrypted.")
            write_key(folder, key, new)


def mark(home: Path, key: Key) -> None:
    """Note that a diary is about to come under this key, or out of it."""
    write_file(home / CHANGING_KEY, key.id.hex().encode())


def finish(home: Path, key: Key | None) -> tuple[Path, ...]:
    """Clear up after encrypting or decrypting, done or cut off; else do nothing.

    Args:
        home: The folder of the diary.
        key: What the diary is under now.

    Returns:
        Files that stay plain; the next one to open the diary tries them again.
    """
    if not (home / CHANGING_KEY).exists():
        return ()
    left = _seal_rest(home, key) if key else ()
    if key is None:
        _forget(home, (home / CHANGING_KEY).read_text(encoding="ascii"))
    if not left:
        (home / CHANGING_KEY).unlink(missing_ok=True)
        sync_folder(home)
    return left


def _seal_rest(home: Path, key: Key) -> tuple[Path, ...]:
    """Seal every recording and every copy in the folder of an encrypted diary that is plain.

    Returns:
        What stays plain, because it cannot be read: that must not keep the diary from opening.
    """
    left = []
    for path in sorted((home / RECORDINGS).glob(f"*{PLAIN}")):
        sealed = kept_path(path.parent, path.stem, key)
        try:
            if not sealed.exists():
                recode(path, None, sealed, key)
            path.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    plain = [path for path in _copies(home) if id_of(path) is None]
    return (*left, *(path for path in plain if not _converted(path, None, key)))


def _forget(home: Path, id: str) -> None:  # noqa: A002
    """Remove a key that nothing in the folder needs any more, and what was sealed under it."""
    if any(id_of(path) == bytes.fromhex(id) for path in (*_copies(home), home / DIARY)):
        return
    for path in (home / RECORDINGS).glob(f"*{SEALED}"):
        if sealed_under(path) == bytes.fromhex(id):
            path.unlink(missing_ok=True)
    key_path(home, bytes.fromhex(id)).unlink(missing_ok=True)


def _there(home: Path) -> Path:
    if not (home / DIARY).exists():
        raise DiaryError(f"There is no diary in “{home}”.", "Open one first, or name its folder.")
    return home / DIARY


def _copies(home: Path) -> Iterator[Path]:
    yield from sorted((home / BACKUPS).rglob("*.sqlite"))


def _settle(home: Path, key: Key | None) -> None:
    """Have one whole file of the newest version, without side files."""
    connect(home, key).close()
    if not settled(home / DIARY, key):
        raise DiaryError("The diary is damaged, so nothing was changed.", "Restore a backup first.")


def _open_recordings(database: Path, folder: Path, key: Key) -> None:
    """Write the recordings that a database knows beside the sealed ones, as they were before."""
    try:
        with closing(opened(database, key)) as connection:
            known = [row[0] for row in connection.execute("SELECT sha256 FROM recordings")]
    except database_errors():
        return  # a damaged copy
    for sha256 in known:
        sealed, plain = kept_path(folder, sha256, key), kept_path(folder, sha256, None)
        if sealed.exists() and not plain.exists():
            recode(sealed, key, plain, None)


def _converted(path: Path, key: Key | None, new: Key | None) -> bool:
    """Convert an old copy, unless it cannot be read."""
    if id_of(path) != (key.id if key else None):
        return False
    with suppress(DiaryError, OSError, *database_errors()):
        _convert(path, key, new)
        return True
    return False


def _convert(path: Path, key: Key | None, new: Key | None) -> None:
    """Put a database under another key, or none, after reading back every row of it."""
    with new_file(path.parent) as (file, part):
        with closing(opened(path, key, cipher=True)) as connection:
            secret = new.for_database() if new else ""
            connection.execute("ATTACH ? AS other KEY ?", (str(part), secret))
            connection.execute("SELECT sqlcipher_export('other')").fetchall()
            for name in ("application_id", "user_version"):
                value = connection.execute(f"PRAGMA main.{name}").fetchone()[0]
                connection.execute(f"PRAGMA other.{name} = {value}")
            if not _same(connection):
                raise DiaryError("The diary could not be read back, so nothing was changed.")
            connection.execute("DETACH other")
        os.fsync(file.fileno())
        part.replace(path)
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    sync_folder(path.parent)


def _same(connection: Connection) -> bool:
    """Tell whether two attached databases hold the same tables and rows, and are whole."""
    schema = "SELECT type, name, sql FROM {}.sqlite_schema ORDER BY type, name"
    of_main, of_other = (
        connection.execute(schema.format(name)).fetchall() for name in ("main", "other")
    )
    if of_main != of_other:
        return False
    for _, name, _ in (row for row in of_main if row[0] == "table"):
        rows = connection.execute(f"SELECT * FROM main.{name}")  # noqa: S608
        others = connection.execute(f"SELECT * FROM other.{name}")  # noqa: S608
        if any(row != others.fetchone() for row in rows) or others.fetchone() is not None:
            return False
    return bool(connection.execute("PRAGMA other.integrity_check(1)").fetchone()[0] == "ok")
