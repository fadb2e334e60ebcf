"""A sheet in a terminal: readable without colour, and by a screen reader from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.terminal import printed

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["render_sheet"]


def render_sheet(sheet: Sheet, *, width: int = 80, color: bool = False) -> str:
    """Return the sheet as text, with colour codes only if wanted."""
    return printed(_parts(sheet.in_own_words()), width=width, color=color)


def _parts(sheet: Sheet) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text("\n".join(filter(None, (sheet.headline, sheet.action))), style="bold")
    for section in sheet.sections:
        if section.says_something:
            yield _section(section)
    if sheet.footer:
        yield Text("\n".join(sheet.footer), style="dim")


def _section(section: Section) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table as Grid
    from rich.text import Text

    title = [Text(section.title, style="bold")] if section.title else []
    indent = 2 if section.title else 0
    sentences = [Padding(Text(line), (0, 0, 0, indent)) for line in section.sentences]
    points = Grid.grid(padding=(0, 1, 0, 0))
    points.add_column(width=indent + 1, justify="right")
    points.add_column()
    for point in section.points:
        points.add_row("-", Text(point))
    listed = [points] if section.points else []
    table = [Padding(_table(section.table), (0, 0, 0, indent))] if section.table else []
    return Group(*title, *sentences, *listed, *table)


def _table(table: Table) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        show_header=any(table.columns),
    )
    for column in table.columns:
        grid.add_column(column)
    for row in table.rows:
        grid.add_row(*map(Text, row))
    return grid
