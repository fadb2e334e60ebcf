"""A smooth course that is seen through errors: its likelihood, its best guess, draws of it.

The course (height along the way, or place over time) changes by a rate, and the rate wanders back
to zero: an integrated Ornstein-Uhlenbeck process. Each source sees it through an error that lasts
(an Ornstein-Uhlenbeck process, or a walk that never returns) and one that does not. All of it is
Gaussian, and each node knows only its neighbours, so that the precision matrix is a narrow band:
likelihood, best guess and draws cost a few milliseconds for an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["ErrorValues", "Factored", "Nodes", "Seen", "Ties", "Values", "error_step", "factor"]

Floats = NDArray[np.float64]

_ANYWHERE = 300.0
"""Standard deviation of what is not known beforehand: the first value, a barometer's offset."""
_SERIES_BELOW = 0.02
_SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class Nodes:
    """The places along the course at which it is followed, in order.

    Attributes:
        step: (n - 1,) from node to node, on the course: metres of way, or seconds of walking.
        loose: (n - 1,) how far the value may jump in each step, as a variance; 0 mostly.
        clocks: For each source (n - 1,) steps on which its lasting error runs.
        rough: For each source (n - 1,) how much more than usual that error may move in each step,
            as a factor of its variance; 1 mostly.
    """

    step: Floats
    loose: Floats
    clocks: tuple[Floats, ...]
    rough: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one source saw.

    Attributes:
        node: (k,) at which node, ascending.
        value: (k, c) one column for each course that shares nodes and errors.
        extra: (k,) variance that is known beforehand, from rounding or a stated accuracy.
        count: (k,) number of values averaged.
        room: (k,) how much larger than usual an error may be, as a factor of its variance.
        wanders: Whether the lasting error is a walk that never returns, as that of a barometer.
    """

    node: NDArray[np.intp]
    value: Floats
    extra: Floats
    count: Floats
    room: Floats
    wanders: bool = False


@dataclass(frozen=True, slots=True)
class Ties:
    """Places that were passed twice: there, the course has nearly the same value twice.

    Attributes:
        first: (t,) node of the first time.
        second: (t,) node of the second time.
        variance: (t,) of the difference between the two.
        room: (t,) factor of it, 1 mostly.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    variance: Floats
    room: Floats

    @classmethod
    def none(cls) -> Self:
        """Return no ties at all."""
        return cls(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class ErrorValues:
    """The sizes of the errors of one source.

    Attributes:
        white: Standard deviation of the error that does not last.
        lasting: That of the lasting error; of a walk, by which it moves in ``memory``.
        memory: How long it lasts, on its clock.
    """

    white: float
    lasting: float
    memory: float


@dataclass(frozen=True, slots=True)
class Values:
    """The sizes that the course and its errors have.

    Attributes:
        rate: Standard deviation of the rate: of the slope, or of the velocity.
        reach: How far along the course a rate lasts.
        errors: One for each source.
    """

    rate: float
    reach: float
    errors: tuple[ErrorValues, ...]


@dataclass(frozen=True, slots=True)
class Factored:
    """The course given what was seen.

    Attributes:
        log_likelihood: Of what was seen.
        mean: (n, d, c) best guess of value, rate and each lasting error at each node.
        band: Cholesky factor of the precision, lower band; (2 d, n d).
        pull: (n d, t) how the states follow when the two values of each tie are drawn together.
        ties: The ties.
    """

    log_likelihood: float
    mean: Floats
    band: Floats
    pull: Floats
    ties: Ties

    @property
    def size(self) -> int:
        """How many numbers a draw of all states needs."""
        return int(self.band.shape[1])

    def draws(self, noise: Floats) -> Floats:
        """Return likely states (n, d, k) around zero, to add to the mean.

        Args:
            noise: (n d + t, k) standard normal numbers.
        """
        from scipy.linalg.lapack import dtbtrs

        drawn, _ = dtbtrs(self.band, noise[: self.size], uplo="L", trans="T")
        width = self.mean.shape[1]
        if len(self.ties.first):
            apart = drawn[self.ties.first * width] - drawn[self.ties.second * width]
            open_ = np.sqrt(self.ties.variance * self.ties.room)[:, None] * noise[self.size :]
            drawn += self.pull @ (open_ - apart)
        states: Floats = drawn.reshape(-1, width, noise.shape[1])
        return states


def factor(nodes: Nodes, seen: Sequence[Seen], ties: Ties, values: Values) -> Factored | None:
    """Return the course given what was seen and the sizes; None if these make no sense at all."""
    from scipy.linalg.lapack import dpbtrf, dpbtrs

    count, size = len(nodes.step) + 1, 2 + len(seen)
    band = np.zeros((2 * size, count, size))
    log_q = _course(band, nodes, values)
    for place, (one, sizes) in enumerate(zip(seen, values.errors, strict=True)):
        moved = error_step(nodes.clocks[place], sizes, wanders=one.wanders)
        log_q += _lasting(band, *moved, nodes.rough[place], place, _first_variance(one, sizes))
    right = np.zeros((count, size, seen[0].value.shape[1]))
    squares = log_r = 0.0
    for place, (one, sizes) in enumerate(zip(seen, values.errors, strict=True)):
        more, logs = _observed(band, right, one, sizes, place)
        squares, log_r = squares + more, log_r + logs
    flat = right.reshape(count * size, -1)
    lower, wrong = dpbtrf(band.reshape(2 * size, -1), lower=1, overwrite_ab=1)
    if wrong:
        return None
    mean, _ = dpbtrs(lower, flat, lower=1)
    columns = flat.shape[1]
    log_p = 2.0 * float(np.log(lower[0]).sum())
    fit = squares - float(np.sum(flat * mean))
    likelihood = -0.5 * (fit + columns * (log_p + log_q + log_r))
    pull = np.zeros((count * size, 0))
    if len(ties.first):
        pull, mean, more = _tied(lower, mean, ties, size)
        likelihood += more
    return Factored(likelihood, mean.reshape(count, size, columns), lower, pull, ties)


def _tied(lower: Floats, mean: Floats, ties: Ties, size: int) -> tuple[Floats, Floats, float]:
    """Return the pull of the ties, the mean under it, and what they add to the likelihood."""
    from scipy.linalg.lapack import dpbtrs

    count = len(ties.first)
    first, second, each = ties.first * size, ties.second * size, np.arange(count)
    rows = np.zeros((lower.shape[1], count))
    rows[first, each] = 1.0
    rows[second, each] = -1.0
    moved, _ = dpbtrs(lower, rows, lower=1)
    spread = moved[first] - moved[second] + np.diag(ties.variance * ties.room)
    pull = np.linalg.solve(spread, moved.T).T
    apart = mean[first] - mean[second]
    fit = float(np.sum(apart * np.linalg.solve(spread, apart)))
    log_s = float(np.linalg.slogdet(spread)[1])
    return pull, mean - pull @ apart, -0.5 * (fit + mean.shape[1] * log_s)


def _course(band: Floats, nodes: Nodes, values: Values) -> float:
    """Add the course itself to the precision; return the log-determinant of its variances."""
    part = nodes.step / values.reach
    kept, lost = np.exp(-part), -np.expm1(-part)
    variance = values.rate**2
    of_rate = variance * lost * (1.0 + kept)
    both = variance * values.reach * lost**2
    series = part**3 * (2 / 3 - part * (1 / 2 - part * (7 / 30 - part / 12)))
    exact = 2.0 * part - 3.0 + 4.0 * kept - kept**2
    of_value = variance * values.reach**2 * np.where(part < _SERIES_BELOW, series, exact)
    of_value = of_value + nodes.loose
    determinant = np.maximum(of_value * of_rate - both**2, _SMALLEST * of_value * of_rate)
    vv, vr, rr = of_rate / determinant, -both / determinant, of_value / determinant
    moves = values.reach * lost
    to_rate = vv * moves + vr * kept
    size = band.shape[2]
    band[0, 0, 0] += 1.0 / _ANYWHERE**2
    band[0, 0, 1] += 1.0 / variance
    band[0, 1:, 0] += vv
    band[1, 1:, 0] += vr
    band[0, 1:, 1] += rr
    band[0, :-1, 0] += vv
    band[1, :-1, 0] += to_rate
    band[0, :-1, 1] += vv * moves**2 + 2.0 * vr * moves * kept + rr * kept**2
    band[size, :-1, 0] -= vv
    band[size - 1, :-1, 1] -= to_rate
    band[size + 1, :-1, 0] -= vr
    band[size, :-1, 1] -= vr * moves + rr * kept
    return float(np.log(determinant).sum() + np.log(variance * _ANYWHERE**2))


def error_step(clock: Floats, sizes: ErrorValues, *, wanders: bool) -> tuple[Floats, Floats]:
    """Return what is kept of a lasting error in each step, and the variance of what is new."""
    part = clock / sizes.memory
    kept = np.ones_like(part) if wanders else np.exp(-part)
    fresh = sizes.lasting**2 * (part if wanders else -np.expm1(-2.0 * part))
    return kept, np.maximum(fresh, _SMALLEST)


def _first_variance(one: Seen, sizes: ErrorValues) -> float:
    """Return the variance of a lasting error at the start."""
    return _ANYWHERE**2 if one.wanders else sizes.lasting**2


def _lasting(
    band: Floats, kept: Floats, fresh: Floats, rough: Floats, place: int, first: float
) -> float:
    """Add the lasting error of one source; return the log-determinant of its variances."""
    variance = fresh * rough
    at, size = 2 + place, band.shape[2]
    band[0, 0, at] += 1.0 / first
    band[0, 1:, at] += 1.0 / variance
    band[0, :-1, at] += kept**2 / variance
    band[size, :-1, at] -= kept / variance
    return float(np.log(variance).sum() + np.log(first))


def _observed(
    band: Floats, right: Floats, one: Seen, sizes: ErrorValues, place: int
) -> tuple[float, float]:
    """Add what one source saw; return its weighted squares and the log of its variances."""
    variance = (sizes.white**2 / one.count + one.extra) * one.room
    weight = 1.0 / variance
    at, count = 2 + place, band.shape[1]
    summed = np.bincount(one.node, weight, count)
    band[0, :, 0] += summed
    band[at, :, 0] += summed
    band[0, :, at] += summed
    for column in range(one.value.shape[1]):
        pulled = np.bincount(one.node, weight * one.value[:, column], count)
        right[:, 0, column] += pulled
        right[:, at, column] += pulled
    return float(np.sum(weight[:, None] * one.value**2)), float(np.log(variance).sum())
