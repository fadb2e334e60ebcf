"""What a person asks of an import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from evenstride.app.analyse import Request
from evenstride.importers.contract import Options
from evenstride.model import Person
from evenstride.model.day import NS, zone

__all__ = ["Progress", "Wanted"]

Progress = Callable[[str, int, int], None]
"""Told what is done, how many bytes of it were read, and how many there are.

What it raises, such as the wish to stop, ends the import: what was kept before that stays whole.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of an import.

    Attributes:
        request: What is known of the walk; the height is taken from the diary if it is not told.
        since: What ended before this day is left out; None: everything is wanted.
        everything: Also keep what has nothing to do with walking or pain.
        start_utc_ns: When a recording began, for files that do not tell.
        walk: Which walk of the diary a recording belongs to; None finds it by the time.
        dry_run: Say what would be read, and keep nothing.
        asking: It is a dry run after which the person is asked whether to go on.
    """

    request: Request = field(default_factory=Request)
    since: date | None = None
    everything: bool = False
    start_utc_ns: int | None = None
    walk: str | None = None
    dry_run: bool = False
    asking: bool = False

    def options(self, person: Person) -> Options:
        """Return what the importers need of it; local times are taken in the person's zone."""
        since_utc_ns = None
        if self.since is not None:
            begin = datetime.combine(self.since, time(), zone(person.time_zone))
            since_utc_ns = round(begin.timestamp()) * NS
        return Options(
            self.request.rate_hz,
            self.request.placement,
            since_utc_ns,
            self.everything,
            person.time_zone,
        )

    def document(self) -> dict[str, object]:
        """Return what makes two imports of the same file differ, as plain values."""
        since = None if self.since is None else self.since.isoformat()
        return {"since": since, "everything": self.everything}
