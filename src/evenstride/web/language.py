"""In which language a request is answered."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from evenstride.app.languages import Choice, preferred, speaking

__all__ = ["OfTheBrowser", "OfThePerson"]

_STATIC = "/static/"


@dataclass(slots=True)
class OfTheBrowser:
    """ASGI middleware: speak what the browser likes best, as long as nobody said otherwise."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in that language."""
        accepted = Headers(scope=scope).get("accept-language", "") if "headers" in scope else ""
        with speaking(preferred(accepted)):
            await self.app(scope, receive, send)


@dataclass(slots=True)
class OfThePerson:
    """ASGI middleware behind the gate: speak what the person chose.

    It looks at the diary for each page, as another program may have changed the choice; strangers
    are answered in the language of their browser, as they may know nothing about anybody.
    """

    app: ASGIApp
    choice: Choice

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in that language."""
        paired = scope.get("state", {}).get("device") is not None
        if not paired or scope["path"].startswith(_STATIC):
            await self.app(scope, receive, send)
            return
        with speaking(await run_in_threadpool(self.choice.code)):
            await self.app(scope, receive, send)
