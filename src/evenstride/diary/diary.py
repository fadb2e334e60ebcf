"""The person's own data at rest: storage and nothing else."""

from __future__ import annotations

import gzip
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from evenstride.diary import files
from evenstride.diary.nouns import Change, Derived, Entry, EntryKind, KeptCheckUp, KeptRecording
from evenstride.diary.place import home_of
from evenstride.diary.rows import RATINGS, as_json, outing_of, outing_row, shoe_of, shoe_row
from evenstride.diary.store import connect, copy, explained, private_folder, writing
from evenstride.errors import DiaryError
from evenstride.model import CheckUp, Outing, Person, Shoe

__all__ = ["Diary"]


class Diary:
    """The diary of one person, in one folder. When a method returns, what it kept is on the disk.

    Every method raises ``DiaryError`` if the diary cannot be read or written.
    """

    def __init__(self, home: Path, connection: sqlite3.Connection, who: str) -> None:
        self.home = home
        self._connection = connection
        self._who = who

    @classmethod
    def open(cls, home: Path | None = None, *, who: str = "person") -> Self:
        """Open the diary, made or brought up to date if need be.

        Args:
            home: The folder; else ``EVENSTRIDE_HOME``, else ``~/evenstride``.
            who: Who makes the changes, for the history.
        """
        folder = home_of(home)
        for part in (folder, folder / "recordings", folder / "derived"):
            private_folder(part)
        return cls(folder, connect(folder), who)

    def close(self) -> None:
        """Close the file; everything is already kept."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # The person

    def person(self) -> Person | None:
        """Return who keeps the diary; None before they said so."""
        row = self._one("SELECT * FROM person", ())
        return Person(**{name: row[name] for name in row.keys() if name != "one"}) if row else None  # noqa: SIM118

    def keep_person(self, person: Person) -> None:
        """Keep who keeps the diary, in the place of what was known before."""
        with self._writing():
            self._put("person", "one", {"one": 1} | asdict(person))

    # Walks

    def outing(self, id: str) -> Outing:  # noqa: A002
        """Return one walk."""
        return outing_of(self._need("outings", "id", id))

    def outings(self, first: date | None = None, last: date | None = None) -> tuple[Outing, ...]:
        """Return the walks of these days, both included, in the order of time.

        A day is the day on the calendar where the walk was walked.
        """
        rows = self._all(
            "SELECT * FROM outings WHERE day BETWEEN ? AND ? ORDER BY start_utc_ns, id",
            (first.isoformat() if first else "", last.isoformat() if last else "9999-99-99"),
        )
        return tuple(outing_of(row) for row in rows)

    def add_outing(self, outing: Outing) -> None:
        """Keep a walk; the same walk again changes nothing, another of the same id is refused."""
        self._add("outings", "id", outing_row(outing))

    def correct_outing(self, outing: Outing) -> None:
        """Keep a walk in the place of the one with its id, which stays in the history."""
        with self._writing():
            self._need("outings", "id", outing.id)
            self._put("outings", "id", outing_row(outing))

    def remove_outing(self, id: str) -> None:  # noqa: A002
        """Remove a walk; it stays in the history, and its recording stays."""
        with self._writing():
            self._remove("outings", "id", id)

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
        with self._writing():
            outing = outing_of(self._need("outings", "id", id))
            rated = replace(getattr(outing, place), **{when: rating})
            now = replace(outing, back=rated) if place == "back" else replace(outing, leg=rated)
            self._put("outings", "id", outing_row(now))
        return now

    # Shoes

    def shoes(self) -> tuple[Shoe, ...]:
        """Return all shoes, by name."""
        return tuple(shoe_of(row) for row in self._all("SELECT * FROM shoes ORDER BY name, id", ()))

    def keep_shoe(self, shoe: Shoe) -> None:
        """Keep a pair of shoes, in the place of what was known of it before."""
        with self._writing():
            self._put("shoes", "id", shoe_row(shoe))

    def remove_shoe(self, id: str) -> None:  # noqa: A002
        """Remove a pair of shoes; refused while a walk names it."""
        with self._writing():
            self._remove("shoes", "id", id)

    def shoe_distance_m(self, id: str) -> float:  # noqa: A002
        """Return the distance walked in a pair of shoes, with what it had before the diary."""
        shoe = self._need("shoes", "id", id)
        row = self._one("SELECT total(distance_m) AS m FROM outings WHERE shoe = ?", (id,))
        return float(shoe["earlier_m"]) + float(row["m"] if row else 0.0)

    # Check-ups

    def add_checkup(self, id: str, at_utc_ns: int, checkup: CheckUp) -> None:  # noqa: A002
        """Keep a check-up as it was done."""
        row = {
            "id": id,
            "at_utc_ns": at_utc_ns,
            "knowledge_version": checkup.knowledge_version,
            "knowledge_hash": checkup.knowledge_hash,
            "level": checkup.triage.level,
            "complete": int(checkup.complete),
            "may_exercise": int(checkup.may_exercise),
            "answers": as_json(checkup.answers),
            "document": as_json(checkup.document()),
        }
        self._add("checkups", "id", row)

    def checkups(self) -> tuple[KeptCheckUp, ...]:
        """Return all check-ups, in the order of time."""
        rows = self._all("SELECT * FROM checkups ORDER BY at_utc_ns, id", ())
        return tuple(_checkup(row) for row in rows)

    def last_checkup(self) -> KeptCheckUp | None:
        """Return the newest check-up."""
        row = self._one("SELECT * FROM checkups ORDER BY at_utc_ns DESC, id DESC LIMIT 1", ())
        return _checkup(row) if row else None

    def remove_checkup(self, id: str) -> None:  # noqa: A002
        """Remove a check-up; it stays in the history."""
        with self._writing():
            self._remove("checkups", "id", id)

    # Questionnaires, routines, plans, trials

    def keep_entry(self, entry: Entry) -> None:
        """Keep a document of another room, in the place of the one with the same kind and id."""
        row = {
            "what": entry.what,
            "id": entry.id,
            "at_utc_ns": entry.at_utc_ns,
            "document": as_json(dict(entry.document)),
        }
        with self._writing():
            before = self._one(
                "SELECT * FROM entries WHERE what = ? AND id = ?", (entry.what, entry.id)
            )
            if before is None or dict(before) != row:
                self._execute(
                    "INSERT INTO entries VALUES (:what, :id, :at_utc_ns, :document)"
                    " ON CONFLICT DO UPDATE SET at_utc_ns = :at_utc_ns, document = :document",
                    row,
                )
                self._note(entry.what, entry.id, dict(before) if before else None, row)

    def entries(self, what: EntryKind) -> tuple[Entry, ...]:
        """Return all documents of a kind, in the order of time."""
        rows = self._all("SELECT * FROM entries WHERE what = ? ORDER BY at_utc_ns, id", (what,))
        return tuple(_entry(row) for row in rows)

    def last_entry(self, what: EntryKind) -> Entry | None:
        """Return the newest document of a kind."""
        row = self._one(
            "SELECT * FROM entries WHERE what = ? ORDER BY at_utc_ns DESC, id DESC LIMIT 1", (what,)
        )
        return _entry(row) if row else None

    def remove_entry(self, what: EntryKind, id: str) -> None:  # noqa: A002
        """Remove a document; it stays in the history."""
        with self._writing():
            before = self._one("SELECT * FROM entries WHERE what = ? AND id = ?", (what, id))
            if before is None:
                raise DiaryError(f"“{id}” is not in the diary.")
            self._execute("DELETE FROM entries WHERE what = ? AND id = ?", (what, id))
            self._note(what, id, dict(before), None)

    # Recordings and what was found in them

    def keep_recording(self, path: Path, format: str = "") -> KeptRecording:  # noqa: A002
        """Keep the original file of a recording; the same content again changes nothing."""
        try:
            sha256, size = files.store(path, self._recordings)
        except OSError as error:
            if error.filename == str(path):
                raise DiaryError(f"“{path}” cannot be read: {error.strerror}.") from error
            raise explained(error, self.home) from error
        row = {
            "sha256": sha256,
            "name": path.name,
            "bytes": size,
            "format": format,
            "added_utc_ns": time.time_ns(),
        }
        with self._writing():
            if self._one("SELECT 1 FROM recordings WHERE sha256 = ?", (sha256,)) is None:
                self._put("recordings", "sha256", row)
        return self.recording(sha256)

    def recording(self, sha256: str) -> KeptRecording:
        """Return one recording."""
        return self._kept(self._need("recordings", "sha256", sha256))

    def recordings(self) -> tuple[KeptRecording, ...]:
        """Return all recordings, in the order in which they were kept."""
        rows = self._all("SELECT * FROM recordings ORDER BY added_utc_ns, sha256", ())
        return tuple(self._kept(row) for row in rows)

    def open_recording(self, sha256: str) -> gzip.GzipFile:
        """Open a recording for reading its original bytes."""
        kept = self.recording(sha256)
        try:
            return files.open_kept(kept.path)
        except OSError as error:
            raise DiaryError(f"The kept file of “{kept.name}” cannot be read.") from error

    def keep_derived(self, recording: str, engine: str, document: Mapping[str, Any]) -> None:
        """Keep what a version of the engine found; other versions stay beside it."""
        with self._writing():
            self._execute(
                "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)",
                (recording, engine, time.time_ns(), as_json(dict(document))),
            )

    def derived(self, recording: str) -> tuple[Derived, ...]:
        """Return what was found in a recording, the newest last."""
        rows = self._all(
            "SELECT * FROM derived WHERE recording = ? ORDER BY made_utc_ns, engine", (recording,)
        )
        return tuple(
            Derived(
                row["recording"], row["engine"], row["made_utc_ns"], json.loads(row["document"])
            )
            for row in rows
        )

    def not_derived(self, engine: str) -> tuple[KeptRecording, ...]:
        """Return the recordings that this version of the engine has not seen."""
        rows = self._all(
            "SELECT * FROM recordings WHERE NOT EXISTS (SELECT 1 FROM derived"
            " WHERE recording = sha256 AND engine = ?) ORDER BY added_utc_ns, sha256",
            (engine,),
        )
        return tuple(self._kept(row) for row in rows)

    # History and copies

    def history(self, what: str | None = None, id: str | None = None) -> tuple[Change, ...]:  # noqa: A002
        """Return every change, the oldest first; of one table or one entry if named."""
        rows = self._all(
            "SELECT * FROM history WHERE (?1 IS NULL OR what = ?1) AND (?2 IS NULL OR id = ?2)"
            " ORDER BY number",
            (what, id),
        )
        return tuple(
            Change(
                **dict(row)
                | {side: json.loads(row[side]) if row[side] else None for side in _SIDES}
            )
            for row in rows
        )

    def copy_to(self, path: Path) -> None:
        """Copy the diary, without recordings, with SQLite's own backup call."""
        try:
            copy(self._connection, path)
        except (OSError, sqlite3.Error) as error:
            raise explained(error, self.home) from error

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table."""
        return tuple(
            row["name"] for row in self._all("SELECT name FROM pragma_table_info(?)", (table,))
        )

    def rows(self, tables: Iterable[str]) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of these tables as they are kept, all of one moment."""
        self._execute("BEGIN", ())
        try:
            return {
                name: [tuple(row) for row in self._all(f"SELECT * FROM {name}", ())]  # noqa: S608
                for name in tables
            }
        finally:
            self._execute("ROLLBACK", ())

    # Inner parts

    @property
    def _recordings(self) -> Path:
        return self.home / "recordings"

    def _kept(self, row: sqlite3.Row) -> KeptRecording:
        return KeptRecording(**dict(row), path=files.kept_path(self._recordings, row["sha256"]))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with writing(self._connection, self.home):
            yield

    def _execute(self, sql: str, values: Any) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, values)
        except (sqlite3.Error, OverflowError) as error:
            if isinstance(error, OverflowError):
                raise DiaryError("A number is too large to be kept.") from error
            raise explained(error, self.home) from error

    def _all(self, sql: str, values: Any) -> list[sqlite3.Row]:
        try:
            return self._execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise explained(error, self.home) from error

    def _one(self, sql: str, values: Any) -> sqlite3.Row | None:
        return next(iter(self._all(sql, values)), None)

    def _need(self, table: str, key: str, id: str) -> sqlite3.Row:  # noqa: A002
        row = self._one(f"SELECT * FROM {table} WHERE {key} = ?", (id,))  # noqa: S608
        if row is None:
            raise DiaryError(f"“{id}” is not in the diary.")
        return row

    def _add(self, table: str, key: str, row: Mapping[str, Any]) -> None:
        with self._writing():
            before = self._one(f"SELECT * FROM {table} WHERE {key} = ?", (row[key],))  # noqa: S608
            if before is not None and dict(before) != row:
                raise DiaryError(
                    f"The diary already has another “{row[key]}”.", "Correct that one."
                )
            self._put(table, key, row)

    def _put(self, table: str, key: str, row: Mapping[str, Any]) -> None:
        """Add or correct a row, with a line of history; without a change, do nothing."""
        before = self._one(f"SELECT * FROM {table} WHERE {key} = ?", (row[key],))  # noqa: S608
        if before is not None and dict(before) == row:
            return
        places = ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = :{name}" for name in row)
        self._execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"  # noqa: S608
            f" ON CONFLICT DO UPDATE SET {changes}",
            dict(row),
        )
        self._note(table, str(row[key]), dict(before) if before else None, row)

    def _remove(self, table: str, key: str, id: str) -> None:  # noqa: A002
        before = self._need(table, key, id)
        self._execute(f"DELETE FROM {table} WHERE {key} = ?", (id,))  # noqa: S608
        self._note(table, id, dict(before), None)

    def _note(
        self,
        what: str,
        id: str,  # noqa: A002
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        change = "added" if before is None else "removed" if after is None else "corrected"
        self._execute(
            "INSERT INTO history (at_utc_ns, who, what, id, change, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                time.time_ns(),
                self._who,
                what,
                id,
                change,
                as_json(dict(before)) if before is not None else None,
                as_json(dict(after)) if after is not None else None,
            ),
        )


_SIDES = ("before", "after")


def _checkup(row: sqlite3.Row) -> KeptCheckUp:
    return KeptCheckUp(
        **dict(row)
        | {name: bool(row[name]) for name in ("complete", "may_exercise")}
        | {name: json.loads(row[name]) for name in ("answers", "document")}
    )


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(row["what"], row["id"], row["at_utc_ns"], json.loads(row["document"]))
