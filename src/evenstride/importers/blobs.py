"""Bytes that can be read from any place: on disk, in memory, or inside of an archive."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from evenstride.errors import UnsafeFile

__all__ = ["Blob", "BytesBlob", "Held", "HeldBlob", "PathBlob", "SliceBlob"]

_MOST_HELD_BYTES = 512 << 20
_BUFFER_BYTES = 8192


class Blob(Protocol):
    """Bytes that can be read from any place."""

    def open(self) -> BinaryIO:
        """Return a new seekable handle."""

    def size(self) -> int | None:
        """Return how many bytes there are, or None when that cannot be told."""


@dataclass(frozen=True, slots=True)
class PathBlob:
    """A file on disk."""

    path: Path

    def open(self) -> BinaryIO:
        """Return a new handle."""
        return self.path.open("rb")

    def size(self) -> int | None:
        """Return the size of the file, or None if it cannot be asked."""
        try:
            return self.path.stat().st_size
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class BytesBlob:
    """Bytes in memory."""

    data: bytes

    def open(self) -> BinaryIO:
        """Return a new handle."""
        return BytesIO(self.data)

    def size(self) -> int | None:
        """Return how many bytes there are."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class SliceBlob:
    """A part of other bytes, read in place: an archive that lies unpacked in another one.

    Attributes:
        whole: The bytes around it.
        start: Where it begins in them.
        length: How long it is; None when it runs to their end.
    """

    whole: Blob
    start: int
    length: int | None

    def open(self) -> BinaryIO:
        """Return a new handle that sees this part only."""
        return cast("BinaryIO", BufferedReader(_Slice(self), _BUFFER_BYTES))

    def size(self) -> int | None:
        """Return how long it is, less what was cut off."""
        whole = self.whole.size()
        rest = None if whole is None else max(0, whole - self.start)
        if rest is None or self.length is None:
            return self.length if rest is None else rest
        return min(rest, self.length)


class _Slice(RawIOBase):
    def __init__(self, part: SliceBlob) -> None:
        self._handle = part.whole.open()
        self._start = part.start
        end = self._handle.seek(0, os.SEEK_END)
        self._size = max(0, end - part.start)
        if part.length is not None:
            self._size = min(self._size, part.length)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the start")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        wanted = max(0, min(len(view), self._size - self._at))
        self._handle.seek(self._start + self._at)
        data = self._handle.read(wanted)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._handle.close()
        super().close()


@dataclass(slots=True)
class Held:
    """Unpacked inner archives in memory, at most 512 MB of them: the last ones that were used."""

    _data: OrderedDict[HeldBlob, bytes] = field(default_factory=OrderedDict)

    def get(self, blob: HeldBlob) -> bytes:
        """Return the bytes of an inner archive, unpacked anew if they are no longer held.

        Raises:
            UnsafeFile: If it is too large for the memory.
        """
        if blob in self._data:
            self._data.move_to_end(blob)
            return self._data[blob]
        out = BytesIO()
        for piece in blob.pieces():
            room = _MOST_HELD_BYTES - out.tell() - len(piece)
            if room < 0:
                raise UnsafeFile("An archive inside the archive is too large.", "Unpack it first.")
            while self._data and sum(map(len, self._data.values())) > room:
                self._data.popitem(last=False)
            out.write(piece)
        self._data[blob] = out.getvalue()
        return self._data[blob]


@dataclass(frozen=True, slots=True, eq=False)
class HeldBlob:
    """An inner archive that must be unpacked to be read: its index stands at its end.

    Attributes:
        pieces: Starts to unpack it.
        held: Keeps it while it is used.
    """

    pieces: Callable[[], Iterator[bytes]]
    held: Held

    def open(self) -> BinaryIO:
        """Return a new handle."""
        return BytesIO(self.held.get(self))

    def size(self) -> int | None:
        """Return None: it is told by unpacking only."""
        return None
