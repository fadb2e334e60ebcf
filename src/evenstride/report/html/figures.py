"""The figures of the page: a plot for each width, its words, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenstride.report.html.drift_plot import drift_plot
from evenstride.report.html.line_plot import Canvas, line_plot
from evenstride.report.html.step_plot import step_plot
from evenstride.report.html.strip_plot import strip_plot
from evenstride.report.model import Line, Point, WalkReport
from evenstride.report.numbers import clock, duration

__all__ = ["Figure", "figures"]

_WIDE, _HALF, _NARROW = 860.0, 420.0, 300.0
_TABLE_ROWS = 24
_MANY_LOOKED_AT = 6
_MOST_CHANGES = 12  # drawn; the table holds all
_FEWEST_POINTS = 3  # fewer make no picture


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot with its text alternative.

    Attributes:
        name: Unique on the page.
        title: What it shows.
        caption: How to read it.
        wide: For a desk and for paper.
        narrow: For a phone.
        header: Columns of the table.
        rows: The same numbers as a table.
        full: Whether it takes the whole width of a desk, or half of it.
    """

    name: str
    title: str
    caption: str
    wide: Markup
    narrow: Markup
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    full: bool = True


def figures(report: WalkReport) -> dict[str, Figure]:
    """Return the figures that there is something to show for, by name."""
    drift = _drift(report)
    beside = drift is not None and not drift.full
    made = (_strip(report), _cadence(report), _evenness(report), drift, _shape(report, beside))
    return {figure.name: figure for figure in made if figure}


def _strip(report: WalkReport) -> Figure | None:
    strip = report.strip
    if strip is None:
        return None
    walking = [s for s in strip.stretches if s.kind == "walking"]
    time = duration(sum(s.end_s - s.start_s for s in walking))
    stretches = "1 walking stretch" if len(walking) == 1 else f"{len(walking)} walking stretches"
    said = f"{stretches}, {time} of {duration(strip.duration_s)} in all."
    title = "Where the walking was"
    wide, narrow = (
        strip_plot(Canvas(f"strip-{size}", title, said, width, 0.0), strip)
        for size, width in (("wide", _WIDE), ("narrow", _NARROW))
    )
    longest = sorted(strip.stretches, key=lambda s: s.start_s - s.end_s)[:_TABLE_ROWS]
    rows = tuple(
        (clock(s.start_s), clock(s.end_s), s.words)
        for s in sorted(longest, key=lambda s: s.start_s)
    )
    caption = said
    if len(walking) < len(strip.stretches):
        caption += " What was not used is listed below, with the reasons."
    if len(rows) < len(strip.stretches):
        caption += f" The table holds the {len(rows)} longest parts."
    return Figure("strip", title, caption, wide, narrow, ("From", "To", "What"), rows)


def _cadence(report: WalkReport) -> Figure | None:
    line, strip = report.cadence, report.strip
    if line is None or strip is None or len(line.points) < _FEWEST_POINTS:
        return None
    values = [p.value for p in line.points]
    said = f"Between {min(values):.0f} and {max(values):.0f} steps a minute."
    return _over_time("cadence", "Steps a minute, over time", said, (line,), strip.duration_s, None)


def _evenness(report: WalkReport) -> Figure | None:
    points = max((len(line.points) for line in report.evenness), default=0)
    if report.strip is None or points < _FEWEST_POINTS:
        return None
    said = "How alike each step is to the next, and each stride (two steps) to the next: "
    said += "1 is exactly alike, 0 is not alike at all."
    title = "How even your walking was, over time"
    if report.choices.professional:
        title = "Step and stride regularity over time"
    return _over_time("evenness", title, said, report.evenness, report.strip.duration_s, (0.0, 1.0))


def _over_time(
    name: str,
    title: str,
    said: str,
    lines: Sequence[Line],
    duration_s: float,
    limits: tuple[float, float] | None,
) -> Figure:
    wide, narrow = (
        line_plot(Canvas(f"{name}-{size}", title, said, width, height), lines, duration_s, limits)
        for size, width, height in (("wide", _WIDE, 210.0), ("narrow", _NARROW, 190.0))
    )
    caption = f"{said} Where the line breaks, there was nothing to measure."
    header = ("Time", *(line.title for line in lines))
    return Figure(name, title, caption, wide, narrow, header, _time_rows(lines, duration_s))


def _time_rows(lines: Sequence[Line], duration_s: float) -> tuple[tuple[str, ...], ...]:
    """Average the points into a table of a length that can be read."""
    step = max(duration_s / _TABLE_ROWS, 1.0)
    rows = []
    for place in range(_TABLE_ROWS):
        means = [_mean(line.points, place * step, (place + 1) * step) for line in lines]
        if any(means):
            when = f"{clock(place * step)} to {clock((place + 1) * step)}"
            rows.append((when, *(mean or "not measured" for mean in means)))
    return tuple(rows)


def _mean(points: Sequence[Point], start_s: float, end_s: float) -> str:
    values = [p.value for p in points if start_s <= (p.start_s + p.end_s) / 2 < end_s]
    return f"{sum(values) / len(values):.3g}" if values else ""


def _shape(report: WalkReport, beside: bool) -> Figure | None:
    shape = report.shape
    if shape is None:
        return None
    title = "The average step of each foot"
    said = (
        f"Up-and-down push over one step, for {shape.first_name} and {shape.second_name}. "
        "The bands show how much steps differ from each other."
    )
    if report.choices.professional:
        said = (
            f"Vertical acceleration over one step, mean ± SD, steps that begin with "
            f"{shape.first_name} and {shape.second_name}."
        )
    wide, narrow = (
        step_plot(Canvas(f"shape-{size}", title, said, width, 290.0), shape)
        for size, width in (("wide", _HALF if beside else _WIDE), ("narrow", _NARROW))
    )
    every = max(1, len(shape.phase) // 10)
    columns = zip(
        shape.phase, shape.first, shape.first_sd, shape.second, shape.second_sd, strict=True
    )
    rows = tuple(
        (f"{100 * phase:.0f} %", f"{one:.2f} ± {one_sd:.2f}", f"{two:.2f} ± {two_sd:.2f}")
        for phase, one, one_sd, two, two_sd in list(columns)[::every]
    )
    header = ("Part of the step", f"{shape.first_name}, {shape.unit}", f"{shape.second_name}")
    caption = said
    if not report.choices.professional:
        caption += " Nobody's two lines are quite the same."
    return Figure("shape", title, caption, wide, narrow, header, rows, full=not beside)


def _drift(report: WalkReport) -> Figure | None:
    if not report.changes:
        return None
    ordered = sorted(report.changes, key=lambda change: change.direction == "none")
    clear = sum(change.direction != "none" for change in ordered)
    said = f"{clear} of {len(ordered)} measures clearly changed."
    title = "From the first to the last third"
    drawn = ordered[:_MOST_CHANGES]
    full = len(drawn) > _MOST_CHANGES / 2
    canvas = Canvas("drift-wide", title, said, _WIDE if full else _HALF, 0.0)
    wide = drift_plot(canvas, drawn, columns=2 if full else 1)
    narrow = drift_plot(Canvas("drift-narrow", title, said, _NARROW, 0.0), drawn)
    rows = tuple(
        (c.title, f"{c.number}", c.number.interval, c.sentence, c.grade_words) for c in ordered
    )
    caption = (
        "The dot is the change, the bar its likely range. A bar that crosses the middle line "
        "could be no change at all. Each line has a scale of its own."
    )
    if len(ordered) >= _MANY_LOOKED_AT:
        caption += " When many measures are looked at, some can stand out by chance."
    if len(drawn) < len(ordered):
        caption += f" The table holds {len(ordered) - len(drawn)} more."
    header = ("Measure", "Change", "Likely range", "In words", "How sure")
    return Figure("drift", title, caption, wide, narrow, header, rows, full)
