"""Send a file that is made for one answer, and leave nothing of it behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from anyio import CancelScope
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

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
    return _Passing(path, filename=name)


class _Passing(FileResponse):
    """A file that goes with its folder, also if not all of it is sent.

    A background task would not do: none runs if the line breaks, or if only a part was asked for
    that the file does not have.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(shutil.rmtree, Path(self.path).parent)


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
