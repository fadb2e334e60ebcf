"""Files for their owner only, that appear whole or not at all and then outlast a power cut."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from evenstride.errors import DiaryError

__all__ = [
    "clear_leftovers",
    "copy_file",
    "new_file",
    "new_folder",
    "private_folder",
    "refuse_occupied",
    "sync_file",
    "sync_folder",
    "write_file",
]

_PREFIX, _SUFFIX = ".evenstride-", ".part"
_DAY_S = 86_400
_CHUNK = 1 << 20


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


@contextmanager
def new_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Open a new file under a name for the time being; gone afterwards, unless it was renamed.

    Yields:
        The file, which is to be written, synced and renamed inside, and its path.
    """
    handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def new_folder(parent: Path) -> Iterator[Path]:
    """Make a folder under a name for the time being; gone afterwards, unless it was renamed."""
    parent.mkdir(parents=True, exist_ok=True)
    clear_leftovers(parent)
    part = Path(tempfile.mkdtemp(dir=parent, prefix=_PREFIX, suffix=_SUFFIX))
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def refuse_occupied(folder: Path) -> None:
    """Refuse a place that holds something already.

    Raises:
        DiaryError: If it does.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DiaryError(f"“{folder}” exists and is not empty.", "Choose another name.")


def write_file(path: Path, content: bytes) -> None:
    """Write a file; what stood there is replaced at one moment."""
    with new_file(path.parent) as (file, part):
        file.write(content)
        sync_file(file)
        part.replace(path)
    sync_folder(path.parent)


def copy_file(source: Path, to: Path) -> None:
    """Copy a file; what stood there is replaced at one moment.

    The folder is not synced: many files may be copied into it before that.
    """
    with source.open("rb") as original, new_file(to.parent) as (file, part):
        shutil.copyfileobj(original, file, _CHUNK)
        sync_file(file)
        part.replace(to)


def sync_file(file: BinaryIO) -> None:
    """Bring everything written so far onto the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_leftovers(folder: Path) -> None:
    """Remove what a program that was killed left behind; another may be writing right now."""
    # SQLite writes a journal beside a file, of which the name goes on after the suffix.
    for part in folder.glob(f"{_PREFIX}*{_SUFFIX}*"):
        with suppress(OSError):
            if time.time() - part.lstat().st_mtime < _DAY_S:
                continue
            if part.is_dir() and not part.is_symlink():
                shutil.rmtree(part)
            else:
                part.unlink()
