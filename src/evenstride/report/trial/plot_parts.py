"""What the picture of a self-experiment is drawn from, one part below the other."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from evenstride.report.html.svg import circle, line, rect, text
from evenstride.report.screens import screen_words
from evenstride.report.trial.answer import percent
from evenstride.trials import Effect, TrialPoint, TrialResult
from evenstride.trials.outcomes import is_pain, ratio_of
from evenstride.trials.words import BANDS

__all__ = ["Room", "factor_parts", "points_seen"]

_WALKS_HEIGHT = 190.0
_ROW = 24.0
_MANY_WALKS = 42
_FEW_WALKS = 14
_WEEK = 7
_TOP_PAIN = 10.0
_FINE_POINTS = 5
_VISIBLE = 0.005


@dataclass(frozen=True, slots=True)
class Room:
    """How much there is to draw in, in units of the drawing.

    Attributes:
        width: Of the whole.
        left: Where walks and texts begin.
        right: Where walks end.
        bar_left: Where the bars of the bands begin.
        bar_right: Where they end.
        headline: Letters in a line of the answer.
        letters: Letters in a line of a heading.
        note: Letters in a line of a note.
    """

    width: float
    left: float
    right: float
    bar_left: float
    bar_right: float
    headline: int
    letters: int
    note: int


def points_seen(result: TrialResult) -> tuple[TrialPoint, ...]:
    """Return the walks that the answer rests on."""
    return result.points[: result.walks_looked_at]  # later ones are not in the answer


def factor_parts(
    room: Room, result: TrialResult, factor: int, top: float
) -> tuple[list[Markup], float]:
    """Return what is drawn of one factor below ``top``, and where it ends.

    Args:
        room: How much there is to draw in.
        result: Of a look, with an answer.
        factor: Which of the things that were tried, from 0.
        top: Where it begins.
    """
    assert result.as_assigned is not None  # noqa: S101 - the caller looked
    effect = result.as_assigned.effects[factor]
    parts = []
    for says in textwrap.wrap(effect.sentence, room.headline):
        top += 22
        parts.append(text(room.left, top, says, "says"))
    legend, top = _legend(room, result, factor, top)
    walks, top = _walks(room, result, factor, top)
    difference, top = _difference(room, effect, top, pain=is_pain(result.design.outcome))
    bands, top = _bands(room, effect, top)
    return [*parts, *legend, *walks, *difference, *bands], top


def _legend(room: Room, result: TrialResult, factor: int, top: float) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    n = len(points_seen(result))
    parts = [text(room.left, top + 34, words["walks"].format(n=n), "head")]
    top += 34
    x = room.right
    if any(point.done[factor] != point.assigned[factor] for point in points_seen(result)):
        parts += [
            circle(x - 6, top - 5, 7, "ring"),
            text(x - 20, top, words["otherwise"], anchor="end"),
        ]
        x -= 130
    if any(point.value is None for point in points_seen(result)):
        parts += [
            line(x - 6, top - 10, x - 6, top, "missing"),
            text(x - 16, top, words["missing"], anchor="end"),
        ]
    for name, class_ in zip(result.design.factors[factor].arms, "ab", strict=True):
        top += 20
        shown = textwrap.shorten(name, room.letters, placeholder=" …")
        parts += [circle(room.left + 6, top - 5, 5.5, class_), text(room.left + 20, top, shown)]
    return parts, top + 10


def _walks(room: Room, result: TrialResult, factor: int, top: float) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    outcome, points = result.design.outcome, points_seen(result)
    known = [point.value for point in points if point.value is not None]
    highest = _TOP_PAIN if is_pain(outcome) else _above(max(known))
    bottom = top + 28 + _WALKS_HEIGHT
    step = (room.right - room.left) / len(points)

    def x(number: int) -> float:
        return room.left + step * (number + 0.5)

    def y(value: float) -> float:
        return bottom - 10 - (_WALKS_HEIGHT - 20) * value / highest

    parts = [text(room.left, top + 16, words["axis"][outcome], "small")]
    for part in range(6):
        value = highest * part / 5
        parts += [
            line(room.left, y(value), room.right, y(value), "grid"),
            text(room.left - 8, y(value) + 4, f"{value:g}", "small", "end"),
        ]
    every = 1 if len(points) <= _FEW_WALKS else _WEEK
    for number in range(len(points)):
        if (number + 1) % every == 0 or number == 0:
            parts.append(text(x(number), bottom + 14, str(number + 1), "small", "middle"))
    radius = 5.5 if len(points) <= _MANY_WALKS else 3.8
    for point in points:
        parts += _point(point, factor, x(point.number), y, bottom, radius)
    return parts, bottom + 18


def _point(
    point: TrialPoint,
    factor: int,
    x: float,
    y: Callable[[float], float],
    bottom: float,
    radius: float,
) -> Iterator[Markup]:
    if point.value is None:
        yield line(x, bottom - 8, x, bottom, "missing")
        return
    yield circle(x, y(point.value), radius, "ab"[point.done[factor]])
    if point.done[factor] != point.assigned[factor]:
        yield circle(x, y(point.value), radius + 3.5, "ring")


def _difference(
    room: Room, effect: Effect, top: float, *, pain: bool
) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    a, b = effect.names
    widest = max(3, math.ceil(max(abs(effect.low), abs(effect.high))))
    left, right = room.left + 60, room.right - 60

    def x(difference: float) -> float:
        return left + (right - left) * (difference + widest) / (2 * widest)

    parts, top = _heading(room, words["difference"].format(a=a, b=b), top)
    for says in textwrap.wrap(words["points" if pain else "times"], room.note):
        top += 18
        parts.append(text(room.left, top, says, "small"))
    middle = top + 32
    for points in range(-widest, widest + 1, 1 if widest <= _FINE_POINTS else 2):
        shown = f"{points:+d}" if points else "0"
        shown = shown if pain else f"{ratio_of(points):.2f}"
        parts += [
            line(x(points), middle - 18, x(points), middle + 18, "grid" if points else "zero"),
            text(x(points), middle + 33, shown.replace("-", "−"), "small", "middle"),
        ]
    parts += [
        text(left - 12, middle + 5, words["better"], "", "end"),
        text(right + 12, middle + 5, words["worse"]),
        line(x(effect.low), middle, x(effect.high), middle, "interval"),
        circle(x(effect.mean), middle, 7, "b"),
    ]
    return parts, middle + 36


def _bands(room: Room, effect: Effect, top: float) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    parts, top = _heading(room, words["bands"].format(b=effect.names[1]), top)
    top += 10
    width = room.bar_right - room.bar_left
    for band, share in zip(BANDS, effect.bands, strict=True):
        middle = top + _ROW / 2
        parts += [
            text(room.bar_left - 10, middle + 5, band, "", "end"),
            rect(room.bar_left, middle - 8, width, 16, "rail", rx=3),
            text(room.bar_right + 10, middle + 5, percent(share)),
        ]
        if share >= _VISIBLE:
            parts.append(rect(room.bar_left, middle - 8, width * share, 16, "bar", rx=3))
        top += _ROW
    return parts, top + 4


def _heading(room: Room, says: str, top: float) -> tuple[list[Markup], float]:
    lines = textwrap.wrap(says, room.letters)
    places = [top + 34 + 18 * number for number in range(len(lines))]
    parts = [text(room.left, y, one, "head") for y, one in zip(places, lines, strict=True)]
    return parts, places[-1]


def _above(value: float) -> float:
    """Return a round number at or above a value, which five steps divide well."""
    size = 10 ** math.floor(math.log10(value))
    return float(next(step * size for step in (1, 2, 2.5, 5, 10) if step * size >= value))
