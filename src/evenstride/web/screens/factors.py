"""What may play a part: posture, weight and strike, rhythm, footwear, terrain, dose."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from evenstride.app.factors import factor_cards, show_factors
from evenstride.web.page import page
from evenstride.web.wording import Professional

__all__ = ["router"]

router = APIRouter(prefix="/factors")

_WORDS = "web-factors"


@router.get("")
def overview(request: Request) -> Response:
    """Show every factor as a card."""
    found = factor_cards(request.app.state.settings.home)
    return page(request, "factors", words=_WORDS, found=found)


@router.get("/{name}")
def one(request: Request, name: str, *, professional: Professional) -> Response:
    """Show everything about one factor; with sources for professionals."""
    shown = show_factors(request.app.state.settings.home, name, professional=professional)
    return page(
        request, "factor", words=_WORDS, sheet=shown.sheet, name=name, professional=professional
    )
