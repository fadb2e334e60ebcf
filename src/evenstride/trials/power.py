"""How many walks a person needs: from how much their own diary goes up and down.

A short diary says little about a person, so what it says is pulled towards what was assumed for
simulations (estimates: no diaries of walkers with back pain have been published), the less the
longer it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import OptionError
from evenstride.trials import posterior
from evenstride.trials.design import MOST_WALKS, USUAL_WALKS, Design, Factor, Outcome, arms_of
from evenstride.trials.outcomes import is_pain, ratio_of
from evenstride.trials.rules import CERTAIN

__all__ = ["Need", "Noise", "chance", "needed_walks", "noise_of"]

USUAL_SD = 1.3
USUAL_PHI = 0.3
WORTH_WALKS = 10
"""How many walks of a diary weigh as much as what was assumed."""

WANTED = 0.8
_SHARE = 0.7
_CARRIED = 0.2
_NEIGHBOUR_DAYS = 2.0
_FEWEST_PAIRS = 3
_HIGHEST_PHI = 0.9
_SIZES = tuple(range(8, MOST_WALKS + 1, 4))
_SEEDS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Noise:
    """How a person's outcomes go up and down by themselves.

    Attributes:
        sd: Within the person, without the trend, in points.
        phi: Correlation of days one apart.
        n: Ratings it rests on.
    """

    sd: float
    phi: float
    n: int


@dataclass(frozen=True, slots=True)
class Need:
    """How many walks a trial takes to find an effect with a chance of 80 %.

    Attributes:
        points: Size of the effect.
        walks: How many; None if more than the longest trial has.
        usual_chance: Chance to find it with ``USUAL_WALKS`` walks.
        noise: What it was reckoned from.
        sentence: The same in words.
    """

    points: float
    walks: int | None
    usual_chance: float
    noise: Noise
    sentence: str


def noise_of(days: Sequence[float], points: Sequence[float | None]) -> Noise:
    """Return how a diary goes up and down, pulled towards the usual.

    Args:
        days: When each walk was, in days, in order.
        points: The outcome in points; None where not told.

    Raises:
        OptionError: The lists differ in length, or days run backwards.
    """
    if len(days) != len(points):
        raise OptionError("Every list of a diary must have one value for each walk.")
    told = [(day, value) for day, value in zip(days, points, strict=True) if value is not None]
    when = np.array([day for day, _ in told])
    values = np.array([value for _, value in told])
    if (np.diff(when) < 0).any():
        raise OptionError("The walks must be in the order of their days.")
    n = values.size
    if n < _FEWEST_PAIRS:
        return Noise(USUAL_SD, USUAL_PHI, n)
    columns = np.column_stack([np.ones(n), when - when.mean()])
    rest = values - columns @ np.linalg.lstsq(columns, values, rcond=None)[0]
    square = float(rest @ rest) / (n - 2)
    weight = n / (n + WORTH_WALKS)
    sd = math.sqrt(weight * square + (1 - weight) * USUAL_SD**2)
    near = np.diff(when) <= _NEIGHBOUR_DAYS
    pairs = int(near.sum())
    if pairs < _FEWEST_PAIRS or square == 0:
        return Noise(sd, USUAL_PHI, n)
    product = float(np.sum(rest[1:][near] * rest[:-1][near])) / pairs
    # Taking mean and trend away makes neighbours look less alike by about (1 + 4 phi) / n.
    raw = (product / (float(rest @ rest) / n) + 1 / n) / (1 - min(4 / n, 0.5)) / _SHARE
    apart = float(np.mean(np.diff(when)[near]))
    phi = min(max(raw, 0.0), _HIGHEST_PHI) ** (1 / max(apart, 0.25))
    weight = pairs / (pairs + WORTH_WALKS)
    return Noise(sd, min(weight * phi + (1 - weight) * USUAL_PHI, _HIGHEST_PHI), n)


def chance(points: float, walks: int, noise: Noise, *, days_per_walk: float = 1.0) -> float:
    """Return how likely a trial with one factor names the better arm at its end.

    Args:
        points: The true effect, in points.
        walks: How many walks.
        noise: How the person's outcomes go up and down.
        days_per_walk: Days from one walk to the next.
    """
    found = [_chance(points, walks, noise, days_per_walk, seed) for seed in _SEEDS]
    return sum(found) / len(found)


def _chance(points: float, walks: int, noise: Noise, days_per_walk: float, seed: int) -> float:
    """Return the chance under one drawn order."""
    design = Design((Factor("shoe", ("A", "B")),), "worst", walks, seed)
    arms = np.array([[arms_of(design, number)[0]] for number in range(walks)], dtype=np.float64)
    days = days_per_walk * np.arange(walks, dtype=np.float64)
    columns, changes = posterior.columns(days, arms, np.ones(walks, dtype=np.bool_))
    columns[:, 1] += _CARRIED * changes[:, 0]
    apart = np.abs(days[:, None] - days[None, :])
    covariance = noise.sd**2 * (_SHARE * noise.phi**apart + (1 - _SHARE) * np.eye(walks))
    gram: NDArray[np.float64] = columns.T @ np.linalg.solve(covariance, columns)
    prior = np.array([posterior.MEAN_SD, posterior.EFFECT_SD, posterior.EFFECT_SD])
    within = np.linalg.inv(gram + np.diag(prior**-2.0))
    pulled = within @ gram
    mean = pulled[1, 1] * points
    spread = math.sqrt((pulled @ within)[1, 1])
    # The noise is not known beforehand either: wider by what a t distribution would be.
    free = max(walks / 2.0 + WORTH_WALKS, 4.0)
    limit = NormalDist().inv_cdf(CERTAIN) * math.sqrt(free / (free - 2.0)) * math.sqrt(within[1, 1])
    return 0.5 * (1.0 + math.erf((abs(mean) - limit) / spread / math.sqrt(2.0)))


def needed_walks(
    noise: Noise,
    points: float = 2.0,
    *,
    outcome: Outcome = "worst",
    days_per_walk: float = 1.0,
) -> Need:
    """Return how many walks find an effect of a given size with a chance of 80 %.

    Args:
        noise: How the person's outcomes go up and down.
        points: Size of the effect, in points.
        outcome: What is compared; the sentence speaks of points or of a share.
        days_per_walk: Days from one walk to the next.
    """
    low, high = 0, len(_SIZES)
    while low < high:  # the chance grows with the walks
        middle = (low + high) // 2
        if chance(points, _SIZES[middle], noise, days_per_walk=days_per_walk) >= WANTED:
            high = middle
        else:
            low = middle + 1
    walks = _SIZES[low] if low < len(_SIZES) else None
    usual = chance(points, USUAL_WALKS, noise, days_per_walk=days_per_walk)
    size = f"{points:g} point{'' if points == 1 else 's'}"
    if not is_pain(outcome):
        size = f"{100 * (ratio_of(-points) - 1):.0f} %"
    tenths = min(max(round(10 * usual), 1), 9)
    often = "once" if tenths == 1 else f"{tenths} times"
    sentence = (
        f"To find a difference of {size} you need about {walks} walks."
        if walks is not None
        else f"A difference of {size} is too small to find: it would take more than "
        f"{MOST_WALKS} walks."
    )
    return Need(
        points,
        walks,
        usual,
        noise,
        f"{sentence} With {USUAL_WALKS} walks it would be found about {often} in 10.",
    )
