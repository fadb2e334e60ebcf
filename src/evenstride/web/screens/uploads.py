"""Files come in pieces, straight onto the disk, and go on where they broke off."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import contextmanager_in_threadpool
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from evenstride.app.words import words_of
from evenstride.web.jobs.uploads import MOST_BYTES, Coming, Upload, Uploads

__all__ = ["router", "upload_named"]

router = APIRouter()

PIECE = 8 << 20
"""How many bytes a browser should send at once."""

_MOST_FILES = 20_000
_MOST_NAME = 1024
_WRITTEN_AT_ONCE = 1 << 20


class File(BaseModel):
    """A file that is announced."""

    name: str = Field(min_length=1, max_length=_MOST_NAME)
    size: int = Field(ge=0, le=MOST_BYTES)


class Files(BaseModel):
    """What is announced, and what is asked of the import."""

    files: list[File] = Field(min_length=1, max_length=_MOST_FILES)
    since: date | None = None
    everything: bool = False


@router.get("/api/uploads")
def uploads(request: Request) -> dict[str, Any]:
    """Tell what is on its way, and what waits to be brought in."""
    kept: Uploads = request.app.state.uploads
    return {"uploads": [one.document() for one in kept.all()]}


@router.post("/api/uploads", status_code=201)
def begin(request: Request, typed: Files) -> dict[str, Any]:
    """Make room for files."""
    coming = [Coming(one.name, one.size) for one in typed.files]
    kept: Uploads = request.app.state.uploads
    upload = kept.begin(coming, since=typed.since, everything=typed.everything)
    return {**upload.document(), "piece": PIECE}


@router.get("/api/uploads/{name}")
def upload(request: Request, name: str) -> dict[str, Any]:
    """Tell how much of an upload is here."""
    return {**upload_named(request, name).document(), "piece": PIECE}


@router.delete("/api/uploads/{name}", status_code=204)
def remove(request: Request, name: str) -> None:
    """Remove an upload."""
    request.app.state.uploads.remove(upload_named(request, name))


@router.put("/api/uploads/{name}/{number}")
async def take(
    request: Request,
    name: str,
    number: int,
    offset: Annotated[int, Query(ge=0, le=MOST_BYTES)] = 0,
) -> Response:
    """Take a piece of a file, from a place on; 409 tells from where it must go on."""
    upload = await run_in_threadpool(upload_named, request, name)
    if not 0 <= number < len(upload.files):
        raise HTTPException(404, words_of("web-import")["uploads"]["unknown"])
    room = upload.files[number].size - offset
    kept: Uploads = request.app.state.uploads
    # The disk may take its time, and the pages of others must not wait for it.
    async with contextmanager_in_threadpool(kept.receiving(upload, number, offset)) as file:
        if file is None:
            return JSONResponse({"received": upload.received_of(number)}, 409)
        waiting = bytearray()
        try:
            async for chunk in request.stream():
                room -= len(chunk)
                if room < 0:
                    raise HTTPException(413, words_of("web-import")["uploads"]["too_much"])
                waiting += chunk
                if len(waiting) >= _WRITTEN_AT_ONCE:
                    await run_in_threadpool(file.write, bytes(waiting))
                    waiting.clear()
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it; what came is kept
        finally:
            file.write(waiting)
    return JSONResponse({"received": upload.received_of(number)})


def upload_named(request: Request, name: str) -> Upload:
    """Return an upload.

    Raises:
        HTTPException: If there is none of that name.
    """
    kept: Uploads = request.app.state.uploads
    found = kept.get(name)
    if found is None:
        raise HTTPException(404, words_of("web-import")["uploads"]["unknown"])
    return found
