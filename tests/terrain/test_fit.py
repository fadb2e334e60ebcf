"""The likelihood of sizes is right where it is asked, and beliefs shift draws as they should."""

import numpy as np
import pytest

from evenstride.terrain.course import Nodes, Seen, Ties
from evenstride.terrain.fit import Known, Likely, Prior, Problem


def problem():
    """Return 150 heights of noise along 3 km."""
    random = np.random.default_rng(4)
    step = np.full(149, 20.0)
    nodes = Nodes(step, np.zeros(149), (step,), (np.ones(149),))
    value = 300.0 + 40.0 * random.standard_normal((150, 1))
    every = np.ones(150)
    seen = Seen(np.arange(150), value, 0.01 * every, every, every)
    errors = (Known(0.8, 0.8), Known(2.5, 0.6), Known(120.0, 0.8))
    return Problem(nodes, (seen,), Prior(Known(0.04), Known(150.0, 0.6), (errors,)), Ties.none())


@pytest.mark.parametrize("reach_m", [15.0, 200.0, 1500.0])
def test_no_slope_at_all_is_a_limit_and_no_surprise(reach_m):
    """As slopes shrink the likelihood settles; rounding never makes tiny slopes the best answer."""
    found = [
        problem().solved(np.log([rate, reach_m, 0.5, 5.0, 150.0])).log_likelihood
        for rate in (1e-3, 5e-4, 1e-5, 1e-7, 1e-12)
    ]

    assert found[1] == pytest.approx(found[0], abs=3.0)
    assert found[2:] == pytest.approx([found[1]] * 3)


def test_beliefs_lean_the_draws():
    """Leaning to larger rates takes more of the draws that have them, to smaller ones fewer."""
    likely = Likely(np.zeros((2, 1, 300)), np.repeat([0.01, 0.04, 0.16], 100))
    rates = [likely.rate[likely.leaning(power)] for power in (-0.5, 0.0, 0.5)]

    assert [300, 300, 300] == [len(one) for one in rates]
    assert rates[1].tolist() == likely.rate.tolist()
    assert rates[0].mean() < rates[1].mean() < rates[2].mean()
