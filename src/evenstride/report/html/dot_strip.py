"""One number among those of earlier walks: a dot each, and this walk with its likely range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas
from evenstride.report.html.scale import Scale
from evenstride.report.one_walk.nouns import Dots

__all__ = ["dot_strip"]

_EDGE, _TOP, _STEP, _FOOT = 30.0, 14.0, 9.0, 68.0
_CLOSE = 8.0
_MOST_HIGH = 6


def dot_strip(canvas: Canvas, dots: Dots, here: str, earlier: str) -> Markup:
    """Draw the earlier values as rings, stacked where they are close, and this one as a diamond.

    Args:
        canvas: Where to draw; the height follows from the stacks.
        dots: What is drawn.
        here: What this walk is called.
        earlier: What the earlier walks are called.
    """
    ends = [*dots.earlier, dots.value, dots.low, dots.high]
    low, high = min(ends), max(ends)
    least = 2.0 * 10.0**-dots.decimals
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    across = Scale(low, high, _EDGE, canvas.width - _EDGE)
    stacked = list(_stacked([across(one) for one in dots.earlier]))
    floor = _TOP + _STEP * max(level for _, level in stacked) + 8
    parts = [svg.line(_EDGE - 10, floor + 8, canvas.width - _EDGE + 10, floor + 8, "axis")]
    parts += [svg.circle(x, floor - _STEP * level, 3.6, "ring") for x, level in stacked]
    parts += _this(across, dots, floor + 22)
    parts += _labels(across, dots, floor + 8)
    parts += _key(here, earlier, floor + _FOOT)
    size = (canvas.width, floor + _FOOT + 6)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def _stacked(places: Sequence[float]) -> Iterator[tuple[float, int]]:
    """Yield each place with its level above the line, so that no dot hides another."""
    taken: list[list[float]] = []
    for x in sorted(places):
        level = next(
            (at for at, row in enumerate(taken) if x - row[-1] >= _CLOSE),
            min(len(taken), _MOST_HIGH),
        )
        if level == len(taken):
            taken.append([])
        taken[level].append(x)
        yield x, level


def _this(across: Scale, dots: Dots, y: float) -> Iterator[Markup]:
    yield svg.line(across(dots.low), y, across(dots.high), y, "interval clear")
    yield _diamond(across(dots.value), y)


def _diamond(x: float, y: float) -> Markup:
    return svg.area([(x - 6, y), (x, y - 6)], [(x, y + 6), (x + 6, y)], "diamond")


def _labels(across: Scale, dots: Dots, y: float) -> Iterator[Markup]:
    for value, anchor in ((across.low, "start"), (across.high, "end")):
        x = across(value)
        yield svg.line(x, y - 4, x, y + 4, "axis")
        words = f"{value:.{dots.decimals}f}".replace("-", "−")
        yield svg.text(x - 10 if anchor == "start" else x + 10, y + 34, words, "label", anchor)


def _key(here: str, earlier: str, y: float) -> Iterator[Markup]:
    yield _diamond(_EDGE - 4, y - 4)
    yield svg.text(_EDGE + 8, y, here, "label")
    x = _EDGE + 8 + 7.0 * len(here) + 16
    yield svg.circle(x, y - 4, 3.6, "ring")
    yield svg.text(x + 10, y, earlier, "label")
