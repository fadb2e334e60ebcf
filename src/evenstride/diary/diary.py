"""The diary of one person: what it keeps, and in what words it is asked for."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from evenstride.diary.database import connect
from evenstride.diary.encryption import finish
from evenstride.diary.files import clear_leftovers, private_folder
from evenstride.diary.keys import Key, unlocked
from evenstride.diary.looks import LOOKS
from evenstride.diary.nouns import (
    Change,
    Derived,
    Entry,
    EntryKind,
    Import,
    KeptCheckUp,
    KeptRecording,
    Stream,
    Which,
)
from evenstride.diary.place import BACKUPS, DIARY, RECORDINGS, home_of
from evenstride.diary.recordings import Recordings
from evenstride.diary.remembered import REMEMBERED
from evenstride.diary.rows import (
    RATINGS,
    TOLD,
    as_json,
    change_of,
    checkup_of,
    checkup_row,
    entry_of,
    entry_row,
    outing_of,
    outing_row,
    shoe_of,
    shoe_row,
    stream_of,
    stream_row,
)
from evenstride.diary.series import KeptSeries
from evenstride.diary.tables import Tables
from evenstride.diary.trouble import explaining
from evenstride.diary.turns import shared
from evenstride.errors import DiaryError
from evenstride.model import CheckUp, Outing, Person, Shoe

if TYPE_CHECKING:
    from evenstride.model import Series

__all__ = ["Diary"]

_WHICH: Mapping[Which, str] = {
    "all": "TRUE",
    "measured": "measures != '{}'",
    "rated": "coalesce({}) IS NOT NULL".format(
        ", ".join(f"{place}_{when}" for place in ("back", "leg") for when in RATINGS)
    ),
}


class Diary:
    """The diary of one person, in one folder. When a method returns, what it kept is on the disk.

    Every method raises ``DiaryError`` if the diary cannot be read or written.

    Attributes:
        home: The folder.
        key: What it is encrypted under; None if it is plain.
        tables: Its rows as they are kept, for exports and copies.
    """

    def __init__(self, home: Path, key: Key | None, tables: Tables, closing: ExitStack) -> None:
        self.home = home
        self.key = key
        self.tables = tables
        self._recordings = Recordings(tables, home / RECORDINGS, key)
        self._series = KeptSeries(tables)
        self._closing = closing

    @classmethod
    def open(
        cls, home: Path | None = None, *, who: str = "person", passphrase: str | None = None
    ) -> Self:
        """Open the diary, made or brought up to date if need be.

        Args:
            home: The folder; else ``EVENSTRIDE_HOME``, else ``~/evenstride``.
            who: Who makes the changes, for the history.
            passphrase: Of an encrypted diary; None for a plain one.

        Raises:
            DiaryError: If it cannot be opened, with the reason.
            MissingExtra: If it is encrypted, and what that needs is not installed.
        """
        folder = home_of(home)
        private_folder(folder)
        with explaining(folder), ExitStack() as stack:
            stack.enter_context(shared(folder))
            key = unlocked(folder / DIARY, passphrase)
            private_folder(folder / RECORDINGS)
            searched = LOOKS.is_due(folder / DIARY)
            for part in (folder, folder / RECORDINGS, folder / BACKUPS) if searched else ():
                clear_leftovers(part)
            connection = connect(folder, key, searched=searched)
            stack.callback(connection.close)
            finish(folder, key)
            if searched:
                LOOKS.done(folder / DIARY)
            return cls(folder, key, Tables(connection, folder, who), stack.pop_all())

    def close(self) -> None:
        """Close the file; everything is already kept."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep everything that is kept inside, or nothing of it."""
        with self.tables.writing():
            yield

    # The person

    def person(self) -> Person | None:
        """Return who keeps the diary; None before they said so."""
        row = self.tables.find("person", 1)
        return Person(**{name: row[name] for name in row if name != "one"}) if row else None

    def keep_person(self, person: Person) -> None:
        """Keep who keeps the diary, in the place of what was known before."""
        with self.tables.writing():
            self.tables.put("person", {"one": 1} | asdict(person))

    # Walks

    def outing(self, id: str) -> Outing:  # noqa: A002
        """Return one walk."""
        return outing_of(self.tables.need("outings", id))

    def outing_of(self, recording: str) -> Outing | None:
        """Return the walk that a kept recording of motion belongs to; None if there is none."""
        row = self.tables.one("SELECT * FROM outings WHERE recording = ? LIMIT 1", (recording,))
        return outing_of(row) if row else None

    def outings(
        self, since: date | None = None, until: date | None = None, *, measured: bool = True
    ) -> tuple[Outing, ...]:
        """Return the walks of these days, both included, in the order of time.

        Args:
            since: The first day, on the calendar where the walk was walked; None: from the start.
            until: The last day; None: to the end.
            measured: Whether to read what was measured; without, ten years take a tenth of the
                time.
        """
        days = _days(since, until)
        known = REMEMBERED.outings(self.tables, self.home, days, measured=measured)
        if known is not None:
            return known
        columns = "*" if measured else f"{', '.join(TOLD)}, '{{}}' AS measures"
        rows = self.tables.all(
            f"SELECT {columns} FROM outings"  # noqa: S608
            " WHERE day BETWEEN ? AND ? ORDER BY start_utc_ns, id",
            days,
        )
        return tuple(outing_of(row) for row in rows)

    def outings_named(self, name: str) -> tuple[Outing, ...]:
        """Return the walk of this id; without one, the walks of this day ("YYYY-MM-DD")."""
        for column in ("id", "day"):
            found = self.tables.all(
                f"SELECT * FROM outings WHERE {column} = ? ORDER BY start_utc_ns, id",  # noqa: S608
                (name,),
            )
            if found:
                break
        return tuple(map(outing_of, found))

    def day_of_walk_before(
        self, until: date | None, place: int, which: Which = "all"
    ) -> date | None:
        """Return the day of a walk, counted back from the end of a day; None if there is none.

        Args:
            until: The day from whose end is counted; None: from the newest walk.
            place: Which one: 1 is the first that is met.
            which: Which walks are counted.
        """
        row = self.tables.one(
            f"SELECT day FROM outings WHERE day <= ? AND {_WHICH[which]}"  # noqa: S608
            " ORDER BY day DESC LIMIT 1 OFFSET ?",
            (_days(None, until)[1], place - 1),
        )
        return date.fromisoformat(row["day"]) if row else None

    def add_outing(self, outing: Outing) -> None:
        """Keep a walk; the same walk again changes nothing, another of the same id is refused."""
        with self.tables.writing():
            self.tables.add("outings", outing_row(outing))

    def correct_outing(self, outing: Outing) -> None:
        """Keep a walk in the place of the one with its id, which stays in the history."""
        with self.tables.writing():
            self.tables.need("outings", outing.id)
            self.tables.put("outings", outing_row(outing))

    def remove_outing(self, id: str) -> None:  # noqa: A002
        """Remove a walk; it stays in the history, and its recording stays."""
        with self.tables.writing():
            self.tables.remove("outings", id)

    def rate(
        self,
        id: str,  # noqa: A002
        place: Literal["back", "leg"],
        when: Literal["before", "worst", "hour_after", "next_morning"],
        rating: float | None,
    ) -> Outing:
        """Keep one rating of pain, late or again; None takes it back.

        Returns:
            The walk as it is now.
        """
        if place not in {"back", "leg"} or when not in RATINGS:
            raise DiaryError(f"There is no rating “{place} {when}”.")
        with self.tables.writing():
            outing = self.outing(id)
            rated = replace(getattr(outing, place), **{when: rating})
            now = replace(outing, back=rated) if place == "back" else replace(outing, leg=rated)
            self.tables.put("outings", outing_row(now))
        return now

    # Shoes

    def shoes(self) -> tuple[Shoe, ...]:
        """Return all shoes, by name."""
        return tuple(map(shoe_of, self.tables.all("SELECT * FROM shoes ORDER BY name, id")))

    def keep_shoe(self, shoe: Shoe) -> None:
        """Keep a pair of shoes, in the place of what was known of it before."""
        with self.tables.writing():
            self.tables.put("shoes", shoe_row(shoe))

    def remove_shoe(self, id: str) -> None:  # noqa: A002
        """Remove a pair of shoes; refused while a walk names it."""
        with self.tables.writing():
            self.tables.remove("shoes", id)

    def shoe_distances_m(self) -> dict[str, float]:
        """Return how far each pair of shoes was walked in, with what it had before the diary.

        A ride wears no sole, so it does not count.
        """
        rows = self.tables.all(
            "SELECT shoes.id, earlier_m + total(distance_m) AS m FROM shoes"
            " LEFT JOIN outings ON shoe = shoes.id AND kind != 'cycling' GROUP BY shoes.id"
        )
        return {row["id"]: row["m"] for row in rows}

    def shoe_distance_m(self, id: str) -> float:  # noqa: A002
        """Return the distance walked in one pair of shoes, with what it had before the diary."""
        self.tables.need("shoes", id)
        return self.shoe_distances_m()[id]

    # Steps of whole days

    def keep_day_steps(self, steps: Mapping[date, int]) -> None:
        """Keep the steps of days as a phone or watch counted them, all or none of them."""
        with self.tables.writing():
            for day, count in steps.items():
                self.tables.put("days", {"day": day.isoformat(), "steps": count})

    def remove_day_steps(self, days: Iterable[date]) -> None:
        """Remove the steps of days, all or none of them; they stay in the history."""
        with self.tables.writing():
            for day in days:
                self.tables.remove("days", day.isoformat())

    def day_steps(self, since: date | None = None, until: date | None = None) -> dict[date, int]:
        """Return the steps of these days, both included; a day that is not told is missing."""
        rows = self.tables.all(
            "SELECT * FROM days WHERE day BETWEEN ? AND ? ORDER BY day", _days(since, until)
        )
        return {date.fromisoformat(row["day"]): row["steps"] for row in rows}

    # Check-ups

    def add_checkup(self, id: str, at_utc_ns: int, checkup: CheckUp) -> None:  # noqa: A002
        """Keep a check-up as it was done."""
        with self.tables.writing():
            self.tables.add("checkups", checkup_row(id, at_utc_ns, checkup))

    def checkups(self) -> tuple[KeptCheckUp, ...]:
        """Return all check-ups, in the order of time."""
        rows = self.tables.all("SELECT * FROM checkups ORDER BY at_utc_ns, id")
        return tuple(map(checkup_of, rows))

    def last_checkup(self) -> KeptCheckUp | None:
        """Return the newest check-up."""
        row = self.tables.one("SELECT * FROM checkups ORDER BY at_utc_ns DESC, id DESC LIMIT 1")
        return checkup_of(row) if row else None

    def remove_checkup(self, id: str) -> None:  # noqa: A002
        """Remove a check-up; it stays in the history."""
        with self.tables.writing():
            self.tables.remove("checkups", id)

    # Documents of other rooms

    def keep_entry(self, entry: Entry) -> None:
        """Keep a document, in the place of the one with the same kind and id."""
        with self.tables.writing():
            self.tables.put("entries", entry_row(entry), noted=_noted(entry.what))

    def entries(self, what: EntryKind, since_utc_ns: int = -(2**63)) -> tuple[Entry, ...]:
        """Return all documents of a kind from a moment on, in the order of time."""
        rows = self.tables.all(
            "SELECT * FROM entries WHERE what = ? AND at_utc_ns >= ? ORDER BY at_utc_ns, id",
            (what, since_utc_ns),
        )
        return tuple(map(entry_of, rows))

    def has_entry(self, what: EntryKind, id: str) -> bool:  # noqa: A002
        """Tell whether there is a document of this kind and name."""
        return self.tables.find("entries", what, id) is not None

    def last_entry(self, what: EntryKind) -> Entry | None:
        """Return the newest document of a kind."""
        row = self.tables.one(
            "SELECT * FROM entries WHERE what = ? ORDER BY at_utc_ns DESC, id DESC LIMIT 1", (what,)
        )
        return entry_of(row) if row else None

    def remove_entry(self, what: EntryKind, id: str) -> None:  # noqa: A002
        """Remove a document; it stays in the history, but for an unfinished interview."""
        with self.tables.writing():
            self.tables.remove("entries", what, id, noted=_noted(what))

    # Recordings and what was found in them

    def keep_recording(self, path: Path, format: str = "") -> KeptRecording:  # noqa: A002
        """Keep the original file of a recording.

        The same content again changes nothing, or puts its kept file right if that was damaged.
        """
        return self._recordings.keep(path, format)

    def keep_bytes(self, name: str, pieces: Iterable[bytes], format: str = "") -> KeptRecording:  # noqa: A002
        """Keep a file that has no path of its own, such as one inside an archive."""
        return self._recordings.keep_bytes(name, pieces, format)

    def recording(self, sha256: str) -> KeptRecording:
        """Return one recording."""
        return self._recordings.one(sha256)

    def recordings(self) -> tuple[KeptRecording, ...]:
        """Return all recordings, in the order in which they were kept."""
        return self._recordings.all()

    def open_recording(self, sha256: str) -> gzip.GzipFile:
        """Open the original bytes of a recording, after they were checked against their SHA-256."""
        return self._recordings.open(sha256)

    def keep_derived(self, recording: str, engine: str, document: Mapping[str, Any]) -> None:
        """Keep what a version of the engine found; other versions stay beside it."""
        self._recordings.keep_derived(recording, engine, document)

    def derived(self, recording: str) -> tuple[Derived, ...]:
        """Return what was found in a recording, the newest last."""
        return self._recordings.derived(recording)

    def not_derived(self, engine: str) -> tuple[KeptRecording, ...]:
        """Return the recordings that this version of the engine has not seen."""
        return self._recordings.not_derived(engine)

    # What was brought from other programs

    def keep_stream(self, stream: Stream) -> None:
        """Keep what a device has of a walk, in the place of what it had before."""
        with self.tables.writing():
            self.tables.put("streams", stream_row(stream), noted=False)

    def stream(self, id: str) -> Stream | None:  # noqa: A002
        """Return one stream; None if it was never brought."""
        row = self.tables.find("streams", id)
        return stream_of(row) if row else None

    def streams(self, outing: str) -> tuple[Stream, ...]:
        """Return all streams of a walk, in the order of time."""
        rows = self.tables.all(
            "SELECT * FROM streams WHERE outing = ? ORDER BY start_utc_ns, id", (outing,)
        )
        return tuple(map(stream_of, rows))

    def removed_streams(self, since_utc_ns: int, until_utc_ns: int) -> tuple[Stream, ...]:
        """Return the streams of walks that the person removed, of those that touch a time."""
        rows = self.tables.all(
            "SELECT * FROM streams WHERE outing IS NULL AND start_utc_ns <= ? AND end_utc_ns >= ?"
            " ORDER BY start_utc_ns, id",
            (until_utc_ns, since_utc_ns),
        )
        return tuple(map(stream_of, rows))

    def stream_of(self, recording: str) -> Stream | None:
        """Return the stream that a kept file belongs to."""
        row = self.tables.one("SELECT * FROM streams WHERE recording = ? LIMIT 1", (recording,))
        return stream_of(row) if row else None

    def keep_series(self, series: Series) -> int:
        """Keep the values of a series that are not there yet; all of them or none.

        Returns:
            How many were new.
        """
        return self._series.keep(series)

    def series(self, metric: str, since_utc_ns: int, until_utc_ns: int) -> tuple[Series, ...]:
        """Return the values of a metric that began within a time, device by device and month."""
        return self._series.read(metric, since_utc_ns, until_utc_ns)

    def series_stock(self) -> dict[str, int]:
        """Return how many values of each metric there are."""
        return self._series.stock()

    def keep_import(self, done: Import) -> None:
        """Keep that a file was brought to its end."""
        with self.tables.writing():
            row = asdict(done) | {"document": as_json(dict(done.document))}
            self.tables.put("imports", row, noted=False)

    def imported(self, sha256: str) -> Import | None:
        """Return what is known of a file that was brought before; None if it was not."""
        row = self.tables.find("imports", sha256)
        return Import(**{**row, "document": json.loads(row["document"])}) if row else None

    # History

    def history(self, what: str | None = None, id: str | None = None) -> tuple[Change, ...]:  # noqa: A002
        """Return every change, the oldest first; of one table or one entry if named."""
        rows = self.tables.all(
            "SELECT * FROM history WHERE (?1 IS NULL OR what = ?1) AND (?2 IS NULL OR id = ?2)"
            " ORDER BY number",
            (what, id),
        )
        return tuple(map(change_of, rows))


def _days(since: date | None, until: date | None) -> tuple[str, str]:
    return (since or date.min).isoformat(), (until or date.max).isoformat()


def _noted(what: EntryKind) -> bool:
    # An interview is kept after every answer: its history would hold each answer many times.
    return what != "interview"
