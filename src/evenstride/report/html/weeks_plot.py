"""Pain of each walk above the minutes of each week, on one axis of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas
from evenstride.report.html.scale import Scale, nice_ticks
from evenstride.report.screens import screen_words
from evenstride.report.weeks_back import Back

__all__ = ["weeks_plot"]

_LEFT, _RIGHT = 36.0, 10.0
_LETTER, _KEY, _LINE = 7.2, 30.0, 18.0
_PAIN_TALL, _MINUTES_TALL = 130.0, 84.0
_LIGHTS = ("green", "amber", "red", "none")
_MANY = 120
_LABEL_WIDE = 76.0
_LEAST_MINUTES = 30.0


@dataclass(frozen=True, slots=True)
class _Days:
    """The axis of days that both parts of the picture share."""

    first: date
    across: Scale

    def at(self, day: date) -> float:
        """Return the middle of a day."""
        return self.across((day - self.first).days + 0.5)


def weeks_plot(canvas: Canvas, back: Back) -> Markup:
    """Draw the weeks; lights differ in shape as well as in colour.

    Args:
        canvas: Where to draw; the height follows from what is drawn.
        back: The weeks.
    """
    words = screen_words("web-history")["picture"]
    end = float((back.last - back.first).days + 1)
    days = _Days(back.first, Scale(0.0, end, _LEFT, canvas.width - _RIGHT))
    parts, y = _key(words["lights"], canvas.width)
    top = y + 20 + _LINE * len({one.kind for one in back.marks})
    floor = top + _PAIN_TALL
    low = floor + 50 + _MINUTES_TALL
    parts.append(svg.text(0, 13, words["pain"], "title"))
    parts += _marks(back, days, (top, floor), words)
    parts += _pain(back, days, Scale(0.0, 10.0, floor, top))
    parts += _minutes(back, days, (low, floor + 50), words)
    parts += _labels(back, days, low)
    return svg.drawing(
        canvas.name, canvas.title, canvas.description, (canvas.width, low + 24), parts
    )


def _key(words: Mapping[str, str], width: float) -> tuple[list[Markup], float]:
    """Return the names of the shapes, in as many lines as they need, and where they end."""
    parts: list[Markup] = []
    x, y = 6.0, 34.0
    for light in _LIGHTS:
        needed = _KEY + _LETTER * len(words[light])
        if x + needed > width and parts:
            x, y = 6.0, y + _LINE
        parts += [_shape(light, x, y - 4), svg.text(x + 11, y, words[light], "label")]
        x += needed
    return parts, y


def _shape(light: str, x: float, y: float, size: float = 4.5) -> Markup:
    """Return the mark of a light: a circle, a square, a diamond, or a ring."""
    if light == "amber":
        return svg.rect(x - size, y - size, 2 * size, 2 * size, "walk-light amber")
    if light == "red":
        far = 1.35 * size
        ends = [(x - far, y), (x, y - far)], [(x, y + far), (x + far, y)]
        return svg.area(*ends, "walk-light red")
    return svg.circle(x, y, size, f"walk-light {light}")


def _marks(
    back: Back, days: _Days, upright: tuple[float, float], words: Mapping[str, Any]
) -> Iterator[Markup]:
    """Draw a line for each check-up and experiment, and name those that there is room for."""
    top, floor = upright
    kinds = list(dict.fromkeys(mark.kind for mark in back.marks))
    named = dict.fromkeys(kinds, -_LABEL_WIDE)
    for mark in back.marks:
        x, y = days.at(mark.day), top - 10 - _LINE * kinds.index(mark.kind)
        yield svg.line(x, y + 4, x, floor, f"mark-line {mark.kind}")
        if x - named[mark.kind] >= _LABEL_WIDE:
            ends = x > days.across.end - _LABEL_WIDE
            yield svg.text(x, y, words[mark.kind], "label", "end" if ends else "start")
            named[mark.kind] = x


def _pain(back: Back, days: _Days, up: Scale) -> Iterator[Markup]:
    for value in (0, 5, 10):
        y = up(value)
        yield svg.line(_LEFT, y, days.across.end, y, "axis" if value == 0 else "grid")
        yield svg.text(_LEFT - 8, y + 4, str(value), "label", "end")
    size = 4.5 if len(back.dots) <= _MANY else 3.2
    for dot in back.dots:
        yield _shape(dot.light or "none", days.at(dot.day), up(dot.worst), size)


def _minutes(
    back: Back, days: _Days, upright: tuple[float, float], words: Mapping[str, Any]
) -> Iterator[Markup]:
    low, top = upright
    highest = max([_LEAST_MINUTES, *(max(one.minutes, one.planned or 0) for one in back.bars)])
    up = Scale(0.0, highest, low, top)
    yield svg.text(0, top - 18, words["minutes"], "title")
    if any(one.planned is not None for one in back.bars):
        x = _LETTER * len(words["minutes"]) + 24
        yield svg.line(x, top - 22, x + 22, top - 22, "planned")
        yield svg.text(x + 28, top - 18, words["planned"], "label")
    for value in nice_ticks(0.0, highest, about=2):
        yield svg.line(_LEFT, up(value), days.across.end, up(value), "grid" if value else "axis")
        yield svg.text(_LEFT - 8, up(value) + 4, f"{value:g}", "label", "end")
    for bar in back.bars:
        start = days.across((bar.monday - back.first).days + 0.6)
        end = days.across((bar.monday - back.first).days + 6.4)
        if bar.minutes:
            yield svg.rect(start, up(bar.minutes), end - start, low - up(bar.minutes), "week-bar")
        if bar.planned is not None:
            yield svg.line(start, up(bar.planned), end, up(bar.planned), "planned")


def _labels(back: Back, days: _Days, low: float) -> Iterator[Markup]:
    """Name the days on which some weeks begin, so many as there is room for."""
    room = (days.across.end - days.across.start) / 64
    every = -(-len(back.bars) // max(1, int(room)))
    for bar in back.bars[::every]:
        x = days.across((bar.monday - back.first).days)
        yield svg.line(x, low, x, low + 4, "axis")
        yield svg.text(x, low + 18, spoken_day(bar.monday, "short"), "label")
