"""The model of a self-experiment: effects, trend, carry-over and correlated days, in closed form.

    outcome = mean + effects + trend + AR(1) in time + white noise

For given ``phi`` (how like each other days one apart are), ``share`` (how much of the noise is of
that kind), ``sigma`` (its size) and ``carried`` (how much of an effect comes one walk late)
everything else is Gaussian and solved exactly; over these four the answer is summed on a fixed
grid. There is no sampling: the same data give the same answer. All functions take any number of
trials at once (leading axes).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.trials.mixture import Mixture

__all__ = ["columns", "fit"]

Floats = NDArray[np.float64]

PHI = np.linspace(0.0, 0.9, 7)
SHARE = np.array([0.4, 0.7, 1.0])
SIGMA = np.geomspace(0.35, 3.2, 12)
SIGMA_USUAL = 1.2
SIGMA_LOG_SD = 0.6
EFFECT_SD = 1.5
MEAN = 4.0
MEAN_SD = 3.0
CARRIED = np.array([0.0, 0.2, 0.4])
CARRY_DAYS = 7.0
_NUGGET = 1e-6  # two walks at the very same time must not make the covariance singular


def columns(days: Floats, arms: Floats, present: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return what outcomes are explained by, and how the arms changed from walk to walk.

    Args:
        days: When each walk was, in days; shape (trials, walks), in order.
        arms: Arm of each factor in each walk, 0 or 1; shape (trials, walks, factors). A walk
            whose outcome is not known still has its arm, as it may act on the walk after it.
        present: Which outcomes are known; shape (trials, walks).

    Returns:
        One, the arm of each factor and centred time over its span, shape (trials, walks,
        2 + factors). And for each factor the arm of the walk before minus that of this walk,
        shape (trials, walks, factors): 0 for the first walk, and after a break of more than a
        week, when nothing can have been carried over.
    """
    coded = arms - 0.5
    changes = np.zeros_like(coded)
    close = (np.diff(days, axis=-1) <= CARRY_DAYS)[..., None]
    changes[..., 1:, :] = np.where(close, -np.diff(coded, axis=-2), 0.0)
    first = np.min(np.where(present, days, np.inf), axis=-1, keepdims=True)
    last = np.max(np.where(present, days, -np.inf), axis=-1, keepdims=True)
    span = np.where(last > first, last - first, 1.0)
    time = (days - 0.5 * (first + last)) / span
    ones = np.ones_like(days)
    return np.concatenate([ones[..., None], coded, time[..., None]], axis=-1), changes


def fit(
    days: Floats,
    explained_by: Floats,
    outcome: Floats,
    present: NDArray[np.bool_],
    changes: Floats | None = None,
    phi: Floats = PHI,
) -> Mixture:
    """Return what is known of every coefficient after the data.

    An effect is the difference between always B and always A, which is what a person wants to
    know. A walk shows all of it only if the walk before was in the same arm.

    Args:
        days: When each walk was, in days; shape (trials, walks). The correlation of two walks
            falls with the days between them, not with the walks: a flare lasts for days, however
            many walks fall into it, and two walks of one day share it.
        explained_by: Shape (trials, walks, coefficients); the first column is the mean.
        outcome: In points; anything where not present; shape (trials, walks).
        present: Which outcomes are known; shape (trials, walks).
        changes: Of the arms that stand in the columns from the second on, shape (trials, walks,
            factors); None: nothing is carried over.
        phi: Grid of the correlation of days one apart.
    """
    likely, log_det, count = _whitened(days, explained_by, outcome, present, changes, phi)
    means, sds, evidence = _solved(likely, log_det, count)
    coefficients = explained_by.shape[-1]
    trials, grid = evidence.shape[:-4], evidence.shape[-4:]
    logs = evidence.reshape(*trials, -1)
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    shaped = weights.reshape(*trials, *grid)
    means = means.reshape(*trials, -1, coefficients)
    means[..., 0] += MEAN
    carried = CARRIED if changes is not None else np.zeros(1)
    return Mixture(
        weights=weights,
        means=means,
        sds=sds.reshape(*trials, -1, coefficients),
        phi=np.einsum("...ijkl,i->...", shaped, phi),
        sigma=np.einsum("...ijkl,l->...", shaped, SIGMA),
        carried=np.einsum("...ijkl,k->...", shaped, carried),
    )


def _solved(likely: Floats, log_det: Floats, count: Floats) -> tuple[Floats, Floats, Floats]:
    """Return mean and sd of every coefficient, and the log evidence, for each point of the grid.

    In units of the prior and along the axes of the data all sizes of noise are solved at once.

    Args:
        likely: Inner products as ``_whitened`` returns them.
        log_det: Log determinants.
        count: Numbers of outcomes.

    Returns:
        Two of shape (trials, phi, share, carried, sigma, coefficients), and one without the last.
    """
    gram, pull, square = likely[..., :-1, :-1], likely[..., :-1, -1], likely[..., -1, -1, None]
    prior = np.full(gram.shape[-1], EFFECT_SD)
    prior[0] = MEAN_SD
    strength, axes = np.linalg.eigh(gram * np.outer(prior, prior))
    strength = np.maximum(strength, 0.0)[..., None, :]  # rounding may fall below
    along = np.einsum("...ca,...c->...a", axes, prior * pull)[..., None, :]
    variance = SIGMA**2
    left = variance[:, None] / (strength + variance[:, None])  # of the variance of the prior
    centres = left * along / variance[:, None]
    turned = np.swapaxes(prior[:, None] * axes, -1, -2)
    evidence = -0.5 * (
        count * np.log(variance)
        + log_det[..., None, None]
        - np.sum(np.log(left), axis=-1)
        + (square - np.sum(centres * along, axis=-1)) / variance
        + (np.log(SIGMA / SIGMA_USUAL) / SIGMA_LOG_SD) ** 2
    )
    return centres @ turned, np.sqrt(left @ turned**2), evidence


def _whitened(
    days: Floats,
    explained_by: Floats,
    outcome: Floats,
    present: NDArray[np.bool_],
    changes: Floats | None,
    phi: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Return inner products of columns and outcome, log determinants and numbers of outcomes.

    A walk without outcome gets a line of its own in the covariance and nothing to explain:
    exactly as if it were left out, but all trials keep one shape.

    Returns:
        Inner products of the columns and, last, the outcome minus ``MEAN``, shape (trials, phi,
        share, carried, coefficients + 1, coefficients + 1); log determinants, shape (trials, phi,
        share); numbers of outcomes, shape (trials, 1, 1, 1, 1).
    """
    known = present.astype(np.float64)
    rest = np.where(present, outcome, 0.0) - MEAN
    moved = np.zeros((*days.shape, 0)) if changes is None else changes
    parts = np.concatenate([explained_by, rest[..., None], moved], axis=-1) * known[..., None]
    walks = days.shape[-1]
    apart = np.abs(days[..., :, None] - days[..., None, :])[..., None, None, :, :]
    both = (known[..., :, None] * known[..., None, :])[..., None, None, :, :]
    off = both * (1.0 - np.eye(walks))
    likeness = SHARE[:, None, None] * phi[:, None, None, None] ** apart
    root = np.linalg.cholesky(likeness * off + (1.0 + _NUGGET) * np.eye(walks))
    log_det = 2.0 * np.log(np.diagonal(root, axis1=-2, axis2=-1)).sum(axis=-1)
    spread = np.broadcast_to(parts[..., None, None, :, :], (*root.shape[:-1], parts.shape[-1]))
    white = np.linalg.solve(root, spread)
    inner = np.swapaxes(white, -1, -2) @ white

    # What is carried over adds a part of the change to the arm: a linear map of the columns.
    kept, factors = explained_by.shape[-1] + 1, moved.shape[-1]
    amounts = CARRIED if changes is not None else np.zeros(1)
    mixed = np.zeros((amounts.size, kept + factors, kept))
    mixed[:, :kept, :] = np.eye(kept)
    for factor in range(factors):
        mixed[:, kept + factor, 1 + factor] = amounts
    likely = np.swapaxes(mixed, -1, -2) @ inner[..., None, :, :] @ mixed
    return likely, log_det, known.sum(axis=-1)[..., None, None, None, None]
