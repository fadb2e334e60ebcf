"""The closed form is the posterior, and it moves as it must."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.trials import posterior
from evenstride.trials.mixture import normal_cdf
from evenstride.trials.posterior import columns, fit


def data(walks=12, seed=0, trials=1):
    """Return days, arms, outcomes and which are present."""
    rng = np.random.default_rng(seed)
    days = np.cumsum(rng.integers(1, 4, (trials, walks)), axis=1).astype(float)
    arms = rng.integers(0, 2, (trials, walks, 1)).astype(float)
    outcome = np.round(4 + rng.normal(size=(trials, walks)) - arms[..., 0])
    return days, arms, outcome, np.ones((trials, walks), bool)


def fitted(days, arms, outcome, present):
    """Return the posterior of a trial."""
    explained_by, changes = columns(days, arms, present)
    return fit(days, explained_by, outcome, present, changes)


def brute_force(days, arms, outcome):
    """Return mean, sd and P(effect < 0) by adding up the joint density, point by point.

    Nothing is solved: the effect runs over a fine grid, and for each value the density of all
    outcomes (mean and trend as further noise) is computed from the full covariance.
    """
    before = np.concatenate([arms[:1], arms[:-1]])
    time = (days - (days[0] + days[-1]) / 2) / (days[-1] - days[0])
    apart = np.abs(days[:, None] - days[None, :])
    effects = np.linspace(-6, 6, 241)
    total = np.zeros(effects.size)
    nuisance = 9.0 + 2.25 * np.outer(time, time)
    for phi in np.linspace(0, 0.9, 7):
        for share in (0.4, 0.7, 1.0):
            for sigma in np.geomspace(0.35, 3.2, 12):
                covariance = nuisance + sigma**2 * (
                    share * phi**apart + (1 - share + 1e-6) * (apart == 0)
                )
                inverse, log_det = np.linalg.inv(covariance), np.linalg.slogdet(covariance)[1]
                prior = -0.5 * (math.log(sigma / 1.2) / 0.6) ** 2
                for carried in (0.0, 0.2, 0.4):
                    acts = (1 - carried) * arms + carried * before - 0.5
                    rest = outcome[:, None] - 4.0 - acts[:, None] * effects
                    square = np.einsum("ie,ij,je->e", rest, inverse, rest)
                    total += np.exp(prior - 0.5 * (log_det + square) + 30)
    total *= np.exp(-0.5 * (effects / 1.5) ** 2)
    total /= total.sum()
    mean = np.sum(total * effects)
    below = np.sum(total[effects < 0]) + 0.5 * np.sum(total[effects == 0])
    return mean, math.sqrt(np.sum(total * (effects - mean) ** 2)), below


@pytest.mark.parametrize("seed", [1, 2])
def test_the_closed_form_agrees_with_brute_force(seed):
    """Mean, spread and probability are those of the joint density added up point by point."""
    days, arms, outcome, present = data(walks=9, seed=seed)
    mean, sd, below = brute_force(days[0], arms[0, :, 0], outcome[0])

    found = fitted(days, arms, outcome, present)

    assert mean == pytest.approx(found.mean(1)[0], abs=1e-3)
    assert sd == pytest.approx(found.sd(1)[0], abs=1e-3)
    assert below == pytest.approx(found.below(1, 0.0)[0], abs=2e-3)


@given(seed=st.integers(0, 999), shift=st.floats(-1000, 1000))
def test_the_calendar_does_not_matter(seed, shift):
    """The same trial at another time of the year has the same answer."""
    days, arms, outcome, present = data(seed=seed)

    here = fitted(days, arms, outcome, present)
    there = fitted(days + shift, arms, outcome, present)

    np.testing.assert_allclose(here.mean(1), there.mean(1), atol=1e-6)
    np.testing.assert_allclose(here.sd(1), there.sd(1), atol=1e-6)


@given(seed=st.integers(0, 999))
def test_changing_the_names_of_the_arms_changes_the_sign(seed):
    """A and B swapped turns the effect round and leaves all else as it is."""
    days, arms, outcome, present = data(seed=seed)

    here = fitted(days, arms, outcome, present)
    swapped = fitted(days, 1 - arms, outcome, present)

    np.testing.assert_allclose(here.mean(1), -swapped.mean(1), atol=1e-9)
    np.testing.assert_allclose(here.below(1, -0.3), 1 - swapped.below(1, 0.3), atol=1e-9)
    np.testing.assert_allclose(here.mean(2), swapped.mean(2), atol=1e-9)


def test_more_pain_on_every_walk_moves_the_mean_only():
    """A constant added to all ratings moves the mean and (but for the prior) nothing else."""
    days, _, outcome, present = data(walks=28)
    arms = (np.arange(28) // 2 % 2)[None, :, None].astype(float)

    here = fitted(days, arms, outcome, present)
    there = fitted(days, arms, outcome + 2, present)

    assert 2 == pytest.approx((there.mean(0) - here.mean(0))[0], abs=0.15)
    np.testing.assert_allclose(here.mean(1), there.mean(1), atol=0.02)
    np.testing.assert_allclose(here.sd(1), there.sd(1), atol=0.02)


def test_a_walk_without_outcome_is_as_good_as_left_out():
    """What stands where nothing was told does not matter, and the sums are those without it."""
    days, arms, outcome, present = data(walks=12)
    present[0, 11] = False
    wild = outcome.copy()
    wild[0, 11] = 1e6

    here = fitted(days, arms, outcome, present)
    there = fitted(days, arms, wild, present)
    without = fitted(days[:, :11], arms[:, :11], outcome[:, :11], present[:, :11])

    np.testing.assert_allclose(here.mean(1), there.mean(1))
    np.testing.assert_allclose(here.mean(1), without.mean(1), atol=1e-9)
    np.testing.assert_allclose(here.sd(1), without.sd(1), atol=1e-9)


def test_missing_outcomes_widen_the_answer():
    """On average over trials, half of the outcomes say less than all."""
    days, arms, outcome, present = data(walks=28, trials=50)
    half = present.copy()
    half[:, ::2] = False

    assert fitted(days, arms, outcome, present).sd(1).mean() < (
        0.9 * fitted(days, arms, outcome, half).sd(1).mean()
    )


def test_trials_fitted_together_are_fitted_one_by_one():
    """Many trials at once give what each gives alone."""
    days, arms, outcome, present = data(trials=4)

    together = fitted(days, arms, outcome, present).quantile(1, 0.025)
    alone = [
        fitted(days[at : at + 1], arms[at : at + 1], outcome[at : at + 1], present[at : at + 1])
        .quantile(1, 0.025)
        .item()
        for at in range(4)
    ]

    np.testing.assert_allclose(alone, together, atol=1e-4)


def test_quantiles_and_probabilities_fit_together():
    """The 2.5 % quantile lies above 2.5 % of the probability."""
    found = fitted(*data())

    for share in (0.025, 0.5, 0.975):
        np.testing.assert_allclose(share, found.below(1, found.quantile(1, share)), atol=1e-5)


def test_two_walks_at_one_time_do_no_harm():
    """Two walks with the same time are fitted like any others."""
    days, arms, outcome, present = data()
    days[0, 1] = days[0, 0]

    assert np.isfinite(fitted(days, arms, outcome, present).mean(1)).all()


def test_nothing_is_carried_over_a_long_break():
    """After more than a week the walk before no longer counts."""
    days = np.array([[0.0, 1.0, 9.0]])
    arms = np.array([[[0.0], [1.0], [0.0]]])

    _, changes = columns(days, arms, np.ones((1, 3), bool))

    np.testing.assert_array_equal([[0.0, -1.0, 0.0]], changes[..., 0])


def test_the_share_below_is_that_of_a_normal():
    """Known points of the standard normal."""
    np.testing.assert_allclose(
        [0.5, 0.975002, 0.158655], normal_cdf(np.array([0.0, 1.96, -1.0])), atol=1e-6
    )


def test_the_grid_is_that_of_the_method():
    """Grid and priors are as written down; a change is a change of method."""
    np.testing.assert_allclose(np.arange(7) * 0.15, posterior.PHI)
    np.testing.assert_allclose([0.4, 0.7, 1.0], posterior.SHARE)
    assert (12, 0.35, 3.2) == (posterior.SIGMA.size, posterior.SIGMA[0], posterior.SIGMA[-1])
