"""Roughness of the ground, felt through the steps: how unlike the steps of one foot are.

On rough ground the same foot never lands twice alike. Slowing down or hurrying makes steps unlike
too, so only steps of the same length in time are compared, near the usual pace of the walk. It is
an estimate: tired legs, a load or a loose belt do the same, and it was never held against ground
that somebody had measured.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.features import FEATURE_NAMES
from evenstride.gait.steps import Steps
from evenstride.gait.strides import Paces

__all__ = ["roughness_of", "unlikeness"]

_SAME_STEP = 0.04  # by which the two step times may differ
_SAME_PACE = 0.1  # by which the stride may differ from the usual one

Floats = NDArray[np.float64]


def unlikeness(steps: Steps, paces: Paces) -> tuple[Floats, Floats]:
    """Compare each step with the next one of the same foot, at the same pace.

    Args:
        steps: Contacts with the features of their steps.
        paces: The times of the steps, and which are steady.

    Returns:
        (n,) half the square of the difference of both steps' vertical acceleration, and (n,) the
        mean of their own squares; NaN where two steps cannot be compared.
    """
    like = steps.features[:, FEATURE_NAMES.index("like_second")].astype(np.float64)
    energy = steps.features[:, FEATURE_NAMES.index("energy_second")].astype(np.float64)
    used = _same_pace(paces)
    nothing = np.full(len(like), np.nan)
    unlike = np.where(used, np.maximum(energy - like, 0.0), nothing)
    return unlike, np.where(used, energy, nothing)


def _same_pace(paces: Paces) -> NDArray[np.bool_]:
    """Whether a step and the next of the same foot are steady, alike in time, and as usual."""
    step_s = paces.step_s
    if not paces.inner_stride.any():
        return np.zeros(len(step_s), dtype=np.bool_)
    usual_s = float(np.median(paces.stride_s[paces.inner_stride]))
    second_s = np.full(len(step_s), np.nan)
    second_s[: max(len(step_s) - 2, 0)] = step_s[2:]
    with np.errstate(invalid="ignore"):
        alike = np.abs(second_s / step_s - 1) < _SAME_STEP
        as_usual = np.abs(paces.stride_s / usual_s - 1) < _SAME_PACE
    same: NDArray[np.bool_] = paces.inner_triple & alike & as_usual
    return same


def roughness_of(sums: Floats) -> Floats:
    """Return the roughness from sums (..., 2) of what ``unlikeness`` gives."""
    return np.asarray(np.sqrt(sums[..., 0] / sums[..., 1]))
