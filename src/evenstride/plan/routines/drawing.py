"""A line drawing of an exercise: how it begins and how it goes on, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians, sin
from typing import Any

from evenstride.checkup.knowledge import document
from evenstride.model.language import per_language
from evenstride.plan.routines.figure import LIMBS, ROOTS, Point, posed
from evenstride.plan.routines.knowledge import routine_knowledge

__all__ = ["drawing"]

PANEL = 170
"""Width of one picture; two stand side by side."""

GAP = 24
MARGIN = 13  # around joints: a nose reaches 12 beyond the middle of a head
HEAD, NOSE = 8.0, 12.0

MATS: dict[str, tuple[Point, ...]] = {
    "side": ((4, 0, 0), (PANEL - 4, 0, 0)),
    "floor": ((14, 0, -26), (161, 0, -26), (161, 0, 46), (14, 0, 46), (14, 0, -26)),
    "above": ((6, 2, 0), (164, 2, 0), (164, 138, 0), (6, 138, 0), (6, 2, 0)),
}
"""What a figure stands or lies on in each view.

From the side it is the line of the ground; "floor" looks down on a mat a little, "above" fully.
"""

_FAINT = ' opacity=".5"'

_Paper = tuple[float, float]  # right and down; the ground is at 0


@per_language
def drawing(exercise: str) -> str:
    """Return the drawing of an exercise as an SVG document.

    Lines have the colour of the text around them, and a title and a description are there for
    screen readers. It holds no scripts and loads nothing.

    Raises:
        KeyError: If there is no such exercise.
    """
    figure = _figures()[exercise]
    pictures = [_picture(figure, pose) for pose in figure["poses"]]
    top = min(picture.top for picture in pictures)
    height = max(picture.bottom for picture in pictures) - top
    parts = [
        f"<title>{escape(routine_knowledge().exercises[exercise].name)}</title>",
        f"<desc>{escape(figure['shows'])}</desc>",
    ]
    for number, picture in enumerate(pictures):
        left = number * (PANEL + GAP)
        if number:
            parts.append(_arrow(left - GAP / 2, top + height / 2, figure["there_and_back"]))
        parts.append(f'<g transform="translate({left} 0)">{picture.lines}</g>')
    width = len(pictures) * (PANEL + GAP) - GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top:.0f} {width} {height:.0f}" '
        'role="img" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" '
        f'stroke-linejoin="round">{"".join(parts)}</svg>'
    )


@per_language
def _figures() -> Mapping[str, Any]:
    found: Mapping[str, Any] = document("figures")["figures"]
    return found


@dataclass(frozen=True, slots=True)
class _Picture:
    lines: str
    top: float
    bottom: float


def _picture(figure: Mapping[str, Any], pose: Mapping[str, Any]) -> _Picture:
    view = figure["view"]
    at = {name: _seen(point, view) for name, point in posed(pose).items()}
    mat = [_seen(point, view) for point in MATS[view]]
    props = [_prop(prop) for prop in figure.get("props", ())]
    bow = _bow(at, pose.get("curve", 0))
    down = [y for _, y in (*at.values(), bow, *mat, *(point for line in props for point in line))]
    lines = [_path([mat], 2, _FAINT), *(_path([line], 3, _FAINT) for line in props)]
    lines += [_limbs(at, "far", _FAINT), _trunk(at, bow)]
    lines += [*_head(at["head"], pose.get("look")), _limbs(at, "near", "")]
    return _Picture("".join(lines), min(down) - MARGIN, max(down) + MARGIN / 2)


def _limbs(at: Mapping[str, _Paper], side: str, look: str) -> str:
    lines = [
        [at[f"{side}_{joint}"] for joint in (ROOTS[limb], *(joint for joint, _ in parts))]
        for limb, parts in LIMBS.items()
    ]
    return _path(lines, 5, look)


def _bow(at: Mapping[str, _Paper], curve: float) -> _Paper:
    """Return what pulls the trunk off the straight line, to the left of the way to the neck."""
    (x1, y1), (x2, y2) = at["hip"], at["neck"]
    return (x1 + x2) / 2 + (y2 - y1) * curve, (y1 + y2) / 2 - (x2 - x1) * curve


def _trunk(at: Mapping[str, _Paper], bow: _Paper) -> str:
    way = f"M{_pair(at['hip'])}Q{_pair(bow)} {_pair(at['neck'])}"
    return f'<path d="{way}" stroke-width="8"/>'


def _head(at: _Paper, look: float | None) -> Iterator[str]:
    x, y = at
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{HEAD:g}" stroke-width="3.5"/>'
    if look is not None:
        right, down = cos(radians(look)), -sin(radians(look))
        yield _path([[(x + far * right, y + far * down) for far in (HEAD, NOSE)]], 3.5, "")


def _prop(prop: Mapping[str, Any]) -> list[_Paper]:
    """Return a wall, a box (a step or a stool) or a chair from the side, as one line."""
    x, up = prop["x"], -prop["height"]
    if prop["kind"] == "wall":
        return [(x, 0), (x, up)]
    other = x + prop["width"]
    if prop["kind"] == "box":
        return [(x, 0), (x, up), (other, up), (other, 0)]
    back, front = (x, other) if prop["back"] == "left" else (other, x)
    return [(back, 0), (back, up - prop["back_height"]), (back, up), (front, up), (front, 0)]


def _arrow(x: float, y: float, there_and_back: bool) -> str:
    lines = [[(x - 8, y), (x + 8, y)], [(x + 3, y - 5), (x + 8, y), (x + 3, y + 5)]]
    if there_and_back:
        lines.append([(x - 3, y - 5), (x - 8, y), (x - 3, y + 5)])
    return _path(lines, 2.5, "")


def _seen(point: Point, view: str) -> _Paper:
    """Return where a point is on the paper: a cabinet projection, or plainly from above."""
    right, up, toward = point
    if view == "above":
        return right, -up
    return right - 0.25 * toward, -up + 0.45 * toward


def _path(lines: Sequence[Sequence[_Paper]], width: float, look: str) -> str:
    way = "".join("M" + "L".join(_pair(point) for point in line) for line in lines)
    return f'<path d="{way}" stroke-width="{width:g}"{look}/>'


def _pair(point: _Paper) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
