"""How a person walks uphill, level and downhill, and on each kind of ground.

Within one walk neighbouring windows resemble each other, so the mean of a group rests on fewer
independent values than it has windows: the interval is widened by the likeness of neighbours. Over
several walks, each walk is one value and the interval is that between walks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.inventory.change import student_t
from evenstride.inventory.timeline import WALKED, Moments
from evenstride.model.measure import Measure

__all__ = ["SLOPES", "By", "OnGround", "on_ground"]

By = Literal["slope", "surface"]

SLOPES = ("uphill", "level", "downhill")

_LEAST_S = 60.0
_FEWEST = 4
_FEWEST_WALKS = 3
_MOST_ALIKE = 0.95
_UNITS = {
    "cadence_spm": "steps/min",
    "step_regularity": "1",
    "stride_regularity": "1",
    "pitch_deg": "°",
    "impact_m_s2": "m/s²",
    "ground_roughness": "1",
}
_ONE_WALK = "From one walk: a change of ground also changes the pace, and both change the numbers."
_FEW_WALKS = (
    "From two walks: a change of ground also changes the pace, and both change the numbers."
)
_WALKS = "From {count} walks with the same sensor in the same place."
_FEW = "There was less than a minute of it."

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OnGround:
    """How was walked on one kind of ground.

    Attributes:
        ground: "uphill", "level", "downhill", or a surface; "" where it cannot be told.
        seconds: How long.
        walks: On how many walks.
        measures: Means by the names of ``timeline.WALKED``; what was not measured is absent.
    """

    ground: str
    seconds: float
    walks: int
    measures: Mapping[str, Measure]


def on_ground(walks: Sequence[Moments], by: By) -> tuple[OnGround, ...]:
    """Return the means for each kind of ground that was met, the longest first.

    The ground of the rest, "", cannot be told; it comes last.

    Args:
        walks: Of one sensor in one place; their numbers can be put together.
        by: What tells the ground apart.
    """
    met = {str(one) for walk in walks for one in np.unique(getattr(walk, by))}
    found = [_group(ground, [(walk, getattr(walk, by) == ground) for walk in walks])
             for ground in met]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.ground == "", -one.seconds, one.ground)))


def _group(ground: str, walks: Sequence[tuple[Moments, NDArray[np.bool_]]]) -> OnGround:
    here = [(walk, inside) for walk, inside in walks if inside.any()]
    seconds = sum(float((walk.end_s - walk.start_s)[inside].sum()) for walk, inside in here)
    measures = {
        name: _mean([getattr(walk, name)[inside] for walk, inside in here], name, seconds)
        for name in WALKED
    }
    return OnGround(ground, seconds, len(here), measures)


def _mean(walks: Sequence[Floats], name: str, seconds: float) -> Measure:
    unit = _UNITS[name]
    values = [known for walk in walks if len(known := walk[np.isfinite(walk)])]
    count = sum(map(len, values))
    if not count:
        return Measure.absent(unit, "It was not measured there.")
    if seconds < _LEAST_S or count < _FEWEST:
        return Measure.absent(unit, _FEW, count)
    if len(values) >= _FEWEST_WALKS:
        means = np.array([walk.mean() for walk in values])
        error = float(means.std(ddof=1)) / np.sqrt(len(means))
        return _measure(float(means.mean()), error, len(means), unit,
                        _WALKS.format(count=len(means)), count)  # fmt: skip
    pooled = np.concatenate(values)
    independent = _independent(pooled)
    error = float(pooled.std(ddof=1)) / np.sqrt(independent)
    reason = _ONE_WALK if len(values) == 1 else _FEW_WALKS
    return _measure(float(pooled.mean()), error, independent, unit, reason, count)


def _measure(
    mean: float, error: float, independent: float, unit: str, reason: str, count: int
) -> Measure:
    half = student_t(0.975, max(independent - 1.0, 1.0)) * error
    return Measure(mean, mean - half, mean + half, unit, "own_trend", reason, count)


def _independent(values: Floats) -> float:
    """Return as how many independent values they count, by the likeness of neighbours (AR(1))."""
    centred = values - values.mean()
    spread = float(centred @ centred)
    likeness = float(centred[1:] @ centred[:-1]) / spread if spread > 0 else 0.0
    likeness = min(max(likeness, 0.0), _MOST_ALIKE)
    return max(len(values) * (1 - likeness) / (1 + likeness), 2.0)
