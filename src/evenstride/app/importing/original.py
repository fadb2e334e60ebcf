"""The original bytes of what is kept: a file as it is, or a branch of an archive as a zip."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from evenstride.diary import Diary, KeptRecording
from evenstride.importers import Source

__all__ = ["keep_original"]

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20
_IN_MEMORY = 64 << 20


def keep_original(diary: Diary, path: Path, source: Source, format: str) -> KeptRecording:  # noqa: A002
    """Keep what a recording was read from.

    Args:
        diary: Where.
        path: The file or folder that the person named.
        source: The branch of it that holds the recording.
        format: Name of its format.
    """
    if path.is_file() and source.prefix == "" and source.name == path.name:
        return diary.keep_recording(path, format)
    members = source.members()
    if len(members) == 1 and members[0].path == source.prefix + source.name:
        with source.open(members[0]) as stream:
            return diary.keep_bytes(source.name, iter(partial(stream.read, _PIECE), b""), format)
    return diary.keep_bytes(f"{source.name}.zip", _zipped(source), format)


def _zipped(source: Source) -> Iterator[bytes]:
    """Yield a branch as a zip, the same for the same content."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="evenstride-") as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in source.members():
                info = zipfile.ZipInfo(member.path.removeprefix(source.prefix), _ZIP_EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                with source.open(member) as stream, archive.open(info, "w", force_zip64=True) as to:
                    while piece := stream.read(_PIECE):
                        to.write(piece)
        packed.seek(0)
        yield from iter(partial(packed.read, _PIECE), b"")
