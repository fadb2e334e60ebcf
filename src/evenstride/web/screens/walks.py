"""The walks: the list, one of them, what was changed of it, and its numbers as files."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from evenstride.app.moments import day_typed
from evenstride.app.one_walk import look_at_walk, numbers_of_walk
from evenstride.app.story import show_changes
from evenstride.app.walk_list import list_walks
from evenstride.app.way_of_walk import look_at_way
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter()

Kind = Literal["all", "rated", "measured"]
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@router.get("/walks")
def walks(
    request: Request, until: Annotated[str, Query(max_length=10)] = "", which: Kind = "all"
) -> Response:
    """Show the walks up to a day, the newest first."""
    day = day_typed(until) if until else None
    found = list_walks(request.app.state.settings.home, day, which)
    return page(request, "walks", words="web-walks", found=found, until=until, which=which)


@router.get("/walks/{walk}")
def one(request: Request, walk: str) -> Response:
    """Show one walk: its story, then its numbers."""
    found = look_at_walk(request.app.state.settings.home, walk)
    return page(
        request,
        "walks-one",
        words="web-walks",
        walk=found.walk,
        pictures=found.pictures,
        simulated=found.simulated,
    )


@router.get("/walks/{walk}/way")
def way(request: Request, walk: str) -> Response:
    """Show one walk over time and from above."""
    found = look_at_way(request.app.state.settings.home, walk)
    return page(request, "walks-way", words="web-walks", way=found)


@router.get("/walks/{walk}/changes")
def changes(request: Request, walk: str) -> Response:
    """Show what was changed of a walk, and when."""
    shown = show_changes(request.app.state.settings.home, walk)
    return page(request, "shown", sheet=shown.sheet)


@router.get("/walks/{walk}/numbers.{kind}")
def numbers(request: Request, walk: str, kind: Literal["json", "csv"]) -> Response:
    """Send the numbers of a walk as a file."""
    found = numbers_of_walk(request.app.state.settings.home, walk)
    name = f'attachment; filename="walk.{kind}"'
    content = found.json if kind == "json" else found.csv
    return Response(content, media_type=_TYPES[kind], headers={"content-disposition": name})
