"""HTTP/1.1 for people at home: who says nothing is not waited for, and Ctrl-C is heard by all."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["PatientProtocol"]

_HEAD_S = 15.0
_GRACE_S = 1.5


class PatientProtocol(H11Protocol):
    """uvicorn's protocol, with an end to a request that never comes to its end."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the head of a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; if a head has begun and is not whole, it has not for ever."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._waiting is None and self.conn.trailing_data[0]:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End after a moment, also where a page follows something that goes on for ever."""
        super().shutdown()
        self.loop.call_later(_GRACE_S, self.transport.close)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(_HEAD_S, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
