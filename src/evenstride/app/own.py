"""The person's own diary, opened for one use case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evenstride.app.moments import day_of, own_zone
from evenstride.app.passphrase import passphrase_of
from evenstride.diary import Diary
from evenstride.model import Person

__all__ = ["Own", "own"]


@dataclass(frozen=True, slots=True)
class Own:
    """A diary, and who keeps it.

    Attributes:
        diary: It is open.
        person: What they told; the time zone of this computer if they told none.
        now: The moment of the use case, in nanoseconds UTC.
    """

    diary: Diary
    person: Person
    now: int

    @property
    def today(self) -> date:
        """The person's local day."""
        return day_of(self.now, self.person.time_zone)


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
        yield Own(diary, diary.person() or Person(time_zone=own_zone()), now)
