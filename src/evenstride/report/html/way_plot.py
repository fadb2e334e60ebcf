"""The way from above, drawn as what each part of it does; no map of others lies below it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas
from evenstride.report.html.profile_plot import key

__all__ = ["Spot", "way_plot"]

_EDGE, _TOP, _FOOT = 16.0, 48.0, 30.0
_LEAST_M, _BAR = 20.0, 110.0


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a piece of the way.

    Attributes:
        east_m: On a flat map.
        north_m: On a flat map.
        kind: "up", "level", "down" or "unclear".
        joined: Whether it follows the piece before it without a gap.
    """

    east_m: float
    north_m: float
    kind: str
    joined: bool


def way_plot(
    canvas: Canvas, spots: Sequence[Spot], unit: tuple[str, float], names: Sequence[str]
) -> Markup:
    """Draw the way, north up, the same scale in both directions.

    Args:
        canvas: Where to draw; the height is the most that it may take.
        spots: In the order of the way; there is at least one.
        unit: Of the bar that shows the scale: its name, and how many there are in a metre.
        names: Of the four kinds.
    """
    east, north = [one.east_m for one in spots], [one.north_m for one in spots]
    wide = max(max(east) - min(east), _LEAST_M)
    tall = max(max(north) - min(north), _LEAST_M)
    scale = min(
        (canvas.width - 2 * _EDGE) / wide, (canvas.height - _TOP - _FOOT - 2 * _EDGE) / tall
    )
    left = (canvas.width - wide * scale) / 2
    height = tall * scale + _TOP + _FOOT + 2 * _EDGE

    def place(one: Spot) -> tuple[float, float]:
        x = left + (one.east_m - min(east)) * scale
        return x, _TOP + _EDGE + (max(north) - one.north_m) * scale

    parts = [*key(names, _EDGE, 12.0, canvas.width), *_drawn(spots, [place(one) for one in spots])]
    first, last = place(spots[0]), place(spots[-1])
    parts.append(svg.rect(last[0] - 5, last[1] - 5, 10, 10, "end-of-way"))
    parts.append(svg.circle(first[0], first[1], 5.5, "start-of-way"))
    parts += _bar(scale, unit, height)
    size = (canvas.width, height)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def _drawn(spots: Sequence[Spot], places: Sequence[tuple[float, float]]) -> Iterator[Markup]:
    first = 0
    for end in range(1, len(spots) + 1):
        over = end == len(spots)
        if over or not spots[end].joined or spots[end].kind != spots[first].kind:
            goes_on = not over and spots[end].joined
            run = places[first : end + 1] if goes_on else places[first:end]
            if len(run) > 1:
                yield svg.path(run, f"ground {spots[first].kind}")
            first = end


def _bar(scale: float, unit: tuple[str, float], height: float) -> Iterator[Markup]:
    """Show how long a round number of metres or feet is."""
    name, per_metre = unit
    most = _BAR / scale * per_metre
    power = 10.0 ** math.floor(math.log10(most))
    length = power * max(one for one in (1, 2, 5) if one * power <= most)
    width = length / per_metre * scale
    y = height - 14.0
    yield svg.line(_EDGE, y, _EDGE + width, y, "axis")
    for x in (_EDGE, _EDGE + width):
        yield svg.line(x, y - 4, x, y + 4, "axis")
    yield svg.text(_EDGE + width + 8, y + 4, f"{length:g} {name}", "label")
