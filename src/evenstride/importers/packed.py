"""Unpacking without a copy on disk, with guards against archives built to do harm."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

from evenstride.errors import UnsafeFile
from evenstride.importers.salvage import Entry, salvage

__all__ = ["Blob", "BytesBlob", "Packed", "PathBlob", "Pieces", "Tick", "unpack"]

Pieces: TypeAlias = Generator[bytes, None, str | None]
"""Pieces of bytes; returns why they ended too early, or None when all is well."""

Tick: TypeAlias = Callable[[int], None]
"""Told how many packed bytes were just read; what it raises ends the reading."""

_PIECE = 1 << 18
_DEEPEST = 4
_FREE_BYTES = 64 << 20  # small files may be packed as tightly as they like
_TIGHTEST = 200  # sensor data shrink 3 to 20 times; a bomb shrinks about 1000 times
_MOST_BYTES = 100 << 30
_MOST_NESTED_BYTES = 512 << 20
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_BROKEN_INDEX = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    EOFError,
    OverflowError,
    struct.error,
)


class Blob(Protocol):
    """Bytes that can be read from any place."""

    def open(self) -> BinaryIO:
        """Return a new seekable handle."""


@dataclass(frozen=True, slots=True)
class PathBlob:
    """A file on disk."""

    path: Path

    def open(self) -> BinaryIO:
        """Return a new handle."""
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class BytesBlob:
    """Bytes in memory."""

    data: bytes

    def open(self) -> BinaryIO:
        """Return a new handle."""
        return BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class Packed:
    """A member as it lies in its container.

    Attributes:
        path: Its place in the tree.
        blob: The container's bytes.
        entry: Its place in a zip; None if the blob is the member itself.
        gzipped: Whether what comes out must be inflated once more.
    """

    path: str
    blob: Blob
    entry: Entry | None = None
    gzipped: bool = False

    @property
    def size(self) -> int | None:
        """Bytes after unpacking, as far as the container tells."""
        if self.gzipped:
            return None
        if self.entry is not None:
            return self.entry.size
        try:
            with self.blob.open() as handle:
                return handle.seek(0, 2)
        except OSError:
            return None

    @property
    def packed_size(self) -> int:
        """Bytes in the container; 0 when not known."""
        if self.entry is not None:
            return self.entry.packed_size or 0
        return replace(self, gzipped=False).size or 0

    def pieces(self, tick: Tick | None = None) -> Pieces:
        """Yield the bytes of the member from its start."""
        stored = _stored(self.blob, self.entry, tick)
        if self.entry is not None and self.entry.method == _DEFLATED:
            stored = _inflate(stored, -zlib.MAX_WBITS, self.entry.crc)
        return _inflate(stored, zlib.MAX_WBITS | 16) if self.gzipped else stored

    def starts_with(self, magic: bytes) -> bool:
        """Tell whether the member's first bytes are ``magic``."""
        pieces = self.pieces()
        have = b""
        for piece in pieces:
            have += piece
            if len(have) >= len(magic):
                break
        pieces.close()
        return have.startswith(magic)


def unpack(item: Packed, depth: int = 0) -> Iterator[Packed]:
    """Yield the members in ``item``: itself, or what its zip or gz holds, also nested.

    Raises:
        UnsafeFile: If an archive was built to do harm.
    """
    if depth > _DEEPEST:
        raise UnsafeFile("Archives are packed into each other too deeply.", "Unpack it first.")
    if not item.gzipped and item.starts_with(b"\x1f\x8b"):
        name = item.path[:-3] if item.path.lower().endswith(".gz") else item.path
        yield Packed(name, item.blob, item.entry, gzipped=True)
    elif item.starts_with(b"PK\x03\x04"):
        blob = item.blob if depth == 0 and item.entry is None else _whole(item)
        entries = _entries(blob)
        if not entries or any(entry.name == "[Content_Types].xml" for entry in entries):
            yield item  # locked, empty, or an office document: not a folder of walks
            return
        folder = "" if depth == 0 and "/" not in item.path else item.path + "/"
        for entry in entries:
            yield from unpack(Packed(folder + entry.name, blob, entry), depth + 1)
    else:
        yield item


def _entries(blob: Blob) -> list[Entry]:
    with blob.open() as handle:
        try:
            with zipfile.ZipFile(handle) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
        except _BROKEN_INDEX:
            entries = salvage(handle)
        else:
            infos = [info for info in infos if not stat.S_ISLNK(info.external_attr >> 16)]
            entries = [_entry(info) for info in infos]
    for entry in entries:
        _check_name(entry.name)
    _check_overlap(entries)
    if sum(entry.size or 0 for entry in entries) > _MOST_BYTES:
        raise UnsafeFile("The archive would unpack to more than 100 GB.", "It was not opened.")
    readable = (_STORED, _DEFLATED)
    return [e for e in entries if e.method in readable and not e.flags & _ENCRYPTED]


def _entry(info: zipfile.ZipInfo) -> Entry:
    return Entry(
        name=info.filename.replace("\\", "/"),
        header_at=info.header_offset,
        packed_size=info.compress_size,
        size=info.file_size,
        method=info.compress_type,
        flags=info.flag_bits,
        crc=info.CRC,
    )


def _check_name(name: str) -> None:
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in name:
        raise UnsafeFile(
            "The archive holds a file that wants to be written outside of its folder.",
            "It was not opened. Where does it come from?",
        )


def _check_overlap(entries: list[Entry]) -> None:
    """Refuse members that share the same packed bytes: the trick of tightly packed zip bombs."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_at):
        if entry.header_at < end:
            raise UnsafeFile("The archive's files overlap: it is a zip bomb.", "It was not opened.")
        end = entry.header_at + (entry.packed_size or 0)


def _whole(item: Packed) -> BytesBlob:
    """Unpack an inner archive into memory: its index stands at its end."""
    parts, size = [], 0
    for piece in item.pieces():
        parts.append(piece)
        size += len(piece)
        if size > _MOST_NESTED_BYTES:
            raise UnsafeFile("An archive inside the archive is too large.", "Unpack it first.")
    return BytesBlob(b"".join(parts))


def _stored(blob: Blob, entry: Entry | None, tick: Tick | None) -> Pieces:
    try:
        handle = blob.open()
    except OSError:
        return "it cannot be opened, or is no longer there"
    with handle:
        left = -1
        if entry is not None:
            handle.seek(entry.header_at)
            header = handle.read(30)
            name_size = int.from_bytes(header[26:28], "little")
            extra_size = int.from_bytes(header[28:30], "little")
            handle.seek(entry.header_at + 30 + name_size + extra_size)
            left = -1 if entry.packed_size is None else entry.packed_size
        while left:
            try:
                piece = handle.read(_PIECE if left < 0 else min(left, _PIECE))
            except OSError:
                return "the disk could not read it to its end"
            if not piece:
                return "the file ends in the middle" if left > 0 else None
            left = left if left < 0 else left - len(piece)
            if tick is not None:
                tick(len(piece))
            yield piece
    return None


def _inflate(stored: Pieces, window: int, crc: int | None = None) -> Pieces:
    """Inflate deflate or gzip data (which may have several parts), watching for bombs."""
    taken = given = checksum = 0
    new: Callable[[], zlib._Decompress] = lambda: zlib.decompressobj(window)  # noqa: E731
    engine = new()
    source_damage: list[str | None] = []
    for piece in _recording_end(stored, source_damage):
        taken += len(piece)
        rest = piece
        while rest:
            if engine.eof:
                if window < 0 or not rest.lstrip(b"\0"):
                    break
                engine = new()
            try:
                out = engine.decompress(rest, _PIECE)
            except zlib.error:
                return "part of the file is damaged and what follows could not be unpacked"
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
            given += len(out)
            if given > _FREE_BYTES and given > _TIGHTEST * taken:
                raise UnsafeFile(
                    "The file unpacks to far more than a recording could: it is a zip bomb.",
                    "It was not read further.",
                )
            checksum = zlib.crc32(out, checksum)
            if out:
                yield out
        if engine.eof and window < 0:
            break
    if not engine.eof:
        return "the file ends in the middle"
    if crc is not None and checksum != crc:
        return "its checksum does not fit, so some values may be wrong"
    return source_damage[0] if source_damage else None


def _recording_end(stored: Pieces, damage: list[str | None]) -> Iterator[bytes]:
    damage.append((yield from stored))
