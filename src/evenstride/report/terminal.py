"""What every screen in a terminal is made with."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["listed", "printed"]


def printed(parts: Iterable[RenderableType], *, width: int, color: bool) -> str:
    """Return what rich makes of the parts, each followed by a blank line."""
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for part in parts:
        console.print(part)
        console.print()
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip() + "\n"


def listed(title: str, items: Iterable[str]) -> RenderableType:
    """Return a title and indented lines below it."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    lines = [Padding(Text(item), (0, 0, 0, 2)) for item in items]
    return Group(Text(title, style="bold"), *lines)
