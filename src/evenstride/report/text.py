"""The report in a terminal: about one screen, readable without colour and at 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from evenstride.gait import GROUPS
from evenstride.report.model import Absent, Change, WalkReport
from evenstride.report.terminal import listed, printed
from evenstride.report.words import GRADE_MARKS

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["render_text"]

_MOST_REASONS = 4


def render_text(report: WalkReport, *, width: int = 80, color: bool = False) -> str:
    """Return the report as text, with colour codes only if wanted."""
    return printed(_parts(report), width=width, color=color)


def _parts(report: WalkReport) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text.assemble((report.title, "bold"), f"\n{report.subtitle}")
    yield Text("\n".join([report.headline, *report.lead]), style="bold")
    if report.groups:
        yield _numbers(report)
    if report.absent:
        yield listed("Not measured:", _reasons(report.absent))
    if report.notes:
        yield listed("About the recording:", report.notes)
    if report.unused:
        yield listed("Not used:", (f"{item.total}: {item.reason}" for item in report.unused))
    signs = "; ".join(report.warnings.help_signs)
    yield Text(f"{report.warnings.help_lead} {signs}.")
    yield Text(report.warnings.limits[0], style="dim")


def _numbers(report: WalkReport) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("")
    table.add_column("Measure")
    table.add_column("Value", no_wrap=True)
    table.add_column("Likely range", no_wrap=True)
    if report.changes:
        table.add_column("Start to end", no_wrap=True)
    if report.choices.professional:
        table.add_column("n", justify="right")
    moved = {change.title: _moved(change) for change in report.changes}
    rows = [
        row
        for group in report.groups
        if report.choices.professional or group.title != GROUPS["smoothness"]
        for row in group.rows
    ]
    for row in rows:
        cells = [GRADE_MARKS[row.grade], row.title, row.number.short, row.number.interval]
        cells += [moved.get(row.title, "")] if report.changes else []
        cells += [str(row.n)] if report.choices.professional else []
        table.add_row(*cells)
    key = "   ".join(f"{GRADE_MARKS[item.grade]} {item.words}" for item in report.grades)
    return Group(table, Text(f"\n{key}", style="dim"))


def _moved(change: Change) -> str:
    return "none seen" if change.direction == "none" else change.number.value


def _reasons(absent: Iterable[Absent]) -> Iterator[str]:
    items = list(absent)
    for item in items[:_MOST_REASONS]:
        yield f"{', '.join(item.titles)}: {item.reason}"
    if len(items) > _MOST_REASONS:
        more = len(items) - _MOST_REASONS
        yield f"{more} more reason{' is' if more == 1 else 's are'} in the page (--html)."
