"""Where a person's own files are kept: one folder, for its owner only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["home_folder", "write_private"]


def home_folder(wanted: Path | None = None) -> Path:
    """Return the folder, made if need be.

    Args:
        wanted: Where the person wants it; else ``EVENSTRIDE_HOME``, else ``~/evenstride``.
    """
    chosen = wanted or os.environ.get("EVENSTRIDE_HOME") or Path.home() / "evenstride"
    folder = Path(chosen).expanduser()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    # mkstemp makes the file readable by its owner only; the rename makes it appear whole.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".evenstride-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
