"""Remove the diary."""

from __future__ import annotations

import shutil
from pathlib import Path

from evenstride.diary.nouns import Erased
from evenstride.diary.place import (
    BACKUPS,
    CHANGING_KEY,
    DIARY,
    INCOMING,
    RECORDINGS,
    SIDE_FILES,
    WEB,
)
from evenstride.diary.trouble import explaining
from evenstride.diary.turns import alone, cut_off_shows

__all__ = ["erase", "to_erase"]

_FOLDERS = (RECORDINGS, INCOMING, BACKUPS, WEB)
_PARTS = ".evenstride-*.part*"


def to_erase(home: Path) -> Erased:
    """Return what ``erase`` would remove now, and remove nothing.

    Raises:
        DiaryError: If the folder may not be read.
    """
    with explaining(home):
        return _named(home, _files(home))


def erase(home: Path) -> Erased:
    """Remove the diary, its recordings, its backups in the folder, and who may use the server.

    Nothing else in the folder is touched. What was removed cannot be brought back by evenstride;
    on some disks a specialist could still find traces.

    Returns:
        What was removed.

    Raises:
        DiaryError: If another program has it open, or something could not be removed; doing it
            again goes on.
    """
    if not home.is_dir():
        return Erased((), 0)
    with explaining(home), alone(home):
        files = _files(home)
        removed = _named(home, files)
        with cut_off_shows(home, "erase"):
            for file in files:
                file.unlink()
            for folder in (*(home / name for name in _FOLDERS), *home.glob(_PARTS)):
                if folder.is_dir():
                    shutil.rmtree(folder)
        if not any(home.iterdir()):
            home.rmdir()
    return removed


def _files(home: Path) -> list[Path]:
    # The key first: without it, what an encrypted diary leaves behind tells nothing.
    tops = [
        *home.glob("key-*.json"),
        *(home / name for name in (DIARY, *SIDE_FILES, *_FOLDERS, CHANGING_KEY)),
    ]
    found = []
    for top in (*tops, *home.glob(_PARTS)):
        inside = sorted(top.rglob("*")) if top.is_dir() and not top.is_symlink() else [top]
        found += [path for path in inside if path.is_symlink() or path.is_file()]
    return found


def _named(home: Path, files: list[Path]) -> Erased:
    size = sum(file.lstat().st_size for file in files)
    return Erased(tuple(str(file.relative_to(home)) for file in files), size)
