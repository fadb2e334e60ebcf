"""Lean of the trunk or pelvis against the person's own standing.

A sensor at the lower back rests pitched by up to 35 degrees through the shape of the back, so the
angle itself says nothing; only its change from standing does. And some phones read gravity wrongly
in some orientations: then nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.steps import Steps

__all__ = [
    "Reference",
    "gravity_trouble",
    "lean_deg",
    "longest_quiet",
    "quiet_before",
    "worn_alike",
]

_SHORTEST_S = 3.0
_WITHIN_S = 60.0
_SAME_WEARING_DEG = 35.0
_TURNED_DEG = 25.0
_GRAVITY_TOLERANCE = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """How the sensor saw up while the person stood.

    Attributes:
        up: (3,) unit vector.
        seconds: How long the spell lasted.
        gravity_m_s2: Mean length of gravity.
    """

    up: NDArray[np.float64]
    seconds: float
    gravity_m_s2: float


def quiet_before(quiet: NDArray[np.float64], steps: Steps) -> Reference | None:
    """Return the quiet spell before the walk, if it was long, near and worn alike.

    Args:
        quiet: (k, 6) start s, end s, up (3), gravity.
        steps: Contacts; the spell must end within a minute before the first.
    """
    if len(steps) == 0 or len(quiet) == 0:
        return None
    first = steps.time_s[0]
    walking_up = steps.up.mean(axis=0, dtype=np.float64)
    near = (quiet[:, 1] < first) & (quiet[:, 1] > first - _WITHIN_S)
    near &= quiet[:, 1] - quiet[:, 0] >= _SHORTEST_S
    near &= _angle_deg(quiet[:, 2:5], walking_up) < _SAME_WEARING_DEG
    if not near.any():
        return None
    return _reference(quiet[near][-1])


def longest_quiet(quiet: NDArray[np.float64]) -> Reference | None:
    """Return the longest quiet spell, for a recording of standing."""
    lasting = quiet[quiet[:, 1] - quiet[:, 0] >= _SHORTEST_S]
    if len(lasting) == 0:
        return None
    return _reference(lasting[np.argmax(lasting[:, 1] - lasting[:, 0])])


def worn_alike(reference: Reference, steps: Steps) -> bool:
    """Whether the sensor sat in the reference as it did in the walk."""
    if len(steps) == 0:
        return True
    walking_up = steps.up.mean(axis=0, dtype=np.float64)
    return bool(_angle_deg(reference.up[None, :], walking_up)[0] < _SAME_WEARING_DEG)


def lean_deg(steps: Steps, reference: Reference) -> NDArray[np.float64]:
    """Return (n, 2) lean forward and to the right at each contact, in degrees."""
    ahead, up = steps.forward.astype(np.float64), steps.up.astype(np.float64)
    forward = ahead - (ahead @ reference.up)[:, None] * reference.up
    forward /= np.maximum(np.linalg.norm(forward, axis=1), 1e-9)[:, None]
    left = np.cross(reference.up, forward)
    along = up @ reference.up
    pitch = -np.arctan2(np.einsum("ij,ij->i", up, forward), along)
    roll = np.arctan2(np.einsum("ij,ij->i", up, left), along)
    lean: NDArray[np.float64] = np.degrees(np.column_stack([pitch, roll]))
    return lean


def gravity_trouble(
    quiet: NDArray[np.float64], steps: Steps, reference: Reference | None
) -> str | None:
    """Say why tilt cannot be trusted: gravity reads differently in different orientations."""
    seen = [quiet[:, 2:6]]
    if reference is not None:
        seen.append(np.append(reference.up, reference.gravity_m_s2)[None, :])
    if len(steps):
        seen.append(
            np.append(steps.up.mean(axis=0, dtype=np.float64), np.median(steps.gravity_m_s2))[
                None, :
            ]
        )
    rows = np.concatenate(seen)
    if len(rows) < 2:
        return None
    low, high = rows[np.argmin(rows[:, 3])], rows[np.argmax(rows[:, 3])]
    turned = _angle_deg(low[None, :3], high[:3])[0] > _TURNED_DEG
    apart = high[3] - low[3] > _GRAVITY_TOLERANCE * np.median(rows[:, 3])
    if turned and apart:
        return (
            f"The sensor reads gravity as {low[3]:.2f} m/s² in one position and {high[3]:.2f} "
            "in another, so its tilt cannot be trusted."
        )
    return None


def _reference(row: NDArray[np.float64]) -> Reference:
    return Reference(row[2:5], float(row[1] - row[0]), float(row[5]))


def _angle_deg(vectors: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(vectors, axis=1) * np.linalg.norm(other)
    cosine = np.clip(vectors @ other / np.maximum(length, 1e-9), -1.0, 1.0)
    angle: NDArray[np.float64] = np.degrees(np.arccos(cosine))
    return angle
