"""What can happen to a signal before an engine sees it."""

from __future__ import annotations

import numpy as np
from scipy.signal import firwin
from scipy.spatial.transform import Rotation

from validation.datasets import Floats, Signal

__all__ = ["evenly", "lose_bursts", "resample", "rotate"]


def rotate(signal: Signal, rotation: Rotation) -> Signal:
    """Return the signal of a sensor that was mounted in another orientation."""
    angular = signal.angular_velocity_rad_s
    return Signal(
        signal.time_s,
        np.asarray(rotation.apply(signal.acceleration_m_s2)),
        None if angular is None else np.asarray(rotation.apply(angular)),
    )


def lose_bursts(signal: Signal, share: float, rng: np.random.Generator) -> Signal:
    """Return the signal without a share of its samples, lost in bursts of 0.05 to 0.25 s.

    Rows are dropped; the time stamps of the others stay as they are.
    """
    count = signal.time_s.size
    rate = (count - 1) / float(signal.time_s[-1] - signal.time_s[0])
    keep = np.ones(count, dtype=bool)
    while np.count_nonzero(~keep) < share * count:
        length = int(rng.integers(max(round(0.05 * rate), 1), max(round(0.25 * rate), 2) + 1))
        start = int(rng.integers(1, count - length - 1))
        keep[start : start + length] = False
    angular = signal.angular_velocity_rad_s
    return Signal(
        signal.time_s[keep],
        signal.acceleration_m_s2[keep],
        None if angular is None else angular[keep],
    )


def resample(signal: Signal, rate_hz: float) -> Signal:
    """Return the signal as a sensor with another rate would give it.

    Samples are put on an even grid by linear interpolation, low-passed below the new Nyquist
    frequency without delay, and taken at the new rate. Grid points further from any true sample
    than one and a half new intervals stay missing.
    """
    angular = signal.angular_velocity_rad_s
    every = (
        signal.acceleration_m_s2
        if angular is None
        else np.hstack([signal.acceleration_m_s2, angular])
    )
    true_rate = 1.0 / float(np.median(np.diff(signal.time_s)[np.diff(signal.time_s) > 0]))
    times = max(1, round(true_rate / rate_hz))
    fine = np.arange(signal.time_s[0], signal.time_s[-1], 1.0 / (rate_hz * times))
    values = np.column_stack([np.interp(fine, signal.time_s, column) for column in every.T])
    if times > 1:
        values = _low_passed(values, 0.9 / times)
    grid, values = fine[::times], values[::times]
    after = np.clip(np.searchsorted(signal.time_s, grid), 1, signal.time_s.size - 1)
    nearest = np.minimum(
        np.abs(signal.time_s[after] - grid), np.abs(signal.time_s[after - 1] - grid)
    )
    keep = nearest <= 1.5 / rate_hz
    return Signal(grid[keep], values[keep, :3], None if angular is None else values[keep, 3:])


def _low_passed(values: Floats, cutoff: float) -> Floats:
    """Apply a symmetric FIR low-pass (no delay); ``cutoff`` is a share of Nyquist."""
    half = round(6.0 / cutoff)
    taps = firwin(2 * half + 1, cutoff)
    padded = np.pad(values, ((half, half), (0, 0)), mode="edge")
    return np.column_stack([np.convolve(column, taps, mode="valid") for column in padded.T])


def evenly(signal: Signal, rate_hz: float) -> Signal:
    """Return the signal on an even grid, placed by time stamps; holes are bridged by lines."""
    stamps, first = np.unique(signal.time_s, return_index=True)
    grid = np.arange(stamps[0], stamps[-1], 1.0 / rate_hz)
    acceleration = np.column_stack(
        [np.interp(grid, stamps, column[first]) for column in signal.acceleration_m_s2.T]
    )
    angular = signal.angular_velocity_rad_s
    return Signal(
        grid,
        acceleration,
        None
        if angular is None
        else np.column_stack([np.interp(grid, stamps, column[first]) for column in angular.T]),
    )
