"""How long an answer takes."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from evenstride.trials.analysis import analyse
from evenstride.trials.design import Design, Factor
from evenstride.trials.nouns import TrialWalk

CASES = ((1, 28), (1, 42), (3, 40))
REPEATS = 20
_KINDS = ("shoe", "load", "poles")


@dataclass(frozen=True)
class Speed:
    """How long one case takes.

    Attributes:
        name: The case.
        ms: Median, in milliseconds.
        worst_ms: Slowest, in milliseconds.
    """

    name: str
    ms: float
    worst_ms: float


def speeds() -> list[Speed]:
    """Return the time of every case, with some walks that were not walked as drawn."""
    return [_speed(factors, walks) for factors, walks in CASES]


def _speed(factors: int, count: int) -> Speed:
    design = Design(tuple(Factor(kind, ("A", "B")) for kind in _KINDS[:factors]), "worst", count, 3)
    pain = np.clip(np.rint(4 + np.random.default_rng(1).normal(size=count)), 0, 10)
    walks = [
        TrialWalk(float(day), float(value), (0,) * factors if day % 5 == 0 else None)
        for day, value in enumerate(pain)
    ]
    analyse(design, walks)
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        analyse(design, walks)
        times.append(1000 * (time.perf_counter() - start))
    name = f"{factors} factor{'s' if factors > 1 else ''}, {count} walks, all looks, as done beside"
    return Speed(name, float(np.median(times)), max(times))
