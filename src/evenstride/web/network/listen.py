"""Listen and serve until the person stops it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenstride.app.home import server_folder
from evenstride.app.opening import make_sure_it_opens
from evenstride.errors import OptionError
from evenstride.web.application import create_app
from evenstride.web.network.addresses import is_private, own_addresses, own_names
from evenstride.web.network.authority import certificates
from evenstride.web.network.first_steps import first_steps
from evenstride.web.network.running import Listening, run
from evenstride.web.settings import Phone, Settings

__all__ = ["ForPhones", "Told", "serve"]

_THIS_COMPUTER = "127.0.0.1"
_HERE = (_THIS_COMPUTER, "localhost")


@dataclass(frozen=True, slots=True)
class ForPhones:
    """How phones are let in.

    Attributes:
        encrypted: Whether so that nobody else on the network can read it.
        address: The one address of this computer to listen on; empty: all private ones.
    """

    encrypted: bool = True
    address: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told once the server listens.

    Attributes:
        address: Of the app on this computer.
        link: The same, with a code that lets this computer in at once.
        code: What another device types.
        phone: How a phone gets in; None if it cannot.
        is_new: Whether phones that trusted this server before have to do so once more.
    """

    address: str
    link: str
    code: str
    phone: Phone | None = None
    is_new: bool = False


def serve(
    home: Path, port: int, ready: Callable[[Told], None], phones: ForPhones | None = None
) -> None:
    """Serve the app until it is stopped.

    Args:
        home: The person's folder.
        port: Where to listen on this computer; phones come to the next one, and to the page that
            helps them to trust this server at the one after that. 0 takes any that are free.
        ready: Called once, when a browser may come.
        phones: How phones are let in; None: the server listens on this computer alone.

    Raises:
        OptionError: If a port is taken, or there is no network at home.
        DiaryError: If the diary cannot be opened.
    """
    make_sure_it_opens(home)
    here = _listening((_THIS_COMPUTER,), port)
    lan = _lan(home, port, phones) if phones else None
    number = _port_of(here)
    address = f"http://{_THIS_COMPUTER}:{number}"
    origins = {f"http://{name}:{number}" for name in _HERE} | (lan.origins if lan else set())
    phone = lan.phone if lan else None
    app = create_app(Settings(home, frozenset(origins), phone))

    def tell() -> None:
        pairing = app.state.pairing
        link = f"{address}/pair?code={pairing.new_link()}"
        ready(Told(address, link, pairing.new_code(), phone, lan.is_new if lan else False))

    listening = [Listening(app, here, lives=True)]
    if lan:
        listening.append(Listening(app, lan.sockets, lan.certificate))
        if lan.helper:
            listening.append(lan.helper)
    run(listening, tell)


@dataclass(frozen=True, slots=True)
class _Lan:
    phone: Phone
    origins: set[str]
    sockets: Sequence[socket.socket]
    certificate: Path | None = None
    helper: Listening | None = None
    is_new: bool = False


def _lan(home: Path, port: int, phones: ForPhones) -> _Lan:
    addresses, names = _reached_by(phones.address)
    sockets = _listening(addresses, port + 1 if port else 0)
    number = _port_of(sockets)
    scheme = "https" if phones.encrypted else "http"
    origins = {f"{scheme}://{name}:{number}" for name in (*addresses, *names)}
    address = f"{scheme}://{addresses[0]}:{number}"
    if not phones.encrypted:
        return _Lan(Phone(address), origins, sockets)
    ours = certificates(server_folder(home), names, addresses)
    help_sockets = _listening(addresses, port + 2 if port else 0)
    first = f"{addresses[0]}:{_port_of(help_sockets)}"
    hosts = frozenset(f"{name}:{_port_of(help_sockets)}" for name in (*addresses, *names))
    helper = first_steps(hosts, ours.authority, ours.fingerprint, number)
    return _Lan(
        Phone(address, f"http://{first}/", ours.fingerprint),
        origins,
        sockets,
        ours.server,
        Listening(helper, help_sockets),
        ours.is_new,
    )


def _reached_by(wanted: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses to listen on, and the names that lead to them."""
    if wanted and not is_private(wanted):
        raise OptionError(
            f"“{wanted}” is no address of a network at home, so evenstride does not listen there.",
            "Such addresses begin with 192.168., 10. or 172.16. to 172.31.",
        )
    addresses = (wanted,) if wanted else own_addresses()
    if not addresses:
        raise OptionError(
            "This computer is in no network at home now, so no phone can reach it.",
            "Join it to the same Wi-Fi as your phone, and try again.",
        )
    on_this_computer = addresses[0].startswith("127.")
    return addresses, ("localhost",) if on_this_computer else own_names()


def _port_of(sockets: Sequence[socket.socket]) -> int:
    port: int = sockets[0].getsockname()[1]
    return port


def _listening(addresses: Sequence[str], port: int) -> list[socket.socket]:
    """Return a socket for each address, all at one port; 0: any that is free."""
    found: list[socket.socket] = []
    for address in addresses:
        # By this name asyncio knows lines on which nothing may wait for more (TCP_NODELAY); without
        # it every page came 40 ms late.
        one = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":  # elsewhere it would let another program take the port away
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((address, port))
            one.listen()
        except OSError as error:
            for taken in (*found, one):
                taken.close()
            raise OptionError(
                f"Port {port} of {address} cannot be used: {error.strerror}.",
                "If evenstride runs already, open that one; else name another with --port.",
            ) from error
        port = port or one.getsockname()[1]
        found.append(one)
    return found
