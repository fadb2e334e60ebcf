"""Whose turn it is: many programs may keep entries at once, but one alone replaces the diary."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from evenstride.diary.files import sync_folder, write_file
from evenstride.diary.place import CUT_OFF
from evenstride.errors import DiaryError

__all__ = ["WAIT_S", "alone", "cut_off_shows", "shared"]

WAIT_S = 10.0
"""How long one program waits for another."""

_TOLD = {
    "erase": ("Erasing this diary was cut off halfway.", "Erase it again to finish."),
    "restore": (
        "Putting a backup in the place of this diary was cut off halfway.",
        "Restore it again. The diary from before is in the folder “backups”.",
    ),
}


@contextmanager
def shared(home: Path) -> Iterator[None]:
    """Take part in the diary beside other programs.

    Raises:
        DiaryError: If a program has it for itself for too long, or did not finish replacing it.
    """
    with _locked(home, fcntl.LOCK_SH, WAIT_S):
        if (home / CUT_OFF).exists():
            what = (home / CUT_OFF).read_text(encoding="ascii")
            raise DiaryError(*_TOLD.get(what, _TOLD["restore"]))
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have the folder of the diary to oneself.

    Raises:
        DiaryError: If any program has the diary open.
    """
    with _locked(home, fcntl.LOCK_EX, 0.0):
        yield


@contextmanager
def cut_off_shows(home: Path, what: Literal["erase", "restore"]) -> Iterator[None]:
    """Let no program open the diary unless what is done inside came to its end."""
    write_file(home / CUT_OFF, what.encode())
    yield
    (home / CUT_OFF).unlink()
    sync_folder(home)


@contextmanager
def _locked(home: Path, how: int, wait_s: float) -> Iterator[None]:
    # The system lets go of such a lock when its program ends, however it ends.
    handle = os.open(home, os.O_RDONLY)
    try:
        end = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(handle, how | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= end:
                    raise DiaryError(
                        "Another program has the diary open, so nothing was changed.",
                        "Close it, and try again.",
                    ) from error
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)
