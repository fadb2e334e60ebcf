"""The weeks in one small picture: pain, minutes and lights, for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.report.html.scale import Scale
from evenstride.report.html.svg import circle, drawing, line, path, rect, text
from evenstride.report.visit.nouns import WeekPoint, WeeksPicture
from evenstride.report.visit.said import words_of

__all__ = ["weeks_plot", "weeks_plot_alone"]

_WIDTH, _HEIGHT = 380.0, 276.0
_LEFT, _RIGHT = 46.0, _WIDTH - 6
_PAIN = (44.0, 118.0)
_MINUTES = (150.0, 206.0)
_LABELS_Y = 221.0
_LIGHTS_Y = 239.0
_ROW = 15.0
_FEWEST = 6  # weeks, so that one alone is no wall
_LABELS = 6
_WEEK = 7
_LIGHTS = ("green", "amber", "red")
_COLOURS = """
text{font-family:"Libertinus Serif",serif;font-size:13px;fill:#1d2a2b}
.label{fill:#53615f;font-size:12.5px}.grid{stroke:#dcdfd8}.axis{stroke:#7d8a87}
.line{fill:none;stroke-width:2.2}.line.one{stroke:#0d666b}
.line.two{stroke:#a04b0a;stroke-dasharray:6 4}.mark.one{fill:#0d666b}.mark.two{fill:#a04b0a}
.bar{fill:#bfc9c4}.planned{stroke:#1d2a2b;stroke-width:1.8}
.light.green{fill:#2c7a4b}.light.amber{fill:#c98a00}.light.red{fill:#b3261e}
"""

Across = Callable[[float], float]


def weeks_plot(picture: WeeksPicture) -> Markup:
    """Return the picture as an SVG that takes its colours from the page around it."""
    title = words_of("weeks")["title"]
    return drawing("weeks", title, picture.says, (_WIDTH, _HEIGHT), _parts(picture))


def weeks_plot_alone(picture: WeeksPicture) -> str:
    """Return the same with its own colours, as a file of its own."""
    start = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}" '
    begin, _, rest = str(weeks_plot(picture)).partition(">")
    return f"{start}{begin.removeprefix('<svg ')}><style>{_COLOURS}</style>{rest}"


def _parts(picture: WeeksPicture) -> Iterator[Markup]:
    weeks = picture.weeks
    # A short story ends on the right: the room is left for weeks that were, not for the future.
    first = min(weeks[0].monday, weeks[-1].monday - timedelta(weeks=_FEWEST - 1))
    most = (weeks[-1].monday - first).days // _WEEK + 1
    across = Scale(0.0, float(most * _WEEK), _LEFT, _RIGHT)

    def at(day: date) -> float:
        return across(float((day - first).days))

    yield from _pain(weeks, at)
    yield from _minutes(picture, at)
    every = -(-most // _LABELS)
    for number in range(0, most, every):
        monday = first + timedelta(weeks=number)
        yield text(at(monday), _LABELS_Y, spoken_day(monday, "short"), "label")
    yield from _lights(weeks, at)


def _pain(weeks: Sequence[WeekPoint], at: Callable[[date], float]) -> Iterator[Markup]:
    words = words_of("weeks")
    up = Scale(0.0, 10.0, _PAIN[1], _PAIN[0])
    yield text(_LEFT, 14.0, words["pain"], "title")
    yield line(_LEFT, 26.0, _LEFT + 20, 26.0, "line two")
    yield rect(_LEFT + 7, 23.0, 6.0, 6.0, "mark two")
    yield text(_LEFT + 26, 30.0, words["worst"], "label")
    yield line(200.0, 26.0, 220.0, 26.0, "line one")
    yield circle(210.0, 26.0, 3.5, "mark one")
    yield text(226.0, 30.0, words["next_morning"], "label")
    for value in (0, 5, 10):
        yield line(_LEFT, up(value), _RIGHT, up(value), "axis" if value == 0 else "grid")
        yield text(_LEFT - 6, up(value) + 4, str(value), "label", "end")
    for name, class_ in (("worst", "two"), ("next_morning", "one")):
        told = [(_middle(week, at), getattr(week, name)) for week in weeks]
        points = [(x, up(value)) for x, value in told if value is not None]
        if len(points) > 1:
            yield path(points, f"line {class_}")
        for x, y in points:
            yield (
                circle(x, y, 3.5, "mark one")
                if class_ == "one"
                else rect(x - 3, y - 3, 6, 6, "mark two")
            )


def _minutes(picture: WeeksPicture, at: Callable[[date], float]) -> Iterator[Markup]:
    words = words_of("weeks")
    highest = max(
        [1.0, *(week.minutes for week in picture.weeks), *(m for _, m in picture.planned)]
    )
    up = Scale(0.0, highest, _MINUTES[1], _MINUTES[0])
    yield text(_LEFT, 138.0, words["minutes"], "title")
    if picture.planned:
        yield line(200.0, 134.0, 220.0, 134.0, "planned")
        yield text(226.0, 138.0, words["planned"], "label")
    for week in picture.weeks:
        left, right = at(week.monday) + 3, at(week.monday + timedelta(days=_WEEK)) - 3
        top = up(week.minutes)
        yield rect(left, top, right - left, _MINUTES[1] - top, "bar")
    for starts, minutes in picture.planned:
        begin, end = at(starts), min(at(starts + timedelta(days=_WEEK)), _RIGHT)
        if end > begin:
            yield line(begin, up(minutes), end, up(minutes), "planned")
    yield line(_LEFT, _MINUTES[1], _RIGHT, _MINUTES[1], "axis")
    for value in (0.0, highest):
        yield text(_LEFT - 6, up(value) + 4, f"{value:.0f}", "label", "end")


def _lights(weeks: Sequence[WeekPoint], at: Callable[[date], float]) -> Iterator[Markup]:
    words = words_of("weeks")["lights"]
    for row, name in enumerate(_LIGHTS):
        y = _LIGHTS_Y + row * _ROW
        yield text(_LEFT - 6, y, words[name], "label", "end")
        for week in weeks:
            if count := week.lights[row]:
                x = _middle(week, at)
                yield circle(x - 6, y - 4, 4.0, f"light {name}")
                yield text(x + 1, y, str(count), "label")


def _middle(week: WeekPoint, at: Callable[[date], float]) -> float:
    return (at(week.monday) + at(week.monday + timedelta(days=_WEEK))) / 2
