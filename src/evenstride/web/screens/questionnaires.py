"""Questionnaires: the list, one to fill in on one page, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from evenstride.app.questionnaires import (
    Instrument,
    Item,
    asked,
    can_ask,
    fill_in,
    is_own,
    last_result,
    list_questionnaires,
    named_before,
)
from evenstride.app.words import words_of
from evenstride.errors import EvenstrideError, OptionError
from evenstride.web.interview.form import Fields, fields_of
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter()

_WORDS = "web-questionnaires"
_TOTAL = "total"
_NAMED = "named_"
Typed = Annotated[Fields, Depends(fields_of)]


@router.get("/questionnaires")
def show_all(request: Request) -> Response:
    """Show every questionnaire with its last result."""
    listed = list_questionnaires(_home(request))
    return page(request, "questionnaires", words=_WORDS, listed=listed)


@router.get("/questionnaires/{name}")
def ask(request: Request, name: str) -> Response:
    """Ask the questions of one, or its total where the questions are not ours to show."""
    return _form(request, asked(name))


@router.post("/questionnaires/{name}")
def fill(request: Request, name: str, typed: Typed) -> Response:
    """Keep the answers, or a total from elsewhere."""
    instrument, home = asked(name), _home(request)
    try:
        if can_ask(instrument):
            fill_in(home, name, _answers(instrument, typed), named=_named(instrument, typed))
        else:
            fill_in(home, name, total=_total(typed.one(_TOTAL)))
    except EvenstrideError as error:
        return _form(request, instrument, typed, error)
    return RedirectResponse(f"/questionnaires/{instrument.id}/result", 303)


@router.get("/questionnaires/{name}/result")
def result(request: Request, name: str) -> Response:
    """Show what came of one the last time, beside the first time."""
    shown = last_result(_home(request), name)
    return page(request, "questionnaire-result", words=_WORDS, sheet=shown.sheet, name=name)


def _form(
    request: Request,
    instrument: Instrument,
    typed: Fields | None = None,
    problem: EvenstrideError | None = None,
) -> Response:
    before = named_before(_home(request), instrument.id) if is_own(instrument) else None
    return page(
        request,
        "questionnaire",
        status=422 if problem else 200,
        words=_WORDS,
        one=instrument,
        can_ask=can_ask(instrument),
        named=before,
        typed=typed.all if typed else {},
        problem=problem,
    )


def _answers(instrument: Instrument, typed: Fields) -> dict[str | int, Any]:
    """Return the answers that were given; what was left out is not there.

    Raises:
        OptionError: If there is none, or one cannot be understood.
    """
    words = words_of(_WORDS)
    found: dict[str | int, Any] = {}
    for item in instrument.items:
        values = {value.strip() for value in typed.all.get(item.id, ())} - {""}
        if len(values) > 1:
            raise OptionError(words["wrong"])
        for value in values:
            found[item.id] = _answer(item, value)
    if not found:
        raise OptionError(words["empty"])
    return found


def _answer(item: Item, value: str) -> Any:
    if item.kind == "choice":
        return value
    if item.kind == "truth":
        return {"true": True, "false": False}.get(value)
    return _total(value)


def _total(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise OptionError(words_of(_WORDS)["wrong"]) from error


def _named(instrument: Instrument, typed: Fields) -> dict[str, str]:
    """Return what questions about one's own activities are about."""
    said = {item.id: typed.one(f"{_NAMED}{item.id}").strip() for item in instrument.items}
    return {name: text for name, text in said.items() if text}


def _home(request: Request) -> Path | None:
    home: Path | None = request.app.state.settings.home
    return home
