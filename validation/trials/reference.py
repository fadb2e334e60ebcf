"""Another way to the same posterior: a plain sampler, without grid and without closed form.

The model is written down once more from its sentence, all coefficients are sampled, and phi,
share, sigma and carry-over move continuously within the ranges of the grid. So it checks the
algebra, the code, and whether the grid is fine enough.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RANGES = {"phi": (0.0, 0.9), "share": (0.4, 1.0), "sigma": (0.35, 3.2), "carried": (0.0, 0.4)}


def log_posterior(
    state: NDArray[np.float64],
    days: NDArray[np.float64],
    arms: NDArray[np.float64],
    outcome: NDArray[np.float64],
) -> float:
    """Return the log posterior of (mean, effect, trend, phi, share, log sigma, carried)."""
    mean, effect, trend, phi, share, log_sigma, carried = state
    sigma = np.exp(log_sigma)
    inside = (
        RANGES["phi"][0] <= phi <= RANGES["phi"][1]
        and RANGES["share"][0] <= share <= RANGES["share"][1]
        and RANGES["sigma"][0] <= sigma <= RANGES["sigma"][1]
        and RANGES["carried"][0] <= carried <= RANGES["carried"][1]
    )
    if not inside:
        return -np.inf
    before = np.concatenate([arms[:1], arms[:-1]])
    time = (days - (days[0] + days[-1]) / 2) / (days[-1] - days[0])
    expected = mean + effect * ((1 - carried) * arms + carried * before - 0.5) + trend * time
    apart = np.abs(days[:, None] - days[None, :])
    covariance = sigma**2 * (share * phi**apart + (1 - share) * (apart == 0))
    rest = outcome - expected
    likelihood = -0.5 * (
        np.linalg.slogdet(covariance)[1] + rest @ np.linalg.solve(covariance, rest)
    )
    prior = -0.5 * (
        ((mean - 4) / 3) ** 2
        + (effect / 1.5) ** 2
        + (trend / 1.5) ** 2
        + ((log_sigma - np.log(1.2)) / 0.6) ** 2
    )
    return float(likelihood + prior)


def sample(
    days: NDArray[np.float64],
    arms: NDArray[np.float64],
    outcome: NDArray[np.float64],
    steps: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return samples of the effect by random-walk Metropolis, the first fifth left out."""
    rng = np.random.default_rng(seed)
    state = np.array([outcome.mean(), 0.0, 0.0, 0.4, 0.7, np.log(1.2), 0.2])
    scale = np.array([0.4, 0.45, 0.6, 0.25, 0.2, 0.15, 0.15])
    here = log_posterior(state, days, arms, outcome)
    effects = np.empty(steps)
    moves = rng.normal(size=(steps, state.size)) * scale * 0.75
    luck = np.log(rng.random(steps))
    for step in range(steps):
        proposal = state + moves[step]
        there = log_posterior(proposal, days, arms, outcome)
        if luck[step] < there - here:
            state, here = proposal, there
        effects[step] = state[1]
    return effects[steps // 5 :]
