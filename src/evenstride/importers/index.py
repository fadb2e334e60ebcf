"""The list of files in a zip, with guards against lists that were built to do harm."""

from __future__ import annotations

import stat
import struct
import zipfile
from typing import BinaryIO

from evenstride.errors import UnsafeFile
from evenstride.importers.blobs import Blob
from evenstride.importers.salvage import Entry, salvage

__all__ = ["DEFLATED", "MOST_MEMBERS", "STORED", "entries"]

STORED, DEFLATED = 0, 8

MOST_MEMBERS = 200_000
"""Files in one source. Years of a sports watch are about 20,000; a list of 200,000 takes 130 MB."""

_MOST_BYTES = 100 << 30
_MOST_INDEX_BYTES = MOST_MEMBERS * 512  # an entry with its name takes about 100 bytes
_ENCRYPTED = 0x1
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_BYTES = (1 << 16) + 22 + 76  # the last record, its comment, and what stands before it
_BROKEN_INDEX = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    EOFError,
    OverflowError,
    struct.error,
)


def entries(blob: Blob) -> list[Entry]:
    """Return the files in a zip that can be read; from its pieces if its index is missing.

    Raises:
        UnsafeFile: If the archive was built to do harm.
    """
    with blob.open() as handle:
        _check_index(handle)
        try:
            with zipfile.ZipFile(handle) as archive:
                listed = archive.infolist()
            if not all(info.filename for info in listed):  # Python would stumble over it
                raise zipfile.BadZipFile("a file has no name")
            infos = [info for info in listed if not info.is_dir()]
        except _BROKEN_INDEX:
            found = salvage(handle, MOST_MEMBERS)
        else:
            infos = [info for info in infos if not stat.S_ISLNK(info.external_attr >> 16)]
            found = _with_what_stands_before(handle, [_entry(info) for info in infos])
    for entry in found:
        _check_name(entry.name)
    _check_overlap(found)
    if sum(entry.size or 0 for entry in found) > _MOST_BYTES:
        raise UnsafeFile("The archive would unpack to more than 100 GB.", "It was not opened.")
    readable = (STORED, DEFLATED)
    return [e for e in found if e.method in readable and not e.flags & _ENCRYPTED]


def _with_what_stands_before(handle: BinaryIO, listed: list[Entry]) -> list[Entry]:
    """Add what the index does not list because it is the index of only a part of the file.

    So it is when an archive of archives was cut, and the last index is that of an inner one; and
    when two archives were joined.
    """
    if min((entry.header_at for entry in listed), default=0) == 0:
        return listed
    before = salvage(handle, MOST_MEMBERS)
    if not before:
        return listed
    last = before[-1]
    if last.packed_size is None:
        return before
    end = last.header_at + last.packed_size
    return before + [entry for entry in listed if entry.header_at > end]


def _check_index(handle: BinaryIO) -> None:
    """Refuse an index so long that only to list it would fill the memory."""
    end = handle.seek(0, 2)
    handle.seek(max(0, end - _END_BYTES))
    tail = handle.read(_END_BYTES)
    sizes = [0]
    if (at := tail.rfind(_END)) >= 0 and len(tail) >= at + 16:
        size = int.from_bytes(tail[at + 12 : at + 16], "little")
        sizes.append(size if size != 0xFFFFFFFF else 0)
    if (at := tail.rfind(_END_64)) >= 0 and len(tail) >= at + 48:
        sizes.append(int.from_bytes(tail[at + 40 : at + 48], "little"))
    # A size beyond the end is damage, which the library finds by itself.
    if max(size for size in sizes if size <= end) > _MOST_INDEX_BYTES:
        raise UnsafeFile("The archive lists too many files.", "It was not opened.")


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


def _check_overlap(found: list[Entry]) -> None:
    """Refuse members that share the same packed bytes: the trick of tightly packed zip bombs."""
    end = 0
    for entry in sorted(found, key=lambda entry: entry.header_at):
        if entry.header_at < end:
            raise UnsafeFile("The archive's files overlap: it is a zip bomb.", "It was not opened.")
        end = entry.header_at + (entry.packed_size or 0)
