"""Encrypt the diary, decrypt it, or change its passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evenstride.app.passphrase import passphrase_of
from evenstride.app.shown import Shown
from evenstride.diary import change_passphrase, decrypt, encrypt

__all__ = ["LockWords", "change", "lock", "lock_words", "unlock"]


@dataclass(frozen=True, slots=True)
class LockWords:
    """How a skin asks for passphrases.

    Attributes:
        ask: For the one that there is.
        ask_new: For a new one.
        forgotten: What happens if it is forgotten; said before a new one is asked for.
    """

    ask: str
    ask_new: str
    forgotten: str


def lock_words() -> LockWords:
    """Return how a skin asks for passphrases."""
    from evenstride.report.screens import screen_words

    words = screen_words("diary")["lock"]
    return LockWords(words["ask"], words["ask_new"], words["forgotten"])


def lock(home: Path | None, passphrase: str) -> Shown:
    """Encrypt the diary, its recordings and the copies in its folder."""
    return _shown("locked", encrypt(home, passphrase))


def unlock(home: Path | None) -> Shown:
    """Make the diary plain again."""
    return _shown("unlocked", decrypt(home, passphrase_of(home) or ""))


def change(home: Path | None, new: str) -> Shown:
    """Change the passphrase."""
    change_passphrase(home, passphrase_of(home) or "", new)
    return _shown("changed", ())


def _shown(what: str, left: Sequence[Path]) -> Shown:
    from evenstride.report.keeping import locked_sheet

    document = {
        "schema": "evenstride/lock/1",
        "what": what,
        "left": [str(path) for path in left],
    }
    return Shown(document, locked_sheet(what, [str(path) for path in left]))
