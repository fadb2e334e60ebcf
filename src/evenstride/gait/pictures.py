"""What the pictures of a walk are drawn from: the walk in equal windows, the average step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.features import FEATURE_NAMES, SHAPE_POINTS
from evenstride.gait.gather import Shapes
from evenstride.gait.measures import Walked
from evenstride.gait.roughness import unlikeness
from evenstride.model import StepShape, Timeline

__all__ = ["step_shape", "timeline"]

_WINDOWS_S = (10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
_MOST_WINDOWS = 240
_FEWEST_STEPS = 4
_FEWEST_SHAPES = 8

Floats = NDArray[np.float64]


def timeline(walked: Walked, duration_s: float) -> Timeline:
    """Return the walk in windows of equal length, short enough to see and few enough to draw."""
    fitting = [w for w in _WINDOWS_S if duration_s <= w * _MOST_WINDOWS]
    length = fitting[0] if fitting else duration_s / _MOST_WINDOWS
    windows = max(int(np.ceil(duration_s / length)), 1)
    start: Floats = np.arange(windows, dtype=np.float64) * length
    steps, paces = walked.steps, walked.paces
    window = np.clip((steps.time_s / length).astype(np.intp), 0, windows - 1)

    def mean(values: Floats, used: NDArray[np.bool_], weight: Floats | None = None) -> Floats:
        weight = np.ones(len(values)) if weight is None else weight
        used = used & np.isfinite(values) & np.isfinite(weight)
        total = np.bincount(window[used], values[used], windows)
        share = np.bincount(window[used], weight[used], windows)
        enough = np.bincount(window[used], minlength=windows) >= _FEWEST_STEPS
        out = np.full(windows, np.nan)
        np.divide(total, share, out=out, where=enough & (share > 0))
        return out

    def feature(name: str) -> Floats:
        return steps.features[:, FEATURE_NAMES.index(name)].astype(np.float64)

    unlike, energy = unlikeness(steps, paces)
    return Timeline(
        start_s=start,
        end_s=np.minimum(start + length, max(duration_s, length)),
        cadence_spm=60.0 / mean(paces.step_s, paces.inner_step),
        step_regularity=mean(feature("like_next"), paces.inner_step, feature("energy_next")),
        stride_regularity=mean(
            feature("like_second"), paces.inner_stride, feature("energy_second")
        ),
        pitch_deg=mean(walked.lean_deg[:, 0], paces.inner_stride),
        movement_m_s2=mean(feature("rms_up"), paces.inner_stride),
        ground_roughness=np.sqrt(mean(unlike, paces.inner_triple, energy)),
        impact_m_s2=mean(feature("impact"), paces.inner_step),
    )


def step_shape(shapes: Shapes) -> StepShape:
    """Return the average step that begins with each foot; empty when there are too few."""
    if shapes.count.min() < _FEWEST_SHAPES:
        none = np.empty(0)
        return StepShape(none, none, none, none, none)
    mean = shapes.total_m_s2 / shapes.count[:, None]
    sd = np.sqrt(np.maximum(shapes.squares / shapes.count[:, None] - mean**2, 0.0))
    phase = np.arange(SHAPE_POINTS) / SHAPE_POINTS
    return StepShape(phase, mean[0], sd[0], mean[1], sd[1])
