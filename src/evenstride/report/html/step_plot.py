"""The average step of each foot, with the spread between steps as a band."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas, legend
from evenstride.report.html.scale import Scale, nice_range, nice_ticks
from evenstride.report.model import Shape

__all__ = ["step_plot"]

_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 14.0, 48.0, 30.0


def step_plot(canvas: Canvas, shape: Shape) -> Markup:
    """Draw both feet over one step, from one landing to the next."""
    bands = [_band(shape.first, shape.first_sd), _band(shape.second, shape.second_sd)]
    low, high = nice_range((v for upper, lower in bands for v in (*upper, *lower)), 2.0)
    across = Scale(0.0, 1.0, _LEFT, canvas.width - _RIGHT)
    up = Scale(low, high, canvas.height - _BOTTOM, _TOP)
    floor = canvas.height - _BOTTOM
    parts: list[Markup] = []
    for value in nice_ticks(low, high):
        style = "axis" if value == 0 else "grid"
        parts.append(svg.line(_LEFT, up(value), canvas.width - _RIGHT, up(value), style))
        parts.append(svg.text(_LEFT - 8, up(value) + 4, f"{value:g}", "label", "end"))
    for (upper, lower), style in zip(bands, ("one", "two"), strict=True):
        places = [across(p) for p in shape.phase]
        above = [(x, up(v)) for x, v in zip(places, upper, strict=True)]
        below = [(x, up(v)) for x, v in zip(places, lower, strict=True)]
        parts.append(svg.area(above, below, f"band {style}"))
    for mean, style in ((shape.first, "one"), (shape.second, "two")):
        points = [(across(p), up(v)) for p, v in zip(shape.phase, mean, strict=True)]
        parts.append(svg.path(points, f"line {style}"))
    parts += [
        svg.text(0, 36, shape.unit, "label"),
        svg.text(_LEFT, floor + 20, "foot lands", "label"),
        svg.text(canvas.width - _RIGHT, floor + 20, "other foot lands", "label", "end"),
        *legend([shape.first_name, shape.second_name], _LEFT, 12.0),
    ]
    size = (canvas.width, canvas.height)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def _band(mean: Sequence[float], sd: Sequence[float]) -> tuple[list[float], list[float]]:
    upper = [m + s for m, s in zip(mean, sd, strict=True)]
    lower = [m - s for m, s in zip(mean, sd, strict=True)]
    return upper, lower
