"""Diaries in which nothing goes together with pain: how often is a link shown all the same?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from evenstride.trials.links import find_links
from validation.trials.simulate import SD, noise, told

CANDIDATES = 8
CASES = ((30, 0.0), (30, 0.6), (60, 0.6), (60, 0.9))


@dataclass(frozen=True)
class LinksRate:
    """How often at least one of eight candidates was shown as a link.

    Attributes:
        name: The diary.
        any_false: By evenstride.
        naive: With a plain rank correlation and p < 0.05 for each.
        diaries: How many were drawn.
    """

    name: str
    any_false: float
    naive: float
    diaries: int


def rates(diaries: int, seed: int) -> list[LinksRate]:
    """Return the rates of every case."""
    return [_rate(walks, phi, diaries, seed) for walks, phi in CASES]


def _rate(walks: int, phi: float, diaries: int, seed: int) -> LinksRate:
    """Return the rates with candidates that are as correlated from day to day as the pain."""
    rng = np.random.default_rng([seed, walks, int(10 * phi)])
    ours = naive = 0
    for _ in range(diaries):
        days = np.cumsum(rng.integers(1, 3, walks)).astype(np.float64)
        rows = noise(np.broadcast_to(days, (CANDIDATES + 1, walks)), phi, rng)
        pain = told(4.0 + rows[0])
        columns = {f"c{at}": [float(v) for v in row] for at, row in enumerate(rows[1:] / SD)}
        links = find_links(list(days), [float(v) for v in pain], columns)
        ours += any(link.worth_an_experiment for link in links)
        naive += any(stats.spearmanr(row, pain).pvalue < 0.05 for row in rows[1:])
    return LinksRate(f"{walks} walks, phi {phi:g}", ours / diaries, naive / diaries, diaries)
