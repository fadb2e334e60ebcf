"""Intervals: how far a number could be off, from how it varies within the walk.

Neighbouring steps are alike, so whole blocks of the walk are drawn again (block bootstrap,
Kunsch 1989, 10.1214/aos/1176347265). Every measure here is a function of sums over steps, so the
sums per block are all that is needed: one matrix product gives all redrawn walks at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

__all__ = ["Estimate", "block_sums", "change", "estimate"]

_DRAWS = 300
_LONGEST_BLOCK = 20  # steps
_FEWEST_BLOCKS, _MOST_BLOCKS = 8, 250
_FEWEST_FOR_INTERVAL = 3  # with two, chance makes it many times too wide or too narrow
_WANDERING = 1.5  # 2/3 if ninths were independent; more, since walks wander (simulated)
_NORMAL_95 = 1.959964

Formula = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Turns sums (..., k) into values (...)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval and the number of events it rests on."""

    value: float
    low: float
    high: float
    n: int


def block_sums(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sums (blocks, k) of terms (n, k) over consecutive blocks."""
    length = int(np.clip(len(terms) // _FEWEST_BLOCKS, 1, _LONGEST_BLOCK))
    length = max(length, -(-len(terms) // _MOST_BLOCKS))
    starts = np.arange(0, len(terms), length)
    if len(starts) == 0:
        return np.empty((0, terms.shape[1]))
    return np.add.reduceat(terms, starts, axis=0)


def _redrawn(sums: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    redrawn: NDArray[np.float64] = _draws(len(sums), seed) @ sums
    return redrawn


@lru_cache(maxsize=4)
def _draws(blocks: int, seed: int) -> NDArray[np.float64]:
    """How often each block stands in each redrawn walk (draws, blocks).

    Always the same for the same size, so equal walks give equal intervals, and kept, since
    drawing costs more than all the sums.
    """
    counts = np.random.default_rng(seed).multinomial(blocks, np.full(blocks, 1 / blocks), _DRAWS)
    return counts.astype(np.float64)


def _interval(
    value: float, draws: NDArray[np.float64], blocks: int, error: float
) -> tuple[float, float]:
    """95 % interval around a value, widened for few blocks and for a known error of method."""
    spread = float(np.std(draws[np.isfinite(draws)]))
    few = float(stdtrit(max(blocks - 1, 1), 0.975)) * np.sqrt(blocks / max(blocks - 1, 1))
    half = float(np.hypot(few * spread, _NORMAL_95 * error))
    return value - half, value + half


def estimate(
    terms: NDArray[np.float64], formula: Formula, *, error: float = 0.0, relative_error: float = 0.0
) -> Estimate | None:
    """Return the value of a formula of sums with its interval, or None without three blocks.

    Args:
        terms: (n, k) finite; what is summed, one row an event in order of time.
        formula: From sums (..., k) to values (...).
        error: Standard deviation of the error of the method itself, in the unit of the value.
        relative_error: The same, as a share of the value.
    """
    sums = block_sums(terms)
    if len(sums) < _FEWEST_FOR_INTERVAL:
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(formula(sums.sum(axis=0)))
        draws = formula(_redrawn(sums, seed=1))
    if not np.isfinite(value) or not np.isfinite(draws).any():
        return None
    own = float(np.hypot(error, relative_error * value))
    low, high = _interval(value, draws, len(sums), own)
    return Estimate(value, low, high, len(terms))


def change(terms: NDArray[np.float64], formula: Formula) -> Estimate | None:
    """Return by how much a formula of sums differs between the last and the first third.

    A walk wanders slowly, so that neighbouring blocks are alike for minutes. The interval is
    therefore never narrower than the scatter of ninths of the walk within their thirds asks for.

    Args:
        terms: (n, k) finite, of the whole walk, in order of time.
        formula: From sums (..., k) to values (...).
    """
    third = len(terms) // 3
    before, after = block_sums(terms[:third]), block_sums(terms[-third:])
    if min(len(before), len(after)) < _FEWEST_FOR_INTERVAL:
        return None
    edges = np.linspace(0, len(terms), 9, endpoint=False).astype(np.intp)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(formula(after.sum(axis=0)) - formula(before.sum(axis=0)))
        draws = formula(_redrawn(after, seed=2)) - formula(_redrawn(before, seed=3))
        ninths = formula(np.add.reduceat(terms, edges, axis=0)).reshape(3, 3)
    if not np.isfinite(value) or not np.isfinite(draws).any():
        return None
    low, high = _interval(value, draws, min(len(before), len(after)), 0.0)
    wander = float(np.sqrt(_WANDERING * np.mean(np.var(ninths, axis=1, ddof=1))))
    half = max(0.5 * (high - low), float(stdtrit(6, 0.975)) * wander if wander > 0 else 0.0)
    return Estimate(value, value - half, value + half, 2 * third)
