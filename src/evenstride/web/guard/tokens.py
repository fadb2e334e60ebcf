"""The cookie of a session, and the token that shows that a form is ours."""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["COOKIE", "FORM_FIELD", "HEADER", "form_token", "is_form_token", "session_of"]

COOKIE = "evenstride"
HEADER = "x-csrf-token"
FORM_FIELD = "csrf"


def form_token(session: str) -> str:
    """Return the token that the pages of a session put into their forms.

    Another site cannot read it, and it cannot be made without the session.
    """
    return hmac.new(session.encode(), b"evenstride form", hashlib.sha256).hexdigest()


def is_form_token(said: str, session: str) -> bool:
    """Tell whether what came with a form is the token of the session."""
    return hmac.compare_digest(said.encode(), form_token(session).encode())


def session_of(cookies: str) -> str:
    """Return the session in a ``Cookie`` header; empty if there is none."""
    pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
    return next((value for name, _, value in pairs if name == COOKIE), "")
