"""A walk over time: the same numbers for a picture and for the table behind it.

A long walk has more windows than can be told apart. They are gathered in steps of equal time, and
the lowest and the highest window of a step are kept beside its mean, so that nothing short is
smoothed away unseen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.checkup.knowledge.spoken import figure
from evenstride.inventory.timeline import Moments
from evenstride.report.numbers import clock, duration
from evenstride.report.screens import screen_words
from evenstride.report.units import UnitSystem, unit_for
from evenstride.report.visible import visible

__all__ = ["Curve", "OverTime", "Panel", "over_time"]

Floats = NDArray[np.float64]

MOST = 240
"""Steps of time; more cannot be told apart on a screen."""

_MOST_UNUSED = 12
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a quantity is drawn: its columns, unit, decimals, least height and fixed ends."""

    columns: tuple[str, ...]
    unit: str
    decimals: int
    least: float
    limits: tuple[float, float] | None = None


_PANELS = {
    "rhythm": _Shown(("cadence_spm",), "steps/min", 0, 20.0),
    "evenness": _Shown(("step_regularity", "stride_regularity"), "1", 2, 0.2),
    "lean": _Shown(("pitch_deg",), "°", 1, 4.0),
    "impact": _Shown(("impact_m_s2",), "m/s²", 1, 2.0),
    "slope": _Shown(("slope_pct",), "%", 1, 10.0),
    "pain": _Shown(("pain",), "1", 0, 10.0, (0.0, 10.0)),
}


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a panel, a value for each step of time; None where nothing was measured.

    Attributes:
        title: What it is.
        values: The means.
        low: The lowest window of each step, or the lower end of its likely range; may be empty.
        high: The highest, or the upper end.
    """

    title: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines of one unit.

    Attributes:
        name: "rhythm", "evenness", "lean", "impact", "slope" or "pain".
        title: In plain words, with the unit.
        unit: Its symbol; may be empty.
        says: From where to where it went, in words.
        decimals: Digits after the point that are worth showing.
        least: The upright axis covers at least this much, so that noise stays small.
        limits: Fixed ends of it; None: what the values need.
        curves: The lines.
    """

    name: str
    title: str
    unit: str
    says: str
    decimals: int
    least: float
    limits: tuple[float, float] | None
    curves: tuple[Curve, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """A walk over time.

    Attributes:
        time_s: The middle of each step, in seconds from the start.
        ends_s: Where the time ends.
        panels: What is known over time; there is at least one.
        unused: (from, to, why) of what was not used, in seconds from the start.
        steps_say: How long a step is, and what was done to make it so.
        header: Columns of the table.
        rows: The same numbers as a table.
    """

    time_s: tuple[float, ...]
    ends_s: float
    panels: tuple[Panel, ...]
    unused: tuple[tuple[float, float, str], ...]
    steps_say: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def unused_said(self) -> tuple[str, ...]:
        """What was not used, the longest stretches in the order of time, and how many more."""
        words = screen_words("web-walks")["way"]
        longest = sorted(self.unused, key=lambda one: one[0] - one[1])[:_MOST_UNUSED]
        said = [
            words["unused_one"].format(start=clock(start), end=clock(end), reason=visible(why))
            for start, end, why in sorted(longest)
        ]
        more = len(self.unused) - len(longest)
        return (*said, words["unused_more"].format(count=more)) if more else tuple(said)

    def document(self) -> dict[str, Any]:
        """Return what a picture is drawn from, as plain values."""
        return {
            "time_s": list(self.time_s),
            "ends_s": self.ends_s,
            "decimal": figure("."),
            "unused": [[start, end] for start, end, _ in self.unused],
            "panels": [
                {
                    "name": one.name,
                    "title": one.title,
                    "unit": one.unit,
                    "decimals": one.decimals,
                    "least": one.least,
                    "limits": one.limits,
                    "curves": [
                        {
                            "title": curve.title,
                            "values": list(curve.values),
                            "low": list(curve.low),
                            "high": list(curve.high),
                        }
                        for curve in one.curves
                    ],
                }
                for one in self.panels
            ],
        }


def over_time(
    found: Moments, unused: Sequence[tuple[float, float, str]], units: UnitSystem
) -> OverTime | None:
    """Return a walk over time; None if nothing of it was measured over time.

    Args:
        found: Its time line.
        unused: (from, to, why) of what was not used of the recording.
        units: Of the numbers.
    """
    words = screen_words("web-walks")["way"]
    grid = _Grid.of(found)
    panels = [_panel(name, shown, found, grid, units) for name, shown in _PANELS.items()]
    known = tuple(one for one in panels if one is not None)
    if not known:
        return None
    says = words["steps" if grid.windows > 1 else "windows"]
    return OverTime(
        time_s=tuple(round(float(one), 1) for one in grid.middle_s),
        ends_s=float(grid.start_s + grid.step_s * grid.count),
        panels=known,
        unused=tuple(unused),
        steps_say=says.format(step=duration(grid.step_s)),
        header=(
            words["time"],
            *(_titled(curve.title, one) for one in known for curve in one.curves),
        ),
        rows=tuple(_rows(known, grid)),
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Steps of equal time from the first to the last window.

    Attributes:
        start_s: Where the first begins.
        step_s: How long each is.
        count: How many there are.
        windows: How many windows make one.
        at: The step that each window belongs to.
    """

    start_s: float
    step_s: float
    count: int
    windows: int
    at: NDArray[np.int64]

    @classmethod
    def of(cls, found: Moments) -> _Grid:
        """Return the steps for a walk: whole windows, and not more of them than can be told."""
        start, end = float(found.start_s.min()), float(found.end_s.max())
        window = max(float(np.median(found.end_s - found.start_s)), 1.0)
        windows = max(1, math.ceil((end - start) / window / MOST))
        step = windows * window
        middle = 0.5 * (found.start_s + found.end_s)
        count = max(1, math.ceil(round((end - start) / step, 6)))
        at = np.clip(np.floor((middle - start) / step).astype(np.int64), 0, count - 1)
        return cls(start, step, count, windows, at)

    @property
    def middle_s(self) -> Floats:
        """The middle of each step."""
        return self.start_s + self.step_s * (np.arange(self.count, dtype=np.float64) + 0.5)

    def gathered(self, values: Floats, how: np.ufunc | None = None) -> Floats:
        """Return the mean of each step, or what a ufunc makes of its windows; NaN without any."""
        known = np.isfinite(values)
        at, seen = self.at[known], values[known]
        count = np.bincount(at, minlength=self.count)
        out = np.full(self.count, np.nan)
        if how is None:
            total = np.bincount(at, seen, self.count)
            np.divide(total, count, out=out, where=count > 0)
        else:
            how.at(out, at, seen)  # fmin and fmax take a number over NaN
        return out


def _panel(
    name: str, shown: _Shown, found: Moments, grid: _Grid, units: UnitSystem
) -> Panel | None:
    words = screen_words("web-walks")["way"]["panels"][name]
    unit = unit_for(shown.unit, units)
    curves = [
        _curve(column, words["curves"][column], found, grid, unit.per_si, shown.decimals)
        for column in shown.columns
    ]
    if all(value is None for curve in curves for value in curve.values):
        return None
    values = [one for one in curves[0].values if one is not None]
    says = ""
    if values:
        low, middle, high = (
            _said(one, shown.decimals)
            for one in (min(values), float(np.median(values)), max(values))
        )
        says = words["says"].format(low=low, middle=middle, high=high, unit=unit.words).strip()
    return Panel(
        name,
        words["title"],
        "" if name == "pain" else unit.short,
        says,
        shown.decimals,
        shown.least * unit.per_si,
        shown.limits,
        tuple(curves),
    )


def _curve(
    column: str, title: str, found: Moments, grid: _Grid, per_si: float, decimals: int
) -> Curve:
    values = getattr(found, column) * per_si
    if column == "pain":
        return Curve(title, _plain(grid.gathered(values, np.fmax), decimals), (), ())
    mean, low, high = grid.gathered(values), None, None
    if column == "slope_pct":
        low, high = (grid.gathered(one) for one in (found.slope_low_pct, found.slope_high_pct))
    elif grid.windows > 1:
        low, high = (grid.gathered(values, how) for how in (np.fmin, np.fmax))
    ends = [() if one is None else _plain(one, decimals) for one in (low, high)]
    return Curve(title, _plain(mean, decimals), ends[0], ends[1])


def _plain(values: Floats, decimals: int) -> tuple[float | None, ...]:
    """Return values with one digit more than is shown; None where there is none."""
    rounded = np.round(values, decimals + 1).tolist()
    return tuple(one if math.isfinite(one) else None for one in rounded)


def _titled(title: str, panel: Panel) -> str:
    return f"{title} ({panel.unit})" if panel.unit else title


def _rows(panels: Sequence[Panel], grid: _Grid) -> list[tuple[str, ...]]:
    """Return a row for each step of time in which anything is known."""
    columns = [(curve.values, one.decimals) for one in panels for curve in one.curves]
    rows = []
    for place in range(grid.count):
        cells = [_said(values[place], decimals) for values, decimals in columns]
        if any(cells):
            rows.append((clock(grid.start_s + grid.step_s * place), *(one or "–" for one in cells)))
    return rows


def _said(value: float | None, decimals: int) -> str:
    if value is None:
        return ""
    text = f"{value:.{decimals}f}"
    return figure(text.lstrip("-") if float(text) == 0 else text.replace("-", _MINUS))
