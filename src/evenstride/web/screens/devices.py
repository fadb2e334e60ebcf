"""The devices that may use the app: see them, let one in, put one out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from evenstride.app.moments import now_utc_ns
from evenstride.app.words import words_of
from evenstride.web.page import page
from evenstride.web.picture import picture_of

__all__ = ["router"]

router = APIRouter(prefix="/devices")

_HOUR_NS = 3_600_000_000_000
_JUST_NOW = 2

Id = Annotated[str, Path(max_length=32, pattern="^[0-9a-f]+$")]


@router.get("")
def show(request: Request) -> Response:
    """Show every device, and which of them asks."""
    words, now = words_of("web-devices"), now_utc_ns()
    rows = [
        (one, _seen(words["seen"], now - one.seen_utc_ns), one.id == request.state.device.id)
        for one in request.app.state.devices.all()
    ]
    return page(request, "devices", words="web-devices", rows=rows)


@router.post("/code")
def new_code(request: Request) -> Response:
    """Make a code that lets one more device in; the one before it no longer works."""
    request.app.state.pairing.new_code()
    return RedirectResponse("/devices/code", 303)


@router.get("/code")
def show_code(request: Request) -> Response:
    """Show the code that is open, and where it is typed."""
    state = request.app.state
    phone, code = state.settings.phone, state.pairing.code()
    link = f"{phone.address}/pair?{urlencode({'code': code})}" if phone and code else ""
    return page(
        request,
        "device-code",
        words="web-devices",
        code=f"{code[:4]} {code[4:]}" if code else "",
        phone=phone,
        first=_picture(phone.first) if phone else None,
        picture=_picture(link),
        here=str(request.base_url),
    )


def _picture(address: str) -> Markup | None:
    name: str = words_of("web-devices")["code"]["picture"]
    return picture_of(address, name.format(address=address.partition("?")[0])) if address else None


@router.post("/{id}/remove")
def remove(request: Request, id: Id) -> Response:  # noqa: A002
    """Let a device in no longer; its session ends at once."""
    request.app.state.devices.remove(id)
    return RedirectResponse("/" if id == request.state.device.id else "/devices", 303)


def _seen(words: Mapping[str, str], passed_ns: int) -> str:
    """Return how long ago a device was seen, which is known to the hour."""
    hours = max(0, passed_ns) // _HOUR_NS
    if hours < _JUST_NOW:
        return words["now"]
    days = hours // 24
    return words["hours"].format(hours=hours) if days < 2 else words["days"].format(days=days)
