"""The interval of the difference of sides includes the error of the method."""

import numpy as np
import pytest

from evenstride.testing import Sensor, Walker

from .helpers import walked


@pytest.mark.parametrize("place", ["lower back", "waist"])
@pytest.mark.parametrize("asymmetry", [0.0, 0.05, 0.1])
def test_the_interval_holds_the_true_difference(place, asymmetry):
    """The true difference of the step times lies inside its interval in most walks.

    A sensor at the waist hears one foot louder and times it otherwise by some milliseconds.
    """
    held = 0
    for seed in range(6):
        truth, gait = walked(
            150.0,
            Walker(cadence_spm=95 + 4 * seed, asymmetry=asymmetry),
            Sensor(placement=place, tell_placement=True),
            seed=seed,
        )
        steps, feet = np.diff(truth.contacts_s), truth.sides[:-1]
        left, right = (steps[feet == foot].mean() for foot in (-1, 1))
        measure = gait.measures["step_time_asymmetry_pct"]
        held += measure.low <= 200 * abs(left - right) / (left + right) <= measure.high

    assert held >= 5
