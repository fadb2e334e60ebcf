"""What changed from the first to the last third of the walk: a dot and its interval each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas
from evenstride.report.html.scale import Scale
from evenstride.report.model import Change

__all__ = ["drift_plot"]

_ROW, _TOP, _EDGE = 52.0, 26.0, 10.0
_ARROWS = {"up": "▲ ", "down": "▼ ", "none": ""}


def drift_plot(canvas: Canvas, changes: Sequence[Change]) -> Markup:
    """Draw each change on a scale of its own around one common line: no change."""
    middle, height = canvas.width / 2, _TOP + _ROW * len(changes)
    parts = [
        svg.text(_EDGE, 12, "◀ less", "label"),
        svg.text(middle, 12, "no change", "label", "middle"),
        svg.text(canvas.width - _EDGE, 12, "more ▶", "label", "end"),
    ]
    for place, change in enumerate(changes):
        parts += _row(change, _TOP + _ROW * place, canvas.width)
    size = (canvas.width, height)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def _row(change: Change, y: float, width: float) -> Iterator[Markup]:
    reach = max(abs(change.low), abs(change.high), 1e-12)
    across = Scale(-reach, reach, 2 * _EDGE, width - 2 * _EDGE)
    clear = change.direction != "none"
    style = "clear" if clear else "unclear"
    words = f"{_ARROWS[change.direction]}{change.number}" if clear else f"{change.number}"
    axis = y + 34
    yield svg.line(0, y, width, y, "grid")
    yield svg.text(_EDGE, y + 18, change.title, "title")
    yield svg.text(width - _EDGE, y + 18, words, f"amount {style}", "end")
    yield svg.line(across.start, axis, across.end, axis, "grid")
    yield svg.line(across(0), axis - 8, across(0), axis + 8, "axis")
    yield svg.line(across(change.low), axis, across(change.high), axis, f"interval {style}")
    for end in (change.low, change.high):
        yield svg.line(across(end), axis - 5, across(end), axis + 5, f"end {style}")
    yield svg.circle(across(change.value), axis, 5.0, f"dot {style}")
