"""Where the passphrase of an encrypted diary comes from."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from evenstride.diary import is_encrypted
from evenstride.diary.place import home_of

__all__ = ["VARIABLE", "ask_with", "passphrase_of"]

VARIABLE = "EVENSTRIDE_PASSPHRASE"
"""The environment variable that is looked at before anybody is asked."""

_asking: ContextVar[Callable[[], str] | None] = ContextVar("asking", default=None)


def ask_with(ask: Callable[[], str]) -> None:
    """Let a skin ask for the passphrase; it is asked once at most.

    Args:
        ask: Returns what the person typed.
    """
    _asking.set(cache(ask))


def passphrase_of(place: Path | None) -> str | None:
    """Return the passphrase of a diary or backup; None if it is plain, or nobody can be asked.

    Args:
        place: The folder, if not the usual one, or a backup.
    """
    if not is_encrypted(home_of(place)):
        return None
    told = os.environ.get(VARIABLE)
    ask = _asking.get()
    return told if told or ask is None else ask()
