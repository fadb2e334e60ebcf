"""Listen and serve until the person stops it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evenstride.errors import OptionError
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

__all__ = ["Told", "serve"]

_THIS_COMPUTER = "127.0.0.1"
_PATIENCE_S = 2  # a page that follows a long work keeps its line open for ever


@dataclass(frozen=True, slots=True)
class Told:
    """What is told once the server listens.

    Attributes:
        address: Of the app on this computer.
        link: The same, with a code that lets this computer in at once.
        code: What another device types.
    """

    address: str
    link: str
    code: str


def serve(home: Path, port: int, ready: Callable[[Told], None]) -> None:
    """Serve the app on this computer until it is stopped.

    Args:
        home: The person's folder.
        port: Where to listen; 0 takes any that is free.
        ready: Called once, when a browser may come.

    Raises:
        OptionError: If the port is taken.
    """
    import uvicorn

    taken = _listening(port)
    port = taken.getsockname()[1]
    names = (_THIS_COMPUTER, "localhost")
    settings = Settings(home, frozenset(f"http://{name}:{port}" for name in names))
    app = create_app(settings)
    address = f"http://{_THIS_COMPUTER}:{port}"
    pairing = app.state.pairing
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_PATIENCE_S,
    )
    ready(Told(address, f"{address}/pair?code={pairing.new_link()}", pairing.new_code()))
    uvicorn.Server(config).run(sockets=[taken])


def _listening(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((_THIS_COMPUTER, port))
    except OSError as error:
        found.close()
        raise OptionError(
            f"Port {port} cannot be used: {error.strerror}.", "Name another one with --port."
        ) from error
    return found
