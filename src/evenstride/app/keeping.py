"""Export, back up, restore and erase the diary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenstride.app.moments import local, now_utc_ns
from evenstride.app.own import own
from evenstride.app.passphrase import passphrase_of
from evenstride.app.shown import Shown
from evenstride.diary import back_up, erase, export, restore
from evenstride.diary.place import home_of

__all__ = [
    "back_up_diary",
    "erasable",
    "erase_diary",
    "erase_words",
    "export_diary",
    "restore_diary",
]


def export_diary(home: Path | None, folder: Path | None = None, *, now: int | None = None) -> Shown:
    """Write everything as CSV and JSON into a new folder.

    Args:
        home: The person's folder, if not the usual one.
        folder: Where; None: a folder in this one, named after today.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.keeping import exported_sheet

    with own(home, now or now_utc_ns()) as mine:
        target = folder or Path(f"evenstride-export-{_stamp(mine.now)}")
        files = export(mine.diary, target)
    names = [file.name for file in files]
    document = {"schema": "evenstride/export/1", "folder": str(target), "files": names}
    return mine.shown(document, exported_sheet(str(target), names))


def back_up_diary(
    home: Path | None, folder: Path | None = None, *, now: int | None = None
) -> Shown:
    """Copy the diary with its recordings into a new folder.

    Args:
        home: The person's folder, if not the usual one.
        folder: Where; None: a folder in this one, named after today.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.keeping import backed_up_sheet

    with own(home, now or now_utc_ns()) as mine:
        target = folder or Path(f"evenstride-backup-{_stamp(mine.now)}")
        recordings = len(mine.diary.recordings())
        back_up(mine.diary, target)
    document = {
        "schema": "evenstride/backup/1",
        "folder": str(target),
        "recordings": recordings,
    }
    return mine.shown(document, backed_up_sheet(str(target), recordings))


def restore_diary(
    home: Path | None, backup: Path, *, without_damaged: bool = False, now: int | None = None
) -> Shown:
    """Put a backup in the place of the diary, which is kept aside.

    Args:
        home: The person's folder, if not the usual one.
        backup: A folder made by ``back_up_diary``, or a file from ``backups``.
        without_damaged: Go on without the recordings that are missing or damaged.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.keeping import restored_sheet

    passphrase = passphrase_of(backup)
    aside = restore(backup, home_of(home), passphrase, without_damaged=without_damaged)
    with own(home, now or now_utc_ns()) as mine:
        walks = mine.diary.outings()
    document: dict[str, Any] = {
        "schema": "evenstride/restore/1",
        "backup": str(backup),
        "aside": str(aside) if aside else None,
        "walks": len(walks),
    }
    return mine.shown(document, restored_sheet(str(backup), str(aside) if aside else None, walks))


def erasable(home: Path | None) -> Shown:
    """Return what ``erase_diary`` would remove, without removing it."""
    from evenstride.diary import to_erase
    from evenstride.report.keeping import erasable_sheet

    folder = home_of(home)
    found = to_erase(folder)
    document = {
        "schema": "evenstride/erase/1",
        "erased": False,
        "home": str(folder),
        "files": list(found.files),
        "bytes": found.bytes,
    }
    return Shown(document, erasable_sheet(str(folder), len(found.files), found.bytes))


@dataclass(frozen=True, slots=True)
class EraseWords:
    """How a person is asked before the diary is erased.

    Attributes:
        ask: The question.
        word: What has to be typed to go on.
        left: What is said after anything else.
    """

    ask: str
    word: str
    left: str


def erase_words() -> EraseWords:
    """Return how a person is asked before the diary is erased."""
    from evenstride.report.screens import screen_words

    words = screen_words("diary")["keeping"]
    return EraseWords(words["erase_ask"], words["erase_word"], words["erase_left"])


def erase_diary(home: Path | None) -> Shown:
    """Remove the diary, its recordings and the backups inside its folder."""
    from evenstride.report.keeping import erased_sheet

    folder = home_of(home)
    found = erase(folder)
    document = {
        "schema": "evenstride/erase/1",
        "erased": True,
        "home": str(folder),
        "files": list(found.files),
        "bytes": found.bytes,
    }
    return Shown(document, erased_sheet(str(folder), len(found.files), found.bytes))


def _stamp(now: int) -> str:
    return f"{local(now, 'UTC'):%Y-%m-%d-%H%M%S}"
