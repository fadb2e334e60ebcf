"""A real server in a process of its own, spoken to byte by byte."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


@dataclass
class Served:
    """``evenstride serve``, and what it said so far."""

    process: subprocess.Popen
    said: list[str] = field(default_factory=list)

    def find(self, pattern: str) -> str:
        """Return what the first group matches in what was said."""
        found = re.search(pattern, "".join(self.said))
        assert found, f"{pattern} was not said: {self.said}"
        return found[1]

    @property
    def link(self) -> str:
        """The link that lets this computer in."""
        return self.find(r"(http://127\.0\.0\.1:\d+/pair\?code=\S+)")

    @property
    def place(self) -> tuple[str, int]:
        """Host and port of the app on this computer."""
        parts = urlsplit(self.link)
        return str(parts.hostname), int(parts.port or 0)

    def raw(self, request: bytes) -> bytes:
        """Send bytes and return all that comes back until the line is closed."""
        with socket.create_connection(self.place, timeout=30) as line:
            line.sendall(request.replace(b"HOST", "{}:{}".format(*self.place).encode()))
            answer = b""
            while piece := line.recv(65536):
                answer += piece
        return answer

    def session(self, trusting: ssl.SSLContext | None = None, address: str = "") -> Session:
        """Return a browser that is paired, here or at the address for phones."""
        if not address:
            path = self.link.partition(str(self.place[1]))[2]
            session = Session(*self.place, None)
            session.ask("GET", path)
        else:
            parts = urlsplit(address)
            session = Session(str(parts.hostname), int(parts.port or 0), trusting)
            code = self.find(r"type this code there: (\d{8})")
            form = {"content-type": "application/x-www-form-urlencoded"}
            session.ask("POST", "/pair", f"code={code}", form)
        assert session.cookie, "it was not let in"
        return session

    def stop(self, number: int = signal.SIGINT) -> str:
        """Stop it as Ctrl-C does, and return all that it said."""
        self.process.send_signal(number)
        self.said.append(self.process.communicate(timeout=30)[1])
        return "".join(self.said)


class Session:
    """A browser, as far as these tests need one."""

    def __init__(self, host: str, port: int, trusting: ssl.SSLContext | None) -> None:
        self.host, self.port, self.trusting, self.cookie = host, port, trusting, ""

    def ask(
        self, method: str, path: str, body: str | None = None, headers: dict | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        """Ask for something, and keep the cookie."""
        line = (
            http.client.HTTPSConnection(self.host, self.port, timeout=30, context=self.trusting)
            if self.trusting
            else http.client.HTTPConnection(self.host, self.port, timeout=30)
        )
        try:
            line.request(method, path, body, {"cookie": self.cookie} | (headers or {}))
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        if given := answer.headers["set-cookie"]:
            self.cookie = given.partition(";")[0]
        return answer, text


@contextmanager
def serving(home: Path, *more: str, typed: str = "") -> Iterator[Served]:
    """Serve on this computer alone, until the end of the block.

    Args:
        home: The person's folder.
        *more: Options.
        typed: What the person types at the start.
    """
    command = [sys.executable, "-m", "evenstride", "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--home", str(home), *more],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # without a terminal, so that what is typed comes from the pipe
    )
    served = Served(process)
    try:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(typed)
        process.stdin.flush()
        for line in process.stderr:
            served.said.append(line)
            if "pair?code=" in line:
                break
        yield served
    finally:
        process.kill()
        process.communicate()
