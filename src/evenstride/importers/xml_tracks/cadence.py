"""Is a cadence counted in steps, or in strides of one leg? Nobody writes it down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Sport

__all__ = ["cadence_spm"]

_SLOWEST_WALK_SPM = 75.0
_SLOWEST_RUN_SPM = 115.0
_DOUBLED = "The cadence counts the steps of one leg; it was doubled."
_AS_IT_IS = "The cadence is taken as steps of both feet."
_PEDALS = "The cadence counts turns of the pedals and was left out."


def cadence_spm(
    unnamed: NDArray[np.float64], leg: NDArray[np.float64], sport: Sport
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return steps of both feet in a minute, and how it was told.

    Garmin's fields count one leg by definition, but other programs write steps into them; so the
    middle of the values tells: nobody walks with 50 steps a minute, nor runs with 85.

    Args:
        unnamed: From fields that do not say what they count.
        leg: From fields that count one leg by definition.
        sport: What was done.
    """
    by_definition = bool(np.isfinite(leg).any())
    values = np.where(np.isfinite(leg), leg, unnamed)
    moving = values[values > 0]
    if sport == "cycling" and moving.size:
        return np.full(values.size, np.nan), (_PEDALS,)
    if not moving.size:  # a device without a sensor writes 0 all the time
        return np.full(values.size, np.nan), ()
    walk = sport in ("walking", "hiking", "treadmill") or (
        sport in ("unknown", "other") and not by_definition
    )
    if float(np.median(moving)) < (_SLOWEST_WALK_SPM if walk else _SLOWEST_RUN_SPM):
        return 2.0 * values, (_DOUBLED,)
    return values, (_AS_IT_IS,)
