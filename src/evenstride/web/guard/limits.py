"""How much a request may bring, and how long it may take to."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException
from starlette.types import Message, Receive, Scope

from evenstride.app.words import words_of

__all__ = ["MOST_HEAD_BYTES", "TooLarge", "TooSlow", "counted", "head_bytes", "most_bytes"]

MOST_HEAD_BYTES = 16 << 10
"""How long the address and the headers of a request may be together."""

_USUAL = 1 << 20
_BATCH = 4 << 20  # a minute of a sensor at 100 Hz, as text, is under 1 MB
_BACKUP = 2 << 30
_BELOW = {
    "/api/recordings/": _BATCH,
    "/api/push/": _BATCH,
    "/api/uploads": _BATCH,
    "/settings/backup/upload": _BACKUP,
}
_STREAMED = "/api/uploads/"  # goes straight to the disk, which is asked for its room
_WHOLE_S = 60.0
_PIECE_S = 60.0


class TooLarge(HTTPException):
    """A request brought more than it may."""

    def __init__(self) -> None:
        super().__init__(413, words_of("app")["failures"]["large"], {"connection": "close"})


class TooSlow(HTTPException):
    """A request did not come to its end in time."""

    def __init__(self) -> None:
        super().__init__(408, words_of("app")["failures"]["slow"], {"connection": "close"})


def most_bytes(path: str) -> int | None:
    """Return how many bytes a request to a path may bring; None where it is not counted here."""
    if path.startswith(_STREAMED):
        return None
    return next((most for start, most in _BELOW.items() if path.startswith(start)), _USUAL)


def head_bytes(scope: Scope) -> int:
    """Return how long the address and the headers of a request are."""
    address = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    return address + sum(len(name) + len(value) for name, value in scope["headers"])


def counted(
    receive: Receive,
    most: int | None,
    *,
    whole_s: float = _WHOLE_S,
    piece_s: float = _PIECE_S,
) -> Receive:
    """Return a way to receive that stops once more came than may, or too slowly.

    Whatever was announced: what counts is what comes. A short body has to be there in ``whole_s``
    seconds; of one that goes to the disk, however long it is, each piece in ``piece_s``.
    Once it is there, a page that is kept open may wait for ever.

    Args:
        receive: The way that is guarded.
        most: How many bytes may come; None: any number.
        whole_s: For a short body.
        piece_s: For the next piece of a long one.
    """
    is_long = most is None or most > _BATCH
    seen, ended = 0, False
    end: float | None = None

    async def counting() -> Message:
        nonlocal seen, ended, end
        if ended:
            return await receive()
        now = asyncio.get_running_loop().time()
        end = end or now + whole_s
        try:
            message = await asyncio.wait_for(receive(), piece_s if is_long else end - now)
        except TimeoutError:
            ended = True
            raise TooSlow from None
        seen += len(message.get("body", b""))
        ended = not message.get("more_body", False)
        if most is not None and seen > most:
            raise TooLarge
        return message

    return counting
