"""Experiments on oneself: what runs, the next walk, what was found, and what could be asked."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.quantities import day_told
from evenstride.app.trial.around import show_links, show_needs, show_trend
from evenstride.app.trial.asking import agreement
from evenstride.app.trial.join import join_choices, join_walk, undo_walk
from evenstride.app.trial.overview import last_joined, show_trials
from evenstride.app.trial.running import next_walk, stop_trial
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter(prefix="/experiments")

_WORDS = "web-experiments"
_LONGEST = 200


class Done(BaseModel):
    """A walk that is joined by name, and how it was walked."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    walk: str = Field(max_length=_LONGEST)
    way_1: str = Field(default="", max_length=_LONGEST)
    way_2: str = Field(default="", max_length=_LONGEST)
    way_3: str = Field(default="", max_length=_LONGEST)


class Since(BaseModel):
    """What began when."""

    since: str = Field(default="", max_length=32)
    what: Literal["routine", "plan", "other"] = "other"
    outcome: Literal["worst", "next_morning"] = "worst"


@router.get("")
def overview(request: Request) -> Response:
    """Show every experiment, and what may be worth one."""
    home = request.app.state.settings.home
    shown = show_trials(home)
    trials = shown.document["trials"]
    return page(
        request,
        "experiments",
        words=_WORDS,
        sheet=shown.sheet,
        trials=trials,
        running=bool(trials) and trials[0]["state"] == "running",
        links=show_links(home).sheet,
        needs=show_needs(home).sheet,
    )


@router.get("/next")
def following(request: Request) -> Response:
    """Show how the next walk is walked, and nothing further."""
    shown = next_walk(request.app.state.settings.home)
    drawn = shown.document.get("next")
    return page(
        request,
        "experiment-next",
        words=_WORDS,
        sheet=shown.sheet,
        drawn=drawn,
        walks=shown.document["walks"] if drawn else 0,
    )


@router.get("/done")
def which_walk(request: Request) -> Response:
    """Ask which walk joins, and how it was walked."""
    choices = join_choices(request.app.state.settings.home)
    return page(request, "experiment-done", words=_WORDS, choices=choices)


@router.post("/done")
def join(request: Request, typed: Annotated[Done, Form()]) -> Response:
    """Join a walk."""
    told = [way for way in (typed.way_1, typed.way_2, typed.way_3) if way]
    shown = join_walk(request.app.state.settings.home, typed.walk, walked_in=told)
    return _to(shown.document["id"])


@router.get("/undo")
def which_gone(request: Request) -> Response:
    """Ask before the last walk is taken out."""
    last = last_joined(request.app.state.settings.home)
    return page(request, "experiment-undo", words=_WORDS, last=last)


@router.post("/undo")
def undo(request: Request) -> Response:
    """Take the last walk out."""
    return _to(undo_walk(request.app.state.settings.home).document["id"])


@router.get("/stop")
def whether(request: Request) -> Response:
    """Ask before the experiment is ended."""
    question, _ = agreement(request.app.state.settings.home, "stop")
    return page(request, "experiment-stop", words=_WORDS, question=question)


@router.post("/stop")
def stop(request: Request) -> Response:
    """End it early, or put aside what cannot be read."""
    return _to(stop_trial(request.app.state.settings.home).document.get("id", ""))


@router.get("/trend")
def trend(request: Request, typed: Annotated[Since, Query()]) -> Response:
    """Show how pain was before and since something slow began."""
    sheet = None
    if typed.since:
        since = day_told(typed.since)
        home = request.app.state.settings.home
        sheet = show_trend(home, since, what=typed.what, outcome=typed.outcome).sheet
    return page(request, "experiment-trend", words=_WORDS, sheet=sheet, typed=typed)


def _to(name: str) -> Response:
    return RedirectResponse(f"/experiments/{quote(name, safe='')}" if name else "/experiments", 303)
