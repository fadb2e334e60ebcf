"""What was understood of a file, and what had to be assumed, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evenstride.importers import Inspection
from evenstride.report.numbers import duration, gaps_in_words
from evenstride.report.terminal import listed, printed
from evenstride.report.visible import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["render_inspection"]


def render_inspection(
    inspection: Inspection, started: str, *, width: int = 80, color: bool = False
) -> str:
    """Return the inspection as text for a terminal."""
    return printed(_parts(inspection, started), width=width, color=color)


def _parts(inspection: Inspection, started: str) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    yield Text(visible(f"{inspection.source}: {inspection.format}"), style="bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    for title, text in _understood(inspection, started):
        table.add_row(title, visible(text))
    yield table
    for title, items in (
        ("Assumed:", inspection.assumptions),
        ("Take care:", (*inspection.warnings, *inspection.clock.repairs)),
        ("Please tell:", inspection.questions),
        ("Left out:", tuple(f"{left.what}: {left.reason}." for left in inspection.left)),
    ):
        if items:
            yield listed(title, (visible(item) for item in items))


def _understood(inspection: Inspection, started: str) -> Iterator[tuple[str, str]]:
    clock = inspection.clock
    sensors = "acceleration and turning rate" if inspection.gyroscope else "acceleration"
    gravity = "included" if inspection.gravity_included else "already removed"
    yield "Recognised by", inspection.recognised_by
    yield "Read from", inspection.members
    yield "Columns", ", ".join(inspection.columns)
    yield "Measured", f"{sensors}; {inspection.unit}"
    yield "Pull of the earth", gravity
    yield "Began", started
    yield "Length", duration(clock.duration_s)
    yield "Rate", f"{clock.rate_hz:.4g} samples a second"
    lost = f"{100 * clock.lost_fraction:.2g} %"
    yield "Missing samples", f"{lost}; {gaps_in_words(len(clock.gaps))}"
    yield "Worn at", inspection.placement or "not told (use --placement)"
