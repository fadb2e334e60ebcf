"""The plain page that helps a phone to trust this server; it knows nothing about anybody.

It cannot be encrypted, as the phone trusts nothing here yet. So what it hands out can be compared:
the fingerprint stands in the terminal, and the phone shows the one that it got.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evenstride.app.words import words_of
from evenstride.web.guard.headers import protect
from evenstride.web.language import OfTheBrowser
from evenstride.web.page import page

__all__ = ["CERTIFICATE", "first_steps"]

CERTIFICATE = "/evenstride.crt"
_STYLES = Path(__file__).parents[1] / "static" / "css"
_TYPE = "application/x-x509-ca-cert"  # iOS offers to install it, Android saves it


def first_steps(hosts: frozenset[str], authority: bytes, fingerprint: str, port: int) -> Starlette:
    """Return the application.

    Args:
        hosts: What a browser may say as ``Host``.
        authority: The certificate that it hands out, in DER.
        fingerprint: SHA-256 of it.
        port: Of the app itself, on the same host.
    """

    def show(request: Request) -> Response:
        request.state.session = ""
        return page(
            request,
            "first-steps",
            words="web-pair",
            certificate=CERTIFICATE,
            fingerprint=fingerprint,
            app=f"https://{request.url.hostname}:{port}/",
        )

    def hand_out(_: Request) -> Response:
        return Response(authority, media_type=_TYPE)

    styles = StaticFiles(directory=_STYLES)
    return Starlette(
        routes=[Route("/", show), Route(CERTIFICATE, hand_out), Mount("/css", styles)],
        middleware=[Middleware(OfTheBrowser), Middleware(_Door, hosts=hosts)],
    )


@dataclass(slots=True)
class _Door:
    """ASGI middleware: only who means us is answered, and told what to refuse on our behalf."""

    app: ASGIApp
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message), same_for_all=False)
            await send(message)

        if Headers(scope=scope).get("host", "") not in self.hosts:
            no = PlainTextResponse(words_of("app")["failures"]["host"], 421)
            await no(scope, receive, protected)
            return
        await self.app(scope, receive, protected)
