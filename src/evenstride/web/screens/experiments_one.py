"""One experiment: how far it is, and what it has found.

Its address could be that of any other page below ``/experiments``, so this module comes after them.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from evenstride.app.trial.overview import last_joined
from evenstride.app.trial.picture import trial_picture
from evenstride.app.trial.running import show_trial
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter(prefix="/experiments")


@router.get("/{name}")
def one(request: Request, name: str) -> Response:
    """Show how far an experiment is and, at a look, what it has found."""
    home = request.app.state.settings.home
    shown = show_trial(home, name)  # takes a look that is due, so it comes first
    return page(
        request,
        "experiment",
        words="web-experiments",
        sheet=shown.sheet,
        document=shown.document,
        picture=trial_picture(home, name),
        last=last_joined(home, name),
    )
