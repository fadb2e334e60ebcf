"""Sensor Logger sends its walks here: the address for it, and what has come."""

from __future__ import annotations

import threading
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, RedirectResponse, Response

from evenstride.app.live.incoming import MOST_BLOCKS
from evenstride.app.live.push import QUIET_S, receive, sessions, settle
from evenstride.app.words import words_of
from evenstride.errors import EvenstrideError
from evenstride.web.page import page
from evenstride.web.screens.recordings import Id

__all__ = ["router"]

router = APIRouter()

_turn = threading.Lock()
_waiting: dict[tuple[FilePath | None, str], threading.Timer] = {}


class Message(BaseModel):
    """What Sensor Logger sends; it says more, which is not needed."""

    model_config = ConfigDict(populate_by_name=True)

    place: Annotated[int, Field(alias="messageId", ge=0, lt=MOST_BLOCKS)]
    session: Annotated[str, Field(alias="sessionId", min_length=1, max_length=200)]
    payload: Annotated[list[dict[str, Any]], Field(max_length=50_000)]


@router.post("/api/push/{key}")
def take(request: Request, key: Annotated[str, Path(max_length=200)], message: Message) -> Response:
    """Keep a message; the key was looked at before it came here."""
    del key
    home = request.app.state.settings.home
    id_ = receive(home, message.session, message.place, message.payload)
    _wait_until_quiet(request, id_)
    return JSONResponse({"kept": message.place})


def _wait_until_quiet(request: Request, session: str) -> None:
    """Make a walk of the session once nothing has come for a while."""
    home = request.app.state.settings.home
    with _turn:
        before = _waiting.pop((home, session), None)
        if before is not None:
            before.cancel()
        # What is known in this thread, such as the passphrase, is known then as well.
        known = copy_context()
        timer = threading.Timer(QUIET_S, known.run, (_settle, home, session))
        _waiting[home, session] = timer
    timer.daemon = True
    timer.start()


def _settle(home: FilePath | None, session: str) -> None:
    """Make a walk of a session; what fails now is tried when somebody looks at the page."""
    with _turn:
        _waiting.pop((home, session), None)
    with suppress(EvenstrideError):
        settle(home, session)


@router.get("/walk/push")
def show(request: Request) -> Response:
    """Show how the app is set up, and what has come from it."""
    home = request.app.state.settings.home
    for one in sessions(home):
        if one.quiet_s > QUIET_S:  # the server was stopped before it was quiet
            _settle(home, one.id)
    known = any(one.kind == "push" for one in request.app.state.devices.all())
    return page(
        request, "walk-push", words="web-walk", sessions=sessions(home), known=known, address=""
    )


@router.post("/walk/push")
def new_address(request: Request) -> Response:
    """Make an address for the app; it is shown this once."""
    state = request.app.state
    _, key = state.devices.pair(words_of("web-walk")["push"]["device"], kind="push")
    phone = getattr(state.settings, "phone", None)
    base = (phone.address if phone else str(request.base_url)).rstrip("/")
    return page(
        request,
        "walk-push",
        words="web-walk",
        sessions=sessions(state.settings.home),
        known=True,
        address=f"{base}/api/push/{key}",
    )


@router.post("/walk/push/{id}/done")
def done(request: Request, id: Id) -> Response:  # noqa: A002
    """Make a walk of what has come, because the person says that it is over."""
    found = settle(request.app.state.settings.home, id)
    if found.walk:
        return RedirectResponse(f"/walks/{quote(found.walk, safe='')}/pain?when=worst", 303)
    return page(request, "problem", status=422, sentence=found.why, hint="")
