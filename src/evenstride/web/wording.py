"""Whether plain or clinical words are shown: asked for by a link, or chosen for this device."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

__all__ = ["Professional", "remember"]

_COOKIE = "evenstride-words"
_PROFESSIONAL = "professional"
_YEAR_S = 365 * 86_400


def _professional(request: Request, *, pro: bool | None = None) -> bool:
    return request.cookies.get(_COOKIE) == _PROFESSIONAL if pro is None else pro


Professional = Annotated[bool, Depends(_professional)]
"""Whether a page shows clinical words and sources: as its address says, else as was chosen."""


def remember(answer: Response, *, professional: bool) -> None:
    """Let an answer make the device show clinical words from now on, or no longer.

    The choice says nothing about anybody, so it is kept by the device and not in the diary.
    """
    if professional:
        answer.set_cookie(_COOKIE, _PROFESSIONAL, max_age=_YEAR_S, httponly=True, samesite="strict")
    else:
        answer.delete_cookie(_COOKIE)
