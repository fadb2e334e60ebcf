"""Numbers of things in words."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, one: str) -> str:
    """Return a number of things: "1 walk", "3 walks"."""
    return f"{number} {one if number == 1 else one + 's'}"
