"""What the page that records a walk sends while it does so, and when it is done."""

from __future__ import annotations

import threading
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field, Strict
from starlette.responses import JSONResponse, Response

from evenstride.app.live.finish import abandon, append, begin, finish, lacking
from evenstride.app.live.incoming import MOST_BLOCKS
from evenstride.model import Placement
from evenstride.web.jobs.state import Order
from evenstride.web.jobs.tasks import finish_walk

__all__ = ["router"]

router = APIRouter(prefix="/api/recordings")

_LONG_BLOCKS = 150  # five minutes: what is shorter is measured before a process has started
_LONGEST_S = 300.0

Id = Annotated[str, Path(pattern=r"^[0-9a-zA-Z_-]{8,64}$")]
Place = Annotated[int, Path(ge=0, lt=MOST_BLOCKS)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
Text = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(max_length=40)]
Mark = Annotated[tuple[Number, Name], Strict(strict=False)]
Row = Annotated[list[Number | None], Field(min_length=10, max_length=10)]
Angles = Annotated[list[Number | None], Field(min_length=3, max_length=3)]
Position = Annotated[list[Number | None], Field(min_length=7, max_length=7)]


class Begun(BaseModel):
    """What is told at the start."""

    model_config = ConfigDict(strict=True, extra="forbid")

    placement: Placement | None = None
    zone: Annotated[str, Field(max_length=64)] = ""
    browser: Annotated[str, Field(max_length=300)] = ""
    wall_ms: Number = 0.0
    told: Annotated[dict[Name, Text], Field(max_length=20)] = {}


class Block(BaseModel):
    """A few seconds of what the sensors said; times are those of the page, in milliseconds."""

    model_config = ConfigDict(strict=True, extra="forbid")

    life: Annotated[str, Field(max_length=40)]
    page_ms: Number
    wall_ms: Number
    motion: Annotated[list[Row], Field(max_length=5000)] = []
    angles: Annotated[list[Angles], Field(max_length=5000)] = []
    places: Annotated[list[Position], Field(max_length=1000)] = []
    marks: Annotated[list[Mark], Field(max_length=200)] = []


class Done(BaseModel):
    """What is told at the end."""

    model_config = ConfigDict(strict=True, extra="forbid")

    blocks: Annotated[int, Field(ge=0, le=MOST_BLOCKS)]
    without: Annotated[list[int], Field(max_length=MOST_BLOCKS)] = []
    told: Annotated[dict[Name, Text], Field(max_length=20)] = {}


@router.put("/{id}")
def start(request: Request, id: Id, told: Begun) -> Response:  # noqa: A002
    """Begin a recording; again, nothing changes."""
    begin(request.app.state.settings.home, id, told.model_dump())
    return Response(status_code=204)


@router.put("/{id}/blocks/{place}")
def block(request: Request, id: Id, place: Place, heard: Block) -> Response:  # noqa: A002
    """Keep a piece; the answer says that it is on the disk."""
    if append(request.app.state.settings.home, id, place, heard.model_dump()):
        return Response(status_code=204)
    return JSONResponse({"problem": "begin", "hint": ""}, 404)


@router.post("/{id}/finish", responses={409: {"description": "Pieces are missing."}})
def done(request: Request, id: Id, told: Done) -> Response:  # noqa: A002
    """Make a walk of the recording, or say which pieces are missing."""
    home = request.app.state.settings.home
    if told.blocks > _LONG_BLOCKS and not lacking(home, id, told.blocks, told.without):
        _finish_apart(request, id, told)
    found = finish(home, id, told.told, blocks=told.blocks, without=told.without)
    if found.missing:
        return JSONResponse({"missing": list(found.missing)}, 409)
    answer: dict[str, Any] = {
        "walk": found.walk,
        "address": f"/walks/{quote(found.walk, safe='')}",
        "measured": found.measured,
        "why": found.why,
        "numbness": found.numbness,
    }
    return JSONResponse(answer)


def _finish_apart(request: Request, id: str, told: Done) -> None:  # noqa: A002
    """Measure a long recording in a process of its own, which slows no page, and wait for it.

    What comes of it is on the disk, so the finish that follows finds it done. If the process died,
    that finish does the work itself, and says what is wrong.
    """
    ended = threading.Event()
    order = Order("measure", id, quick=True, ended=lambda _: ended.set())
    home = request.app.state.settings.home
    request.app.state.jobs.start(order, finish_walk, home, id, told.told, told.blocks, told.without)
    ended.wait(_LONGEST_S)


@router.delete("/{id}")
def drop(request: Request, id: Id) -> Response:  # noqa: A002
    """Throw a recording away, because the person wants it so."""
    abandon(request.app.state.settings.home, id)
    return Response(status_code=204)
