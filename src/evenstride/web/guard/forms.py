"""Forms and scripts show that they are ours by the token that only our pages know."""

from __future__ import annotations

from fastapi import HTTPException, Request

from evenstride.app.words import words_of
from evenstride.web.guard.gate import needs_no_session
from evenstride.web.guard.tokens import FORM_FIELD, HEADER, is_form_token

__all__ = ["ours"]

_SAFE = frozenset({"GET", "HEAD"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def ours(request: Request) -> None:
    """Refuse what would change something and does not carry the token of the session."""
    session = request.state.session
    device = request.state.device
    nobody = device is None and needs_no_session(request.url.path)
    if request.method in _SAFE or nobody or (device is not None and device.kind == "push"):
        return  # what pushes has no session that another page could use
    said = request.headers.get(HEADER, "")
    if not said and request.headers.get("content-type", "").startswith(_FORMS):
        field = (await request.form()).get(FORM_FIELD)
        said = field if isinstance(field, str) else ""
    if not is_form_token(said, session):
        raise HTTPException(403, words_of("app")["failures"]["old"])
