"""Take everything out of the diary, put it back, or remove it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from evenstride.diary.diary import Diary
from evenstride.diary.files import sync_folder
from evenstride.diary.nouns import Erased
from evenstride.diary.store import DIARY, check, explained, private_folder
from evenstride.errors import DiaryError

__all__ = ["back_up", "erase", "export", "restore"]

TABLES = ("person", "outings", "shoes", "checkups", "entries", "recordings", "derived", "history")
_JSON = {"measures", "answers", "document", "before", "after"}
_SIDE_FILES = ("", "-wal", "-shm", "-journal")
_OURS = ("recordings", "derived", "backups")


def export(diary: Diary, folder: Path) -> tuple[Path, ...]:
    """Write everything as one CSV file per table and one JSON document, all of one moment.

    Args:
        diary: The diary.
        folder: Made if need be; must not hold an export yet.

    Returns:
        The files written.

    Raises:
        DiaryError: If it could not be written; nothing stays behind then.
    """
    part = _beside(folder)
    try:
        everything = diary.rows(TABLES)
        for name, rows in everything.items():
            table = io.StringIO()
            writer = csv.writer(table)
            writer.writerow(diary.columns(name))
            writer.writerows(rows)
            _write(part / f"{name}.csv", table.getvalue())
        document = {"schema": "evenstride/diary/1"} | {
            name: [
                {
                    column: json.loads(value) if column in _JSON and value else value
                    for column, value in zip(diary.columns(name), row, strict=True)
                }
                for row in rows
            ]
            for name, rows in everything.items()
        }
        _write(part / "diary.json", json.dumps(document, ensure_ascii=False, indent=1))
        return _appear(part, folder)
    except OSError as error:
        raise explained(error, folder) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def back_up(diary: Diary, folder: Path) -> Path:
    """Copy the diary and every recording into a folder that ``restore`` takes.

    Raises:
        DiaryError: If it could not be written; nothing stays behind then.
    """
    part = _beside(folder)
    try:
        # The diary first: a recording kept meanwhile is then too many, never too few.
        diary.copy_to(part / DIARY)
        (part / "recordings").mkdir(mode=0o700)
        for kept in sorted((diary.home / "recordings").glob("*.gz")):
            _copy(kept, part / "recordings" / kept.name)
        _appear(part, folder)
    except OSError as error:
        raise explained(error, folder) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def restore(backup: Path, home: Path) -> Path | None:
    """Put a backup in the place of the diary; the diary that was there is kept.

    Recordings are only ever added.

    Args:
        backup: A folder made by ``back_up``, or one file out of ``backups``.
        home: The folder of the diary.

    Returns:
        The folder where the earlier diary is now; None if there was none.

    Raises:
        DiaryError: If the backup is not whole or the diary is open; then nothing was changed.
    """
    source = backup / DIARY if backup.is_dir() else backup
    private_folder(home)
    private_folder(home / "recordings")
    part = home / f".{DIARY}.restore"
    try:
        _copy(source, part)
        _verify(part, backup)
        for kept in sorted((backup / "recordings").glob("*.gz")) if backup.is_dir() else ():
            if not (home / "recordings" / kept.name).exists():
                _copy(kept, home / "recordings" / kept.name)
        _settle(home)
        aside = _set_aside(home)
        part.replace(home / DIARY)
        sync_folder(home)
    except OSError as error:
        if error.filename == str(source):
            raise DiaryError(f"“{backup}” is not a backup of a diary.") from error
        raise explained(error, home) from error
    finally:
        part.unlink(missing_ok=True)
    return aside


def erase(home: Path) -> Erased:
    """Remove the diary, its recordings, what was derived, and its backups in the folder.

    Nothing else in the folder is touched. What was removed cannot be brought back by evenstride;
    on some disks a specialist could still find traces.

    Returns:
        What was removed.

    Raises:
        DiaryError: If another program has it open, or something could not be removed; doing it
            again goes on.
    """
    _settle(home)
    found = [home / f"{DIARY}{ending}" for ending in _SIDE_FILES]
    found += [*home.glob(f".{DIARY}.*"), *home.glob(".evenstride-*.part")]
    for name in _OURS:
        found += sorted(path for path in (home / name).rglob("*") if not path.is_dir())
    files = [path for path in found if path.exists() or path.is_symlink()]
    size = sum(path.lstat().st_size for path in files)
    try:
        for path in files:
            path.unlink()
        for name in _OURS:
            if (home / name).is_dir():
                shutil.rmtree(home / name)
        if home.is_dir() and not any(home.iterdir()):
            home.rmdir()
    except OSError as error:
        raise explained(error, home) from error
    return Erased(tuple(str(path.relative_to(home)) for path in files), size)


def _verify(path: Path, named: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
            check(connection, named)
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            torn = connection.execute("PRAGMA foreign_key_check").fetchone() is not None
            empty = connection.execute("PRAGMA user_version").fetchone()[0] == 0
    except sqlite3.Error as error:
        raise DiaryError(
            f"“{named}” is damaged, so nothing was changed.", "Take an older backup."
        ) from error
    if not whole or torn or empty:
        raise DiaryError(f"“{named}” is damaged, so nothing was changed.", "Take an older backup.")


def _settle(home: Path) -> None:
    """Bring the side files into the main file, if it is whole.

    Raises:
        DiaryError: If another program has the diary open.
    """
    if not (home / DIARY).exists():
        return
    try:
        with closing(sqlite3.connect(home / DIARY, timeout=1)) as connection:
            # SQLite refuses this while anyone else has the file open.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise DiaryError(
                "Another program has the diary open, so nothing was changed.",
                "Close it, and try again.",
            ) from error


def _set_aside(home: Path) -> Path | None:
    """Copy the diary with its side files, which may hold what was written last."""
    files = [home / f"{DIARY}{end}" for end in _SIDE_FILES if (home / f"{DIARY}{end}").exists()]
    if not files:
        return None
    private_folder(home / "backups")
    aside = home / "backups" / f"replaced-{time.time_ns()}"
    aside.mkdir(mode=0o700)
    for file in files:
        _copy(file, aside / file.name)
    sync_folder(aside)
    # Side files of another file would harm the restored one.
    for file in files:
        if file.name != DIARY:
            file.unlink(missing_ok=True)
    return aside


def _beside(folder: Path) -> Path:
    """Return a new private folder beside the wanted one, to be filled before it appears."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DiaryError(f"“{folder}” exists and is not empty.", "Choose another name.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=folder.parent, prefix=".evenstride-", suffix=".part"))
    except OSError as error:
        raise explained(error, folder) from error


def _appear(part: Path, folder: Path) -> tuple[Path, ...]:
    part.replace(folder)
    sync_folder(folder.parent)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _copy(source: Path, to: Path) -> None:
    """Copy a file for its owner only; it appears whole or not at all."""
    part = to.with_name(f".{to.name}.part")
    part.unlink(missing_ok=True)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file, source.open("rb") as original:
            shutil.copyfileobj(original, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
