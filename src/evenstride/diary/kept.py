"""The files of recordings: compressed, sealed if the diary is encrypted, whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import io
import shutil
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from evenstride.diary.files import new_file, sync_file, sync_folder
from evenstride.diary.keys import Key
from evenstride.diary.sealed import Sealer, Unsealed
from evenstride.errors import DiaryError

__all__ = ["PLAIN", "SEALED", "check", "harm", "keep", "kept_path", "open_kept", "opened", "recode"]

PLAIN = ".gz"
SEALED = ".sealed"
_CHUNK = 1 << 20


def kept_path(folder: Path, sha256: str, key: Key | None) -> Path:
    """Return where a recording is kept; the name of a sealed one does not tell its content."""
    if key is None:
        return folder / f"{sha256}{PLAIN}"
    name = hmac.digest(key.for_use(b"names"), sha256.encode(), "sha256").hex()
    return folder / f"{name}{SEALED}"


def keep(pieces: Iterable[bytes], folder: Path, key: Key | None) -> tuple[str, int]:
    """Keep a file; keeping it again changes nothing, or puts a damaged one right.

    Returns:
        SHA-256 and size of the original bytes.

    Raises:
        OSError: If it cannot be read, or not be written whole; nothing stays behind then.
    """
    digest, size = hashlib.sha256(), 0
    with new_file(folder) as (file, part):
        under: BinaryIO | Sealer = Sealer(file, key) if key else file
        # Neither name nor time in the header: the same content gives the same file.
        with gzip.GzipFile("", "wb", 6, under, mtime=0) as packed:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                packed.write(piece)
        if isinstance(under, Sealer):
            under.finish()
        sync_file(file)
        target = kept_path(folder, digest.hexdigest(), key)
        if harm(target, digest.hexdigest(), key):
            part.replace(target)
            sync_folder(folder)
    return digest.hexdigest(), size


def open_kept(path: Path, key: Key | None) -> gzip.GzipFile:
    """Open a kept file for reading the original bytes."""
    return _Kept(opened(path, key))


def opened(path: Path, key: Key | None) -> io.BufferedReader:
    """Open a kept file for reading its compressed bytes."""
    return io.BufferedReader(Unsealed(path, key)) if key else path.open("rb")


def check(path: Path, sha256: str, key: Key | None, name: str) -> None:
    """Read a kept file to its end.

    Args:
        path: The kept file.
        sha256: Of the original bytes.
        key: Of the diary.
        name: Of the original file, for the message.

    Raises:
        DiaryError: If it is not what was kept.
    """
    found = harm(path, sha256, key)
    if found:
        raise DiaryError(
            f"The kept recording “{name}” {found}.",
            "Import the original file again, or restore a backup.",
        )


def recode(path: Path, source_key: Key | None, target: Path, target_key: Key | None) -> None:
    """Write a kept file under another key, and read it back before it appears.

    Raises:
        OSError: If it cannot be read or written whole.
    """
    with opened(path, source_key) as source, new_file(target.parent) as (file, part):
        under: BinaryIO | Sealer = Sealer(file, target_key) if target_key else file
        shutil.copyfileobj(source, under, _CHUNK)
        if isinstance(under, Sealer):
            under.finish()
        sync_file(file)
        source.seek(0)
        with opened(part, target_key) as copy:
            while chunk := source.read(_CHUNK):
                if copy.read(len(chunk)) != chunk:
                    raise OSError(f"{path.name} could not be read back")
            if copy.read(1):
                raise OSError(f"{path.name} could not be read back")
        part.replace(target)
    sync_folder(target.parent)


class _Kept(gzip.GzipFile):
    """A compressed file that closes what it reads from."""

    def __init__(self, under: io.BufferedReader) -> None:
        self._under = under
        super().__init__("", "rb", fileobj=under)

    def close(self) -> None:
        super().close()
        self._under.close()


def harm(path: Path, sha256: str, key: Key | None) -> str:
    """Read a kept file to its end, and say what is wrong with it; empty if it is whole."""
    digest = hashlib.sha256()
    try:
        with open_kept(path, key) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return "is missing"
    except PermissionError:
        return "may not be read"
    except EOFError:
        return "was cut short"
    except (gzip.BadGzipFile, zlib.error):
        return "is damaged"
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"
    return "" if digest.hexdigest() == sha256 else "is not what was kept"
