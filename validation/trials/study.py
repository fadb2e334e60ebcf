"""The study: every cell, with and without an effect, ours and the rivals on the same noise."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.trials import posterior
from evenstride.trials.design import LOOK_EVERY
from evenstride.trials.mixture import Mixture
from evenstride.trials.rules import certain_enough, certainty_asked
from validation.trials import rivals
from validation.trials.simulate import CELLS, Cell, draw, with_arms

EFFECTS = (0.0, -1.0, -2.0)
WALKS = 28
BATCH = 200


@dataclass
class Tally:
    """What happened in the trials of one cell and one effect.

    Attributes:
        cell: The cell.
        effect: Points that B differs from A by, as put in.
        winner: Whether a trial named a winner at any look.
        right: Whether that was the better arm.
        covered: Whether the 95 % interval at the end holds the truth on the told scale.
        covered_latent: The same for the effect as put in.
        mean: Posterior mean at the end.
        truth: The truth on the told scale.
        paired_p: Of the paired t test on the same walks, looked at once, at the end.
        paired_right: Whether that test points the right way.
        abab_p: Of Welch tests on ABAB phases, in the same world.
        zeros: Share of ratings that are 0.
    """

    cell: Cell
    effect: float
    winner: list[NDArray[np.bool_]] = field(default_factory=list)
    right: list[NDArray[np.bool_]] = field(default_factory=list)
    covered: list[NDArray[np.bool_]] = field(default_factory=list)
    covered_latent: list[NDArray[np.bool_]] = field(default_factory=list)
    mean: list[NDArray[np.float64]] = field(default_factory=list)
    truth: list[float] = field(default_factory=list)
    paired_p: list[NDArray[np.float64]] = field(default_factory=list)
    abab_p: list[NDArray[np.float64]] = field(default_factory=list)
    zeros: list[float] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return the mean of what was tallied under a name."""
        return float(np.mean(np.concatenate(getattr(self, name))))

    def rival(self, name: str, level: float) -> float:
        """Return the share of trials in which a rival's p is below a level."""
        return float(np.mean(np.concatenate(getattr(self, name)) < level))


def looked_at(
    days: NDArray[np.float64],
    arms: NDArray[np.float64],
    outcome: NDArray[np.float64],
    present: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Mixture]:
    """Return who has a winner, who has B as winner, and the posterior at the end.

    The rule of the program: a look every seven walks, stop at the first winner.
    """
    trials, walks = arms.shape
    winner, b_wins = np.zeros(trials, bool), np.zeros(trials, bool)
    for look in (*range(LOOK_EVERY, walks, LOOK_EVERY), walks):
        explained_by, changes = posterior.columns(
            days[:, :look], arms[:, :look, None], present[:, :look]
        )
        found = posterior.fit(
            days[:, :look], explained_by, outcome[:, :look], present[:, :look], changes
        )
        new = certain_enough(found, 0, certainty_asked(walks, look, 1)) & ~winner
        b_wins |= new & (found.mean(1) < 0)
        winner |= new
    return winner, b_wins, found


def run_cell(cell: Cell, effect: float, trials: int, seed: int) -> Tally:
    """Return the tally of one cell and one effect."""
    rng = np.random.default_rng([seed, CELLS.index(cell), int(-effect)])
    tally = Tally(cell, effect)
    for first in range(0, trials, BATCH):
        count = min(BATCH, trials - first)
        drawn = draw(cell, effect, count, WALKS, rng)
        winner, b_wins, found = looked_at(drawn.days, drawn.arms, drawn.outcome, drawn.present)
        tally.winner.append(winner)
        tally.right.append(b_wins)
        for name, truth in (("covered", drawn.truth), ("covered_latent", effect)):
            below = found.below(1, truth)
            getattr(tally, name).append((below > 0.025) & (below < 0.975))
        tally.mean.append(found.mean(1))
        tally.truth.append(drawn.truth)
        tally.paired_p.append(rivals.paired_t(drawn.arms, drawn.outcome, drawn.present))
        phases = with_arms(drawn, rivals.abab(count, WALKS, rng))
        tally.abab_p.append(rivals.welch(phases.arms, phases.outcome, phases.present))
        tally.zeros.append(float(np.mean(drawn.outcome[drawn.present] == 0)))
    return tally
