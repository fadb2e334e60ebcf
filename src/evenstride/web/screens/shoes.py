"""Shoes: what was worn, how far, and what is to change about a pair."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, BeforeValidator, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.quantities import worn_m
from evenstride.app.shoes import add_shoes, change_shoes, remove_shoes, show_shoes
from evenstride.app.words import words_of
from evenstride.errors import OptionError
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter(prefix="/shoes")

Unsaid = BeforeValidator(lambda text: text or None)


class Pair(BaseModel):
    """What is told of a pair."""

    name: str = Field(default="", max_length=200)
    first_worn: Annotated[date | None, Unsaid] = None
    earlier: str = Field(default="", max_length=40)


class Which(BaseModel):
    """What is done with a pair."""

    retired: bool


@router.get("")
def shoes(request: Request) -> Response:
    """List every pair, with how far and since when it was worn, and ask for a new one."""
    shown = show_shoes(request.app.state.settings.home)
    return page(request, "shoes", words="web-shoes", sheet=shown.sheet, pairs=_pairs(shown))


@router.post("")
def add(request: Request, typed: Annotated[Pair, Form()]) -> Response:
    """Add a pair."""
    earlier = worn_m(typed.earlier) if typed.earlier.strip() else 0.0
    add_shoes(
        request.app.state.settings.home,
        typed.name,
        first_worn=typed.first_worn,
        earlier_m=earlier,
    )
    return RedirectResponse("/shoes", 303)


@router.get("/{id}")
def one(request: Request, id: str) -> Response:  # noqa: A002
    """Show one pair, and what can be changed of it."""
    return page(request, "shoes-one", words="web-shoes", pair=_pair(request, id))


@router.post("/{id}")
def change(request: Request, id: str, typed: Annotated[Pair, Form()]) -> Response:  # noqa: A002
    """Change what is known of a pair; what is left empty stays as it was."""
    pair = _pair(request, id)
    change_shoes(
        request.app.state.settings.home,
        pair["id"],
        new_name=typed.name,
        first_worn=typed.first_worn,
        earlier_m=worn_m(typed.earlier) if typed.earlier.strip() else None,
    )
    return RedirectResponse("/shoes", 303)


@router.post("/{id}/wear")
def wear(request: Request, id: str, typed: Annotated[Which, Form()]) -> Response:  # noqa: A002
    """Put a pair away, or take it out again."""
    pair = _pair(request, id)
    change_shoes(request.app.state.settings.home, pair["id"], retired=typed.retired)
    return RedirectResponse("/shoes", 303)


@router.get("/{id}/remove")
def ask_remove(request: Request, id: str) -> Response:  # noqa: A002
    """Ask once more before a pair is removed."""
    pair = _pair(request, id)
    words = words_of("web-shoes")["remove"]
    return page(
        request,
        "sure",
        words="web-shoes",
        title=words["title"].format(name=pair["name"]),
        says=words["says"],
        does=words["does"],
        action=f"/shoes/{quote(pair['id'], safe='')}/remove",
        back=f"/shoes/{quote(pair['id'], safe='')}",
        back_says=words["back"],
    )


@router.post("/{id}/remove")
def remove(request: Request, id: str) -> Response:  # noqa: A002
    """Remove a pair that no walk names."""
    remove_shoes(request.app.state.settings.home, _pair(request, id)["id"])
    return RedirectResponse("/shoes", 303)


def _pair(request: Request, name: str) -> dict[str, Any]:
    """Return a pair by its id; where there is none, say so."""
    pairs = _pairs(show_shoes(request.app.state.settings.home))
    found = next((pair for pair in pairs if pair["id"] == name), None)
    if found is None:
        raise OptionError(words_of("web-shoes")["unknown"])
    return found


def _pairs(shown: Any) -> list[dict[str, Any]]:
    """Return every pair with its row of the sheet: walks, distance, first and last worn."""
    table = shown.sheet.sections[0].table if shown.document["shoes"] else None
    rows = table.rows if table else ()
    return [
        {
            **shoe,
            "row": dict(zip(("title", "walks", "distance", "first", "last"), row, strict=True)),
        }
        for shoe, row in zip(shown.document["shoes"], rows, strict=True)
    ]
