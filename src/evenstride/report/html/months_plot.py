"""What a device measured, month by month: the middle value, and from where to where it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from evenstride.checkup.knowledge.spoken import figure, spoken
from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas, legend
from evenstride.report.html.scale import Scale, nice_range, nice_ticks

__all__ = ["DRAWN", "MonthDot", "months_plot"]

DRAWN = 2
"""Devices that are told apart by a line and a mark of their own; more would hide each other."""

_LEFT, _RIGHT, _BOTTOM = 52.0, 12.0, 26.0
_STYLES = ("one", "two")
_LABEL_WIDE = 62.0


@dataclass(frozen=True, slots=True)
class MonthDot:
    """A month of one device, in the unit shown.

    Attributes:
        month: Its first day.
        middle: The median.
        low: The lower quartile.
        high: The upper quartile.
    """

    month: date
    middle: float
    low: float
    high: float


def months_plot(
    canvas: Canvas,
    devices: Sequence[tuple[str, Sequence[MonthDot]]],
    unit: str,
) -> Markup:
    """Draw the months of one or two devices.

    Args:
        canvas: Where to draw.
        devices: The name of each with its months in order; no name where there is only one.
        unit: Of the upright axis.
    """
    dots = [dot for _, months in devices for dot in months]
    low, high = nice_range([end for dot in dots for end in (dot.low, dot.high)], 1e-6)
    first, last = min(dot.month for dot in dots), max(dot.month for dot in dots)
    count = _number(last) - _number(first) + 1
    top = 40.0 if len(devices) > 1 else 20.0
    across = Scale(0.0, float(count), _LEFT, canvas.width - _RIGHT)
    up = Scale(low, high, canvas.height - _BOTTOM, top)
    parts = list(_grid(up, canvas.width, unit))
    for number, (_, months) in enumerate(devices[:DRAWN]):
        shift = 0.5 + (0.16 * (2 * number - 1) if len(devices) > 1 else 0.0)
        places = [(across(_number(dot.month) - _number(first) + shift), dot) for dot in months]
        parts += _device(places, up, _STYLES[number])
    parts += _labels(first, count, across, canvas.height - _BOTTOM)
    if len(devices) > 1:
        parts += legend([name for name, _ in devices[:DRAWN]], _LEFT, 12.0)
    size = (canvas.width, canvas.height)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def _number(month: date) -> int:
    return 12 * month.year + month.month


def _grid(up: Scale, width: float, unit: str) -> Iterator[Markup]:
    for value in nice_ticks(up.low, up.high):
        yield svg.line(_LEFT, up(value), width - _RIGHT, up(value), "grid")
        yield svg.text(_LEFT - 8, up(value) + 4, figure(f"{value:g}"), "label", "end")
    yield svg.text(0, 12, unit, "label")


def _device(places: Sequence[tuple[float, MonthDot]], up: Scale, style: str) -> Iterator[Markup]:
    for run in _unbroken(places):
        if len(run) > 1:
            yield svg.path([(x, up(dot.middle)) for x, dot in run], f"line {style}")
    for x, dot in places:
        yield svg.line(x, up(dot.low), x, up(dot.high), f"spread {style}")
        y = up(dot.middle)
        if style == "one":
            yield svg.circle(x, y, 3.6, "mark one")
        else:
            yield svg.rect(x - 3.2, y - 3.2, 6.4, 6.4, "mark two")


def _unbroken(places: Sequence[tuple[float, MonthDot]]) -> Iterator[list[tuple[float, MonthDot]]]:
    """Split where a month is missing: a line must not bridge a gap."""
    run: list[tuple[float, MonthDot]] = []
    for place in places:
        if run and _number(place[1].month) != _number(run[-1][1].month) + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _labels(first: date, count: int, across: Scale, floor: float) -> Iterator[Markup]:
    yield svg.line(across.start, floor, across.end, floor, "axis")
    every = -(-count // max(1, int((across.end - across.start) / _LABEL_WIDE)))
    for place in range(0, count, every):
        year, month = divmod(_number(first) - 1 + place, 12)
        x = across(place + 0.5)
        yield svg.line(x, floor, x, floor + 4, "axis")
        yield svg.text(
            x, floor + 18, f"{spoken()['short_months'][month]} {year}", "label", "middle"
        )
