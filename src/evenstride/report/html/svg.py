"""The few SVG elements that the plots are drawn with; everything is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

__all__ = ["area", "circle", "drawing", "element", "line", "path", "rect", "text"]

Value = str | float


def element(tag: str, *children: Markup, **attributes: Value) -> Markup:
    """Return one element; underscores in attribute names become hyphens, ``class_`` is class."""
    shown = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for name, value in attributes.items()
    )
    inner = "".join(children)
    return Markup(f"<{tag}{shown}>{inner}</{tag}>" if inner else f"<{tag}{shown}/>")  # noqa: S704


def drawing(
    name: str, title: str, description: str, size: tuple[float, float], parts: Iterable[Markup]
) -> Markup:
    """Return a whole SVG that a screen reader announces as one picture.

    Args:
        name: Unique on the page, also the class that style sheets know it by.
        title: What it shows.
        description: What there is to see, in words.
        size: Width and height of the drawing; it scales with the page.
        parts: What is drawn.
    """
    width, height = size
    return element(
        "svg",
        element("title", escape(title), id=f"{name}-title"),
        element("desc", escape(description), id=f"{name}-desc"),
        *parts,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        class_="plot",
    )


def text(x: float, y: float, words: str, class_: str = "", anchor: str = "start") -> Markup:
    """Return one line of text."""
    return element("text", escape(words), x=x, y=y, class_=class_, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str, **more: Value) -> Markup:
    """Return a rectangle; one too thin to be seen is widened to a pixel and a half."""
    return element("rect", x=x, y=y, width=max(width, 1.5), height=height, class_=class_, **more)


def circle(x: float, y: float, radius: float, class_: str) -> Markup:
    """Return a dot."""
    return element("circle", cx=x, cy=y, r=radius, class_=class_)


def path(points: Sequence[tuple[float, float]], class_: str) -> Markup:
    """Return a line through points."""
    return element("path", d=_through(points), class_=class_)


def area(
    upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]], class_: str
) -> Markup:
    """Return the band between two lines."""
    return element("path", d=_through([*upper, *reversed(lower)]) + "Z", class_=class_)


def _through(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points)


def _short(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
