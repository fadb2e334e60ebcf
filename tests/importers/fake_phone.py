"""A phone with phyphox that listens on this computer only, for tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from numpy.typing import NDArray

from .samples import T0, Walk

Reply = Callable[["Handler"], None]


class FakePhone:
    """An experiment of which a little more is recorded each time someone asks.

    ``per_round`` samples are added by each question for data; ``oldest`` samples at the front
    were already thrown away; ``replies`` holds answers that replace the next ones.
    """

    def __init__(self, walk: Walk, per_round: int = 200, *, turning: bool = True) -> None:
        shifted = walk.t + 0.003
        self.buffers: dict[str, NDArray[np.float64]] = {
            "acc_time": walk.t,
            **{f"acc{axis}": walk.total[:, i] for i, axis in enumerate("XYZ")},
            **({"gyr time": shifted} if turning else {}),
            **({f"gyr{a}": walk.turn[:, i] for i, a in enumerate("XYZ")} if turning else {}),
        }
        self.source = "accelerometer"
        self.per_round = per_round
        self.recorded = self.oldest = 0
        self.measuring = True
        self.told_time = [{"event": "START", "experimentTime": 0.0, "systemTime": T0}]
        self.exported = b""
        self.asked: list[str] = []
        self.replies: list[Reply] = []

    def config(self) -> object:
        """Return what /config tells."""
        inputs = [_input(self.source, "acc", "acc_time")]
        if "gyr time" in self.buffers:
            inputs.append(_input("gyroscope", "gyr", "gyr time"))
        return {"title": "Walk", "inputs": inputs, "buffers": [], "export": []}

    def get(self, wanted: list[tuple[str, str]]) -> object:
        """Return what /get tells."""
        if any(value for _, value in wanted):
            self.recorded = min(self.recorded + self.per_round, self.buffers["acc_time"].size)
        if self.recorded == self.buffers["acc_time"].size:
            self.measuring = False
        found = {name: {"buffer": self._part(name, value)} for name, value in wanted}
        return {"buffer": found, "status": {"session": "1", "measuring": self.measuring}}

    def _part(self, name: str, value: str) -> list[float | None]:
        part = slice(self.oldest, self.recorded)
        values = self.buffers[name][part]
        if not value:
            return values[-1:].tolist() or [None]
        threshold, _, reference = value.partition("|")
        return values[self.buffers[reference or name][part] > float(threshold)].tolist()


def _input(source: str, prefix: str, time: str) -> object:
    axes = [{axis: f"{prefix}{axis.upper()}"} for axis in "xyz"]
    return {"source": source, "outputs": [*axes, {"t": time}]}


class Handler(BaseHTTPRequestHandler):
    """Answers for a phone."""

    phone: FakePhone

    def do_GET(self) -> None:
        """Answer one question."""
        self.phone.asked.append(self.path)
        if self.phone.replies and self.path.startswith("/get"):
            self.phone.replies.pop(0)(self)
        else:
            self.as_ever()

    def as_ever(self) -> None:
        """Answer as phyphox does."""
        parts = urlsplit(self.path)
        wanted = parse_qsl(parts.query, keep_blank_values=True)
        if parts.path == "/export":
            self.answer(self.phone.exported)
            return
        said = {
            "/config": self.phone.config,
            "/get": lambda: self.phone.get(wanted),
            "/time": lambda: self.phone.told_time,
            "/control": lambda: {"result": True},
        }[parts.path]()
        self.answer(json.dumps(said).encode())

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening(phone: FakePhone) -> Iterator[str]:
    """Let a phone listen; gives its address."""
    handler = type("Bound", (Handler,), {"phone": phone})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
