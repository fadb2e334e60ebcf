"""When a trial may name a winner: how sure it must be, look by look."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.trials.design import LOOK_EVERY
from evenstride.trials.mixture import Mixture

__all__ = ["certain_enough", "certainty_asked", "one_sided"]

CERTAIN = 0.99
"""At the planned end a direction must be more probable than this."""

EARLY_ALLOWANCE = 0.003
"""All earlier looks together may be this far from certain: each is one more chance to be misled.

With 0.99 at each of four looks up to 3.7 % of trials without a difference had a winner. Shared, a
trial of 28 walks asks for 0.999 at each of its three earlier looks, and a longer trial with more
looks for more. Figures stand in decision 20.
"""


def certainty_asked(walks: int, look: int, factors: int) -> float:
    """Return how probable a direction must be to be named at a look.

    Args:
        walks: Of the whole trial.
        look: Walks so far; at ``walks`` the trial is at its end.
        factors: With several, the allowance for error is shared among them.
    """
    early = (walks - 1) // LOOK_EVERY
    allowed = 1.0 - CERTAIN if look == walks else EARLY_ALLOWANCE / early
    return 1.0 - allowed / factors


def certain_enough(found: Mixture, factor: int, asked: float) -> NDArray[np.bool_]:
    """Return whether a factor has a direction that is more probable than asked, in each trial."""
    return one_sided(found, factor) > asked


def one_sided(found: Mixture, factor: int) -> NDArray[np.float64]:
    """Return the probability of the likelier direction of a factor, in each trial."""
    below = found.below(1 + factor, 0.0)
    return np.maximum(below, 1.0 - below)
