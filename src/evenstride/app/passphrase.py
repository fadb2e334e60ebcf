"""Where the passphrase of an encrypted diary comes from."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from evenstride.diary import is_encrypted
from evenstride.diary.place import home_of

__all__ = ["VARIABLE", "ask_with", "opens_unasked", "passphrase_of"]

VARIABLE = "EVENSTRIDE_PASSPHRASE"
"""The environment variable that is looked at before anybody is asked."""


class _Asked:
    """Asks once at most, and knows whether it did."""

    def __init__(self, ask: Callable[[], str]) -> None:
        self.once = cache(ask)

    @property
    def is_answered(self) -> bool:
        return self.once.cache_info().currsize > 0


_asking: ContextVar[_Asked | None] = ContextVar("asking", default=None)


def ask_with(ask: Callable[[], str]) -> None:
    """Let a skin ask for the passphrase; it is asked once at most.

    Args:
        ask: Returns what the person typed.
    """
    _asking.set(_Asked(ask))


def opens_unasked(place: Path | None) -> bool:
    """Tell whether a diary can be opened without asking anybody for a passphrase now.

    Args:
        place: The folder, if not the usual one.
    """
    asking = _asking.get()
    known = bool(os.environ.get(VARIABLE)) or (asking is not None and asking.is_answered)
    return known or not is_encrypted(home_of(place))


def passphrase_of(place: Path | None) -> str | None:
    """Return the passphrase of a diary or backup; None if it is plain, or nobody can be asked.

    Args:
        place: The folder, if not the usual one, or a backup.
    """
    if not is_encrypted(home_of(place)):
        return None
    told = os.environ.get(VARIABLE)
    asking = _asking.get()
    return told if told or asking is None else asking.once()
