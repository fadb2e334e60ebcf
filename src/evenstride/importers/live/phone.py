"""Asking a phone in the same network, and nothing else.

Only addresses of this computer and of private networks are asked: a walk is never fetched from
the internet, whatever a name or an answer says. There is no redirect, every question has a time
limit and every answer a size limit.
"""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from threading import Event, Timer
from urllib.parse import urlsplit

from evenstride.errors import NotARecording, OptionError

__all__ = ["NoAnswer", "Phone", "TooLong", "phone_at"]

_NETWORKS = tuple(
    ip_network(text)
    for text in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)
_LOOKS_LIKE = "Type it as the app shows it, for example http://192.168.1.20:8080."
_PIECE = 1 << 16
_OK = 200


class NoAnswer(NotARecording):
    """The phone did not answer, or not as agreed."""


class TooLong(NoAnswer):
    """The phone sends more than was asked for."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone that may be asked.

    Attributes:
        host: Its name or number as the person typed it.
        number: The number that was found to be private; only this one is asked.
        port: The port of its little server.
        patience_s: How long one answer may take.
    """

    host: str
    number: str
    port: int
    patience_s: float = 10.0

    def ask(self, path: str, most_bytes: int) -> bytes:
        """Return the answer to one question.

        Raises:
            NoAnswer: If there is none in time, or it is too long, or leads elsewhere.
        """
        connection = http.client.HTTPConnection(self.number, self.port, timeout=self.patience_s)
        try:
            connection.connect()
            line = connection.sock
            late = Event()
            watch = Timer(self.patience_s, _hang_up, [line, late])
            watch.start()
            try:
                headers = {"Host": f"{self.host}:{self.port}", "Connection": "close"}
                connection.request("GET", path, headers=headers)
                answer = self._body(connection.getresponse(), most_bytes)
                if late.is_set():  # to the reader, the line that was cut looks like the end
                    raise TimeoutError
                return answer
            finally:
                watch.cancel()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoAnswer(
                f"The phone at {self.host} does not answer.",
                "Is phyphox open, with “Allow remote access” on, in the same network?",
            ) from error
        finally:
            connection.close()

    def ask_json(self, path: str, most_bytes: int) -> object:
        """Return the answer to one question as what its JSON says.

        Raises:
            NoAnswer: Also if it is no JSON.
        """
        data = self.ask(path, most_bytes)
        try:
            said: object = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise self._odd() from error
        return said

    def _body(self, response: http.client.HTTPResponse, most_bytes: int) -> bytes:
        if response.status != _OK:
            raise self._odd()
        parts, size, told = [], 0, response.length
        while piece := response.read(_PIECE):
            parts.append(piece)
            size += len(piece)
            if size > most_bytes:
                raise TooLong(
                    f"The phone at {self.host} sends more than was asked for.",
                    "Stop the experiment and export it in the app instead.",
                )
        if told is not None and size < told:
            raise http.client.IncompleteRead(b"", told - size)
        return b"".join(parts)

    def _odd(self) -> NoAnswer:
        return NoAnswer(
            f"What answers at {self.host} is not phyphox.",
            "Compare the address with the one that the app shows.",
        )


def phone_at(address: str, patience_s: float = 10.0) -> Phone:
    """Return the phone that the person named.

    Args:
        address: As the app shows it: ``http://192.168.1.20:8080``, or without ``http://``.
        patience_s: How long one answer may take, in seconds.

    Raises:
        OptionError: If it is no address in a private network.
        NoAnswer: If the name is not known in the network.
    """
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname or "", parts.port or 80
    except ValueError as error:
        raise OptionError(f"“{address}” is not an address.", _LOOKS_LIKE) from error
    extra = parts.username is not None or parts.query or parts.fragment
    if parts.scheme != "http" or not host or extra or parts.path not in ("", "/"):
        raise OptionError(f"“{address}” is not the address of a phone.", _LOOKS_LIKE)
    return Phone(host, _private(host), port, patience_s)


def _private(host: str) -> str:
    """Return the private number of a host; a name must be one of the local network."""
    if not _is_number(host) and host != "localhost" and not host.endswith(".local"):
        raise OptionError(f"“{host}” is not in your own network.", _LOOKS_LIKE)
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(f"“{host}” is not known in this network.", _LOOKS_LIKE) from error
    numbers = [str(entry[4][0]) for entry in found]
    if not numbers or not all(_is_private(number) for number in numbers):
        raise OptionError(
            f"“{host}” is not in your own network, and evenstride asks nobody else.", _LOOKS_LIKE
        )
    return numbers[0]


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_private(number: str) -> bool:
    try:
        address = ip_address(number)
    except ValueError:
        return False
    return any(address.version == net.version and address in net for net in _NETWORKS)


def _hang_up(line: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
