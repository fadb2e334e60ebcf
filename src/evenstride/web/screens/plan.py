"""The plan: this week, why it is as it is, the weeks so far, and what can be taken along."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from evenstride.app.checkup_result import dialled
from evenstride.app.person import country_of
from evenstride.app.planning import show_plan
from evenstride.web.download import download
from evenstride.web.page import page
from evenstride.web.plan_week import past_weeks, week_of
from evenstride.web.wording import Professional

__all__ = ["router"]

router = APIRouter(prefix="/plan")

_PRESSING = frozenset({"red_flag", "help_now", "red_twice", "doubt"})


class Anew(BaseModel):
    """The day on which a plan begins anew."""

    start: date


@router.get("")
def plan(request: Request, *, professional: Professional) -> Response:
    """Show this week, or why there is none and what comes first."""
    home = request.app.state.settings.home
    shown = show_plan(home, professional=professional)
    found = shown.document
    if found["refused"] is not None:
        reason = found["refused"]["reason"]
        return page(
            request,
            "plan-none",
            words="web-plan",
            sheet=shown.sheet,
            reason=reason,
            pressing=reason in _PRESSING,
            numbers=dialled(country_of(home)),
        )
    return page(
        request,
        "plan",
        words="web-plan",
        sheet=shown.sheet,
        found=found,
        days=week_of(found),
        past=past_weeks(found),
        professional=professional,
    )


@router.get("/calendar.ics")
def calendar(request: Request) -> Response:
    """Give the walks that are left as a file for a calendar."""
    home = request.app.state.settings.home
    return download("evenstride-walks.ics", lambda path: show_plan(home, calendar=path))


@router.get("/metronome.wav")
def metronome(request: Request) -> Response:
    """Give a sound track of the next walk, one click for each step."""
    home = request.app.state.settings.home
    return download("evenstride-pace.wav", lambda path: show_plan(home, metronome=path))


@router.get("/anew")
def ask_anew(request: Request) -> Response:
    """Ask once more before the plan begins anew."""
    return page(request, "plan-anew", words="web-plan")


@router.post("/anew")
def anew(request: Request, typed: Annotated[Anew, Form()]) -> Response:
    """Begin the plan anew, with a usual week."""
    show_plan(request.app.state.settings.home, start=typed.start)
    return RedirectResponse("/plan", 303)
