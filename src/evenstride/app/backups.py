"""Backups in the person's own folder: which there are, a new one, and one that was brought."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from evenstride.app.keeping import back_up_diary
from evenstride.app.moments import local, now_utc_ns, own_zone
from evenstride.app.shown import Shown
from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.diary import home_of
from evenstride.diary.place import BACKUPS, DIARY
from evenstride.errors import OptionError
from evenstride.report.amounts import size_said

__all__ = ["Backup", "back_up_here", "backup_named", "backups", "unpack"]

BackupKind = Literal["backup", "replaced", "version"]

_KINDS: tuple[BackupKind, ...] = ("backup", "replaced", "version")

_ROOM_LEFT = 256 << 20
_MOST_FILES = 100_000
_INSIDE = re.compile(
    r"(?:[^/]+/)?(diary\.sqlite(?:-wal|-journal)?|key-[0-9a-f]+\.json|recordings/[\w.-]+)"
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the diary that can be restored.

    Attributes:
        name: Of its file or folder.
        kind: "backup": asked for; "replaced": the diary that a restored one replaced; "version":
            the diary as it was before a new version of evenstride changed its form.
        utc_ns: When it was made.
        when: The same on the clock of this computer, said.
        size: How much room it takes, said.
    """

    name: str
    kind: BackupKind
    utc_ns: int
    when: str
    size: str


def backups(home: Path | None) -> tuple[Backup, ...]:
    """Return the copies in the person's folder, the newest first."""
    folder = home_of(home) / BACKUPS
    found = [_read(path) for path in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted(filter(None, found), key=lambda one: -one.utc_ns))


def backup_named(home: Path | None, name: str) -> Path:
    """Return where a copy is.

    Raises:
        OptionError: If there is none of this name.
    """
    if name not in {one.name for one in backups(home)}:
        raise OptionError("There is no such backup.", "It may have been removed.")
    return home_of(home) / BACKUPS / name


def back_up_here(home: Path | None, *, now: int | None = None) -> Shown:
    """Make a backup in the person's folder."""
    at = now or now_utc_ns()
    name = f"backup-{local(at, 'UTC'):%Y-%m-%d-%H%M%S}"
    return back_up_diary(home, home_of(home) / BACKUPS / name, now=at)


def unpack(packed: Path, folder: Path) -> Path:
    """Unpack a backup that was brought as a ZIP file, and nothing else that may be in it.

    Args:
        packed: The ZIP file.
        folder: Where to; it is there and empty.

    Returns:
        The folder, which ``restore_diary`` takes.

    Raises:
        OptionError: If it holds no backup, or more than there is room for.
    """
    no_backup = OptionError(
        "This file is not a backup of evenstride.",
        "Choose the ZIP file that you got from the page of the backups.",
    )
    try:
        with zipfile.ZipFile(packed) as archive:
            wanted = {
                found[1]: member
                for member in archive.infolist()
                if (found := _INSIDE.fullmatch(member.filename))
            }
            size = sum(member.file_size for member in wanted.values())
            if DIARY not in wanted or len(wanted) > _MOST_FILES:
                raise no_backup
            if size > shutil.disk_usage(folder).free - _ROOM_LEFT:
                raise OptionError("There is not enough room for this backup on the disk.")
            for name, member in wanted.items():
                _write(archive, member, folder / PurePosixPath(name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise no_backup from error
    return folder


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Write one file, no longer than it was announced: more is a bomb, and zipfile stops there."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with archive.open(member) as packed, path.open("xb") as file:
        shutil.copyfileobj(packed, file)


def _read(path: Path) -> Backup | None:
    kind = next((kind for kind in _KINDS if path.name.startswith(f"{kind}-")), None)
    database = path / DIARY if path.is_dir() else path
    if kind is None or not database.is_file():
        return None
    inside = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
    made = database.stat().st_mtime_ns
    at = local(made, own_zone())
    when = f"{spoken_day(at.date(), 'day_year')}, {at:%H:%M}"
    return Backup(path.name, kind, made, when, size_said(sum(one.stat().st_size for one in inside)))
