"""What every answer tells the browser to refuse on our behalf."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

__all__ = ["protect"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
    " media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Without Strict-Transport-Security: it holds for all ports of a name, and the page that helps a
# phone to trust us has to be plain.
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With "no-referrer" a browser would say "Origin: null" for the forms of our own pages.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(self), gyroscope=(self), geolocation=(self), screen-wake-lock=(self),"
        " camera=(), microphone=(), payment=(), usb=()"
    ),
}


def protect(headers: MutableHeaders, *, same_for_all: bool) -> None:
    """Put them into an answer, as far as it does not say something else itself.

    Args:
        headers: Of the answer.
        same_for_all: Whether everybody gets the same, such as a style sheet. It is then kept by
            the browser but asked for again: its ETag says whether it changed. All else is not kept.
    """
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("cache-control", "no-cache" if same_for_all else "no-store")
