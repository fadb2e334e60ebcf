"""Scales and ticks of the plots."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from evenstride.report.numbers import clock

__all__ = ["Scale", "nice_range", "nice_ticks", "time_label", "time_ticks"]

_DAY_S = 86400
_DAYS_S = 3 * _DAY_S  # from here on, moments are named by their day
_TIME_STEPS_S = (
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    14400,
    21600,
    43200,
    86400,
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight map from values to places in a drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def nice_range(values: Iterable[float], least_span: float) -> tuple[float, float]:
    """Return round limits around values; a small spread is not blown up to fill the plot."""
    seen = list(values)
    low, high = min(seen), max(seen)
    missing = max(0.0, least_span - (high - low)) / 2
    step = _nice_step((high - low + 2 * missing) or 1.0, 4)
    return math.floor((low - missing) / step) * step, math.ceil((high + missing) / step) * step


def nice_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Return round values from low to high."""
    step = _nice_step(high - low, about)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 10) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def time_ticks(duration_s: float, most: int) -> list[float]:
    """Return at most so many moments at round times, from zero on."""
    steps = _TIME_STEPS_S if duration_s < _DAYS_S else ()
    step = next((s for s in steps if duration_s / s <= most), None)
    step = step or _DAY_S * math.ceil(duration_s / _DAY_S / most)
    return [float(i * step) for i in range(int(duration_s / step) + 1)]


def time_label(moment_s: float, duration_s: float) -> str:
    """Label a moment: minutes and seconds, and hours or days for long recordings."""
    if duration_s >= _DAYS_S:
        return f"day {moment_s / _DAY_S + 1:.0f}"
    if duration_s >= 2 * 3600:
        return f"{moment_s / 3600:g} h"
    return clock(moment_s)


def _nice_step(span: float, about: int) -> float:
    rough = span / about
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(f for f in (1, 2, 5, 10) if rough <= f * power * (1 + 1e-9))
