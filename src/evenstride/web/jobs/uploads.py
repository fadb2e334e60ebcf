"""Files on their way in: kept piece by piece on the disk, so that a lost network loses nothing.

Each upload is a folder of its own that only its owner can read. What came is in files named by
number; what they are called is only a label until all of it is there.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO

from evenstride.app.private import write_private
from evenstride.app.words import words_of
from evenstride.errors import OptionError

__all__ = ["Coming", "Upload", "Uploads", "safe_path"]

MOST_BYTES = 16 << 30
_ROOM_LEFT = 256 << 20  # what the diary itself may need while it takes the files in
_WEEK_S = 7 * 86_400
_RECORD, _TREE = "upload.json", "files"
_ID = re.compile(r"[0-9a-f]{16}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_LONGEST_PART, _DEEPEST = 100, 12


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that is announced: what it is called, with its folders, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that come together.

    Attributes:
        id: Its name to the server.
        folder: Where it is kept.
        files: What was announced.
        since: Of what is imported, what ended before this day is left out.
        everything: Also keep what has nothing to do with walking or pain.
    """

    id: str
    folder: Path
    files: tuple[Coming, ...]
    since: date | None = None
    everything: bool = False

    @property
    def size(self) -> int:
        """How many bytes were announced."""
        return sum(one.size for one in self.files)

    @property
    def received(self) -> tuple[int, ...]:
        """How many bytes of each file are on the disk."""
        return tuple(self.received_of(number) for number in range(len(self.files)))

    def received_of(self, number: int) -> int:
        """Return how many bytes of one file are on the disk."""
        if (self.folder / _TREE).is_dir():
            return self.files[number].size
        return _size(self.folder / str(number))

    @property
    def is_whole(self) -> bool:
        """Whether everything that was announced is here."""
        return self.received == tuple(one.size for one in self.files)

    @property
    def name(self) -> str:
        """What a person knows it by: the file, or the first one of several."""
        first = self.files[0].name.replace("\\", "/").strip("/")
        return first.partition("/")[0]

    def paths(self) -> list[Path]:
        """Return the files and folders to import, as the person named them.

        Raises:
            OptionError: If something is still to come.
        """
        tree = self.folder / _TREE
        if not tree.is_dir():
            self._arrange(tree)
        return sorted(tree.iterdir())

    def _arrange(self, tree: Path) -> None:
        """Give the files their names; the tree appears once it is complete."""
        if not self.is_whole:
            raise OptionError(words_of("web-import")["uploads"]["not_whole"])
        growing = tree.with_suffix(".part")
        shutil.rmtree(growing, ignore_errors=True)
        for number, path in enumerate(_places([one.name for one in self.files])):
            place = growing / path
            place.parent.mkdir(parents=True, exist_ok=True)
            _second_name(self.folder / str(number), place)
        growing.rename(tree)
        for number in range(len(self.files)):
            (self.folder / str(number)).unlink()

    def document(self) -> Mapping[str, object]:
        """Return what a script is told of it."""
        return {
            "id": self.id,
            "name": self.name,
            "size": self.size,
            "files": [
                {**asdict(one), "received": received}
                for one, received in zip(self.files, self.received, strict=True)
            ],
            "whole": self.is_whole,
        }


class Uploads:
    """Every upload of a server, found again after it was stopped, however that came.

    Args:
        folder: Where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._busy: set[tuple[str, int]] = set()

    def begin(
        self, files: Sequence[Coming], *, since: date | None = None, everything: bool = False
    ) -> Upload:
        """Make room for files that are about to come.

        Raises:
            OptionError: If there is no room for them.
        """
        words = words_of("web-import")["uploads"]
        size = sum(one.size for one in files)
        if not files or size == 0:
            raise OptionError(words["empty"])
        if size > MOST_BYTES:
            raise OptionError(words["too_large"].format(most=f"{MOST_BYTES / 2**30:.0f} GB"))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._remove_old()
        free = shutil.disk_usage(self._folder).free
        if free < size + _ROOM_LEFT:
            gigabytes = {"size": f"{size / 1e9:.1f} GB", "free": f"{free / 1e9:.1f} GB"}
            raise OptionError(words["no_room"].format(**gigabytes), words["no_room_hint"])
        id_ = secrets.token_hex(8)
        folder = self._folder / id_
        folder.mkdir(mode=0o700)
        for number in range(len(files)):
            (folder / str(number)).touch(mode=0o600)
        record = {
            "files": [asdict(one) for one in files],
            "since": since and since.isoformat(),
            "everything": everything,
        }
        write_private(folder / _RECORD, json.dumps(record).encode())
        return Upload(id_, folder, tuple(files), since, everything)

    def get(self, id: str) -> Upload | None:  # noqa: A002
        """Return an upload; None if there is none of that name."""
        return _read(self._folder / id) if _ID.fullmatch(id) else None

    def all(self) -> tuple[Upload, ...]:
        """Return every upload, the newest first."""
        try:
            folders = sorted(self._folder.iterdir(), key=lambda one: -one.stat().st_mtime)
        except FileNotFoundError:
            return ()
        found = (self.get(folder.name) for folder in folders)
        return tuple(one for one in found if one is not None)

    def remove(self, upload: Upload) -> None:
        """Remove an upload from the disk; one that is gone is no error."""
        # First the record: one that is half removed is no upload any more.
        (upload.folder / _RECORD).unlink(missing_ok=True)
        shutil.rmtree(upload.folder, ignore_errors=True)

    @contextmanager
    def receiving(self, upload: Upload, number: int, offset: int) -> Iterator[IO[bytes] | None]:
        """Open a file to take what comes from a place on; None if something else must come first.

        What was taken is on the disk when it is closed, even if what comes breaks off.
        """
        place = (upload.id, number)
        with self._turn:
            free = place not in self._busy and upload.received_of(number) == offset
            if free:
                self._busy.add(place)
        if not free:
            yield None
            return
        try:
            with (upload.folder / str(number)).open("ab") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        finally:
            with self._turn:
                self._busy.discard(place)

    def _remove_old(self) -> None:
        """Remove what was begun and never completed, after a week."""
        for upload in self.all():
            idle_s = time.time() - max(one.stat().st_mtime for one in upload.folder.iterdir())
            if idle_s > _WEEK_S and not upload.is_whole:
                self.remove(upload)


def safe_path(name: str) -> PurePosixPath:
    """Return where a file goes below a folder, from what it is called elsewhere.

    No name leads out of the folder, hides the file, or is one that a disk refuses.
    """
    parts = (_UNSAFE.sub("_", part).strip().strip(".") for part in re.split(r"[/\\]", name))
    kept = [_short(part) for part in parts if part]
    return PurePosixPath(*kept[-_DEEPEST:]) if kept else PurePosixPath("file")


def _short(part: str) -> str:
    """Shorten a part of a path to what every disk takes; the end tells what kind of file it is."""
    while len(part.encode("utf-8", "replace")) > _LONGEST_PART:
        part = part[len(part) // 8 or 1 :]
    return part.encode("utf-8", "replace").decode()


def _places(names: Sequence[str]) -> Iterator[PurePosixPath]:
    """Yield a place for each file; two of one name, or a file where a folder is, are told apart."""
    taken: set[str] = set()
    for number, name in enumerate(names):
        path, apart = safe_path(name), str(number)
        above = _above(path)
        while str(path).lower() in taken or any(f"file {one}" in taken for one in above):
            apart += "-again"
            path = PurePosixPath(apart, *safe_path(name).parts)
            above = _above(path)
        taken |= {str(path).lower(), f"file {str(path).lower()}", *above}
        yield path


def _above(path: PurePosixPath) -> list[str]:
    return [str(one).lower() for one in path.parents][:-1]


def _second_name(file: Path, place: Path) -> None:
    try:
        place.hardlink_to(file)
    except OSError:  # the disk knows no second names
        shutil.copyfile(file, place)


def _read(folder: Path) -> Upload | None:
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
        files = tuple(Coming(one["name"], one["size"]) for one in record["files"])
        since = record["since"] and date.fromisoformat(record["since"])
        return Upload(folder.name, folder, files, since or None, record["everything"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
