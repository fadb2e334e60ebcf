"""Erase: asked on a page of its own, with a word to type."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.keeping import erasable, erase_diary, erase_words
from evenstride.errors import OptionError
from evenstride.web.page import page
from evenstride.web.screens.pairing import let_in

__all__ = ["router"]

router = APIRouter(prefix="/settings/erase")


class Word(BaseModel):
    """The word that is typed to go on."""

    word: str = Field(default="", max_length=64)


@router.get("")
def ask(request: Request) -> Response:
    """Say what would be removed, and ask for the word."""
    shown = erasable(request.app.state.settings.home)
    return page(request, "erase", words="web-settings", sheet=shown.sheet, asks=erase_words())


@router.post("")
def erase(request: Request, typed: Annotated[Word, Form()]) -> Response:
    """Remove the diary, and begin anew on this device.

    Every device is out then. The one that asked is let in again, and forgets what it kept.
    """
    words = erase_words()
    if typed.word.strip().lower() != words.word:
        raise OptionError(words.left, words.ask)
    name = request.state.device.name
    erase_diary(request.app.state.settings.home)
    request.app.state.jobs.forget_all()  # what came of them tells of walks
    answer = RedirectResponse("/today", 303)
    answer.headers["clear-site-data"] = '"cache", "storage"'
    let_in(request, answer, name)
    return answer
