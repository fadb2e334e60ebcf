"""Step 1: which way is up and which way is forward, for any orientation of the sensor.

Nothing here depends on the axes of the sensor: every vector is computed from the data by linear
filters, dot products and eigenvectors, so turning the sensor turns the vectors and leaves all
projections the same.

Source: forward as the horizontal direction most coherent with the vertical at the step rate is
ours; that forward leads vertical by about a quarter of a step is seen in our development
recordings (1.8 rad healthy, 1.4-1.6 slow).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from evenstride.gait.grid import GRID_HZ, SLOW_FACTOR, SLOW_HZ, Segment, averaged

__all__ = ["Axes", "Upright", "body_axes", "cross", "project", "seconds_of_slow", "upright"]

_GRAVITY_SMOOTHING_S = 0.6  # standard deviation; passes 0.2 Hz, holds back strides above 0.5 Hz
_LEAD_RAD = 1.75  # forward leads vertical by this much at the step rate
_SURE_COHERENCE = 0.5
_STEP_BAND_S = (0.09, 0.45)  # smoothing lengths whose difference passes about 0.6-2.5 Hz


@dataclass(frozen=True, slots=True, eq=False)
class Upright:
    """Up, as seen by the sensor, at the slow rate (12.5 Hz).

    Attributes:
        up: (m, 3) unit vectors.
        gravity_m_s2: (m,) length of the low-passed acceleration; zeros if gravity was removed.
        vertical_m_s2: (m,) acceleration along up, gravity taken off.
        horizontal_m_s2: (m, 3) what is left, across up.
    """

    up: NDArray[np.float64]
    gravity_m_s2: NDArray[np.float64]
    vertical_m_s2: NDArray[np.float64]
    horizontal_m_s2: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """The forward direction of the body in the coordinates of the sensor.

    Attributes:
        forward: (3,) unit vector.
        lead_rad: By how much forward leads vertical at the step rate.
        coherence: 0 to 1: how firmly the direction stands out.
        sure: Whether forward, backward, left and right may be named.
    """

    forward: NDArray[np.float64]
    lead_rad: float
    coherence: float
    sure: bool


def upright(segment: Segment, gravity_included: bool) -> Upright:
    """Find up at the slow rate, from gravity or, where it was removed, from the movement."""
    slow = averaged(segment.acceleration_m_s2, SLOW_FACTOR)
    if gravity_included:
        low = gaussian_filter1d(slow, _GRAVITY_SMOOTHING_S * SLOW_HZ, axis=0, mode="nearest")
        length = np.sqrt(np.einsum("ij,ij->i", low, low))
        up = low / np.maximum(length, 1e-9)[:, None]
    else:
        length = np.zeros(len(slow))
        up = np.broadcast_to(_strongest_direction(slow), slow.shape)
    along = np.einsum("ij,ij->i", slow, up)
    return Upright(up, length, along - length, slow - along[:, None] * up)


def _strongest_direction(slow: NDArray[np.float64]) -> NDArray[np.float64]:
    """Up without gravity: the direction that moves most at step rates, sharp peaks upwards."""
    fine, coarse = (max(1, round(s * SLOW_HZ)) for s in _STEP_BAND_S)
    band = uniform_filter1d(slow, fine, axis=0) - uniform_filter1d(slow, coarse, axis=0)
    direction: NDArray[np.float64] = np.linalg.eigh(band.T @ band)[1][:, -1]
    along = slow @ direction
    skew = float(np.mean((along - along.mean()) ** 3))
    return direction if skew >= 0 else -direction


def body_axes(
    cross: NDArray[np.complex128], energy: NDArray[np.float64], lead_rad: float = _LEAD_RAD
) -> Axes:
    """Find forward from how the horizontal goes with the vertical at the step rate.

    Args:
        cross: (3,) sum of conj(vertical) x horizontal, both analytic at the step rate.
        energy: (2,) sums of their squared lengths.
        lead_rad: Expected lead; the sign is decided at this value +- a quarter turn.
    """
    matrix = np.real(np.outer(cross, np.conj(cross)))
    values, vectors = np.linalg.eigh(matrix)
    forward: NDArray[np.float64] = vectors[:, -1]
    lead = float(np.angle(cross @ forward))
    if np.cos(lead - lead_rad) < 0:
        forward, lead = -forward, float(np.angle(-(cross @ forward)))
    strength = float(np.sqrt(max(values[-1], 0.0)))
    full = float(np.sqrt(np.prod(energy)))
    coherence = min(strength / full, 1.0) if full > 0 else 0.0
    return Axes(forward, lead, coherence, coherence >= _SURE_COHERENCE)


def project(
    segment: Segment, frame: Upright, axes: Axes, begin: int, stop: int
) -> NDArray[np.float64]:
    """Turn a stretch of a segment into body axes.

    Args:
        segment: The stretch lies in this segment.
        frame: Its up direction.
        axes: Forward.
        begin: First grid index.
        stop: One past the last grid index.

    Returns:
        Acceleration (n, 3) in m/s2: forward, left, up, gravity taken off.
    """
    slow_index = (np.arange(begin, stop) - (SLOW_FACTOR - 1) / 2) / SLOW_FACTOR
    at = np.arange(len(frame.up))
    up = np.column_stack([np.interp(slow_index, at, frame.up[:, i]) for i in range(3)])
    up /= np.maximum(np.sqrt(np.einsum("ij,ij->i", up, up)), 1e-9)[:, None]
    forward = axes.forward - (up @ axes.forward)[:, None] * up
    forward /= np.maximum(np.sqrt(np.einsum("ij,ij->i", forward, forward)), 1e-9)[:, None]
    left = cross(up, forward)
    acceleration = segment.acceleration_m_s2[begin:stop]
    out = np.empty((stop - begin, 3))
    for column, direction in enumerate((forward, left, up)):
        np.einsum("ij,ij->i", acceleration, direction, out=out[:, column])
    out[:, 2] -= np.interp(slow_index, at, frame.gravity_m_s2)
    return out


def cross(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the vector products of (n, 3) and (n, 3) or (3,); NumPy's own takes thrice as long."""
    x, y, z = one.T
    u, v, w = other.T
    return np.column_stack([y * w - z * v, z * u - x * w, x * v - y * u])


def seconds_of_slow(segment: Segment, index: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the times of (fractional) slow indices: each stands for the middle of its group."""
    return segment.start_s + (index * SLOW_FACTOR + (SLOW_FACTOR - 1) / 2) / GRID_HZ
