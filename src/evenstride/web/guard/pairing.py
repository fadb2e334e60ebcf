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
_TRIES = 5  # wrong codes in the time that a code lives: with 8 digits, one guess in 20 million
_LINK_BYTES = 24


class Pairing:
    """The codes that are open: short ones to type, and long ones for a link on this computer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._open: dict[str, float] = {}
        self._wrong: deque[float] = deque()

    def new_code(self) -> str:
        """Return a code for a person to type; the one before it no longer works."""
        with self._turn:
            self._open = {c: end for c, end in self._open.items() if len(c) != _DIGITS}
            code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
            self._open[code] = self._clock() + _LIVES_S
            return code

    def new_link(self) -> str:
        """Return a code that is too long to guess, for a link that this computer opens itself."""
        with self._turn:
            code = secrets.token_urlsafe(_LINK_BYTES)
            self._open[code] = self._clock() + _LIVES_S
            return code

    def is_closed(self) -> bool:
        """Tell whether so many wrong codes came that none is looked at for a while."""
        with self._turn:
            return self._closed()

    def accept(self, typed: str) -> bool:
        """Tell whether a code is right, and use it up."""
        said = "".join(typed.split())
        with self._turn:
            if self._closed():
                return False
            now = self._clock()
            self._open = {code: end for code, end in self._open.items() if end > now}
            known = [c for c in self._open if hmac.compare_digest(c.encode(), said.encode())]
            if not known:
                self._wrong.append(now)
                return False
            del self._open[known[0]]
            return True

    def _closed(self) -> bool:
        while self._wrong and self._wrong[0] < self._clock() - _LIVES_S:
            self._wrong.popleft()
        return len(self._wrong) >= _TRIES
