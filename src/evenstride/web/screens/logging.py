"""Typing in: a walk, how it felt, and what was told wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.checkup_result import dialled
from evenstride.app.person import country_of
from evenstride.app.shown import Shown
from evenstride.app.walk_form import (
    FIELDS,
    Noted,
    WalkForm,
    blank_form,
    change_walk,
    new_walk,
    walk_form,
)
from evenstride.app.walks import remove_walk, shown_walk
from evenstride.app.words import words_of
from evenstride.errors import OptionError
from evenstride.model.outing import HILLS, KINDS, REACHES, SURFACES
from evenstride.web.interview.form import Fields, fields_of
from evenstride.web.once import ONCE, Once
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter()

_WORDS = "web-log"
_ONCE = Once()
_CHOICES: Mapping[str, Sequence[str]] = {
    "kind": KINDS,
    "reach": REACHES,
    "surface": SURFACES,
    "hills": HILLS,
}
_SHORT = 40
When = Literal["before", "worst", "hour_after", "next_morning"]
Typed = Annotated[Fields, Depends(fields_of)]


class Pain(BaseModel):
    """How it felt: a number for the back, one for the leg, and a warning sign."""

    back: str = Field(default="", max_length=_SHORT)
    leg: str = Field(default="", max_length=_SHORT)
    new_numbness: Literal["", "true"] = ""
    back_to: Literal["", "/today"] = ""


@router.get("/walks/new")
def begin(request: Request) -> Response:
    """Ask about a walk that is not in the diary yet."""
    return _form(request, blank_form(_home(request)))


@router.post("/walks/new")
def note(request: Request, typed: Typed) -> Response:
    """Note a new walk."""
    told, home = _told(typed), _home(request)
    mark = typed.one(ONCE) and f"{request.state.session} {typed.one(ONCE)}"
    try:
        return RedirectResponse(_ONCE.do(mark, lambda: _place(new_walk(home, told))), 303)
    except OptionError as error:
        return _form(request, blank_form(home), told, error)


@router.get("/walks/{walk}/pain")
def ask_pain(request: Request, walk: str, when: When = "worst") -> Response:
    """Ask one question about how a walk felt."""
    form = walk_form(_home(request), walk)
    return page(request, "log-pain", words=_WORDS, form=form, when=when)


@router.post("/walks/{walk}/pain")
def note_pain(
    request: Request, walk: str, typed: Annotated[Pain, Form()], when: When = "worst"
) -> Response:
    """Note how a walk felt."""
    told = {f"back_{when}": typed.back, f"leg_{when}": typed.leg}
    told["new_numbness"] = typed.new_numbness
    told = {name: text for name, text in told.items() if text.strip()}
    if not told:
        raise OptionError(words_of(_WORDS)["nothing"])
    shown = change_walk(_home(request), walk, told)
    if typed.back_to and not shown.document["walk"]["new_numbness"]:
        return RedirectResponse(f"{typed.back_to}?noted={_quoted(shown)}", 303)
    return _noted(shown)


@router.get("/walks/{walk}/change")
def ask_change(request: Request, walk: str) -> Response:
    """Show what was told of a walk, to add to it or change it."""
    return _form(request, walk_form(_home(request), walk))


@router.post("/walks/{walk}/change")
def change(request: Request, walk: str, typed: Typed) -> Response:
    """Take what was added, changed or emptied."""
    told = _told(typed)
    form = walk_form(_home(request), walk)
    try:
        return _noted(change_walk(_home(request), form.id, told))
    except OptionError as error:
        return _form(request, form, told, error)


@router.post("/walks/{walk}/remove")
def remove(request: Request, walk: str) -> Response:
    """Remove a walk; the page that asks has said what that means."""
    shown = remove_walk(_home(request), walk)
    return page(request, "log-noted", words=_WORDS, sheet=shown.sheet, walk="", numb=False)


@router.get("/walks/{walk}/noted")
def noted(request: Request, walk: str, what: Annotated[Noted, Query()] = "added_to") -> Response:
    """Show what was noted, its light and what to do; a warning sign leads to the check-up first."""
    home = _home(request)
    shown = shown_walk(home, walk, what)
    told = shown.document["walk"]
    return page(
        request,
        "log-noted",
        words=_WORDS,
        sheet=shown.sheet,
        walk=told["id"],
        numb=bool(told["new_numbness"]),
        numbers=dialled(country_of(home)),
    )


def _form(
    request: Request,
    form: WalkForm,
    typed: Mapping[str, str] | None = None,
    problem: OptionError | None = None,
) -> Response:
    """Show a form about a walk; one that was not taken keeps what was typed, and says why."""
    return page(
        request,
        "log",
        status=422 if problem else 200,
        words=_WORDS,
        form=replace(form, texts={**form.texts, **(typed or {})}),
        choices=_choices(form.shoes),
        problem=problem,
        once=Once.new(),
    )


def _noted(shown: Shown) -> Response:
    return RedirectResponse(_place(shown), 303)


def _place(shown: Shown) -> str:
    """Return where it is shown what was noted."""
    return f"/walks/{_quoted(shown)}/noted?what={shown.document['what']}"


def _quoted(shown: Shown) -> str:
    return quote(shown.document["walk"]["id"], safe="")


def _told(typed: Fields) -> dict[str, str]:
    """Return the fields of a walk that a form has; a doubled one counts by its last value."""
    return {name: typed.all[name][-1] for name in FIELDS if name in typed.all}


def _choices(shoes: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """Return what is offered for each question that has choices, as it is named and as it reads."""
    words = words_of(_WORDS)["choices"]
    offered: dict[str, list[tuple[str, str]]] = {
        name: [(value, str(words[name][value])) for value in values]
        for name, values in _CHOICES.items()
    }
    numb = [(value, str(words["new_numbness"][value])) for value in ("true", "false")]
    return offered | {"new_numbness": numb, "shoe": [(name, name) for name in shoes]}


def _home(request: Request) -> Path | None:
    home: Path | None = request.app.state.settings.home
    return home
