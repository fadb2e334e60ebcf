"""Write a report for its owner only, whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Container
from itertools import count
from pathlib import Path

from evenstride.app.private import write_private
from evenstride.errors import EvenstrideError, OptionError

__all__ = ["PAGE_BEGINS", "check_place", "page_in", "save_page"]

PAGE_BEGINS = b"<!doctype html"
"""How a page begins, in small letters."""

_SUFFIXES = {
    *(".csv", ".txt", ".tsv", ".json", ".xml", ".bin", ".cwa", ".mat", ".gt3x"),
    *(".gz", ".bz2", ".xz", ".zip"),
}


def save_page(path: Path, page: str | bytes, begins: bytes = PAGE_BEGINS) -> Path:
    """Write a page that only its owner can read; replaces an earlier page, nothing else.

    Args:
        path: Where; links are followed.
        page: The page.
        begins: How every page of its kind begins, in small letters.

    Returns:
        The path written.

    Raises:
        OptionError: If there can be no page at this place.
        EvenstrideError: If the disk is full or fails.
    """
    target = Path(os.path.realpath(path))
    try:
        _refuse_to_harm(path, target, begins)
        content = page if isinstance(page, bytes) else page.encode(errors="replace")
        write_private(target, content)
    except OSError as error:
        raise _explained(path, error) from error
    return path


def check_place(path: Path, begins: bytes = PAGE_BEGINS) -> None:
    """Find out before the long work whether there can be a page at this place.

    Args:
        path: Where; links are followed.
        begins: How every page of its kind begins, in small letters.

    Raises:
        OptionError: If there can be none.
    """
    target = Path(os.path.realpath(path))
    try:
        _refuse_to_harm(path, target, begins)
        if not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    except OSError as error:
        raise _explained(path, error) from error


def page_in(folder: Path, source: str, taken: Container[Path]) -> Path:
    """Return where the page of one of several recordings goes; makes the folder if need be.

    Args:
        folder: For all pages of a run.
        source: Name of the recording.
        taken: Pages of this run, which must not be replaced.

    Raises:
        OptionError: If the folder cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _explained(folder, error) from error
    stem = _stem(source)
    names = (f"{stem}{f'-{place}' if place > 1 else ''}.html" for place in count(1))
    return next(folder / name for name in names if folder / name not in taken)


def _stem(source: str) -> str:
    """Drop only endings that tell the kind of file: a dot may also stand in a date."""
    name = Path(source)
    while name.suffix.lower() in _SUFFIXES:
        name = name.with_suffix("")
    return name.name or "walk"


def _refuse_to_harm(path: Path, target: Path, begins: bytes) -> None:
    """A typing slip must not cost a recording: only an earlier page is ever replaced."""
    if target.is_dir():
        raise OptionError(f"“{path}” is a folder.", f"Name a file in it: {path / 'walk.html'}")
    if not target.exists():
        return
    if not target.is_file():
        raise OptionError(f"“{path}” is not an ordinary file.", "Choose another name.")
    with target.open("rb") as file:
        begin = file.read(len(begins)).lower()
    if begin and begin != begins:
        raise OptionError(
            f"“{path}” exists and is not a report, so it was left as it is.",
            "Choose another name.",
        )


def _explained(path: Path, error: OSError) -> EvenstrideError:
    place = path.parent
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return OptionError(f"There is no folder “{place}”.", "Make it first, or name another.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return OptionError(f"“{place}” may not be written to.", "Choose a folder of your own.")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EvenstrideError("The disk is full; no report was written.", "Free some space.")
    if error.errno == errno.ENAMETOOLONG:
        return OptionError("The name of the report is too long.", "Choose a shorter one.")
    return EvenstrideError(f"The report could not be written: {error.strerror}.")
