"""Interviews that the diary cannot keep: with a full disk, or a folder that is closed.

A person who may need help must get the questions and the answer all the same. Such an interview
lives here until the server stops; as soon as the diary takes one, it is there and not here.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evenstride.app.checkup_result import Kept, last_checkups
from evenstride.app.interview import Asking
from evenstride.app.moments import now_utc_ns
from evenstride.errors import DiaryError
from evenstride.model import CheckUp

__all__ = ["Sittings"]

_LIVES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Sitting:
    asking: Asking | None
    result: Kept | None


class Sittings:
    """What could not be kept, by the session it belongs to."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._unkept: dict[str, _Sitting] = {}

    def asking(self, home: Path | None, session: str, *, anew: bool = False) -> Asking:
        """Take up the interview of a session, or begin one.

        Args:
            home: The person's folder, if not the usual one.
            session: Of the browser that asks.
            anew: Drop what was left unfinished.
        """
        asking = Asking.begin(home, anew=anew)
        with self._turn:
            held = self._unkept.get(session)
        if anew or held is None or held.asking is None:
            return asking
        if datetime.now(UTC) - held.asking.begun <= _LIVES:
            asking.interview, asking.begun = held.asking.interview, held.asking.begun
            asking.was_resumed = True
        return asking

    def settle(self, session: str, asking: Asking, found: CheckUp | None = None) -> None:
        """Remember what the diary could not keep, or forget what it now has.

        Args:
            session: Of the browser that asks.
            asking: After its last step.
            found: The check-up, if the interview has ended.
        """
        with self._turn:
            if asking.shelf.problem is None:
                self._unkept.pop(session, None)
                return
            result = None
            if found is not None:
                result = Kept(found, now_utc_ns(), "", asking.country, asking.last)
            goes_on = found is None or found.triage.level == "emergency_now"
            self._unkept[session] = _Sitting(asking if goes_on else None, result)

    def problem(self, session: str) -> DiaryError | None:
        """Return why the last step could not be kept; None if it was."""
        with self._turn:
            held = self._unkept.get(session)
        return held.asking.shelf.problem if held and held.asking else None

    def result(self, home: Path | None, session: str) -> Kept | None:
        """Return the last check-up; None if there is none.

        Raises:
            DiaryError: If the diary cannot be read, and nothing is remembered here.
        """
        with self._turn:
            held = self._unkept.get(session)
        if held is not None and held.result is not None:
            return held.result
        return last_checkups(home)
