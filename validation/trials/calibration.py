"""Are the bands as probable as is said? With effects as varied as the model expects."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenstride.trials import posterior
from evenstride.trials.words import EDGES
from validation.trials.simulate import Cell, acts, draw, told
from validation.trials.study import BATCH, WALKS

BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
WORLDS = tuple(
    Cell(phi, trend=False, carry=False, missing=missing, floor=False)
    for phi in (0.0, 0.3, 0.6)
    for missing in (False, True)
)


@dataclass(frozen=True)
class Bin:
    """The bands to which a trial gave a probability within some limits.

    Attributes:
        low: Lower limit.
        high: Upper limit.
        said: Probability that was given, on average; NaN with no band.
        true: Share of these bands that held the effect.
        bands: How many they are.
    """

    low: float
    high: float
    said: float
    true: float
    bands: int


def calibration(trials: int, seed: int) -> list[Bin]:
    """Return how often bands were true, by how probable they were said to be."""
    parts = [
        _bands(cell, trials, np.random.default_rng([seed, n])) for n, cell in enumerate(WORLDS)
    ]
    said = np.concatenate([part[0].ravel() for part in parts])
    true = np.concatenate([part[1].ravel() for part in parts])
    which = np.digitize(said, BINS[1:-1])
    return [
        Bin(low, high, *_means(said[which == n], true[which == n]))
        for n, (low, high) in enumerate(pairwise(BINS))
    ]


def _means(said: NDArray[np.float64], true: NDArray[np.bool_]) -> tuple[float, float, int]:
    """Return what was said and what was true on average, and of how many."""
    if not said.size:
        return np.nan, np.nan, 0
    return float(said.mean()), float(true.mean()), said.size


def _bands(
    cell: Cell, trials: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the probability of each band of each trial, and whether it holds the effect."""
    said, true = [], []
    for first in range(0, trials, BATCH):
        drawn = draw(cell, 0.0, min(BATCH, trials - first), WALKS, rng)
        effects = rng.normal(0.0, posterior.EFFECT_SD, len(drawn.arms))
        outcome = told(drawn.without + effects[:, None] * acts(drawn.arms, cell))
        explained_by, changes = posterior.columns(drawn.days, drawn.arms[..., None], drawn.present)
        found = posterior.fit(drawn.days, explained_by, outcome, drawn.present, changes)
        below = [np.zeros(len(effects)), *(found.below(1, edge) for edge in EDGES)]
        said.append(np.diff(np.stack([*below, np.ones(len(effects))], axis=1), axis=1))
        true.append(np.digitize(effects, EDGES)[:, None] == np.arange(len(EDGES) + 1))
    return np.concatenate(said), np.concatenate(true)
