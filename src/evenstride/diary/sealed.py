"""Files that only the holder of the key can read: AES-256-GCM in chunks, read from any place.

A sealed file is a mark, the id of the key, a random salt, then chunks of 64 KiB with a tag of 16
bytes each. Every file has a key of its own, made from the salt. The number of a chunk, and whether
it is the last, are part of its nonce: chunks can be neither swapped, nor cut off, nor added. This
is the scheme STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015, IACR ePrint 2015/189).
"""

from __future__ import annotations

import io
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from evenstride.diary.keys import Key, aes_gcm

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

__all__ = ["Sealer", "Unsealed", "sealed_under"]

_MARK = b"evenstride seal\x01"
_CHUNK = 1 << 16
_TAG = 16
_HEAD = len(_MARK) + 16 + 16


def sealed_under(path: Path) -> bytes | None:
    """Return the id of the key that a file is sealed under; None if it is not sealed."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return head[16:32] if head.startswith(_MARK) and len(head) == _HEAD else None


class Sealer(io.RawIOBase):
    """Seal what is written; the file is whole after ``finish``."""

    def __init__(self, file: BinaryIO, key: Key) -> None:
        salt = secrets.token_bytes(16)
        self._file = file
        self._cipher = _cipher(key, salt)
        self._waiting = bytearray()
        self._number = 0
        file.write(_MARK + key.id + salt)

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, content: ReadableBuffer, /) -> int:
        """Seal every chunk that is full and surely not the last."""
        self._waiting += content
        while len(self._waiting) > _CHUNK:
            self._seal(last=False)
        return memoryview(content).nbytes

    def finish(self) -> None:
        """Seal the last chunk, which may be empty."""
        self._seal(last=True)

    def _seal(self, *, last: bool) -> None:
        chunk = bytes(self._waiting[:_CHUNK])
        del self._waiting[:_CHUNK]
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), chunk, None))
        self._number += 1


class Unsealed(io.RawIOBase):
    """Read a sealed file as it was before.

    Raises:
        OSError: When opened or read, if it is not sealed under this key or was changed.
    """

    def __init__(self, path: Path, key: Key) -> None:
        self._file = path.open("rb")
        head = self._file.read(_HEAD)
        if not head.startswith(_MARK + key.id) or len(head) < _HEAD:
            self.close()
            raise OSError(f"{path.name} is not sealed under this key")
        body = path.stat().st_size - _HEAD
        self._chunks = max(1, -(-body // (_CHUNK + _TAG)))
        self._size = body - self._chunks * _TAG
        self._place = 0
        self._open: tuple[int, bytes] | None = None  # the chunk read last
        self._cipher = _cipher(key, head[-16:])

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read up to the end of a chunk."""
        number, within = divmod(self._place, _CHUNK)
        # The last chunk is opened even if it is empty: it alone shows that nothing was cut off.
        if number >= self._chunks:
            number, within = self._chunks - 1, _CHUNK
        view = memoryview(buffer).cast("B")
        piece = self._chunk(number)[within : within + len(view)]
        view[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def _chunk(self, number: int) -> bytes:
        if self._open is None or self._open[0] != number:
            from cryptography.exceptions import InvalidTag

            self._file.seek(_HEAD + number * (_CHUNK + _TAG))
            sealed = self._file.read(_CHUNK + _TAG)
            nonce = _nonce(number, number == self._chunks - 1)
            try:
                self._open = number, self._cipher.decrypt(nonce, sealed, None)
            except (InvalidTag, ValueError) as error:
                raise OSError("a sealed file was changed or cut short") from error
        return self._open[1]


def _cipher(key: Key, salt: bytes) -> Any:
    return aes_gcm(key.for_use(b"file" + salt))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
