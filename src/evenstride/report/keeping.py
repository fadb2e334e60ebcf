"""What is said after the diary was exported, backed up, restored or erased."""

from __future__ import annotations

from collections.abc import Sequence

from evenstride.checkup.knowledge.spoken import counted, spoken_day
from evenstride.model import Outing
from evenstride.report.amounts import size_said
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet

__all__ = [
    "backed_up_sheet",
    "erasable_sheet",
    "erased_sheet",
    "exported_sheet",
    "locked_sheet",
    "restored_sheet",
]


def exported_sheet(folder: str, names: Sequence[str]) -> Sheet:
    """Return what is said after everything was written as CSV and JSON."""
    words = screen_words("diary")["keeping"]
    section = Section(words["files"], (words["export_is"],), tuple(names))
    return Sheet(words["exported"].format(folder=folder), "", (section,))


def backed_up_sheet(folder: str, recordings: int) -> Sheet:
    """Return what is said after a backup was made."""
    words = screen_words("diary")["keeping"]
    says = words["backup_is"].format(recordings=counted(recordings, "recording"))
    return Sheet(words["backed_up"].format(folder=folder), "", (Section("", (says,)),))


def restored_sheet(backup: str, aside: str | None, walks: Sequence[Outing]) -> Sheet:
    """Return what is said after a backup was put in place.

    Args:
        backup: Where it came from.
        aside: Where the earlier diary is now; None if there was none.
        walks: The walks that it holds, in the order of time.
    """
    words = screen_words("diary")["keeping"]
    says = [words["no_walks"]]
    if walks:
        last = walks[-1].day
        held = counted(len(walks), "walk")
        says = [words["holds"].format(walks=held, last=spoken_day(last, "day_year"))]
    if aside:
        says.append(words["aside"].format(aside=aside))
    return Sheet(words["restored"].format(backup=backup), "", (Section("", tuple(says)),))


def erasable_sheet(home: str, files: int, size: int) -> Sheet:
    """Return what would be erased."""
    words = screen_words("diary")["keeping"]
    if not files:
        return Sheet(words["nothing"].format(home=home))
    told = {"home": home, "files": counted(files, "file"), "size": size_said(size)}
    return Sheet(words["erase_would"].format(**told))


def erased_sheet(home: str, files: int, size: int) -> Sheet:
    """Return what was erased."""
    words = screen_words("diary")["keeping"]
    if not files:
        return Sheet(words["nothing"].format(home=home))
    told = {"files": counted(files, "file"), "size": size_said(size)}
    rest = Section("", (words["erase_rest"],))
    return Sheet(words["erased"].format(**told), "", (rest,))


def locked_sheet(what: str, left: Sequence[str]) -> Sheet:
    """Return what is said after the diary was encrypted, decrypted, or got another passphrase.

    Args:
        what: "locked", "unlocked" or "changed".
        left: Damaged copies that stay as they were.
    """
    words = screen_words("diary")["lock"]
    notes = (words["forgotten"], words["elsewhere"]) if what == "locked" else ()
    sections = (Section("", notes), Section(words["plain_left"], (), tuple(left)))
    return Sheet(words[what], "", tuple(one for one in sections if one.says_something))
