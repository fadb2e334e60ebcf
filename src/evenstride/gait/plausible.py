"""Step 3b: other rhythms are no walks: bicycles, cars, machines, a phone that is handled.

What a step rhythm finds regular need not be walking. Along each run of contacts the usual movement,
jolting and likeness of some sixteen steps are followed, and only the parts where all three are
those of a walk are kept; so a walk that leads straight into a bicycle ride ends where the ride
begins. No part of a walk of the tuning people fell short of the limits.

Source: ours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter, uniform_filter1d

from evenstride.gait.features import FEATURE_NAMES
from evenstride.gait.paths import middle, runs

__all__ = ["walking_parts"]

_WINDOW = 16  # contacts
_LEAST_LIKENESS = 0.2  # of neighbouring steps or strides (seen in walks: 0.44 and more)
_LEAST_LIKENESS_BLIND = 0.6  # without gravity, handling a phone is not seen by its tilt
_LEAST_MOVEMENT_M_S2 = 0.48  # up and down (seen: 0.57); cars and bicycles shake less
_QUIET_MOVEMENT_M_S2, _QUIET_LIKENESS = 0.2, 0.75  # or less, if very alike: a quiet walker
_LEAST_JOLTING = 0.05  # jolts over swings (seen: 0.31); a smooth machine has none


def walking_parts(
    features: NDArray[np.float64], fewest: int, *, gravity_included: bool
) -> list[tuple[int, int]]:
    """Return the parts (first, one past last) of a run of contacts that move like a walk.

    Args:
        features: (n, 15) of the run, see ``features``; n >= 3.
        fewest: A part has at least this many contacts.
        gravity_included: Whether the pull of the earth is in the values.
    """
    likeness = np.maximum(
        _running_ratio(features, "like_next", "energy_next"),
        _running_ratio(features, "like_second", "energy_second"),
    )
    movement = _running_median(features, "rms_up")
    jolting = _running_median(features, "fast")
    enough = (movement >= _LEAST_MOVEMENT_M_S2) | (
        (movement >= _QUIET_MOVEMENT_M_S2) & (likeness >= _QUIET_LIKENESS)
    )
    least = _LEAST_LIKENESS if gravity_included else _LEAST_LIKENESS_BLIND
    walks = enough & (likeness >= least) & (jolting >= _LEAST_JOLTING)
    return [(first, stop) for first, stop in runs(walks) if stop - first >= fewest]


def _column(features: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Return a column; its last rows, which begin no stride, repeat the last one that does."""
    column = features[:, FEATURE_NAMES.index(name)]
    present = np.flatnonzero(np.isfinite(column))
    if len(present) == 0:
        return np.zeros(len(column))
    filled: NDArray[np.float64] = column[np.minimum(np.arange(len(column)), present[-1])]
    return filled


def _running_median(features: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    column = _column(features, name)
    if len(column) <= _WINDOW:
        return np.full(len(column), middle(column))
    return np.asarray(median_filter(column, _WINDOW, mode="nearest"))


def _running_ratio(features: NDArray[np.float64], upper: str, lower: str) -> NDArray[np.float64]:
    over, under = _column(features, upper), _column(features, lower)
    if len(over) <= _WINDOW:
        return np.full(len(over), over.sum() / max(under.sum(), 1e-9))
    over, under = (uniform_filter1d(column, _WINDOW, mode="nearest") for column in (over, under))
    return np.asarray(over / np.maximum(under, 1e-9))
