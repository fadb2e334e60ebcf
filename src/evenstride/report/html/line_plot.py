"""One or two quantities over the time of the recording, with gaps where nothing was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.scale import (
    Scale,
    nice_range,
    nice_ticks,
    time_label,
    time_ticks,
)
from evenstride.report.model import Line, Point

__all__ = ["Canvas", "line_plot", "time_axis"]

_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 14.0, 30.0, 26.0
_STYLES = ("one", "two")
_DOTS_UP_TO = 60


@dataclass(frozen=True, slots=True)
class Canvas:
    """The name, words and size of one drawing."""

    name: str
    title: str
    description: str
    width: float
    height: float


def line_plot(
    canvas: Canvas,
    lines: Sequence[Line],
    duration_s: float,
    limits: tuple[float, float] | None = None,
    least_span: float = 30.0,
) -> Markup:
    """Draw lines over time, the first solid with dots, the second dashed with squares.

    Args:
        canvas: Where to draw.
        lines: One or two.
        duration_s: Of the whole recording, so that all plots over time share one axis.
        limits: Fixed ends of the upright axis; otherwise round ones around the values.
        least_span: The upright axis covers at least this much, so that noise stays small.
    """
    low, high = limits or nice_range((p.value for ln in lines for p in ln.points), least_span)
    across = Scale(0.0, duration_s, _LEFT, canvas.width - _RIGHT)
    up = Scale(low, high, canvas.height - _BOTTOM, _TOP)
    parts = [*_grid(up, canvas.width), *time_axis(across, duration_s, canvas.height - _BOTTOM)]
    for line, style in zip(lines, _STYLES, strict=False):
        parts += _drawn(line.points, across, up, style)
    if len(lines) > 1:
        parts += legend([line.title for line in lines], _LEFT, 12.0)
    else:
        parts.append(svg.text(0, 12, lines[0].unit, "label"))
    size = (canvas.width, canvas.height)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def legend(titles: Sequence[str], x: float, y: float) -> Iterator[Markup]:
    """Name each line beside a sample of it."""
    for title, style in zip(titles, _STYLES, strict=False):
        yield svg.line(x, y - 4, x + 24, y - 4, f"line {style}")
        yield _mark(x + 12, y - 4, style)
        yield svg.text(x + 30, y, title, "label")
        x += 44 + 6.3 * len(title)


def time_axis(across: Scale, duration_s: float, y: float) -> Iterator[Markup]:
    """Draw the axis of time that all plots share."""
    yield svg.line(across.start, y, across.end, y, "axis")
    for moment in time_ticks(duration_s, most=round((across.end - across.start) / 52)):
        x = across(moment)
        yield svg.line(x, y, x, y + 4, "axis")
        yield svg.text(x, y + 18, time_label(moment, duration_s), "label", "middle")


def _grid(up: Scale, width: float) -> Iterator[Markup]:
    for value in nice_ticks(up.low, up.high):
        y = up(value)
        yield svg.line(_LEFT, y, width - _RIGHT, y, "grid")
        yield svg.text(_LEFT - 8, y + 4, f"{value:g}", "label", "end")


def _drawn(points: Sequence[Point], across: Scale, up: Scale, style: str) -> Iterator[Markup]:
    for run in _unbroken(points):
        places = [(across((p.start_s + p.end_s) / 2), up(p.value)) for p in run]
        if len(places) > 1:
            yield svg.path(places, f"line {style}")
        if len(places) == 1 or len(points) <= _DOTS_UP_TO:
            yield from (_mark(x, y, style) for x, y in places)


def _unbroken(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Split where nothing was measured: a line must not bridge a gap."""
    run: list[Point] = []
    for point in points:
        if run and point.start_s - run[-1].end_s > 0.5 * (point.end_s - point.start_s):
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _mark(x: float, y: float, style: str) -> Markup:
    if style == "one":
        return svg.circle(x, y, 2.8, "mark one")
    return svg.rect(x - 2.6, y - 2.6, 5.2, 5.2, "mark two")
