"""The one gate that every request passes, before anything else sees it.

In this order: is it meant for us (``Host``), does it come from one of our pages (``Origin``), is it
small enough, and does a paired device ask. docs/threat-model.md says what each is for.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evenstride.web.guard.devices import Devices
from evenstride.web.guard.limits import TooLarge, counted, most_bytes
from evenstride.web.guard.tokens import session_of
from evenstride.web.settings import Settings

__all__ = ["Gate", "needs_no_session"]

_SAFE = frozenset({"GET", "HEAD"})
_OPEN = frozenset({"/", "/pair", "/sw.js", "/manifest.webmanifest", "/offline"})
_OPEN_BELOW = ("/static/",)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
    " media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(self), gyroscope=(self), geolocation=(self), screen-wake-lock=(self),"
        " camera=(), microphone=(), payment=(), usb=()"
    ),
    "cache-control": "no-store",
}


def needs_no_session(path: str) -> bool:
    """Tell whether a path shows nothing of anybody, so that everybody may ask for it."""
    return path in _OPEN or path.startswith(_OPEN_BELOW)


@dataclass(slots=True)
class Gate:
    """ASGI middleware; the device that asks is then in ``request.state.device``."""

    app: ASGIApp
    settings: Settings
    devices: Devices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = session_of(headers.get("cookie", ""))
        device = self.devices.holder(session) if session else None
        state = scope.setdefault("state", {})
        state["device"], state["session"] = device, session if device else ""

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    given.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope, headers)
        if refused is not None:
            await refused(scope, receive, protected)
            return
        try:
            most = most_bytes(scope["path"])
            await self.app(scope, counted(receive, most), protected)
        except TooLarge as error:
            await _said(413, str(error))(scope, receive, protected)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return why a request is not let through; None if it is."""
        if headers.get("host", "") not in self.settings.hosts:
            return _said(421, "This server does not go by that name.")
        if scope["method"] not in _SAFE:
            origin = headers.get("origin")
            site = headers.get("sec-fetch-site", "same-origin")
            if origin is not None and origin not in self.settings.origins:
                return _said(403, "This did not come from a page of evenstride.")
            if site != "same-origin":
                return _said(403, "This did not come from a page of evenstride.")
        size = headers.get("content-length", "0")
        most = most_bytes(scope["path"])
        if most is not None and (not size.isdecimal() or int(size) > most):
            return _said(413, "That is larger than this can be.")
        if scope["state"]["device"] is None and not needs_no_session(scope["path"]):
            return self._unpaired(scope)
        return None

    def _unpaired(self, scope: Scope) -> Response:
        from evenstride.web.screens.pairing import pairing_page

        if scope["path"].startswith("/api/"):
            return _said(401, "This device is not paired.")
        return pairing_page(Request(scope), status=401)


def _said(status: int, sentence: str) -> Response:
    return JSONResponse({"problem": sentence}, status)
