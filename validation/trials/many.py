"""Three factors at once in balanced groups of eight: any false winner, and what is found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.trials import posterior
from evenstride.trials.design import Design, Factor, arms_of, look_numbers
from evenstride.trials.rules import certain_enough, certainty_asked
from validation.trials.simulate import MEAN, PHIS, noise, told
from validation.trials.study import BATCH

WALKS = 40
EFFECTS = (0.0, -1.5, -2.0)
_FACTORS = tuple(Factor(kind, ("A", "B")) for kind in ("shoe", "load", "poles"))


@dataclass(frozen=True)
class Many:
    """What trials of three factors found.

    Attributes:
        phi: Correlation of neighbouring days.
        effect: Of the first factor; the others do nothing.
        found: Share of trials in which the first factor is named at the end, or when it stops.
        any_false: Share in which a factor that does nothing is named.
        trials: How many were drawn.
    """

    phi: float
    effect: float
    found: float
    any_false: float
    trials: int


def study(trials: int, seed: int) -> list[Many]:
    """Return the results for every correlation and effect."""
    return [_run(phi, effect, trials, seed) for phi in PHIS for effect in EFFECTS]


def _run(phi: float, effect: float, trials: int, seed: int) -> Many:
    rng = np.random.default_rng([seed, int(10 * phi), int(-10 * effect)])
    parts = [
        _named(phi, effect, min(BATCH, trials - first), rng) for first in range(0, trials, BATCH)
    ]
    named = np.concatenate(parts)
    nothing = named if effect == 0 else named[:, 1:]
    return Many(phi, effect, float(named[:, 0].mean()), float(nothing.any(axis=-1).mean()), trials)


def _named(phi: float, effect: float, trials: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return which factors of which trials were named at any look; shape (trials, factors)."""
    designs = [Design(_FACTORS, "worst", WALKS, int(s)) for s in rng.integers(0, 2**62, trials)]
    arms = np.array([[arms_of(one, n) for n in range(WALKS)] for one in designs], dtype=float)
    days = np.tile(np.arange(float(WALKS)), (trials, 1))
    outcome = told(MEAN + noise(days, phi, rng) + effect * (arms[..., 0] - 0.5))
    present = np.ones(days.shape, dtype=bool)
    named = np.zeros((trials, 3), dtype=bool)
    over = np.zeros(trials, dtype=bool)
    for look in look_numbers(designs[0]):
        now = np.s_[:, :look]
        explained_by, changes = posterior.columns(days[now], arms[now], present[now])
        found = posterior.fit(days[now], explained_by, outcome[now], present[now], changes)
        asked = certainty_asked(WALKS, look, 3)
        sure = np.stack([certain_enough(found, at, asked) for at in range(3)], axis=-1)
        # The program shows a winner at any look, so one that later loses its place counts too.
        named |= sure & ~over[:, None]
        over |= sure.all(axis=-1)
    return named
