"""Keep the original files: compressed, named by content, whole or not at all, never changed."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

__all__ = ["kept_path", "open_kept", "store", "sync_folder"]

_CHUNK = 1 << 20
_DAY_S = 86_400


def kept_path(folder: Path, sha256: str) -> Path:
    """Return where the recording of this content is kept."""
    return folder / f"{sha256}.gz"


def store(source: Path, folder: Path) -> tuple[str, int]:
    """Keep a file; keeping it again changes nothing.

    Returns:
        SHA-256 and size of the original bytes.

    Raises:
        OSError: If it cannot be read, or not be written whole; nothing stays behind then.
    """
    _clear_leftovers(folder)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    part = Path(name)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file, source.open("rb") as original:
            # Neither name nor time in the header: the same content gives the same file.
            with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                while chunk := original.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    packed.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = kept_path(folder, digest.hexdigest())
        if not target.exists():
            part.replace(target)
            sync_folder(folder)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest(), size


def _clear_leftovers(folder: Path) -> None:
    """Remove what a program that was killed left behind; another may be writing right now."""
    for part in folder.glob(".*.part"):
        with suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > _DAY_S:
                part.unlink()


def open_kept(path: Path) -> gzip.GzipFile:
    """Open a kept recording for reading its original bytes."""
    return gzip.GzipFile(path, "rb")


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
