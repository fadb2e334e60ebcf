"""Today: what there is to do, and what is left to tell."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from evenstride.app.today import show_today
from evenstride.web.page import page
from evenstride.web.screens.pairing import pairing_page

__all__ = ["router"]

router = APIRouter()


@router.get("/")
def front(request: Request) -> Response:
    """Show today to a paired device, and to any other how to pair, without any data."""
    return pairing_page(request) if request.state.device is None else today(request)


@router.get("/today")
def today(request: Request) -> Response:
    """Show what there is to do today."""
    shown = show_today(request.app.state.settings.home)
    return page(request, "shown", sheet=shown.sheet)
