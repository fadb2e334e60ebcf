"""What changed from the first to the last third of the walk: a dot and its interval each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas
from evenstride.report.html.scale import Scale
from evenstride.report.model import Change

__all__ = ["drift_plot"]

_ROW, _TOP, _EDGE, _GUTTER = 52.0, 26.0, 10.0, 36.0
_LINE, _ROOM_FOR_ONE_LINE = 18.0, 380.0
_ARROWS = {"up": "▲ ", "down": "▼ ", "none": ""}


def drift_plot(canvas: Canvas, changes: Sequence[Change], columns: int = 1) -> Markup:
    """Draw each change on a scale of its own around one common line: no change."""
    width = (canvas.width - _GUTTER * (columns - 1)) / columns
    tall = math.ceil(len(changes) / columns)
    row = _ROW + (_LINE if width < _ROOM_FOR_ONE_LINE else 0)
    parts: list[Markup] = []
    for column in range(columns):
        left = column * (width + _GUTTER)
        parts += _head(left, width)
        for place, change in enumerate(changes[column * tall : (column + 1) * tall]):
            parts += _row(change, left, _TOP + row * place, width)
    size = (canvas.width, _TOP + row * tall)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def _head(left: float, width: float) -> Iterator[Markup]:
    yield svg.text(left + _EDGE, 12, "◀ less", "label")
    yield svg.text(left + width / 2, 12, "no change", "label", "middle")
    yield svg.text(left + width - _EDGE, 12, "more ▶", "label", "end")


def _row(change: Change, left: float, y: float, width: float) -> Iterator[Markup]:
    reach = max(abs(change.low), abs(change.high), 1e-12)
    across = Scale(-reach, reach, left + 2 * _EDGE, left + width - 2 * _EDGE)
    clear = change.direction != "none"
    style = "clear" if clear else "unclear"
    words = f"{_ARROWS[change.direction]}{change.number}" if clear else f"{change.number}"
    one_line = width >= _ROOM_FOR_ONE_LINE
    axis = y + (34 if one_line else 34 + _LINE)
    yield svg.line(left, y, left + width, y, "grid")
    yield svg.text(left + _EDGE, y + 18, change.title, "title")
    if one_line:
        yield svg.text(left + width - _EDGE, y + 18, words, f"amount {style}", "end")
    else:
        yield svg.text(left + _EDGE, y + 18 + _LINE, words, f"amount {style}")
    yield svg.line(across.start, axis, across.end, axis, "grid")
    yield svg.line(across(0), axis - 8, across(0), axis + 8, "axis")
    yield svg.line(across(change.low), axis, across(change.high), axis, f"interval {style}")
    for end in (change.low, change.high):
        yield svg.line(across(end), axis - 5, across(end), axis + 5, f"end {style}")
    yield svg.circle(across(change.value), axis, 5.0, f"dot {style}")
