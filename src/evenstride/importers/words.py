"""Words that all readers of files share."""

from __future__ import annotations

__all__ = ["counted"]


def counted(count: int, what: str) -> str:
    """Return "3 points", or "1 point"."""
    return f"1 {what.removesuffix('s')}" if count == 1 else f"{count} {what}"
