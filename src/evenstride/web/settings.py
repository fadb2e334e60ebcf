"""What a running server knows about itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Phone", "Settings"]


@dataclass(frozen=True, slots=True)
class Phone:
    """How a phone at home reaches the server.

    Attributes:
        address: Of the app, such as "https://192.168.1.20:8471".
        first: Of the page that helps a phone to trust this server; empty where nothing is
            encrypted, so that there is nothing to trust.
        fingerprint: Of the certificate that the phone installs there.
    """

    address: str
    first: str = ""
    fingerprint: str = ""

    @property
    def encrypted(self) -> bool:
        """Whether nobody else on the network can read what is sent."""
        return self.address.startswith("https://")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a server keeps and takes things from.

    The passphrase of an encrypted diary is not here: ``app.passphrase`` remembers what was typed
    at the start for everything that the server does.

    Attributes:
        home: The person's folder, if not the usual one.
        origins: Every address that its pages are reached by, such as "http://127.0.0.1:8470";
            anything else that a browser says is refused.
        phone: How a phone gets in; None if the server listens on this computer alone.
    """

    home: Path | None
    origins: frozenset[str]
    phone: Phone | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """The names and ports of the addresses, as a browser sends them in ``Host``."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)
