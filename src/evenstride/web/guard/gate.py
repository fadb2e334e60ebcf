"""The one gate that every request passes, before anything else sees it.

In this order: is it meant for us (``Host``), does it come from one of our pages (``Origin``,
``Sec-Fetch-*``), is it small enough, and does a paired device ask. docs/threat-model.md says what
each is for.

A browser that sends neither ``Origin`` nor ``Sec-Fetch-Site`` with what changes something (none of
today does so) is not refused here: ``forms.ours`` asks everything that a session may change for
the token of that session, which only our own pages know. Before there is a session, all that can
be changed is to pair, and for that one has to know the code.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evenstride.app.words import words_of
from evenstride.web.guard.devices import Device, Devices
from evenstride.web.guard.headers import protect
from evenstride.web.guard.limits import MOST_HEAD_BYTES, counted, head_bytes, most_bytes
from evenstride.web.guard.tokens import session_of
from evenstride.web.settings import Settings

__all__ = ["Gate", "needs_no_session"]

_SAFE = frozenset({"GET", "HEAD"})
_OURS = frozenset({"same-origin", "none"})  # none: typed, or opened by another program
_PUSH = "/api/push/"
_OPEN = frozenset({"/", "/pair", "/sw.js", "/manifest.webmanifest", "/offline"})
_OPEN_BELOW = "/static/"
_SAME_FOR_ALL = frozenset({"/sw.js", "/manifest.webmanifest", "/offline"})


def needs_no_session(path: str) -> bool:
    """Tell whether a path shows nothing of anybody, so that everybody may ask for it."""
    return path in _OPEN or path.startswith(_OPEN_BELOW)


def _is_same_for_all(path: str) -> bool:
    return path in _SAME_FOR_ALL or path.startswith(_OPEN_BELOW)


@dataclass(slots=True)
class Gate:
    """ASGI middleware; the device that asks is then in ``request.state.device``."""

    app: ASGIApp
    settings: Settings
    devices: Devices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        device, session = self._who(scope, headers)
        state = scope.setdefault("state", {})
        state["device"], state["session"] = device, session
        started, bare = False, scope["method"] == "HEAD"

        async def protected(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                given = MutableHeaders(scope=message)
                protect(given, same_for_all=_is_same_for_all(scope["path"]))
            elif bare:
                message = {**message, "body": b""}
            await send(message)

        refused = self._refusal(scope, headers)
        if refused is not None:
            state["session"] = ""
            answer = _no(Request(scope), *refused)
            answer.headers["connection"] = "close"  # what else would come is not listened to
            await answer(scope, receive, protected)
            return
        if bare:
            scope = {**scope, "method": "GET"}
        try:
            await self.app(scope, counted(receive, most_bytes(scope["path"])), protected)
        finally:
            if not started:  # an error of ours is on its way to the terminal, where it is told
                await _no(Request(scope), 500, "broken")(scope, receive, protected)

    def _who(self, scope: Scope, headers: Headers) -> tuple[Device | None, str]:
        """Return which device asks, and its session; what pushes has none."""
        path: str = scope["path"]
        if path.startswith(_PUSH):
            in_path = path.removeprefix(_PUSH).partition("/")[0]
            scheme, _, in_header = headers.get("authorization", "").partition(" ")
            key = in_header if scheme.lower() == "bearer" else in_path
            return self.devices.holder(key, "push"), ""
        session = session_of(headers.get("cookie", ""), secure=scope["scheme"] == "https")
        device = self.devices.holder(session) if session else None
        return device, session if device else ""

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Return why a request is not let through, as a status and a name; None if it is."""
        host = headers.get("host", "")
        if head_bytes(scope) > MOST_HEAD_BYTES:
            return 431, "large"
        if host not in self.settings.hosts:
            return 421, "host"
        if not _is_from_us(scope, headers, host):
            return 403, "foreign"
        size = headers.get("content-length", "0")
        most = most_bytes(scope["path"])
        if most is not None and (not size.isdecimal() or int(size) > most):
            return 413, "large"
        if scope["state"]["device"] is None and not needs_no_session(scope["path"]):
            return 401, "unpaired"
        return None


def _is_from_us(scope: Scope, headers: Headers, host: str) -> bool:
    """Tell whether a request comes from one of our pages, or from no page at all."""
    site = headers.get("sec-fetch-site", "same-origin")
    if scope["method"] in _SAFE:
        # A link from anywhere may lead here, but nothing of ours is a part of another page. Other
        # ports of this computer are another site to us, though not to the browser's cookies.
        leads_here = headers.get("sec-fetch-mode") == "navigate"
        return site in _OURS or (leads_here and headers.get("sec-fetch-dest") == "document")
    origin = headers.get("origin")
    return site == "same-origin" and origin in (None, f"{scope['scheme']}://{host}")


def _no(request: Request, status: int, why: str) -> Response:
    """Return a refusal as a page or, for a script, as a document."""
    from evenstride.web.failures import problem
    from evenstride.web.screens.pairing import pairing_page

    if why == "unpaired" and not request.url.path.startswith("/api/"):
        return pairing_page(request, status=status)
    words = words_of("app")["failures"]
    return problem(request, status, words[why], words.get(f"{why}_hint", ""))
