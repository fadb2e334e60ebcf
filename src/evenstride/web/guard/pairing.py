"""How a new device gets in: by a code that is shown on this computer and works once."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable

__all__ = ["Pairing"]

_DIGITS = 8
_LIVES_S = 600.0
_TRIES = 5  # wrong codes from one address in the time that a code lives
_TRIES_OF_ALL = 20  # and from all of them: with 8 digits, one chance in five million
_LINK_BYTES = 24


class Pairing:
    """The codes that are open: a short one to type, and long ones for a link on this computer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._open: dict[str, float] = {}
        self._wrong: deque[tuple[float, str]] = deque()

    def new_code(self) -> str:
        """Return a code for a person to type; the one before it no longer works."""
        with self._turn:
            self._open = {c: end for c, end in self._open.items() if len(c) != _DIGITS}
            code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
            self._open[code] = self._clock() + _LIVES_S
            return code

    def code(self) -> str:
        """Return the code to type that is open; empty if none is."""
        with self._turn:
            self._forget()
            return next((code for code in self._open if len(code) == _DIGITS), "")

    def new_link(self) -> str:
        """Return a code that is too long to guess, for a link that this computer opens itself."""
        with self._turn:
            code = secrets.token_urlsafe(_LINK_BYTES)
            self._open[code] = self._clock() + _LIVES_S
            return code

    def is_closed(self, address: str) -> bool:
        """Tell whether so many wrong codes came that none is looked at for a while.

        Args:
            address: Of who asks now.
        """
        with self._turn:
            self._forget()
            return self._closed(address)

    def accept(self, typed: str, address: str) -> bool:
        """Tell whether a code is right, and use it up.

        Args:
            typed: The code; blanks do not matter.
            address: Of who typed it.
        """
        said = "".join(typed.split()).encode(errors="replace")
        with self._turn:
            self._forget()
            known = [code for code in self._open if hmac.compare_digest(code.encode(), said)]
            closed = self._closed(address)
            if not known and not closed:
                self._wrong.append((self._clock(), address))
            # Nobody guesses a link, so nobody's guesses can keep this computer's own browser out.
            if not known or (closed and len(known[0]) == _DIGITS):
                return False
            del self._open[known[0]]
            return True

    def _forget(self) -> None:
        now = self._clock()
        self._open = {code: end for code, end in self._open.items() if end > now}
        while self._wrong and self._wrong[0][0] < now - _LIVES_S:
            self._wrong.popleft()

    def _closed(self, address: str) -> bool:
        from_there = sum(1 for _, one in self._wrong if one == address)
        return from_there >= _TRIES or len(self._wrong) >= _TRIES_OF_ALL
