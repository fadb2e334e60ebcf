"""Today: what there is to do, and what is left to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from evenstride.app.checkup_result import dialled
from evenstride.app.person import emergency_number
from evenstride.app.today import Today, see_today
from evenstride.app.words import words_of
from evenstride.errors import DiaryError
from evenstride.web.page import page
from evenstride.web.screens.pairing import pairing_page

__all__ = ["router"]

router = APIRouter()

_WORDS = "web-today"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class _Lit:
    """The light of the last walk: a colour and a shape for the eye, and the same as a word."""

    colour: str
    says: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rating that one tap can tell: of which walk, when, and the question."""

    walk: str
    when: str
    says: str


@router.get("/")
def front(request: Request) -> Response:
    """Show today to a paired device, and to any other how to pair, without any data."""
    return pairing_page(request) if request.state.device is None else today(request)


@router.get("/today")
def today(
    request: Request, noted: Annotated[str, Query(max_length=_LONGEST_NAME)] = ""
) -> Response:
    """Show what there is to do today; somebody new is welcomed.

    Args:
        request: What is answered.
        noted: Id of the walk that something was told of just now.
    """
    words = words_of(_WORDS)
    try:
        found = see_today(request.app.state.settings.home)
    except DiaryError as error:  # who may need help must still get to the questions
        numbers = dialled("")
        return page(
            request, "today-closed", status=500, words=_WORDS, problem=error, numbers=numbers
        )
    if found.is_new:
        numbers = emergency_number(found.country)
        concern = (found.concern,)
        return page(request, "welcome", words=_WORDS, numbers=numbers, concern=concern)
    return page(
        request,
        "today",
        words=_WORDS,
        sheet=found.shown.sheet,
        today=found,
        lit=_lit(found, words["light"]),
        asked=[
            _Asked(one.walk, one.when, words["open"][one.asked_as].format(when=one.walked))
            for one in found.asked
        ],
        numbers=dialled(found.country),
        noted=noted,
        log_words=words_of("web-log"),
    )


def _lit(found: Today, words: Mapping[str, str]) -> _Lit | None:
    light = found.light
    if light is None:
        return None
    if light.light is None:
        return _Lit("", words["none"])
    return _Lit(light.light, words["waiting" if light.waiting else light.light])
