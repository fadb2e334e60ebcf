"""Step 0: from a repaired clock to an even grid of 100 Hz, split at gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.paths import runs
from evenstride.model import LONGEST_BRIDGED_GAP_S, Block

__all__ = ["GRID_HZ", "SLOW_FACTOR", "SLOW_HZ", "Segment", "averaged", "segments", "slow_spans"]

GRID_HZ = 100.0
"""All timing is done on this grid, whatever the rate of the sensor."""

SLOW_FACTOR = 8
SLOW_HZ = GRID_HZ / SLOW_FACTOR
"""Rate at which rhythm and gravity are followed: steps are below 3.2 per second."""

_FOLLOWED_GAP_S = 0.6  # about a step: the rhythm can be followed through, see decision 0009
_FEWEST_SLOW_S = 3
_CLEARLY_SLOW = 0.75  # a lossy or jittery second is not slow
_AVERAGING_RATE_HZ = 130.0  # faster sensors are averaged down, slower ones interpolated
_ON_GRID_S = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """An unbroken stretch on the grid.

    Attributes:
        start_s: Time of the first grid point on the clock of the recording.
        acceleration_m_s2: (n, 3).
        angular_velocity_rad_s: (n, 3), or None without a gyroscope.
        holes_s: (k, 2) start and end of gaps of 0.25 to 0.6 s inside, where the signal is only a
            straight line: what is found there is not to be trusted.
    """

    start_s: float
    acceleration_m_s2: NDArray[np.float64]
    angular_velocity_rad_s: NDArray[np.float64] | None
    holes_s: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.acceleration_m_s2)

    @property
    def end_s(self) -> float:
        """Time of the last grid point."""
        return self.start_s + (len(self) - 1) / GRID_HZ


def segments(
    block: Block, interval_s: float, slow_s: Sequence[tuple[float, float]] = ()
) -> Iterator[Segment]:
    """Yield the stretches of a block on the grid; gaps up to 0.6 s are bridged.

    The grid is the same for every block of a recording, so overlapping blocks agree.

    Args:
        block: A piece of a recording.
        interval_s: Sampling interval of the recording.
        slow_s: Start and end of what is left out, see ``slow_spans``.
    """
    steps = np.diff(block.time_s)
    breaks = np.flatnonzero(steps > _FOLLOWED_GAP_S) + 1
    edges_slow = np.searchsorted(block.time_s, np.array(slow_s).reshape(-1, 2))
    wide = np.flatnonzero(steps > max(LONGEST_BRIDGED_GAP_S, 2.5 * interval_s))
    holes_s = np.column_stack([block.time_s[wide], block.time_s[wide + 1]])
    inner = {*breaks.tolist(), *edges_slow.ravel().tolist()} - {0, block.time_s.size}
    for begin, stop in pairwise([0, *sorted(inner), block.time_s.size]):
        if any(first <= begin < last for first, last in edges_slow):
            continue
        segment = _on_grid(block, begin, stop, interval_s, holes_s)
        if segment is not None:
            yield segment


def slow_spans(block: Block, slowest_hz: float) -> list[tuple[float, float]]:
    """Return where for three seconds or more there are too few samples a second to use.

    A recording app can fall back to a low rate for a while; its median rate does not show that.
    """
    time_s = block.time_s
    long = np.diff(time_s) > 1.0 / slowest_hz
    if np.count_nonzero(long) < _FEWEST_SLOW_S * slowest_hz / 4:
        return []
    second = np.arange(time_s[0], time_s[-1] + 1.0)
    count = np.diff(np.searchsorted(time_s, second))
    slow = (count > 1) & (count < _CLEARLY_SLOW * slowest_hz)
    return [
        (float(second[first]), float(second[last]))
        for first, last in runs(slow)
        if last - first >= _FEWEST_SLOW_S
    ]


def averaged(values: NDArray[np.float64], factor: int) -> NDArray[np.float64]:
    """Return the means (m // factor, k) of consecutive groups of rows of (m, k) values.

    A last part group is dropped. One matrix product, since NumPy's own mean over a short middle
    axis is many times slower.
    """
    columns = values.shape[1]
    rows = len(values) // factor
    grouped = values[: rows * factor].reshape(rows, factor * columns)
    mean: NDArray[np.float64] = grouped @ np.tile(np.eye(columns) / factor, (factor, 1))
    return mean


def _on_grid(
    block: Block, begin: int, stop: int, interval_s: float, holes_s: NDArray[np.float64]
) -> Segment | None:
    time_s = block.time_s[begin:stop]
    first = int(np.ceil(time_s[0] * GRID_HZ - 1e-6 * GRID_HZ))
    points = int(np.floor(time_s[-1] * GRID_HZ + 1e-6 * GRID_HZ)) - first + 1
    if points < 2 or len(time_s) < 2:
        return None
    start_s = first / GRID_HZ
    inside = holes_s[(holes_s[:, 0] >= time_s[0]) & (holes_s[:, 1] <= time_s[-1])]
    grid_s = (first + np.arange(points)) / GRID_HZ
    if points == time_s.size and np.max(np.abs(time_s - grid_s)) < _ON_GRID_S:
        angular = block.angular_velocity_rad_s
        return Segment(
            start_s,
            block.acceleration_m_s2[begin:stop],
            None if angular is None else angular[begin:stop],
            inside,
        )
    put = (
        _Averaging(time_s, grid_s)
        if interval_s * _AVERAGING_RATE_HZ < 1.0
        else _Interpolation(time_s, grid_s, interval_s)
    )
    angular = block.angular_velocity_rad_s
    return Segment(
        start_s,
        put(block.acceleration_m_s2[begin:stop]),
        None if angular is None else put(angular[begin:stop]),
        inside,
    )


class _Averaging:
    """Mean of the piecewise linear signal over each grid cell.

    An anti-alias filter that does not care about uneven time stamps.
    """

    def __init__(self, time_s: NDArray[np.float64], grid_s: NDArray[np.float64]) -> None:
        half = 0.5 / GRID_HZ
        edges = np.concatenate([grid_s - half, grid_s[-1:] + half])
        edges = np.clip(edges, time_s[0], time_s[-1])
        cell = np.clip(np.searchsorted(time_s, edges, side="right") - 1, 0, len(time_s) - 2)
        self._steps = np.diff(time_s)
        self._cell = cell
        self._into = edges - time_s[cell]
        self._share = self._into / self._steps[cell]
        self._widths = np.maximum(np.diff(edges), 1e-12)

    def __call__(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        out = np.empty((len(self._widths), values.shape[1]))
        for axis in range(values.shape[1]):
            x = values[:, axis]
            area = np.concatenate([[0.0], np.cumsum(0.5 * (x[1:] + x[:-1]) * self._steps)])
            at = x[self._cell]
            slope = x[self._cell + 1] - at
            upto = area[self._cell] + self._into * (at + 0.5 * self._share * slope)
            out[:, axis] = np.diff(upto) / self._widths
        return out


class _Interpolation:
    """Cubic between neighbouring samples, straight where samples are missing between them."""

    def __init__(
        self, time_s: NDArray[np.float64], grid_s: NDArray[np.float64], interval_s: float
    ) -> None:
        self._steps = np.diff(time_s)
        cell = np.clip(np.searchsorted(time_s, grid_s, side="right") - 1, 0, len(time_s) - 2)
        share = (grid_s - time_s[cell]) / self._steps[cell]
        straight = self._steps[cell] > 1.5 * interval_s
        self._cell = cell
        s2, s3 = share**2, share**3
        self._right = np.where(straight, share, 3 * s2 - 2 * s3)
        self._slope_left = np.where(straight, 0.0, (s3 - 2 * s2 + share) * self._steps[cell])
        self._slope_right = np.where(straight, 0.0, (s3 - s2) * self._steps[cell])

    def __call__(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        out = np.empty((len(self._cell), values.shape[1]))
        for axis in range(values.shape[1]):
            x = values[:, axis]
            rise = np.diff(x) / self._steps
            slope = np.concatenate([rise[:1], 0.5 * (rise[1:] + rise[:-1]), rise[-1:]])
            left = x[self._cell]
            out[:, axis] = (
                left
                + self._right * (x[self._cell + 1] - left)
                + self._slope_left * slope[self._cell]
                + self._slope_right * slope[self._cell + 1]
            )
        return out
