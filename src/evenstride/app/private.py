"""Files that only their owner can read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["write_private"]


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    # mkstemp makes the file readable by its owner only; the rename makes it appear whole.
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".evenstride-", suffix=".part")
    except OSError as error:
        error.filename = str(path)  # and not a name that nobody chose
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
