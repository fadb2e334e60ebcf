"""Several servers in one event loop, which Ctrl-C ends together."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from evenstride.web.network.protocol import PatientProtocol

__all__ = ["Listening", "run"]

_PATIENCE_S = 4  # more than a request is given; then what still runs is cut off
_CONNECTIONS = 256
_HEAD_BYTES = 32 << 10


@dataclass(frozen=True, slots=True)
class Listening:
    """An application, and where it is reached.

    Attributes:
        app: The application.
        sockets: They are bound.
        certificate: File with the certificate and the key; None: nothing is encrypted.
        lives: Whether the application is told that it begins and ends here.
    """

    app: Any
    sockets: Sequence[socket.socket]
    certificate: Path | None = None
    lives: bool = False


class _Server(uvicorn.Server):
    """A server that does not end by a signal of its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to who runs all servers."""
        yield


def run(all_of_it: Sequence[Listening], ready: Callable[[], None]) -> None:
    """Serve until the person stops it.

    Args:
        all_of_it: What is served.
        ready: Called once, when all of it listens.
    """
    servers = [(_Server(_config(one)), list(one.sockets)) for one in all_of_it]
    asyncio.run(_serve(servers, ready))


def _config(one: Listening) -> uvicorn.Config:
    return uvicorn.Config(
        one.app,
        http=PatientProtocol,
        ws="none",
        lifespan="on" if one.lives else "off",
        log_level="error",
        access_log=False,  # an address may hold a key
        server_header=False,
        proxy_headers=False,  # nobody stands before us: who says so wants to be somebody else
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        timeout_graceful_shutdown=_PATIENCE_S,
        ssl_certfile=one.certificate,
    )


async def _serve(
    servers: Sequence[tuple[_Server, list[socket.socket]]], ready: Callable[[], None]
) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        for server, _ in servers:
            server.force_exit = server.should_exit  # a second time: at once
            server.should_exit = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        running = [asyncio.create_task(server.serve(sockets)) for server, sockets in servers]
        while not all(server.started for server, _ in servers) and not running[0].done():
            await asyncio.sleep(0.01)
        ready()
        await asyncio.gather(*running)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
