"""Whether this device shows plain or clinical words: a choice that says nothing about anybody."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

__all__ = ["is_professional", "remember"]

_COOKIE = "evenstride-words"
_PROFESSIONAL = "professional"
_YEAR_S = 365 * 86_400


def is_professional(request: Request) -> bool:
    """Tell whether this device shows clinical words and sources."""
    return request.cookies.get(_COOKIE) == _PROFESSIONAL


def remember(answer: Response, *, professional: bool) -> None:
    """Let an answer make the device show clinical words from now on, or no longer."""
    if professional:
        answer.set_cookie(_COOKIE, _PROFESSIONAL, max_age=_YEAR_S, httponly=True, samesite="strict")
    else:
        answer.delete_cookie(_COOKIE)
