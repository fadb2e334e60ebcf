"""The exercises: questions first, then a player that needs no network, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.checkup_result import dialled
from evenstride.app.person import country_of
from evenstride.app.played import Played, drawing_of, note_played
from evenstride.app.routine import (
    note_after,
    note_done,
    note_sign,
    practice,
    show_routine,
    tell_limits,
)
from evenstride.app.words import words_of
from evenstride.errors import OptionError
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter()

When = Literal["daily", "before_walk", "after_walk"]
Felt = Literal["easy", "fine", "hard"]

_ANSWERS: Mapping[str, bool | Literal["not_sure"]] = {
    "yes": True,
    "no": False,
    "not_sure": "not_sure",
}
_NS_PER_MS = 1_000_000
_MOST_MS = 10**14

Unsaid = BeforeValidator(lambda text: text or None)
Pain = Annotated[float | None, Unsaid, Field(ge=0, le=10, allow_inf_nan=False)]


class Answers(BaseModel):
    """What was answered, by the name of the question; anything else is left alone."""

    model_config = ConfigDict(extra="allow")


class Done(BaseModel):
    """What is told of exercises that were done without the player."""

    when: When = "daily"
    felt: Annotated[Felt | None, Unsaid] = None
    pain_before: Pain = None
    leg_further: Annotated[Literal["yes", "no"] | None, Unsaid] = None


class DoneOnDevice(BaseModel):
    """What the player tells, maybe hours later."""

    id: str = Field(min_length=8, max_length=64, pattern=r"^[\w-]+$")
    routine: str = Field(max_length=64)
    at_ms: int = Field(ge=0, le=_MOST_MS)
    felt: Felt | None = None
    pain_before: float | None = Field(default=None, allow_inf_nan=False)
    leg_further: bool | None = None


class After(BaseModel):
    """How the back is an hour later."""

    pain: Pain = None


@router.get("/routine")
def routine(request: Request, when: When = "daily") -> Response:
    """Show today's exercises with all that the player needs, or why there are none."""
    shown = show_routine(request.app.state.settings.home, when)
    found = shown.document
    if found["refused"] is not None:
        return page(
            request,
            "routine-none",
            words="web-routine",
            sheet=shown.sheet,
            reason=found["refused"]["reason"],
            questions=found["open_limits"],
            numbers=dialled(country_of(request.app.state.settings.home)),
            when=when,
        )
    return page(
        request,
        "routine",
        words="web-routine",
        sheet=shown.sheet,
        found=found,
        when=when,
        drawings={one["exercise"]: drawing_of(one["exercise"]) for one in found["items"]},
        data=_for_player(found),
    )


@router.get("/routine/questions")
def questions(request: Request, *, again: bool = False) -> Response:
    """Ask what stands against exercises."""
    found = practice(request.app.state.settings.home, ask_again=again)
    return page(
        request, "routine-questions", words="web-routine", questions=found.open, again=again
    )


@router.post("/routine/questions")
def answer(request: Request, typed: Annotated[Answers, Form()], *, again: bool = False) -> Response:
    """Keep the answers; one of them may open another question."""
    home = request.app.state.settings.home
    said = typed.model_extra or {}
    asked = {limit.id for limit in practice(home, ask_again=again).open}
    told = {name: _ANSWERS[said[name]] for name in asked if said.get(name) in _ANSWERS}
    tell_limits(home, told)
    still = practice(home).open
    return RedirectResponse("/routine/questions" if still else "/routine", 303)


@router.post("/routine/done")
def done(request: Request, typed: Annotated[Done, Form()]) -> Response:
    """Note exercises that were done without the player."""
    shown = note_done(
        request.app.state.settings.home,
        typed.felt,
        when=typed.when,
        pain_before=typed.pain_before,
        leg_further=None if typed.leg_further is None else typed.leg_further == "yes",
    )
    return page(request, "shown", sheet=shown.sheet)


@router.post("/api/routine/done")
def done_on_device(request: Request, told: DoneOnDevice) -> dict[str, Any]:
    """Note what the player tells; the same told again changes nothing."""
    played = Played(
        told.id,
        told.routine,
        told.at_ms * _NS_PER_MS,
        told.felt,
        told.pain_before,
        told.leg_further,
    )
    return dict(note_played(request.app.state.settings.home, played).document)


@router.get("/routine/after")
def after(request: Request) -> Response:
    """Ask how the back is an hour after the exercises."""
    return page(request, "routine-after", words="web-routine")


@router.post("/routine/after")
def note_hour_after(request: Request, typed: Annotated[After, Form()]) -> Response:
    """Keep how the back is an hour after the exercises."""
    if typed.pain is None:
        raise OptionError(words_of("web-routine")["hour"]["missing"])
    shown = note_after(request.app.state.settings.home, typed.pain)
    return page(request, "shown", sheet=shown.sheet)


@router.get("/routine/sign")
def sign(request: Request) -> Response:
    """Ask whether a sign to stop came."""
    return page(request, "routine-sign", words="web-routine")


@router.post("/routine/sign")
def keep_sign(request: Request) -> Response:
    """Keep that a sign to stop came, and lead to the check-up."""
    shown = note_sign(request.app.state.settings.home)
    return page(request, "routine-signed", words="web-routine", sheet=shown.sheet)


def _for_player(found: Any) -> dict[str, Any]:
    """Return what the player reads: the timed steps, and where each exercise begins."""
    return {
        "key": f"{found['today']} {found['when']} {found['id']}",
        "routine": found["id"],
        "steps": found["timeline"],
        "names": {one["exercise"]: one["name"] for one in found["items"]},
        "words": words_of("web-routine")["player"],
    }
