"""Let a device in: by a code that is typed, or by the link that this computer opened itself."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.words import words_of
from evenstride.web.guard.tokens import cookie_name
from evenstride.web.page import page

__all__ = ["let_in", "pairing_page", "router"]

router = APIRouter()

_YEAR_S = 365 * 86_400
_LONGEST = 64


class Code(BaseModel):
    """What is typed to pair."""

    code: str = Field(max_length=_LONGEST)
    name: str = Field(default="", max_length=_LONGEST)


@router.get("/pair")
def begin(request: Request, code: Annotated[str, Query(max_length=_LONGEST)] = "") -> Response:
    """Ask for the code; a link that this computer opened itself is taken at once."""
    if code and not code.isdecimal():
        return _pair(request, Code(code=code))
    return pairing_page(request, code)


@router.post("/pair")
def pair(request: Request, typed: Annotated[Code, Form()]) -> Response:
    """Take the code."""
    return _pair(request, typed)


def pairing_page(
    request: Request, code: str = "", *, name: str = "", wrong: str = "", status: int = 200
) -> Response:
    """Return the page that asks for the code; it tells nothing about anybody."""
    called = name or _name_of(request.headers.get("user-agent", ""))
    given = {"code": code, "name": called, "wrong": wrong}
    return page(request, "pair", status=status, words="web-pair", **given)


def _pair(request: Request, typed: Code) -> Response:
    state = request.app.state
    words = words_of("web-pair")
    address = request.client.host if request.client else ""
    closed = state.pairing.is_closed(address)
    if not state.pairing.accept(typed.code, address):
        wrong = words["closed" if closed else "wrong"]
        return pairing_page(request, name=typed.name, wrong=wrong, status=429 if closed else 422)
    name = typed.name.strip() or _name_of(request.headers.get("user-agent", ""))
    answer = RedirectResponse("/", 303)
    let_in(request, answer, name)
    return answer


def let_in(request: Request, answer: Response, name: str) -> None:
    """Pair the browser that asks, by the cookie of an answer to it."""
    _, key = request.app.state.devices.pair(name)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        cookie_name(secure=secure),
        key,
        max_age=_YEAR_S,
        httponly=True,
        samesite="strict",
        secure=secure,
    )


def _name_of(agent: str) -> str:
    """Return what a device is called as long as the person does not say otherwise."""
    names = words_of("web-pair")["devices"]
    return next((str(says) for mark, says in names.items() if mark in agent), str(names["other"]))
