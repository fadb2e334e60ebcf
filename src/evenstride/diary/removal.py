"""Remove the diary."""

from __future__ import annotations

import shutil
from pathlib import Path

from evenstride.diary.nouns import Erased
from evenstride.diary.place import BACKUPS, CHECKUPS, DIARY, RECORDINGS, SIDE_FILES
from evenstride.diary.trouble import explaining
from evenstride.diary.turns import alone, cut_off_shows

__all__ = ["erase"]

_FOLDERS = (RECORDINGS, BACKUPS, CHECKUPS)


def erase(home: Path) -> Erased:
    """Remove the diary, its recordings, its check-ups, and its backups in the folder.

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
        # The key first: without it, what an encrypted diary leaves behind tells nothing.
        tops = [*home.glob("key-*.json"), *(home / name for name in (DIARY, *SIDE_FILES))]
        tops += [*home.glob(".evenstride-*.part*"), *(home / name for name in _FOLDERS)]
        files = [file for top in tops for file in _files(top)]
        size = sum(file.lstat().st_size for file in files)
        if any(top.exists() for top in tops):
            with cut_off_shows(home, "erase"):
                for file in files:
                    file.unlink()
                for top in tops:
                    if top.is_dir():
                        shutil.rmtree(top)
        if not any(home.iterdir()):
            home.rmdir()
    return Erased(tuple(str(file.relative_to(home)) for file in files), size)


def _files(top: Path) -> list[Path]:
    if top.is_dir() and not top.is_symlink():
        return sorted(path for path in top.rglob("*") if path.is_symlink() or not path.is_dir())
    return [top] if top.exists() or top.is_symlink() else []
