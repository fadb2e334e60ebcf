"""Finding the members of a zip whose index is missing, as in a download that was cut short."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from evenstride.importers.inflating import Guard

__all__ = ["Entry", "salvage"]

_LOCAL = struct.Struct("<4s5H3I2H")
_MAGIC = b"PK\x03\x04"
_SIZES_FOLLOW = 0x8
_DEFLATED = 8
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of a zip.

    Attributes:
        name: Its path, with "/" between the parts.
        header_at: Where its local header starts.
        packed_size: Bytes in the archive, or None when they run to its end.
        size: Bytes after unpacking, or None when not known.
        method: 0 stored, 8 deflated.
        flags: Bit 0: encrypted.
        crc: Checksum of the unpacked bytes, or None when not known.
    """

    name: str
    header_at: int
    packed_size: int | None
    size: int | None
    method: int
    flags: int
    crc: int | None


def salvage(handle: BinaryIO, most: int) -> list[Entry]:
    """Walk from one local header to the next and return what was found, the last one maybe cut.

    Args:
        handle: The archive.
        most: Stop after so many members.

    Raises:
        UnsafeFile: If it was packed to do harm.
    """
    entries: list[Entry] = []
    guard = Guard()
    end = handle.seek(0, 2)
    at = 0
    while len(entries) <= most:
        handle.seek(at)
        raw = handle.read(_LOCAL.size)
        if len(raw) < _LOCAL.size or not raw.startswith(_MAGIC):
            break
        _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack(raw)
        encoding = "utf-8" if flags & 0x800 else "cp437"
        name = handle.read(name_size).decode(encoding, "replace").replace("\\", "/")
        data_at = at + _LOCAL.size + name_size + extra_size
        known = not flags & _SIZES_FOLLOW
        length: int | None = packed if known else _deflated_length(handle, data_at, method, guard)
        whole = length is not None and data_at + length <= end
        if not name.endswith("/"):
            entries.append(
                Entry(
                    name,
                    at,
                    length,
                    size if known else None,
                    method,
                    flags,
                    crc if known and whole else None,
                )
            )
        if length is None or not whole:
            break
        at = data_at + length
        if not known:
            at = _after_descriptor(handle, at)
    return entries


def _deflated_length(handle: BinaryIO, at: int, method: int, guard: Guard) -> int | None:
    """Return how many bytes a deflate stream takes, or None if it does not end."""
    if method != _DEFLATED:
        return None
    handle.seek(at)
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    taken = 0
    while not engine.eof:
        piece = handle.read(_PIECE)
        if not piece:
            return None
        taken += len(piece)
        guard.taken += len(piece)
        try:
            while piece and not engine.eof:
                guard.give(len(engine.decompress(piece, 1 << 20)))
                piece = engine.unconsumed_tail
        except zlib.error:
            return None
    return taken - len(engine.unused_data)


def _after_descriptor(handle: BinaryIO, at: int) -> int:
    """Skip the sizes that follow the data: 12 to 24 bytes up to the next header."""
    handle.seek(at)
    found = handle.read(32).find(_MAGIC)
    # No header follows: point at the end, where the walk stops.
    return at + found if found >= 0 else handle.seek(0, 2)
