"""What a running server knows about itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a server keeps and takes things from.

    Attributes:
        home: The person's folder, if not the usual one.
        origins: Every address that its pages are reached by, such as "http://127.0.0.1:8470";
            anything else that a browser says is refused.
    """

    home: Path | None
    origins: frozenset[str]

    @property
    def hosts(self) -> frozenset[str]:
        """The names and ports of the addresses, as a browser sends them in ``Host``."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)
