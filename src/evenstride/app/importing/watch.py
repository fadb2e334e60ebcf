"""Watch a folder, and import what appears in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evenstride.app.importing.bring import import_paths
from evenstride.app.importing.wanted import Progress, Wanted
from evenstride.app.shown import Shown
from evenstride.errors import EvenstrideError, OptionError

__all__ = ["settled_files", "watch"]

_EVERY_S = 5.0
_Stamp = tuple[int, int]


def watch(
    home: Path | None,
    folder: Path,
    wanted: Wanted | None = None,
    *,
    progress: Progress | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Shown | EvenstrideError]:
    """Import each file of a folder, and then each that appears, until the caller stops.

    A file is taken once its size and time stand still from one look to the next, so that one which
    is still being copied is left alone. What cannot be read is told and not tried again until it
    changes.

    Args:
        home: The person's folder, if not the usual one.
        folder: Where files appear.
        wanted: What is asked of each import.
        progress: Told how much was read.
        wait: Called between two looks with the seconds to wait; what it raises ends the watch.

    Yields:
        The account of each file, or why it could not be read.

    Raises:
        OptionError: If there is no such folder.
    """
    if not folder.is_dir():
        raise OptionError(f"“{folder}” is not a folder.", "Name the folder that is to be watched.")
    done: dict[Path, _Stamp] = {}
    before: dict[Path, _Stamp] = {}
    while True:
        now = _stamps(folder)
        for path in settled_files(before, now, done):
            done[path] = now[path]
            try:
                yield import_paths(home, [path], wanted, progress=progress)
            except EvenstrideError as error:
                yield error
        before = now
        wait(_EVERY_S)


def settled_files(
    before: dict[Path, _Stamp], now: dict[Path, _Stamp], done: dict[Path, _Stamp]
) -> list[Path]:
    """Return what stands still since the last look and was not done as it is, the oldest first."""
    found = [
        path
        for path, stamp in now.items()
        if before.get(path) == stamp and done.get(path) != stamp and stamp[0] > 0
    ]
    return sorted(found, key=lambda path: (now[path][1], path))


def _stamps(folder: Path) -> dict[Path, _Stamp]:
    """Return size and time of each file that lies directly in the folder and is not hidden."""
    found = {}
    for path in folder.iterdir():
        if path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        try:
            stat = path.stat()
        except OSError:
            continue  # it went away between two calls
        found[path] = (stat.st_size, stat.st_mtime_ns)
    return found
