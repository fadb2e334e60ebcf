"""Everything that is not a tab."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter()


@router.get("/more")
def more(request: Request) -> Response:
    """Show where everything else is."""
    return page(request, "more")
