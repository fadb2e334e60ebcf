"""The devices that may use the server: who they are, and what they prove it by.

They are kept beside the diary and not in it: a backup that is restored must not let a device in
that was removed since.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.private import write_private

__all__ = ["Device", "Devices"]

_FILE = "devices.json"
_SEEN_EVERY_NS = 3_600_000_000_000  # written at most this often
_LONGEST_NAME = 60
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that was paired.

    Attributes:
        id: Its name to the server.
        name: What the person knows it by.
        key_sha256: Of the key that it holds; the key itself is kept nowhere here.
        paired_utc_ns: When it was paired.
        seen_utc_ns: When it last asked for something, to the hour.
    """

    id: str
    name: str
    key_sha256: str
    paired_utc_ns: int
    seen_utc_ns: int


class Devices:
    """The paired devices, in a file that only its owner can read."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._turn = threading.Lock()
        self._known = {one.id: one for one in _read(self._path)}

    def all(self) -> tuple[Device, ...]:
        """Return every device, the one that was paired first comes first."""
        with self._turn:
            return tuple(sorted(self._known.values(), key=lambda one: one.paired_utc_ns))

    def pair(self, name: str) -> tuple[Device, str]:
        """Let a new device in.

        Args:
            name: What the person knows it by.

        Returns:
            The device, and the key that it proves itself by from now on.
        """
        key, now = secrets.token_urlsafe(_KEY_BYTES), now_utc_ns()
        name = " ".join(name.split())[:_LONGEST_NAME]
        device = Device(secrets.token_hex(8), name, _digest(key), now, now)
        with self._turn:
            self._keep({**self._known, device.id: device})
        return device, f"{device.id}.{key}"

    def remove(self, id: str) -> None:  # noqa: A002
        """Let a device in no longer; one that is not known is no error."""
        with self._turn:
            self._keep({name: one for name, one in self._known.items() if name != id})

    def holder(self, token: str) -> Device | None:
        """Return whose key this is; None if it is nobody's."""
        id_, _, key = token.partition(".")
        with self._turn:
            device = self._known.get(id_)
            if device is None or not hmac.compare_digest(device.key_sha256, _digest(key)):
                return None
            now = now_utc_ns()
            if now - device.seen_utc_ns > _SEEN_EVERY_NS:
                self._keep({**self._known, id_: replace(device, seen_utc_ns=now)})
            return device

    def _keep(self, known: dict[str, Device]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        rows = [asdict(one) for one in known.values()]
        write_private(self._path, json.dumps(rows, indent=1).encode())
        self._known = known


def _read(path: Path) -> Iterable[Device]:
    """Return the devices in a file; if it cannot be understood, none: they pair again."""
    try:
        return [Device(**row) for row in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
