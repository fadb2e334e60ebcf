"""How many walks are needed follows from how much the diary goes up and down."""

import time

import numpy as np
import pytest

from evenstride.errors import OptionError
from evenstride.trials.power import Noise, chance, needed_walks, noise_of


def diary(sd, walks=60, seed=0):
    """Return days and outcomes of a diary without correlation."""
    noise = np.random.default_rng(seed).normal(4.0, sd, walks)
    return list(np.arange(float(walks))), [float(value) for value in noise]


def test_without_a_diary_the_usual_is_taken():
    """No ratings: what was assumed for the simulations."""
    assert Noise(1.3, 0.3, 0) == noise_of([], [])


def test_a_longer_diary_counts_for_more():
    """The quieter the diary and the longer, the smaller the spread that is reckoned with."""
    short, long = noise_of(*diary(0.5, 12)), noise_of(*diary(0.5, 100))

    assert 0.5 < long.sd < short.sd < 1.3


def test_a_trend_is_not_taken_for_noise():
    """A steady fall of pain does not make the diary look noisy."""
    days, values = diary(0.5, 60)
    falling = [value - 0.05 * day for day, value in zip(days, values, strict=True)]

    assert noise_of(days, values).sd == pytest.approx(noise_of(days, falling).sd)


def test_correlated_days_are_seen():
    """A diary in waves has a higher correlation than one without."""
    days = np.arange(80.0)
    waves = list(4 + np.sin(days / 3))

    assert noise_of(list(days), waves).phi > 0.5 > noise_of(*diary(1.0, 80)).phi


def test_smaller_effects_and_more_noise_take_more_walks():
    """The number of walks rises with the noise and falls with the effect."""
    quiet, loud = Noise(0.7, 0.3, 40), Noise(1.3, 0.3, 40)

    assert needed_walks(quiet, 2.0).walks < needed_walks(loud, 2.0).walks
    assert needed_walks(quiet, 2.0).walks < needed_walks(quiet, 1.0).walks
    assert needed_walks(Noise(3.0, 0.0, 40), 1.0).walks is None
    assert "too small to find" in needed_walks(Noise(3.0, 0.0, 40), 1.0).sentence


def test_distance_is_spoken_of_as_a_share():
    """For distance two points are called 30 %."""
    assert "30 %" in needed_walks(Noise(1.3, 0.3, 40), 2.0, outcome="distance").sentence


def test_the_chance_is_that_of_the_simulation():
    """28 walks find two points in about 84 % of trials, as `python -m validation.trials` says."""
    assert 0.84 == pytest.approx(chance(2.0, 28, Noise(1.3, 0.0, 0)), abs=0.05)
    assert 0.01 > chance(0.0, 28, Noise(1.3, 0.0, 0))


def test_one_rating_repeated_does_no_harm():
    """A diary in which every rating is the same is only pulled towards the usual."""
    noise = noise_of(list(range(20)), [3.0] * 20)

    assert 0 < noise.sd < 1.3
    assert 0 <= noise.phi <= 0.9


def test_it_is_quick():
    """Both effects are answered in a moment."""
    start = time.perf_counter()
    for points in (1.0, 2.0):
        needed_walks(Noise(1.3, 0.3, 0), points)

    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(("days", "points"), [([0.0], []), ([2.0, 1.0], [3.0, 4.0])])
def test_a_diary_that_cannot_be_is_refused(days, points):
    """Lists of different lengths and days that run backwards raise."""
    with pytest.raises(OptionError):
        noise_of(days, points)
