"""The picture of a self-experiment: its walks, how far apart the two ways are, and how likely that.

One SVG file of its own that follows light and dark screens. A and B differ by shape, not only by
colour, and the description says in words all that is drawn.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from evenstride.report.html.svg import circle, element, line, rect, text
from evenstride.report.screens import screen_words
from evenstride.report.trial.answer import percent, size_said
from evenstride.trials import Effect, TrialPoint, TrialResult
from evenstride.trials.outcomes import is_pain, ratio_of
from evenstride.trials.words import BANDS

__all__ = ["trial_plot"]

_WIDTH = 760.0
_LEFT, _RIGHT = 56.0, 744.0
_WALKS_HEIGHT = 190.0
_ROW = 24.0
_BAR_LEFT, _BAR_RIGHT = 160.0, 680.0
_LETTERS = 86
_HEADLINE_LETTERS = 72
_NOTE_LETTERS = 100
_MANY_WALKS = 42
_FEW_WALKS = 14
_WEEK = 7
_TOP_PAIN = 10.0
_FINE_POINTS = 5
_VISIBLE = 0.005
_STYLE = """
svg.trial{font:14px system-ui,-apple-system,"Segoe UI",sans-serif;color:currentColor}
svg.trial:root{color:#1c2530;background:#fff}
@media (prefers-color-scheme:dark){svg.trial:root{color:#e7ebf0;background:#12171d}}
.trial text{fill:currentColor}
.trial .says{font-size:17px;font-weight:600}
.trial .head{font-weight:600}
.trial .small{font-size:12px;opacity:.75}
.trial .grid{stroke:currentColor;stroke-opacity:.16}
.trial .zero{stroke:currentColor;stroke-opacity:.6}
.trial .a{fill:none;stroke:currentColor;stroke-width:1.8}
.trial .b{fill:#2f7fd0;stroke:#2f7fd0;stroke-width:1.8}
.trial .ring{fill:none;stroke:currentColor;stroke-dasharray:2 2}
.trial .missing{stroke:currentColor;stroke-opacity:.6;stroke-width:2}
.trial .interval{stroke:#2f7fd0;stroke-width:5;stroke-linecap:round}
.trial .bar{fill:#2f7fd0}
.trial .rail{fill:currentColor;fill-opacity:.08}
"""


def trial_plot(result: TrialResult, mark: str = "") -> str:
    """Return the picture of an answer as an SVG file.

    Args:
        result: Of a look, with an answer.
        mark: What has to be said of the diary it comes from; may be empty.

    Raises:
        ValueError: If there is no answer.
    """
    if result.as_assigned is None:
        raise ValueError("There is no answer to draw.")
    parts: list[Markup] = []
    top = 0.0
    for factor, effect in enumerate(result.as_assigned.effects):
        drawn, top = _factor(result, factor, effect, top + 12)
        parts += drawn
    for note in filter(None, (*result.cautions[:1], mark)):
        for says in textwrap.wrap(note, _NOTE_LETTERS):
            top += 18
            parts.append(text(_LEFT, top, says, "small"))
    effects = result.as_assigned.effects
    described = " ".join(_described(effect, result) for effect in effects)
    picture = element(
        "svg",
        element("title", escape(" ".join(effect.sentence for effect in effects)), id="trial-title"),
        element("desc", escape(described), id="trial-desc"),
        element("style", Markup(_STYLE)),  # noqa: S704 - fixed text
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH:g} {top + 14:g}",
        role="img",
        aria_labelledby="trial-title trial-desc",
        class_="trial",
    )
    return f"{picture}\n"


def _points(result: TrialResult) -> tuple[TrialPoint, ...]:
    return result.points[: result.walks_looked_at]  # later ones are not in the answer


def _described(effect: Effect, result: TrialResult) -> str:
    words = screen_words("trial")["plot"]
    bands = ", ".join(
        words["band"].format(band=band, share=percent(share))
        for band, share in zip(BANDS, effect.bands, strict=True)
    )
    return str(
        words["desc"].format(
            sentence=effect.sentence,
            size=size_said(effect, result.design.outcome),
            bands=bands,
            cautions=" ".join(result.cautions[:1]),
        )
    )


def _factor(
    result: TrialResult, factor: int, effect: Effect, top: float
) -> tuple[list[Markup], float]:
    """Return what is drawn of one factor below ``top``, and where it ends."""
    parts = []
    for says in textwrap.wrap(effect.sentence, _HEADLINE_LETTERS):
        top += 22
        parts.append(text(_LEFT, top, says, "says"))
    legend, top = _legend(result, factor, effect, top)
    walks, top = _walks(result, factor, top)
    difference, top = _difference(effect, top, pain=is_pain(result.design.outcome))
    bands, top = _bands(effect, top)
    return [*parts, *legend, *walks, *difference, *bands], top


def _legend(
    result: TrialResult, factor: int, effect: Effect, top: float
) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    n = len(_points(result))
    parts = [text(_LEFT, top + 34, words["walks"].format(n=n), "head")]
    top += 34
    x = _RIGHT
    if any(point.done[factor] != point.assigned[factor] for point in _points(result)):
        parts += [
            circle(x - 6, top - 5, 7, "ring"),
            text(x - 20, top, words["otherwise"], anchor="end"),
        ]
        x -= 130
    if any(point.value is None for point in _points(result)):
        parts += [
            line(x - 6, top - 10, x - 6, top, "missing"),
            text(x - 16, top, words["missing"], anchor="end"),
        ]
    for name, class_ in zip(effect.names, "ab", strict=True):
        top += 20
        parts += [circle(_LEFT + 6, top - 5, 5.5, class_), text(_LEFT + 20, top, name)]
    return parts, top + 10


def _walks(result: TrialResult, factor: int, top: float) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    outcome, points = result.design.outcome, _points(result)
    known = [point.value for point in points if point.value is not None]
    highest = _TOP_PAIN if is_pain(outcome) else _above(max(known))
    bottom = top + 28 + _WALKS_HEIGHT
    step = (_RIGHT - _LEFT) / len(points)

    def x(number: int) -> float:
        return _LEFT + step * (number + 0.5)

    def y(value: float) -> float:
        return bottom - 10 - (_WALKS_HEIGHT - 20) * value / highest

    parts = [text(_LEFT, top + 16, words["axis"][outcome], "small")]
    for part in range(6):
        value = highest * part / 5
        parts += [
            line(_LEFT, y(value), _RIGHT, y(value), "grid"),
            text(_LEFT - 8, y(value) + 4, f"{value:g}", "small", "end"),
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


def _difference(effect: Effect, top: float, *, pain: bool) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    a, b = effect.names
    widest = max(3, math.ceil(max(abs(effect.low), abs(effect.high))))
    left, right = _LEFT + 60, _RIGHT - 60

    def x(difference: float) -> float:
        return left + (right - left) * (difference + widest) / (2 * widest)

    title = textwrap.shorten(words["difference"].format(a=a, b=b), _LETTERS + 8, placeholder=" …")
    parts = [
        text(_LEFT, top + 34, title, "head"),
        text(_LEFT, top + 52, words["points" if pain else "times"], "small"),
    ]
    middle = top + 84
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


def _bands(effect: Effect, top: float) -> tuple[list[Markup], float]:
    words = screen_words("trial")["plot"]
    title = textwrap.shorten(words["bands"].format(b=effect.names[1]), _LETTERS, placeholder=" …")
    parts = [text(_LEFT, top + 34, title, "head")]
    top += 44
    width = _BAR_RIGHT - _BAR_LEFT
    for band, share in zip(BANDS, effect.bands, strict=True):
        middle = top + _ROW / 2
        parts += [
            text(_BAR_LEFT - 10, middle + 5, band, "", "end"),
            rect(_BAR_LEFT, middle - 8, width, 16, "rail", rx=3),
            text(_BAR_RIGHT + 10, middle + 5, percent(share)),
        ]
        if share >= _VISIBLE:
            parts.append(rect(_BAR_LEFT, middle - 8, width * share, 16, "bar", rx=3))
        top += _ROW
    return parts, top + 4


def _above(value: float) -> float:
    """Return a round number at or above a value, which five steps divide well."""
    size = 10 ** math.floor(math.log10(value))
    return float(next(step * size for step in (1, 2, 2.5, 5, 10) if step * size >= value))
