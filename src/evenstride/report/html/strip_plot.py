"""The whole recording as one strip: walking, turns, and what was not used."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from evenstride.report.html import svg
from evenstride.report.html.line_plot import Canvas, time_axis
from evenstride.report.html.scale import Scale
from evenstride.report.model import StretchKind, Strip

__all__ = ["strip_plot"]

_LEFT, _RIGHT, _TOP, _HEIGHT = 40.0, 14.0, 34.0, 30.0
_TOO_CLOSE = 0.5
_ORDER: tuple[StretchKind, ...] = ("unused", "walking", "turn")
_KEY: dict[StretchKind, str] = {"walking": "walking", "turn": "turn", "unused": "not used"}


def strip_plot(canvas: Canvas, strip: Strip) -> Markup:
    """Draw the strip; the three kinds differ in form as well as in colour."""
    across = Scale(0.0, strip.duration_s, _LEFT, canvas.width - _RIGHT)
    hatch = f"{canvas.name}-hatch"
    parts = [
        _hatching(hatch),
        svg.rect(across.start, _TOP, across.end - across.start, _HEIGHT, "rest"),
    ]
    for kind in _ORDER:
        for start, end in _drawn(strip, kind, across):
            parts.append(_stretch(kind, start, end - start, _TOP, _HEIGHT, hatch))
    parts += time_axis(across, strip.duration_s, _TOP + _HEIGHT + 6)
    kinds = {stretch.kind for stretch in strip.stretches}
    parts += _key([kind for kind in _KEY if kind in kinds], hatch)
    size = (canvas.width, _TOP + _HEIGHT + 32)
    return svg.drawing(canvas.name, canvas.title, canvas.description, size, parts)


def _drawn(strip: Strip, kind: StretchKind, across: Scale) -> list[tuple[float, float]]:
    """Return where to draw; what is too close to be told apart is drawn as one piece."""
    places: list[tuple[float, float]] = []
    for stretch in sorted(strip.stretches, key=lambda s: s.start_s):
        if stretch.kind == kind:
            start, end = across(stretch.start_s), across(stretch.end_s)
            if places and start - places[-1][1] < _TOO_CLOSE:
                start, end = places[-1][0], max(end, places.pop()[1])
            places.append((start, end))
    return places


def _stretch(
    kind: StretchKind, x: float, width: float, y: float, height: float, hatch: str
) -> Markup:
    if kind == "walking":
        return svg.rect(x, y, width, height, "walking")
    if kind == "turn":
        return svg.rect(x, y, max(width, 3.0), height / 3, "turning")
    return svg.rect(x, y, width, height, "unused", fill=f"url(#{hatch})")


def _hatching(name: str) -> Markup:
    stroke = svg.line(0, 0, 0, 6, "hatch")
    pattern = svg.element(
        "pattern",
        stroke,
        id=name,
        width=6.0,
        height=6.0,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return svg.element("defs", pattern)


def _key(kinds: list[StretchKind], hatch: str) -> Iterator[Markup]:
    x = _LEFT
    for kind in kinds:
        yield svg.rect(x, 4, 20, 12, "rest" if kind != "turn" else "walking")
        yield _stretch(kind, x, 20, 4, 12, hatch)
        yield svg.text(x + 26, 14, _KEY[kind], "label")
        x += 42 + 7 * len(_KEY[kind])
