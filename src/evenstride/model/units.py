"""Units at the edges: one table of factors, and how to tell a unit from the values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import UnusableRecording

__all__ = [
    "DEGREE_RAD",
    "STANDARD_GRAVITY_M_S2",
    "UnitGuess",
    "acceleration_unit",
    "angular_velocity_unit",
]

STANDARD_GRAVITY_M_S2 = 9.80665
DEGREE_RAD = float(np.pi / 180.0)

_MOST_SAMPLES_LOOKED_AT = 10_000


@dataclass(frozen=True, slots=True)
class UnitGuess:
    """A unit worked out from values.

    Attributes:
        factor: Multiply by this to get SI.
        gravity_included: For accelerations, whether the pull of the earth is in the values.
        assumptions: Sentences in plain words; empty where the values are plainly SI.
    """

    factor: float
    gravity_included: bool = True
    assumptions: tuple[str, ...] = ()


def acceleration_unit(values: NDArray[np.floating[Any]]) -> UnitGuess:
    """Tell the unit of an acceleration (n, 3) from the median length of its vectors.

    Near 9.8 is m/s2 with gravity, near 1 is g with gravity, and well below 1 gravity was removed.

    Raises:
        UnusableRecording: If the values fit no unit, such as raw counts.
    """
    length = _median_length(values)
    if length is None or length == 0.0 or 6.0 < length < 14.0:
        return UnitGuess(1.0)
    if 0.75 < length < 1.5 and _spread_of_length(values) < 1.0:
        return UnitGuess(
            STANDARD_GRAVITY_M_S2,
            True,
            ("The acceleration looks like units of g, so it was turned into m/s².",),
        )
    if length < 6.0:
        return UnitGuess(
            1.0,
            False,
            ("The pull of the earth seems to have been taken out already (linear acceleration).",),
        )
    raise UnusableRecording(
        f"The acceleration values fit no unit we know (their usual size is {length:.4g}).",
        "They should be near 9.8 (m/s²) or near 1 (g) while the sensor rests.",
    )


def angular_velocity_unit(values: NDArray[np.floating[Any]]) -> UnitGuess:
    """Tell deg/s from rad/s: a walking body seldom turns faster than 8 rad/s for half the time."""
    length = _median_length(values)
    if length is not None and length > 8.0:
        return UnitGuess(
            DEGREE_RAD, assumptions=("The turning rate looks like degrees per second.",)
        )
    return UnitGuess(1.0)


def _lengths(values: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    stride = max(1, len(values) // _MOST_SAMPLES_LOOKED_AT)
    some = np.asarray(values[::stride], dtype=np.float64)
    some = some[np.all(np.abs(some) < 1e9, axis=1)] if some.size else some
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", some, some)))


def _median_length(values: NDArray[np.floating[Any]]) -> float | None:
    lengths = _lengths(values)
    return float(np.median(lengths)) if lengths.size else None


def _spread_of_length(values: NDArray[np.floating[Any]]) -> float:
    low, high = np.percentile(_lengths(values), [10, 90])
    return float(high - low)
