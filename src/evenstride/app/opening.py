"""Make sure that the diary can be opened, before anything is promised."""

from __future__ import annotations

from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.passphrase import ask_with, passphrase_of
from evenstride.errors import DiaryError

__all__ = ["make_sure_it_opens"]


def make_sure_it_opens(home: Path | None) -> None:
    """Open the diary once, made if need be, and close it again.

    The passphrase of an encrypted one is asked for here, and remembered. Nobody is asked later: a
    server has many readers, and nobody may be at its terminal.

    Args:
        home: The person's folder, if not the usual one.

    Raises:
        DiaryError: If it cannot be opened, such as with a wrong passphrase.
    """
    with own(home, now_utc_ns()):
        pass
    if passphrase_of(home) is None:
        ask_with(_too_late)


def _too_late() -> str:
    raise DiaryError(
        "This is encrypted, and nobody can be asked for the passphrase now.",
        "If it is your diary, stop the program and start it again: it then asks. If it is a backup,"
        " bring it back in a terminal.",
    )
