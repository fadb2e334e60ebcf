"""The web application: every route, behind one gate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from evenstride import __version__
from evenstride.app.home import folder_of, server_folder
from evenstride.app.languages import Choice
from evenstride.app.serving import prepare_to_serve
from evenstride.web.assets import STATIC, Assets
from evenstride.web.described import describing
from evenstride.web.failures import answers_to_failures
from evenstride.web.guard.devices import Devices
from evenstride.web.guard.forms import ours
from evenstride.web.guard.gate import Gate
from evenstride.web.guard.pairing import Pairing
from evenstride.web.interview.sittings import Sittings
from evenstride.web.jobs import Jobs
from evenstride.web.jobs.uploads import Uploads
from evenstride.web.language import OfTheBrowser, OfThePerson
from evenstride.web.screens import routers
from evenstride.web.settings import Settings

__all__ = ["create_app"]


def create_app(settings: Settings) -> FastAPI:
    """Return the application.

    Args:
        settings: Where it keeps things, and by what addresses it is reached.
    """
    devices = Devices(server_folder(settings.home))
    app = FastAPI(
        title="evenstride",
        version=__version__,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
        dependencies=[Depends(ours)],
        middleware=[
            Middleware(OfTheBrowser),
            Middleware(Gate, settings=settings, devices=devices),
            Middleware(OfThePerson, choice=Choice(settings.home)),
        ],
        exception_handlers=answers_to_failures(),
    )
    app.state.settings = settings
    app.state.devices = devices
    app.state.pairing = Pairing()
    app.state.jobs = Jobs(settings.home)
    app.state.uploads = Uploads(folder_of(settings.home) / "incoming" / "uploads")
    app.state.sittings = Sittings()
    for router in routers():
        app.include_router(router)
    app.openapi = describing(app)  # type: ignore[method-assign]
    app.mount("/static", Assets(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Begin as a server does, and leave no process behind."""
    prepare_to_serve()
    yield
    app.state.jobs.close()
