"""The model of a self-experiment: effects, trend, carry-over and correlated days, in closed form.

    outcome = mean + effects + carry-over + trend + AR(1) in time + white noise

For given ``phi`` (how like each other days one apart are), ``share`` (how much of the noise is of
that kind) and ``sigma`` (its size) everything else is Gaussian and solved exactly; over these
three the answer is summed on a fixed grid. There is no sampling: the same data give the same
answer. All functions take any number of trials at once (leading axes).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Mixture",
    "columns",
    "fit",
    "normal_cdf",
    "prior_sds",
]

Floats = NDArray[np.float64]

PHI = np.linspace(0.0, 0.9, 7)
SHARE = np.array([0.4, 0.7, 1.0])
SIGMA = np.geomspace(0.35, 3.2, 12)
SIGMA_USUAL = 1.2
SIGMA_LOG_SD = 0.6
EFFECT_SD = 1.5
MEAN = 4.0
MEAN_SD = 3.0
CARRY_SD = 0.5
CARRY_DAYS = 7.0
_NUGGET = 1e-6  # two walks at the very same time must not make the covariance singular

_erf = np.frompyfunc(math.erf, 1, 1)


def normal_cdf(z: Floats) -> Floats:
    """Return the share of a standard normal below ``z``."""
    return 0.5 * (1.0 + np.asarray(_erf(z / math.sqrt(2.0)), dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """What is known of each coefficient: a weighted sum of normal distributions.

    Attributes:
        weights: Of each point of the grid; shape (trials, points).
        means: Shape (trials, points, coefficients).
        sds: Shape (trials, points, coefficients).
        phi: How correlated neighbouring days are, on average over the grid; shape (trials,).
        sigma: Size of the noise, on average over the grid; shape (trials,).
    """

    weights: Floats
    means: Floats
    sds: Floats
    phi: Floats
    sigma: Floats

    def mean(self, coefficient: int) -> Floats:
        """Return the mean of a coefficient in each trial."""
        result: Floats = np.sum(self.weights * self.means[..., coefficient], axis=-1)
        return result

    def sd(self, coefficient: int) -> Floats:
        """Return the standard deviation of a coefficient in each trial."""
        spread = self.means[..., coefficient] - self.mean(coefficient)[..., None]
        square = np.sum(self.weights * (self.sds[..., coefficient] ** 2 + spread**2), axis=-1)
        result: Floats = np.sqrt(square)
        return result

    def below(self, coefficient: int, edge: float | Floats) -> Floats:
        """Return how probable it is that a coefficient lies below ``edge``, in each trial."""
        edges = np.asarray(edge, dtype=np.float64)[..., None]
        z = (edges - self.means[..., coefficient]) / self.sds[..., coefficient]
        result: Floats = np.sum(self.weights * normal_cdf(z), axis=-1)
        return result

    def quantile(self, coefficient: int, share: float) -> Floats:
        """Return the value that a coefficient is below with probability ``share``."""
        centre, spread = self.mean(coefficient), self.sd(coefficient)
        low, high = centre - 12.0 * spread, centre + 12.0 * spread
        for _ in range(40):
            middle = 0.5 * (low + high)
            too_low = self.below(coefficient, middle) < share
            low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
        result: Floats = 0.5 * (low + high)
        return result


def columns(days: Floats, arms: Floats, present: NDArray[np.bool_]) -> Floats:
    """Return what outcomes are explained by: mean, effects, trend, carry-over.

    A walk shows the whole effect of its arm only when the walk before was in the same arm. What
    is carried over is the part of the effect that the walk before decides. So the effect is the
    difference between always B and always A, which is what a person wants to know.

    Args:
        days: When each walk was, in days; shape (trials, walks), in order.
        arms: Arm of each factor in each walk, 0 or 1; shape (trials, walks, factors). A walk
            whose outcome is not known still has its arm, as it may act on the walk after it.
        present: Which outcomes are known; shape (trials, walks).

    Returns:
        Shape (trials, walks, 2 + 2 x factors): one, each effect, centred time over its span, and
        for each factor the change of arm since the walk before (0 for the first walk, and after
        a break of more than a week, when nothing can have been carried over).
    """
    coded = arms - 0.5
    carry = np.zeros_like(coded)
    close = (np.diff(days, axis=-1) <= CARRY_DAYS)[..., None]
    carry[..., 1:, :] = np.where(close, -np.diff(coded, axis=-2), 0.0)
    first = np.min(np.where(present, days, np.inf), axis=-1, keepdims=True)
    last = np.max(np.where(present, days, -np.inf), axis=-1, keepdims=True)
    span = np.where(last > first, last - first, 1.0)
    time = (days - 0.5 * (first + last)) / span
    ones = np.ones_like(days)
    return np.concatenate([ones[..., None], coded, time[..., None], carry], axis=-1)


def prior_sds(factors: int) -> Floats:
    """Return the prior sd of each column of ``columns``."""
    return np.array([MEAN_SD, *[EFFECT_SD] * (factors + 1), *[CARRY_SD] * factors])


def fit(
    days: Floats,
    explained_by: Floats,
    outcome: Floats,
    present: NDArray[np.bool_],
    prior: Floats,
) -> Mixture:
    """Return what is known of every coefficient after the data.

    Args:
        days: When each walk was, in days; shape (trials, walks). The correlation of two walks
            falls with the days between them, not with the walks: a flare lasts for days, however
            many walks fall into it, and two walks of one day share it.
        explained_by: Shape (trials, walks, coefficients); the first column is the mean.
        outcome: In points; anything where not present; shape (trials, walks).
        present: Which outcomes are known; shape (trials, walks).
        prior: Sd of what is believed of each coefficient beforehand, around 0 and for the mean
            around 4.
    """
    # A walk without outcome gets a line of its own in the covariance and nothing to explain:
    # exactly as if it were left out, but all trials keep one shape.
    known = present.astype(np.float64)
    design = explained_by * known[..., None]
    rest = np.where(present, outcome, 0.0) * known - MEAN * design[..., 0]
    count = known.sum(axis=-1)[..., None, None]
    coefficients = design.shape[-1]

    apart = np.abs(days[..., :, None] - days[..., None, :])[..., None, None, :, :]
    both = (known[..., :, None] * known[..., None, :])[..., None, None, :, :]
    share = SHARE[:, None, None]
    eye = (1.0 + _NUGGET) * np.eye(days.shape[-1])
    likeness = share * PHI[:, None, None, None] ** apart * both
    # The diagonal is one, whatever is known; off it, only the correlated share counts.
    covariance = likeness * (1.0 - np.eye(days.shape[-1])) + eye
    root = np.linalg.cholesky(covariance)
    log_det = 2.0 * np.log(np.diagonal(root, axis1=-2, axis2=-1)).sum(axis=-1)
    both_sides = np.concatenate([design, rest[..., None]], axis=-1)[..., None, None, :, :]
    white = np.linalg.solve(
        root, np.broadcast_to(both_sides, root.shape[:-1] + both_sides.shape[-1:])
    )
    inner = np.swapaxes(white, -1, -2) @ white
    gram = inner[..., :-1, :-1]
    pull = inner[..., :-1, -1]
    square = inner[..., -1, -1]

    variance = SIGMA**2
    precision = gram[..., None, :, :] / variance[:, None, None] + np.diag(prior**-2.0)
    within = np.linalg.inv(precision)
    means = (within @ (pull[..., None, :] / variance[:, None])[..., None])[..., 0]
    sds = np.sqrt(np.diagonal(within, axis1=-2, axis2=-1))
    fitted = np.sum(pull[..., None, :] / variance[:, None] * means, axis=-1)
    evidence = -0.5 * (
        count[..., None] * np.log(variance)
        + log_det[..., None]
        + np.linalg.slogdet(precision)[1]
        + square[..., None] / variance
        - fitted
    )
    log_prior = -0.5 * (np.log(SIGMA / SIGMA_USUAL) / SIGMA_LOG_SD) ** 2
    trials = evidence.shape[:-3]
    points = evidence.shape[-3] * evidence.shape[-2] * evidence.shape[-1]
    logs = (evidence + log_prior).reshape(*trials, points)
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    grid = weights.reshape(evidence.shape)
    means = means.reshape(*trials, points, coefficients)
    means[..., 0] += MEAN
    return Mixture(
        weights=weights,
        means=means,
        sds=sds.reshape(*trials, points, coefficients),
        phi=np.einsum("...ijk,i->...", grid, PHI),
        sigma=np.einsum("...ijk,k->...", grid, SIGMA),
    )
