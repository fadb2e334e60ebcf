"""How much a request may bring."""

from __future__ import annotations

from starlette.types import Message, Receive

__all__ = ["TooLarge", "counted", "most_bytes"]

_USUAL = 1 << 20
_BATCH = 4 << 20  # a minute of a sensor at 100 Hz, as text, is under 1 MB
_BELOW = {"/api/recordings/": _BATCH, "/api/push/": _BATCH}
_STREAMED = "/api/uploads"  # goes straight to the disk, which is asked for its room


class TooLarge(Exception):  # noqa: N818 - it says what is wrong
    """A request brought more than it may."""


def most_bytes(path: str) -> int | None:
    """Return how many bytes a request to a path may bring; None where it is not counted here."""
    if path.startswith(_STREAMED):
        return None
    return next((most for start, most in _BELOW.items() if path.startswith(start)), _USUAL)


def counted(receive: Receive, most: int | None) -> Receive:
    """Return a way to receive that stops once more came than may, whatever was announced."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if most is not None and seen > most:
            raise TooLarge("That is larger than this can be.")
        return message

    return counting
