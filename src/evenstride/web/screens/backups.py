"""Backups: make one, take it along, put one back; and everything as files of your own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from evenstride.app.backups import back_up_here, backup_named, backups, unpack
from evenstride.app.keeping import export_diary, restore_diary
from evenstride.app.words import words_of
from evenstride.errors import OptionError
from evenstride.web.download import download, zipped
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter(prefix="/settings")


@router.get("/backup")
def show(request: Request) -> Response:
    """List the backups, and offer a new one."""
    found = backups(request.app.state.settings.home)
    return page(request, "backups", words="web-settings", backups=found)


@router.post("/backup")
def make(request: Request) -> Response:
    """Make a backup now."""
    back_up_here(request.app.state.settings.home)
    return RedirectResponse("/settings/backup", 303)


@router.get("/backup/{name}/file")
def take(request: Request, name: str) -> Response:
    """Give a backup as a ZIP file, to be kept elsewhere."""
    place = backup_named(request.app.state.settings.home, name)
    return download(f"evenstride-{place.stem}.zip", zipped(lambda folder: _copied(place, folder)))


@router.get("/backup/{name}/restore")
def ask_restore(request: Request, name: str) -> Response:
    """Ask once more before the diary is replaced."""
    home = request.app.state.settings.home
    place = backup_named(home, name)
    words = words_of("web-settings")["backup"]
    one = next(one for one in backups(home) if one.name == place.name)
    return page(
        request,
        "sure",
        title=words["restore_title"].format(when=one.when),
        says=words["restore_says"],
        does=words["restore"],
        action=f"/settings/backup/{quote(name, safe='')}/restore",
        back="/settings/backup",
        back_says=words["leave"],
    )


@router.post("/backup/{name}/restore")
def restore(request: Request, name: str) -> Response:
    """Put a backup in the place of the diary, which is kept."""
    home = request.app.state.settings.home
    shown = restore_diary(home, backup_named(home, name))
    return page(request, "shown", sheet=shown.sheet)


@router.post("/backup/upload")
def bring(
    request: Request, backup: UploadFile | None = None, sure: Annotated[str, Form()] = ""
) -> Response:
    """Put a backup that was brought in the place of the diary, which is kept."""
    if backup is None or not sure:
        raise OptionError(words_of("web-settings")["backup"]["missing"])
    with _passing() as folder:
        packed, open_ = folder / "brought.zip", folder / "open"
        open_.mkdir(mode=0o700)
        with packed.open("xb") as file:
            shutil.copyfileobj(backup.file, file)
        shown = restore_diary(request.app.state.settings.home, unpack(packed, open_))
    return page(request, "shown", sheet=shown.sheet)


@router.get("/export")
def export(request: Request) -> Response:
    """Give everything in the diary as CSV and JSON, in a ZIP file."""
    home = request.app.state.settings.home
    return download("evenstride-export.zip", zipped(lambda folder: export_diary(home, folder)))


def _copied(place: Path, folder: Path) -> None:
    """Put a backup into a folder of its own, under the names that ``unpack`` knows."""
    if place.is_dir():
        shutil.copytree(place, folder)
    else:
        folder.mkdir(mode=0o700)
        shutil.copy2(place, folder / "diary.sqlite")


@contextmanager
def _passing() -> Iterator[Path]:
    """Lend a folder that only its owner can look into, and that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="evenstride-") as folder:
        yield Path(folder)
