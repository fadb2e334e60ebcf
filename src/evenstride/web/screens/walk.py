"""Record a walk: the screen itself, and what to do with recordings that nobody finished."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from evenstride.app.checkup_result import dialled
from evenstride.app.live.finish import abandon, finish
from evenstride.app.live.now import walk_now
from evenstride.web.page import page
from evenstride.web.screens.recordings import Id

__all__ = ["router"]

router = APIRouter()


class Fate(BaseModel):
    """What is to become of a recording that was not finished."""

    fate: Literal["keep", "drop"]


@router.get("/walk")
def walk(request: Request) -> Response:
    """Show what is planned, and how to begin."""
    now = walk_now(request.app.state.settings.home)
    return page(request, "walk", words="web-walk", now=now, numbers=dialled(now.country))


@router.post("/walk/left/{id}")
def left(request: Request, id: Id, typed: Annotated[Fate, Form()]) -> Response:  # noqa: A002
    """Keep what came of a walk that was not finished, or throw it away."""
    home = request.app.state.settings.home
    if typed.fate == "drop":
        abandon(home, id)
        return RedirectResponse("/walk", 303)
    return RedirectResponse(f"/walks/{quote(finish(home, id, {}).walk, safe='')}", 303)
