"""What the plots show, as data: lines over time, the strip of the recording, the average step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Gait, Unused
from evenstride.report.model import Choices, Line, Point, Shape, Stretch, Strip, UnusedSummary
from evenstride.report.numbers import clock, duration
from evenstride.report.units import unit_for
from evenstride.report.words import foot_names

__all__ = ["cadence_line", "evenness_lines", "shape", "strip", "unused_by_reason"]

_MOST_POINTS = 240  # more cannot be told apart on a screen
_MOST_MOMENTS = 3


def cadence_line(gait: Gait, choices: Choices) -> Line | None:
    """Return steps per minute over time, or None when no window could be measured."""
    unit = unit_for("steps/min", choices.units)
    points = _points(gait, gait.timeline.cadence_spm)
    return Line("Steps a minute", unit.short, points) if points else None


def evenness_lines(gait: Gait) -> tuple[Line, ...]:
    """Return how alike neighbouring steps, and neighbouring strides, were over time."""
    lines = (
        Line("step to step", "", _points(gait, gait.timeline.step_regularity)),
        Line("stride to stride", "", _points(gait, gait.timeline.stride_regularity)),
    )
    return tuple(line for line in lines if line.points)


def shape(gait: Gait, choices: Choices) -> Shape | None:
    """Return the average step of each foot, or None when there were too few steps."""
    steps = gait.step_shape
    if not len(steps):
        return None
    unit = unit_for("m/s²", choices.units)
    first_name, second_name = foot_names(gait.sides_known)
    columns = (
        steps.first_m_s2,
        steps.first_sd_m_s2,
        steps.second_m_s2,
        steps.second_sd_m_s2,
    )
    first, first_sd, second, second_sd = ((c * unit.per_si).tolist() for c in columns)
    return Shape(
        unit.short,
        steps.phase.tolist(),
        first_name,
        first,
        first_sd,
        second_name,
        second,
        second_sd,
    )


def strip(gait: Gait) -> Strip | None:
    """Return where walking, turns and unused stretches were."""
    if gait.recording.duration_s <= 0:
        return None
    bouts = zip(gait.bouts.start_s.tolist(), gait.bouts.end_s.tolist(), strict=True)
    turns = zip(gait.turns.start_s.tolist(), gait.turns.end_s.tolist(), strict=True)
    stretches = [
        *(Stretch(start, end, "walking", "walking") for start, end in bouts),
        *(Stretch(start, end, "turn", "a turn") for start, end in turns),
        *(Stretch(u.start_s, u.end_s, "unused", u.reason) for u in gait.unused),
    ]
    return Strip(gait.recording.duration_s, tuple(stretches))


def unused_by_reason(gait: Gait) -> tuple[UnusedSummary, ...]:
    """Return what was left out, the longest total first."""
    reasons: dict[str, list[Unused]] = {}
    for item in gait.unused:
        reasons.setdefault(item.reason, []).append(item)
    totals = {r: sum(u.end_s - u.start_s for u in items) for r, items in reasons.items()}
    return tuple(
        UnusedSummary(reason, len(items), duration(totals[reason]), _where(items))
        for reason, items in sorted(reasons.items(), key=lambda pair: -totals[pair[0]])
    )


def _where(items: list[Unused]) -> str:
    moments = [f"{clock(u.start_s)} to {clock(u.end_s)}" for u in items[:_MOST_MOMENTS]]
    more = len(items) - len(moments)
    return ", ".join(moments) + (f" and {more} more" if more else "")


def _points(gait: Gait, values: NDArray[np.float64]) -> tuple[Point, ...]:
    """Average neighbouring windows where there are more than a screen can show."""
    starts, ends = gait.timeline.start_s, gait.timeline.end_s
    size = -(-len(values) // _MOST_POINTS)
    points = []
    for first in range(0, len(values), max(size, 1)):
        part = slice(first, first + size)
        seen = np.isfinite(values[part])
        if seen.any():
            points.append(
                Point(
                    float(starts[part][seen].min()),
                    float(ends[part][seen].max()),
                    float(values[part][seen].mean()),
                )
            )
    return tuple(points)
