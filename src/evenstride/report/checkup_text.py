"""A check-up in a terminal: readable without colour, and by a screen reader from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evenstride.report.checkup import CheckUpReport, Section
from evenstride.report.text import printed

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["render_checkup"]


def render_checkup(report: CheckUpReport, *, width: int = 80, color: bool = False) -> str:
    """Return the check-up as text, with colour codes only if wanted."""
    return printed(_parts(report), width=width, color=color)


def _parts(report: CheckUpReport) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text("\n".join(filter(None, (report.headline, report.action))), style="bold")
    for section in report.sections:
        yield _section(section)
    yield Text("\n".join(report.footer), style="dim")


def _section(section: Section) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    title = [Text(section.title, style="bold")] if section.title else []
    indent = 2 if section.title else 0
    sentences = [Padding(Text(line), (0, 0, 0, indent)) for line in section.sentences]
    points = Table.grid(padding=(0, 1, 0, 0))
    points.add_column(width=indent + 1, justify="right")
    points.add_column()
    for point in section.points:
        points.add_row("-", Text(point))
    return Group(*title, *sentences, *([points] if section.points else []))
