"""The person's own diary, opened for one use case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from evenstride.app.languages import speaking_to
from evenstride.app.moments import day_of, own_zone
from evenstride.app.passphrase import passphrase_of
from evenstride.app.shown import Shown
from evenstride.diary import Diary
from evenstride.model import Person
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Sheet

__all__ = ["SIMULATED", "Own", "own"]

SIMULATED = "simulated"
"""Name of the setting that marks a diary as simulated; every result of it says so."""


@dataclass(frozen=True, slots=True)
class Own:
    """A diary, and who keeps it.

    Attributes:
        diary: It is open.
        person: What they told; the time zone of this computer if they told none.
        now: The moment of the use case, in nanoseconds UTC.
        simulated: Whether no real person wrote it.
    """

    diary: Diary
    person: Person
    now: int
    simulated: bool = False

    @property
    def today(self) -> date:
        """The person's local day."""
        return day_of(self.now, self.person.time_zone)

    def shown(self, document: Mapping[str, Any], sheet: Sheet) -> Shown:
        """Return a result from this diary; of a simulated one, both say that it is."""
        if self.simulated:
            mark = screen_words("diary")["simulated"]
            sheet = replace(sheet, footer=(*sheet.footer, mark))
            document = {**document, "simulated": True}
        return Shown(document, sheet)


@contextmanager
def own(home: Path | None, now: int) -> Iterator[Own]:
    """Open the diary of a person, made if need be, and close it again.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds since 1970, UTC.

    Raises:
        DiaryError: If it cannot be opened.
    """
    with Diary.open(home, passphrase=passphrase_of(home)) as diary:
        person = diary.person() or Person(time_zone=own_zone())
        simulated = any(one.id == SIMULATED for one in diary.entries("setting"))
        with speaking_to(diary):
            yield Own(diary, person, now, simulated)
