"""Copy the diary with its recordings, and put a copy in its place."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from evenstride.diary import kept
from evenstride.diary.database import opened, settled
from evenstride.diary.diary import Diary
from evenstride.diary.encryption import finish, mark
from evenstride.diary.files import (
    copy_file,
    new_folder,
    private_folder,
    refuse_occupied,
    sync_folder,
)
from evenstride.diary.keys import Key, key_path, key_path_of, unlocked
from evenstride.diary.place import BACKUPS, DIARY, RECORDINGS, SIDE_FILES
from evenstride.diary.trouble import explaining
from evenstride.diary.turns import alone, cut_off_shows
from evenstride.errors import DiaryError

__all__ = ["back_up", "restore"]


def back_up(diary: Diary, folder: Path) -> Path:
    """Copy the diary and every recording into a folder that ``restore`` takes.

    The copy of an encrypted diary is encrypted, under the passphrase of this moment.

    Raises:
        DiaryError: If it could not be written; nothing stays behind then.
    """
    with explaining(folder.parent):
        refuse_occupied(folder)
        with new_folder(folder.parent) as part:
            # The diary first: a recording kept meanwhile is then too many, never too few.
            diary.tables.copy_to(part / DIARY, diary.key)
            if diary.key:
                copy_file(key_path(diary.home, diary.key.id), key_path(part, diary.key.id))
            (part / RECORDINGS).mkdir(mode=0o700)
            for recording in diary.recordings():
                if recording.path.exists():
                    copy_file(recording.path, part / RECORDINGS / recording.path.name)
            sync_folder(part / RECORDINGS)
            sync_folder(part)
            part.replace(folder)
        sync_folder(folder.parent)
    return folder


def restore(
    backup: Path, home: Path, passphrase: str | None = None, *, without_damaged: bool = False
) -> Path | None:
    """Put a backup in the place of the diary; the diary that was there is kept.

    Recordings are only ever added, after each was checked against its SHA-256.

    Args:
        backup: A folder made by ``back_up``, or a file or folder out of ``backups``.
        home: The folder of the diary.
        passphrase: Of the backup, if it is encrypted.
        without_damaged: Whether to go on without the recordings that are missing or damaged.

    Returns:
        The folder where the earlier diary is now; None if there was none.

    Raises:
        DiaryError: If the backup is not whole or the diary is open; then nothing was changed.
        MissingExtra: If it is encrypted, and what that needs is not installed.
    """
    source = backup / DIARY if backup.is_dir() else backup
    if not source.is_file():
        raise DiaryError(f"“{backup}” is not a backup of a diary.")
    private_folder(home)
    private_folder(home / RECORDINGS)
    with explaining(home), alone(home), new_folder(home) as part:
        key = unlocked(source, passphrase)
        for ending in ("", "-wal", "-journal"):
            file = source.with_name(source.name + ending)
            if file.exists():
                copy_file(file, part / f"{DIARY}{ending}")
        if not settled(part / DIARY, key):
            raise DiaryError(
                f"“{backup}” is damaged, so nothing was changed.", "Take an older backup."
            )
        if key:
            mark(home, key)
        _take_recordings(part / DIARY, source.parent, home, key, without_damaged)
        if key:
            _take_key(source, home, key)
        aside = _set_aside(home)
        _take_the_place(part / DIARY, home)
        finish(home, key)
    return aside


def _take_recordings(
    database: Path, backup: Path, home: Path, key: Key | None, without_damaged: bool
) -> None:
    """Add the recordings that a backup knows and the home does not have whole."""
    with closing(opened(database, key)) as connection:
        known = connection.execute("SELECT sha256, name FROM recordings").fetchall()
    wanted, harmed = [], []
    for sha256, name in known:
        here = kept.kept_path(home / RECORDINGS, sha256, key)
        there = kept.kept_path(backup / RECORDINGS, sha256, key)
        if not kept.harm(here, sha256, key):
            continue
        if kept.harm(there, sha256, key):
            harmed.append(name)
        else:
            wanted.append((there, here))
    if harmed and not without_damaged:
        raise DiaryError(
            f"Recordings of this backup are missing or damaged: {', '.join(harmed)}."
            " Nothing was changed.",
            "Take an older backup, or restore without these recordings.",
        )
    for there, here in wanted:
        copy_file(there, here)
    sync_folder(home / RECORDINGS)


def _take_key(source: Path, home: Path, key: Key) -> None:
    """Take over the wrapped key, too: the passphrase that was given is then the one that opens."""
    there, here = key_path_of(source, key.id), key_path(home, key.id)
    if there and there != here:
        copy_file(there, here)
        sync_folder(home)


def _set_aside(home: Path) -> Path | None:
    """Copy the diary with its side files, which may hold what was written last."""
    if not (home / DIARY).exists():
        return None
    private_folder(home / BACKUPS)
    aside = home / BACKUPS / f"replaced-{time.time_ns()}"
    with new_folder(home / BACKUPS) as part:
        for name in (DIARY, *SIDE_FILES):
            if (home / name).exists():
                copy_file(home / name, part / name)
        sync_folder(part)
        part.replace(aside)
    sync_folder(home / BACKUPS)
    return aside


def _take_the_place(database: Path, home: Path) -> None:
    # Neither the old file without its side files nor the new one with them is a diary.
    with cut_off_shows(home, "restore"):
        for name in SIDE_FILES:
            (home / name).unlink(missing_ok=True)
        database.replace(home / DIARY)
        sync_folder(home)
