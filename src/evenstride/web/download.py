"""Send a file that is made for one answer, and leave nothing of it behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.responses import FileResponse

__all__ = ["download", "zipped"]


def download(name: str, write: Callable[[Path], object]) -> FileResponse:
    """Return a file as a download; it lies in a private folder until it was sent.

    Args:
        name: Of the file, as the person gets it.
        write: Writes it to the path that it is given.
    """
    folder = Path(tempfile.mkdtemp(prefix="evenstride-"))  # only its owner can look into it
    path, written = folder / name, False
    try:
        write(path)
        written = True
    finally:
        if not written:
            shutil.rmtree(folder)
    return FileResponse(path, filename=name, background=BackgroundTask(shutil.rmtree, folder))


def zipped(write: Callable[[Path], object]) -> Callable[[Path], None]:
    """Return what writes a ZIP file of a folder.

    Args:
        write: Makes the folder at the path that it is given.
    """

    def writing(path: Path) -> None:
        folder = path.with_suffix("")
        write(folder)
        shutil.make_archive(str(folder), "zip", path.parent, folder.name)

    return writing
