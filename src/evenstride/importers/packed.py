"""Unpacking without a copy on disk, with guards against archives built to do harm."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, TypeAlias

from evenstride.errors import UnsafeFile
from evenstride.importers.blobs import Blob, BytesBlob, Held, HeldBlob, PathBlob, SliceBlob
from evenstride.importers.index import DEFLATED, STORED, entries
from evenstride.importers.inflating import DAMAGED, Guard, checksum, inflater
from evenstride.importers.salvage import Entry

__all__ = ["Blob", "BytesBlob", "Held", "Packed", "PathBlob", "Pieces", "Tick", "unpack"]

Pieces: TypeAlias = Generator[bytes, None, str | None]
"""Pieces of bytes; returns why they ended too early, or None when all is well."""

Tick: TypeAlias = Callable[[int], None]
"""Told how many packed bytes were just read; what it raises ends the reading."""

_PIECE = 1 << 18
_DEEPEST = 4
_LOCAL_BYTES = 30
_PEEK_BYTES = 1024  # packed bytes that surely give the first unpacked ones
_BEGIN_BYTES = 512  # unpacked ones that tell an archive, also one that is packed in itself
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


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
        return self.blob.size()

    @property
    def packed_size(self) -> int:
        """Bytes in the container; 0 when not known."""
        if self.entry is not None:
            return self.entry.packed_size or 0
        return replace(self, gzipped=False).size or 0

    def pieces(self, tick: Tick | None = None, step: int = _PIECE) -> Pieces:
        """Yield the bytes of the member from its start, at most ``step`` of them at a time."""
        stored = _stored(self.blob, self.entry, tick, step)
        if self.entry is not None and self.entry.method == DEFLATED:
            stored = _inflate(stored, -zlib.MAX_WBITS, self.entry.crc, step)
        return _inflate(stored, zlib.MAX_WBITS | 16, None, step) if self.gzipped else stored

    def first(self) -> bytes:
        """Return the first bytes, at a low cost."""
        pieces = self.pieces(step=_PEEK_BYTES)
        head = next(pieces, b"")
        pieces.close()
        return head


def unpack(item: Packed, held: Held, *, named: bool = False) -> Iterator[Packed]:
    """Yield the members in ``item``: itself, or what its zip or gz holds, also nested.

    Args:
        item: A file.
        held: Keeps the inner archives that have to be unpacked, within its limit.
        named: Whether what is in an archive stands below its name, as it lies beside other files.

    Raises:
        UnsafeFile: If an archive was built to do harm.
    """
    return _unpack(item, item.first(), held, 0, named=named)


def _unpack(
    item: Packed, head: bytes, held: Held, depth: int, *, named: bool = True
) -> Iterator[Packed]:
    if depth > _DEEPEST:
        raise UnsafeFile("Archives are packed into each other too deeply.", "Unpack it first.")
    if head.startswith(_GZIP):
        name = item.path[:-3] if item.path.lower().endswith(".gz") else item.path
        item = Packed(name, item.blob, item.entry, gzipped=True)
        head = _begin(head, zlib.MAX_WBITS | 16) or item.first()
    if not head.startswith(_ZIP):
        yield item
        return
    blob = item.blob if item.entry is None and not item.gzipped else _inner(item, held)
    found = entries(blob)
    if not found or any(entry.name == "[Content_Types].xml" for entry in found):
        yield item  # locked, empty, or an office document: not a folder of walks
        return
    folder = item.path + "/" if named else ""
    with blob.open() as handle:
        for entry in found:
            member = Packed(folder + entry.name, blob, entry)
            yield from _unpack(member, _first(handle, entry), held, depth + 1)


def _first(handle: BinaryIO, entry: Entry) -> bytes:
    """Return the first bytes of a member, by one small read of an archive that is open."""
    handle.seek(entry.header_at)
    raw = handle.read(_LOCAL_BYTES + _PEEK_BYTES)
    start = _LOCAL_BYTES + _after_header(raw)
    if len(raw) < start + _PEEK_BYTES // 2:
        handle.seek(entry.header_at + start)
        raw, start = handle.read(_PEEK_BYTES), 0
    packed = raw[start:]
    if entry.method == STORED:
        return packed[: entry.packed_size]
    return _begin(packed, -zlib.MAX_WBITS)


def _begin(packed: bytes, window: int) -> bytes:
    """Return the first unpacked bytes; none if the packed ones are too few or damaged."""
    try:
        return zlib.decompressobj(window).decompress(packed, _BEGIN_BYTES)
    except zlib.error:
        return b""


def _after_header(raw: bytes) -> int:
    """Return how many bytes of name and further fields follow a local header."""
    return int.from_bytes(raw[26:28], "little") + int.from_bytes(raw[28:30], "little")


def _inner(item: Packed, held: Held) -> Blob:
    """Return an inner archive: in place where it lies unpacked, else unpacked when needed."""
    entry = item.entry
    if entry is None or item.gzipped or entry.method != STORED:
        return HeldBlob(item.pieces, held)
    with item.blob.open() as handle:
        handle.seek(entry.header_at)
        start = entry.header_at + _LOCAL_BYTES + _after_header(handle.read(_LOCAL_BYTES))
    return SliceBlob(item.blob, start, entry.packed_size)


def _stored(blob: Blob, entry: Entry | None, tick: Tick | None, step: int) -> Pieces:
    try:
        handle = blob.open()
    except OSError:
        return "it cannot be opened, or is no longer there"
    with handle:
        left = -1
        if entry is not None:
            handle.seek(entry.header_at)
            after = _after_header(handle.read(_LOCAL_BYTES))
            handle.seek(entry.header_at + _LOCAL_BYTES + after)
            left = -1 if entry.packed_size is None else entry.packed_size
        while left:
            try:
                piece = handle.read(step if left < 0 else min(left, step))
            except OSError:
                return "the disk could not read it to its end"
            if not piece:
                return "the file ends in the middle" if left > 0 else None
            left = left if left < 0 else left - len(piece)
            if tick is not None:
                tick(len(piece))
            yield piece
    return None


def _inflate(stored: Pieces, window: int, crc: int | None, step: int) -> Pieces:
    """Inflate deflate or gzip data (which may have several parts), watching for bombs."""
    guard, found = Guard(), 0
    engine = inflater(window)
    source_damage: list[str | None] = []
    for piece in _recording_end(stored, source_damage):
        guard.taken += len(piece)
        rest, more = piece, True
        while more:
            if engine.eof:
                if window < 0 or not rest.lstrip(b"\0"):
                    break
                engine = inflater(window)
            try:
                out = engine.decompress(rest, step)
            except DAMAGED:
                return "part of the file is damaged and what follows could not be unpacked"
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
            # All of the input may be taken while part of the output still waits inside.
            more = bool(rest) or (len(out) == step and not engine.eof)
            guard.give(len(out))
            found = checksum(out, found)
            if out:
                yield out
        if engine.eof and window < 0:
            break
    if not engine.eof:
        return "the file ends in the middle"
    if crc is not None and found != crc:
        return "its checksum does not fit, so some values may be wrong"
    return source_damage[0] if source_damage else None


def _recording_end(stored: Pieces, damage: list[str | None]) -> Iterator[bytes]:
    damage.append((yield from stored))
