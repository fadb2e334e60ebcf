"""Run every study of self-experiments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np

from evenstride.trials import posterior
from validation.trials import links_study, many
from validation.trials.calibration import Bin, calibration
from validation.trials.real import FOLDER, Real, under_drawn_orders
from validation.trials.reference import sample
from validation.trials.simulate import CELLS, Cell, draw
from validation.trials.speed import Speed, speeds
from validation.trials.study import EFFECTS, WALKS, Tally, run_cell

REAL_ORDERS = 2000
MOST_DIARIES = 1000
ENOUGH_FOR_A_CELL = 2000
REFERENCE_STEPS = 60_000
REFERENCE_CASES = ((0.0, 0.0, 4.0), (0.6, -1.0, 4.0), (0.3, -2.0, 4.0))


@dataclass(frozen=True)
class Agreement:
    """Our answer beside the sampler's on the same data.

    Attributes:
        name: The data.
        ours: Mean and sd of the effect.
        sampled: The same by the sampler.
        error: Monte Carlo error of the sampled mean.
    """

    name: str
    ours: tuple[float, float]
    sampled: tuple[float, float]
    error: float


@dataclass(frozen=True)
class Study:
    """Everything that was measured.

    Attributes:
        trials: Per cell without an effect; a third of them with each effect.
        seed: Of all draws.
        tallies: By cell and effect.
        agreements: With the sampler.
        real: Real daily pain under drawn orders; empty without the recordings.
        links: Links found where there are none.
        many: Three factors at once.
        calibration: How often bands were true.
        speeds: How long an answer takes.
    """

    trials: int
    seed: int
    tallies: dict[tuple[Cell, float], Tally]
    agreements: list[Agreement]
    real: list[Real]
    links: list[links_study.LinksRate]
    many: list[many.Many]
    calibration: list[Bin]
    speeds: list[Speed]


def measure(trials: int, seed: int, recordings: Path, say: Callable[[str], None]) -> Study:
    """Run everything.

    Args:
        trials: Per cell without an effect; where one acts, a third of them: false winners are
            rarer than what is found, and take more trials to count.
        seed: Of all draws.
        recordings: Folder of the recordings; the real series are in one of them.
        say: Told what was measured, as it goes.
    """
    quick = trials < ENOUGH_FOR_A_CELL
    tallies = {}
    for cell in CELLS:
        for effect in EFFECTS:
            tally = run_cell(cell, effect, trials if effect == 0 else trials // 3, seed)
            tallies[cell, effect] = tally
            say(f"{cell.name}, effect {effect:g}: winner in {tally.share('winner'):.4f}")
    folder = recordings / FOLDER
    real = []
    if folder.is_dir():
        real = under_drawn_orders(folder, REAL_ORDERS // 10 if quick else REAL_ORDERS, seed)
    steps = REFERENCE_STEPS // 4 if quick else REFERENCE_STEPS
    return Study(
        trials=trials,
        seed=seed,
        tallies=tallies,
        agreements=[agreement(*case, steps=steps, seed=seed) for case in REFERENCE_CASES],
        real=real,
        links=links_study.rates(min(trials, MOST_DIARIES), seed),
        many=many.study(trials // 3, seed),
        calibration=calibration(trials // 3, seed),
        speeds=speeds(),
    )


def agreement(phi: float, effect: float, mean: float, *, steps: int, seed: int) -> Agreement:
    """Return our mean and sd of an effect beside those of the sampler."""
    cell = Cell(phi, trend=False, carry=False, missing=False, floor=False)
    drawn = draw(cell, effect, 1, WALKS, np.random.default_rng(seed))
    outcome = drawn.outcome + (mean - 4.0)
    explained_by, changes = posterior.columns(drawn.days, drawn.arms[..., None], drawn.present)
    found = posterior.fit(drawn.days, explained_by, outcome, drawn.present, changes)
    effects = sample(drawn.days[0], drawn.arms[0], outcome[0], steps, seed)
    blocks = effects[: effects.size // 20 * 20].reshape(20, -1).mean(axis=1)
    return Agreement(
        f"phi {phi:g}, effect {effect:g}",
        (float(found.mean(1)[0]), float(found.sd(1)[0])),
        (float(effects.mean()), float(effects.std())),
        float(blocks.std() / sqrt(20)),
    )
