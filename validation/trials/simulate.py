"""Simulated self-experiments: correlated days, trends, carry-over, missing walks, a floor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from evenstride.trials.design import Design, Factor, arms_of

SD = 1.3
SHARE = 0.7
TREND = -2.0
TREND_AT_FLOOR = -1.0
LEAK = 0.3
MISSING = 0.15
SKIPPED = 0.15
MEAN = 4.0
FLOOR_MEAN = 1.2

PHIS = (0.0, 0.3, 0.6)


@dataclass(frozen=True)
class Cell:
    """One way in which the world may be.

    Attributes:
        phi: Correlation of neighbouring days of 70 % of the noise; the rest is white.
        trend: Whether pain falls by two points over the trial.
        carry: Whether 30 % of the effect comes one walk late.
        missing: Whether 15 % of days have no walk and 15 % of walks have no rating.
        floor: Whether the mean pain is so low that zeros are common.
    """

    phi: float
    trend: bool
    carry: bool
    missing: bool
    floor: bool

    @property
    def name(self) -> str:
        """Return the cell in words."""
        extras = [word for word in ("trend", "carry", "missing", "floor") if getattr(self, word)]
        return f"phi {self.phi:g}, {' + '.join(extras) or 'plain'}"


CELLS = tuple(Cell(phi, *extras) for phi, *extras in product(PHIS, *[(False, True)] * 4))


@dataclass(frozen=True)
class Trials:
    """Many trials of one cell.

    Attributes:
        cell: The world they are from.
        effect: Points that B differs from A by, as put in.
        days: Shape (trials, walks).
        arms: 0 or 1; shape (trials, walks).
        without: Pain before rounding if the arms did nothing; shape (trials, walks).
        outcome: Whole points 0 to 10; shape (trials, walks).
        present: Which were told; shape (trials, walks).
        truth: The mean difference between always B and always A on the scale that is told,
            which at the floor is smaller than what was put in.
    """

    cell: Cell
    effect: float
    days: NDArray[np.float64]
    arms: NDArray[np.float64]
    without: NDArray[np.float64]
    outcome: NDArray[np.float64]
    present: NDArray[np.bool_]
    truth: float


def schedules(count: int, walks: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return drawn orders of the real design; shape (count, walks)."""
    factor = Factor("shoe", ("A", "B"))
    rows = []
    for seed in rng.integers(0, 2**62, count):
        design = Design((factor,), "worst", walks, int(seed))
        rows.append([arms_of(design, number)[0] for number in range(walks)])
    return np.array(rows, dtype=np.float64)


def noise(days: NDArray[np.float64], phi: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return AR(1) plus white noise of sd 1.3 at the given (whole) days."""
    span = int(days.max()) + 1
    count = len(days)
    slow = np.empty((count, span))
    slow[:, 0] = rng.normal(size=count)
    for day in range(1, span):
        slow[:, day] = phi * slow[:, day - 1] + np.sqrt(1 - phi**2) * rng.normal(size=count)
    at = np.take_along_axis(slow, days.astype(int), axis=1)
    white = rng.normal(size=days.shape)
    mixed: NDArray[np.float64] = SD * (np.sqrt(SHARE) * at + np.sqrt(1 - SHARE) * white)
    return mixed


def told(pain: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return pain as it is told: whole points from 0 to 10."""
    return np.clip(np.rint(pain), 0.0, 10.0)


def draw(cell: Cell, effect: float, count: int, walks: int, rng: np.random.Generator) -> Trials:
    """Return simulated trials of one cell, in orders of the real design."""
    skips = rng.random((count, walks)) < (SKIPPED if cell.missing else 0.0)
    days = np.arange(walks) + np.cumsum(skips, axis=1).astype(np.float64)
    present = rng.random((count, walks)) >= (MISSING if cell.missing else 0.0)
    time = days / days.max(axis=1, keepdims=True) - 0.5
    slope = (TREND_AT_FLOOR if cell.floor else TREND) if cell.trend else 0.0
    without = (FLOOR_MEAN if cell.floor else MEAN) + slope * time
    # What a person would see of the effect on the scale that they tell, over many walks.
    many = SD * rng.normal(size=(400, walks)) + without[rng.integers(0, count, 400)]
    truth = float(np.mean(told(many + effect / 2) - told(many - effect / 2)))
    arms = schedules(count, walks, rng)
    blank = Trials(cell, effect, days, arms, without, without, present, truth if effect else 0.0)
    noisy = replace(blank, without=without + noise(days, cell.phi, rng))
    return with_arms(noisy, arms)


def with_arms(trials: Trials, arms: NDArray[np.float64]) -> Trials:
    """Return the same walks, days and noise under another order of the arms."""
    acted = trials.effect * acts(arms, trials.cell)
    return replace(trials, arms=arms, outcome=told(trials.without + acted))


def acts(arms: NDArray[np.float64], cell: Cell) -> NDArray[np.float64]:
    """Return the part of the effect that acts on each walk, from -0.5 (all A) to 0.5 (all B)."""
    before = np.concatenate([arms[:, :1], arms[:, :-1]], axis=1)
    leak = LEAK if cell.carry else 0.0
    return (1 - leak) * arms + leak * before - 0.5
