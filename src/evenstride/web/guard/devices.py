"""The devices that may use the server: who they are, and what they prove it by.

They are kept beside the diary and not in it: a backup that is restored must not let a device in
that was removed since.

There are two kinds. A *browser* proves itself by a cookie, which never stands in an address, and
may do everything. A program that *pushes* what it measures can often keep nothing but an address,
so its key may stand there (``/api/push/KEY``) or in ``Authorization: Bearer KEY``. Such a key opens
nothing but ``/api/push/``, and the key of a browser does not open that.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Literal

from evenstride.app.moments import now_utc_ns
from evenstride.app.private import write_private

__all__ = ["Device", "Devices", "Kind"]

Kind = Literal["browser", "push"]

_FILE = "devices.json"
_SEEN_EVERY_NS = 3_600_000_000_000  # written at most this often
_LONGEST_NAME = 60
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Device:
    """What was paired.

    Attributes:
        id: Its name to the server.
        name: What the person knows it by.
        key_sha256: Of the key that it holds; the key itself is kept nowhere here.
        paired_utc_ns: When it was paired.
        seen_utc_ns: When it last asked for something, to the hour.
        kind: "browser": may do everything; "push": may only bring what it measured.
    """

    id: str
    name: str
    key_sha256: str
    paired_utc_ns: int
    seen_utc_ns: int
    kind: Kind = "browser"


class Devices:
    """The paired devices, in a file that only its owner can read.

    The file is looked at again when another program changed it: who was removed is out at once,
    and after ``evenstride erase`` so is everybody.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._turn = threading.Lock()
        self._stamp: tuple[int, ...] | None = None
        self._known: dict[str, Device] = {}

    def all(self) -> tuple[Device, ...]:
        """Return every device, the one that was paired first comes first."""
        with self._turn:
            return tuple(sorted(self._now().values(), key=lambda one: one.paired_utc_ns))

    def pair(self, name: str, kind: Kind = "browser") -> tuple[Device, str]:
        """Let a new device in.

        Args:
            name: What the person knows it by.
            kind: What it may do; see the head of this module.

        Returns:
            The device, and the key that it proves itself by from now on.
        """
        key, now = secrets.token_urlsafe(_KEY_BYTES), now_utc_ns()
        name = " ".join(name.split())[:_LONGEST_NAME]
        device = Device(secrets.token_hex(8), name, _digest(key), now, now, kind)
        with self._turn:
            self._keep({**self._now(), device.id: device})
        return device, f"{device.id}.{key}"

    def remove(self, id: str) -> None:  # noqa: A002
        """Let a device in no longer; one that is not known is no error."""
        with self._turn:
            left = {name: one for name, one in self._now().items() if name != id}
            if left != self._known:
                self._keep(left)

    def holder(self, token: str, kind: Kind = "browser") -> Device | None:
        """Return whose key this is; None if it is nobody's of that kind."""
        id_, _, key = token.partition(".")
        with self._turn:
            known = self._now()
            device = known.get(id_)
            if device is None or device.kind != kind:
                return None
            if not hmac.compare_digest(device.key_sha256, _digest(key)):
                return None
            now = now_utc_ns()
            if now - device.seen_utc_ns > _SEEN_EVERY_NS:
                with suppress(OSError):  # a full disk shuts nobody out: it is only a date
                    self._keep({**known, id_: replace(device, seen_utc_ns=now)})
            return device

    def _now(self) -> dict[str, Device]:
        stamp = _stamp_of(self._path)
        if stamp != self._stamp:
            self._known, self._stamp = {one.id: one for one in _read(self._path)}, stamp
        return self._known

    def _keep(self, known: dict[str, Device]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        rows = [asdict(one) for one in known.values()]
        write_private(self._path, json.dumps(rows, indent=1).encode())
        self._known, self._stamp = known, _stamp_of(self._path)


def _stamp_of(path: Path) -> tuple[int, ...] | None:
    """Return what is different once another program wrote the file; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _read(path: Path) -> Iterator[Device]:
    """Yield the devices in a file; what cannot be understood is left out: that one pairs again."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and _is_device(row):
            yield Device(**row)


def _is_device(row: dict[str, object]) -> bool:
    known = {one.name for one in fields(Device)}
    texts = (row.get(name) for name in ("id", "name", "key_sha256"))
    times = (row.get(name) for name in ("paired_utc_ns", "seen_utc_ns"))
    return (
        set(row) <= known
        and all(isinstance(text, str) for text in texts)
        and all(type(time) is int for time in times)
        and row.get("kind", "browser") in ("browser", "push")
    )


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
