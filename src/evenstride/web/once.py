"""A form that is sent twice, by a double tap or by loading a page again, does its work once."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["ONCE", "Once"]

ONCE = "once"
"""Name of the hidden field that tells one form from another."""

_MOST = 500


class Once:
    """What became of the last forms, until the server stops."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._done: OrderedDict[str, str] = OrderedDict()

    @staticmethod
    def new() -> str:
        """Return a mark for a new form."""
        return secrets.token_urlsafe(12)

    def do(self, mark: str, work: Callable[[], str]) -> str:
        """Return what a form leads to; the work is done the first time only.

        Args:
            mark: Of the form; an empty one is not remembered.
            work: What there is to do; if it raises, the form can be sent again.
        """
        with self._turn:
            if mark and mark in self._done:
                return self._done[mark]
            found = work()
            if mark:
                self._done[mark] = found
            while len(self._done) > _MOST:
                self._done.popitem(last=False)
            return found
