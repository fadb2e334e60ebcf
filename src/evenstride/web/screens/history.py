"""Looking back: pain and weeks, and what phone and watch measured by themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from evenstride.app.looked_back import look_back
from evenstride.app.moments import day_typed
from evenstride.app.phone_pictures import look_at_phone
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter()


@router.get("/history")
def history(
    request: Request,
    until: Annotated[str, Query(max_length=10)] = "",
    span: Literal["quarter", "year"] = "quarter",
) -> Response:
    """Show how pain and minutes went in the weeks up to a day."""
    day = day_typed(until) if until else None
    found = look_back(request.app.state.settings.home, day, span)
    return page(request, "history", words="web-history", found=found, until=until, span=span)


@router.get("/history/phone")
def phone(request: Request, *, everything: bool = False) -> Response:
    """Show what phone and watch measured, month by month."""
    found = look_at_phone(request.app.state.settings.home, everything=everything)
    return page(request, "history-phone", words="web-history", found=found, everything=everything)
