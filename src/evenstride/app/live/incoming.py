"""What a recording sends while it goes on, on the disk before it is acknowledged.

Each recording has a folder that only its owner can read. It is no part of the diary yet: exports
and backups leave it out. A piece is a file of its own, so that the order in which pieces come, and
how often, changes nothing; and what was acknowledged outlives a server that is killed. If the diary
is encrypted, so are the pieces.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenstride.app.home import folder_of
from evenstride.app.passphrase import passphrase_of
from evenstride.app.private import write_private
from evenstride.diary import INCOMING
from evenstride.diary.files import sync_folder
from evenstride.diary.keys import Key, unlocked
from evenstride.diary.place import DIARY
from evenstride.diary.sealed import Sealer, Unsealed, sealed_under
from evenstride.diary.trouble import explaining
from evenstride.errors import OptionError

__all__ = ["FINISHING", "MOST_BLOCKS", "Incoming", "Unfinished"]

MOST_BLOCKS = 50_000
"""More than a day of pieces of two seconds."""

FINISHING = threading.Lock()
"""Held while a recording is made a walk: asked twice at once, it must not become two."""

_NAME = re.compile(r"[0-9a-zA-Z_-]{8,64}")
_BEGUN, _DONE = "begun.json", "done.json"
_BLOCK = re.compile(r"(\d{6})\.json")
_KEPT_BLOCKS_S, _KEPT_DONE_S = 2 * 86_400, 30 * 86_400


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A recording that began and was not finished.

    Attributes:
        id: Its name.
        begun: What was told at its start.
        quiet_s: For how long nothing has come.
        blocks: How many pieces are there.
    """

    id: str
    begun: Mapping[str, Any]
    quiet_s: float
    blocks: int


class Incoming:
    """The recordings of a person that are on their way."""

    def __init__(self, home: Path | None) -> None:
        self._root = folder_of(home) / INCOMING
        self._key = unlocked(folder_of(home) / DIARY, passphrase_of(home))

    def begin(self, id: str, document: Mapping[str, Any]) -> None:  # noqa: A002
        """Keep what is told at the start; told again, the first stays.

        Raises:
            OptionError: If the name is none.
            DiaryError: If the disk is full or fails.
        """
        folder = self._folder(id)
        if (folder / _BEGUN).exists() or (folder / _DONE).exists():
            return
        with explaining(self._root):
            self._make(folder)
            self._write(folder / _BEGUN, document)

    def append(self, id: str, place: int, block: Mapping[str, Any]) -> bool:  # noqa: A002
        """Keep a piece; the same piece again changes nothing.

        Returns:
            Whether it is on the disk now: not if the recording is not known here.

        Raises:
            OptionError: If the name or the place is none.
            DiaryError: If the disk is full or fails.
        """
        folder = self._folder(id)
        if not 0 <= place < MOST_BLOCKS:
            raise OptionError("A recording cannot be this long.")
        if not (folder / _BEGUN).exists():
            return (folder / _DONE).exists()
        path = folder / f"{place:06}.json"
        if not path.exists():
            with explaining(self._root):
                self._write(path, block)
        return True

    def begun(self, id: str) -> Mapping[str, Any] | None:  # noqa: A002
        """Return what was told at the start; None if the recording is not known."""
        return self._read(self._folder(id) / _BEGUN)

    def places(self, id: str) -> set[int]:  # noqa: A002
        """Return the places of the pieces that are there."""
        folder = self._folder(id)
        files = folder.iterdir() if folder.is_dir() else ()
        return {int(found[1]) for file in files if (found := _BLOCK.fullmatch(file.name))}

    def blocks(self, id: str) -> Iterator[Mapping[str, Any]]:  # noqa: A002
        """Yield the pieces in their order; one that cannot be read is left out."""
        folder = self._folder(id)
        for place in sorted(self.places(id)):
            block = self._read(folder / f"{place:06}.json")
            if block is not None:
                yield block

    def outcome(self, id: str) -> Mapping[str, Any] | None:  # noqa: A002
        """Return what became of a recording that is whole; None if more may come."""
        folder = self._folder(id)
        return None if (folder / _BEGUN).exists() else self._read(folder / _DONE)

    def last(self, id: str) -> Mapping[str, Any] | None:  # noqa: A002
        """Return what became of a recording so far, whether or not more may come."""
        return self._read(self._folder(id) / _DONE)

    def close(self, id: str, outcome: Mapping[str, Any], *, whole: bool = True) -> None:  # noqa: A002
        """Keep what became of a recording, so that asking again answers the same.

        Args:
            id: Its name.
            outcome: What became of it.
            whole: Nothing more will come, so that its pieces are no longer needed.
        """
        folder = self._folder(id)
        with explaining(self._root):
            self._write(folder / _DONE, outcome)
            for path in folder.iterdir() if whole else ():
                if path.name != _DONE:
                    path.unlink(missing_ok=True)

    def drop(self, id: str) -> None:  # noqa: A002
        """Remove a recording; one that is not there is no error."""
        folder = self._folder(id)
        with explaining(self._root):
            if folder.is_dir():
                shutil.rmtree(folder)

    def unfinished(self, now_s: float) -> tuple[Unfinished, ...]:
        """Return the recordings that were not finished, the newest first.

        Pieces of finished ones for which more might have come are kept for two days, and what
        became of them for a month.

        Args:
            now_s: Seconds since 1970.
        """
        found = []
        for folder in self._root.iterdir() if self._root.is_dir() else ():
            quiet_s = now_s - folder.stat().st_mtime
            begun, done = self._read(folder / _BEGUN), self._read(folder / _DONE)
            if done is not None and quiet_s > _KEPT_DONE_S:
                self.drop(folder.name)
            elif done is not None and begun is not None and quiet_s > _KEPT_BLOCKS_S:
                self.close(folder.name, done)
            elif done is None and begun is not None:
                found.append(Unfinished(folder.name, begun, quiet_s, len(self.places(folder.name))))
        return tuple(sorted(found, key=lambda one: one.quiet_s))

    def _make(self, folder: Path) -> None:
        for one in (self._root, folder):
            one.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _folder(self, id: str) -> Path:  # noqa: A002
        if not _NAME.fullmatch(id):
            raise OptionError("A recording does not go by that name.")
        return self._root / id

    def _write(self, path: Path, document: Mapping[str, Any]) -> None:
        """Write a document so that it is on the disk, under its name, when this returns."""
        content = json.dumps(document, separators=(",", ":")).encode()
        write_private(path, content if self._key is None else _sealed(content, self._key))
        sync_folder(path.parent)

    def _read(self, path: Path) -> Mapping[str, Any] | None:
        try:
            # What came before the diary was encrypted is plain.
            if self._key is not None and sealed_under(path):
                with Unsealed(path, self._key) as file:
                    found = json.loads(file.readall())
            else:
                found = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def _sealed(content: bytes, key: Key) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, key)
    sealer.write(content)
    sealer.finish()
    return out.getvalue()
