"""The height along the way, with its likely range and what each part of the way does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas
from evenstride.report.html.scale import Scale, nice_range, nice_ticks

__all__ = ["Height", "key", "profile_plot"]

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 14.0, 30.0, 28.0
_LEAST_SPAN = 30.0
_MARKS = {"up": "▲", "down": "▼"}
_ROOM_FOR_MARK = 14.0
_SAMPLE, _LETTER = 26.0, 7.2
_KEY_LINE, _ONE_LINE = 18.0, 400.0


@dataclass(frozen=True, slots=True)
class Height:
    """A piece of the way in the units of the plot.

    Attributes:
        start: Along the way.
        end: Along the way.
        height: In its middle.
        low: Lower end of its likely range.
        high: Upper end of it.
        kind: "up", "level", "down" or "unclear".
        joined: Whether it follows the piece before it without a gap.
    """

    start: float
    end: float
    height: float
    low: float
    high: float
    kind: str
    joined: bool


def profile_plot(
    canvas: Canvas, pieces: Sequence[Height], units: tuple[str, str], names: Sequence[str]
) -> Markup:
    """Draw the profile.

    Args:
        canvas: Where to draw.
        pieces: In the order of the way; there is at least one.
        units: Of the way and of the height.
        names: Of the four kinds, in the order up, level, down, unclear.
    """
    values = [value for one in pieces for value in (one.low, one.high)]
    low, high = nice_range(values, _LEAST_SPAN)
    across = Scale(0.0, pieces[-1].end, _LEFT, canvas.width - _RIGHT)
    top = _TOP if canvas.width >= _ONE_LINE else _TOP + _KEY_LINE
    up = Scale(low, high, canvas.height - _BOTTOM, top)
    parts = [*_axes(across, up, canvas, units), *_drawn(pieces, across, up)]
    parts += key(names, _LEFT, 12.0, canvas.width)
    size = (canvas.width, canvas.height)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def key(names: Sequence[str], x: float, y: float, width: float) -> Iterator[Markup]:
    """Name each kind beside a sample of its line, in two lines where one is too short."""
    start = x
    for kind, name in zip(("up", "level", "down", "unclear"), names, strict=True):
        mark = _MARKS.get(kind, "")
        needed = _SAMPLE + 16 + _LETTER * (len(name) + 2 * bool(mark))
        if x + needed > width and x > start:
            x, y = start, y + _KEY_LINE
        yield svg.line(x, y - 4, x + _SAMPLE, y - 4, f"ground {kind}")
        yield svg.text(x + _SAMPLE + 5, y, f"{mark} {name}".strip(), "label")
        x += needed


def _axes(across: Scale, up: Scale, canvas: Canvas, units: tuple[str, str]) -> Iterator[Markup]:
    for value in nice_ticks(up.low, up.high):
        y = up(value)
        yield svg.line(_LEFT, y, canvas.width - _RIGHT, y, "grid")
        yield svg.text(_LEFT - 8, y + 4, f"{value:g}", "label", "end")
    yield svg.text(0, 12, units[1], "label")
    floor = canvas.height - _BOTTOM
    yield svg.line(across.start, floor, across.end, floor, "axis")
    for value in nice_ticks(0.0, across.high, about=max(2, round(canvas.width / 110))):
        x = across(value)
        yield svg.line(x, floor, x, floor + 4, "axis")
        anchor = "middle" if x < across.end - 20 else "end"
        yield svg.text(x, floor + 18, f"{value:g} {units[0]}", "label", anchor)


def _drawn(pieces: Sequence[Height], across: Scale, up: Scale) -> Iterator[Markup]:
    for run in _unbroken(pieces):
        middle = [across((one.start + one.end) / 2) for one in run]
        if len(run) > 1:
            upper = [(x, up(one.high)) for x, one in zip(middle, run, strict=True)]
            lower = [(x, up(one.low)) for x, one in zip(middle, run, strict=True)]
            yield svg.area(upper, lower, "band one")
        for first, end in _same_kind(run):
            # Each part reaches to the first piece of the next, so that the line has no holes.
            places = [(middle[i], up(run[i].height)) for i in range(first, min(end + 1, len(run)))]
            yield svg.path(places, f"ground {run[first].kind}")
            mark = _MARKS.get(run[first].kind)
            if mark and places[-1][0] - places[0][0] >= _ROOM_FOR_MARK:
                x, y = places[len(places) // 2]
                yield svg.text(x, y - 9, mark, "label", "middle")


def _unbroken(pieces: Sequence[Height]) -> Iterator[list[Height]]:
    """Split where the way is not known: a line must not bridge a gap."""
    run: list[Height] = []
    for one in pieces:
        if run and not one.joined:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _same_kind(run: Sequence[Height]) -> Iterator[tuple[int, int]]:
    first = 0
    for place in range(1, len(run) + 1):
        if place == len(run) or run[place].kind != run[first].kind:
            yield first, place
            first = place
