"""Long work as scripts see it: how far it is, now and as it goes on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import StreamingResponse

from evenstride.app.words import words_of
from evenstride.web.jobs import Job, Jobs

__all__ = ["document", "job_named", "router"]

router = APIRouter()

_LOOK_S = 0.2
_HEARTBEAT_S = 15.0
_IN_BYTES = frozenset({"look", "bring"})
_HOUR_S = 3600


@router.get("/api/jobs")
def jobs(request: Request) -> dict[str, Any]:
    """Tell of all work that goes on or ended lately."""
    kept: Jobs = request.app.state.jobs
    return {"jobs": [document(one) for one in kept.all()]}


@router.get("/api/jobs/{name}")
def job(request: Request, name: str) -> dict[str, Any]:
    """Tell how far a piece of work is."""
    return document(job_named(request, name))


@router.get("/api/jobs/{name}/events", response_class=StreamingResponse)
async def events(request: Request, name: str) -> StreamingResponse:
    """Tell how far a piece of work is, at once and each time it changes, until it has ended."""
    return StreamingResponse(_events(job_named(request, name)), media_type="text/event-stream")


@router.post("/api/jobs/{name}/stop", status_code=202)
def stop(request: Request, name: str) -> dict[str, Any]:
    """Stop a piece of work."""
    found = job_named(request, name)
    request.app.state.jobs.stop(found)
    return document(found)


def job_named(request: Request, name: str) -> Job:
    """Return a piece of work.

    Raises:
        HTTPException: If there is none of that name, or it was forgotten.
    """
    kept: Jobs = request.app.state.jobs
    found = kept.get(name)
    if found is None:
        raise HTTPException(404, words_of("web-import")["ended"]["forgotten"])
    return found


def document(job: Job) -> dict[str, Any]:
    """Return what is told of a piece of work, with words for the page."""
    words = words_of("web-import")
    state, title = job.state, words["job"][job.order.kind]
    says = title
    if state.percent is not None:
        says = words["job"]["share"].format(job=title, part=state.percent)
    return {
        **job.document(),
        "address": f"/import/jobs/{job.id}",
        "title": title,
        "says": says,
        "detail": _detail(job, words["job"]),
    }


def _detail(job: Job, words: Mapping[str, str]) -> str:
    """Return how much is done and how long it still takes, as far as anybody knows."""
    state = job.state
    if state.phase == "waiting":
        return words["waits"]
    if state.phase == "stopping":
        return words["stopping"]
    parts = []
    if state.total and job.order.kind in _IN_BYTES:
        sizes = {name: f"{getattr(state, name) / 1e6:.0f}" for name in ("done", "total")}
        parts.append(words["bytes"].format(**sizes))
    elif state.done and not state.total:
        parts.append(words["things"].format(done=f"{state.done:,}"))
    if state.seconds_left is not None:
        parts.append(_left(state.seconds_left, words))
    return ", ".join(parts)


def _left(seconds: int, words: Mapping[str, str]) -> str:
    if seconds >= _HOUR_S:
        return words["hours"]
    minutes = round(seconds / 60)
    if minutes > 1:
        return words["minutes"].format(minutes=minutes)
    return words["minute"] if minutes else words["soon"]


async def _events(job: Job) -> AsyncIterator[str]:
    """Yield the state of a piece of work as server-sent events."""
    yield "retry: 1000\n\n"
    seen, quiet_s = None, 0.0
    while True:
        state = job.state
        if state is not seen:
            seen, quiet_s = state, 0.0
            yield f"data: {json.dumps(document(job), ensure_ascii=False)}\n\n"
            if state.has_ended:
                return
        elif quiet_s >= _HEARTBEAT_S:
            quiet_s = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK_S)
        quiet_s += _LOOK_S
