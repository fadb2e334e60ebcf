"""The cookie of a session, and the token that shows that a form is ours."""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["FORM_FIELD", "HEADER", "cookie_name", "form_token", "is_form_token", "session_of"]

_COOKIE = "evenstride"
HEADER = "x-csrf-token"
FORM_FIELD = "csrf"


def cookie_name(*, secure: bool) -> str:
    """Return the name of the cookie.

    Args:
        secure: Whether the connection is encrypted. Browsers then let nobody but this very host
            set a cookie of that name, and never send it unencrypted.
    """
    return f"__Host-{_COOKIE}" if secure else _COOKIE


def form_token(session: str) -> str:
    """Return the token that the pages of a session put into their forms.

    Another site cannot read it, and it cannot be made without the session.
    """
    return hmac.new(session.encode(), b"evenstride form", hashlib.sha256).hexdigest()


def is_form_token(said: str, session: str) -> bool:
    """Tell whether what came with a form is the token of the session."""
    return hmac.compare_digest(said.encode(errors="replace"), form_token(session).encode())


def session_of(cookies: str, *, secure: bool) -> str:
    """Return the session in a ``Cookie`` header; empty if there is none."""
    wanted = cookie_name(secure=secure)
    pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
    return next((value for name, _, value in pairs if name == wanted), "")
