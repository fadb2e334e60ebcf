"""The recordings of a diary, and what was found in them."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from evenstride.diary import kept
from evenstride.diary.keys import Key
from evenstride.diary.nouns import Derived, KeptRecording
from evenstride.diary.rows import as_json
from evenstride.diary.tables import Row, Tables
from evenstride.diary.trouble import explaining
from evenstride.errors import DiaryError

__all__ = ["Recordings"]

_CHUNK = 1 << 20


class Recordings:
    """The original files, each with its row, and what each version of the engine found in it."""

    def __init__(self, tables: Tables, folder: Path, key: Key | None) -> None:
        self._tables = tables
        self._folder = folder
        self._key = key

    def keep(self, path: Path, format: str) -> KeptRecording:  # noqa: A002
        """Keep the original file; see ``Diary.keep_recording``."""
        try:
            file = path.open("rb")
        except OSError as error:
            raise DiaryError(f"“{path}” cannot be read: {error.strerror}.") from error
        with file:
            return self.keep_bytes(path.name, iter(partial(file.read, _CHUNK), b""), format)

    def keep_bytes(self, name: str, pieces: Iterable[bytes], format: str) -> KeptRecording:  # noqa: A002
        """Keep a file from its bytes; see ``Diary.keep_bytes``."""
        with explaining(self._folder.parent):
            sha256, size = kept.keep(pieces, self._folder, self._key)
        row = {
            "sha256": sha256,
            "name": name,
            "bytes": size,
            "format": format,
            "added_utc_ns": time.time_ns(),
        }
        with self._tables.writing():
            if self._tables.find("recordings", sha256) is None:
                self._tables.put("recordings", row)
        return self.one(sha256)

    def one(self, sha256: str) -> KeptRecording:
        """Return one recording."""
        return self._kept(self._tables.need("recordings", sha256))

    def all(self) -> tuple[KeptRecording, ...]:
        """Return all recordings, in the order in which they were kept."""
        rows = self._tables.all("SELECT * FROM recordings ORDER BY added_utc_ns, sha256")
        return tuple(self._kept(row) for row in rows)

    def open(self, sha256: str) -> gzip.GzipFile:
        """Open the original bytes, after they were checked against their SHA-256."""
        one = self.one(sha256)
        kept.check(one.path, sha256, self._key, one.name)
        with explaining(self._folder.parent):
            return kept.open_kept(one.path, self._key)

    def keep_derived(self, sha256: str, engine: str, document: Mapping[str, Any]) -> None:
        """Keep what a version of the engine found; other versions stay beside it."""
        with self._tables.writing():
            self._tables.execute(
                "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)",
                (sha256, engine, time.time_ns(), as_json(dict(document))),
            )

    def derived(self, sha256: str) -> tuple[Derived, ...]:
        """Return what was found in a recording, the newest last."""
        rows = self._tables.all(
            "SELECT * FROM derived WHERE recording = ? ORDER BY made_utc_ns, engine", (sha256,)
        )
        return tuple(Derived(**row | {"document": json.loads(row["document"])}) for row in rows)

    def not_derived(self, engine: str) -> tuple[KeptRecording, ...]:
        """Return the recordings that this version of the engine has not seen."""
        rows = self._tables.all(
            "SELECT * FROM recordings WHERE NOT EXISTS (SELECT 1 FROM derived"
            " WHERE recording = sha256 AND engine = ?) ORDER BY added_utc_ns, sha256",
            (engine,),
        )
        return tuple(self._kept(row) for row in rows)

    def _kept(self, row: Row) -> KeptRecording:
        return KeptRecording(**row, path=kept.kept_path(self._folder, row["sha256"], self._key))
