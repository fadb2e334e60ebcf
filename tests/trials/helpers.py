"""Trials to test with."""

import numpy as np

from evenstride.trials.design import Design, Factor, arms_of
from evenstride.trials.nouns import TrialWalk

SHOES = Factor("shoe", ("old shoes", "new shoes"))
LOAD = Factor("load", ("rucksack", "nothing"))
POLES = Factor("poles", ("poles", "no poles"))


def simulated(design, effect=0.0, seed=0, mean=4.0, sd=1.0, every_days=1.0):
    """Return walks of a trial whose first factor changes the outcome by ``effect``."""
    noise = np.random.default_rng(seed).normal(0.0, sd, design.walks)
    return [
        TrialWalk(
            every_days * number,
            float(np.clip(mean + noise[number] + effect * arms_of(design, number)[0], 0, 10)),
        )
        for number in range(design.walks)
    ]


def one(walks=28, seed=5, outcome="worst"):
    """Return a design with one factor."""
    return Design((SHOES,), outcome, walks, seed)
