"""What inflates: ISA-L where it is installed (the extra ``fast``), else zlib.

Both give the same bytes, though not in the same pieces: ISA-L may take all of the input while much
of the output still waits inside. ISA-L needs half the time, a sixth of what an Apple Health export
takes as a whole.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Protocol

from evenstride.errors import UnsafeFile

__all__ = ["DAMAGED", "Guard", "Inflater", "checksum", "inflater"]

_FREE_BYTES = 64 << 20  # small files may be packed as tightly as they like
_TIGHTEST = 200  # sensor data shrink 3 to 20 times; a bomb shrinks about 1000 times


@dataclass(slots=True)
class Guard:
    """Counts what is inflated, to stop at what was packed to do harm.

    Attributes:
        taken: Packed bytes so far.
        given: Inflated bytes so far.
    """

    taken: int = 0
    given: int = 0

    def give(self, size: int) -> None:
        """Count inflated bytes.

        Raises:
            UnsafeFile: If they are far more than a recording could be.
        """
        self.given += size
        if self.given > _FREE_BYTES and self.given > _TIGHTEST * self.taken:
            raise UnsafeFile(
                "The file unpacks to far more than a recording could: it is a zip bomb.",
                "It was not read further.",
            )


class Inflater(Protocol):
    """A running decompression, as ``zlib.decompressobj`` gives it."""

    @property
    def eof(self) -> bool:
        """Whether the end of the data was reached."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was given and not yet inflated."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return up to ``max_length`` inflated bytes."""


try:
    from isal import igzip_lib, isal_zlib
except ImportError:
    DAMAGED: tuple[type[Exception], ...] = (zlib.error,)
    """What is raised for data that cannot be inflated."""

    def inflater(window: int) -> Inflater:
        """Start a decompression; ``window`` is that of ``zlib.decompressobj``."""
        return zlib.decompressobj(window)

    def checksum(data: bytes, before: int) -> int:
        """Go on with a CRC-32."""
        return zlib.crc32(data, before)
else:
    # The stubs take the class of the error for one of its instances.
    DAMAGED = (igzip_lib.error, zlib.error)  # type: ignore[assignment]

    def inflater(window: int) -> Inflater:
        """Start a decompression; ``window`` is that of ``zlib.decompressobj``."""
        return isal_zlib.decompressobj(window)

    def checksum(data: bytes, before: int) -> int:
        """Go on with a CRC-32."""
        return isal_zlib.crc32(data, before)
