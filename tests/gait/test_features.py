"""The numbers per step and stride say what their definitions say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.features import FEATURE_NAMES, SHAPE_POINTS, step_features
from evenstride.gait.grid import GRID_HZ

STEP = 50  # grid points
CONTACTS = 40 + STEP * np.arange(24.0)
FORWARD, LEFT, UP = 0, 1, 2


def signal(**axes: np.ndarray) -> np.ndarray:
    """Body acceleration (1300, 3) from the named axes, zero elsewhere."""
    out = np.zeros((1300, 3))
    for name, values in axes.items():
        out[:, {"forward": FORWARD, "left": LEFT, "up": UP}[name]] = values
    return out


def harmonic(*sizes: float, lag: float = 0.3) -> np.ndarray:
    """A sum of harmonics of the stride, sizes from the first on."""
    turn = 2 * np.pi * (np.arange(1300) - 40) / (2 * STEP)
    return sum(size * np.cos((i + 1) * turn + lag) for i, size in enumerate(sizes))


def column(acceleration: np.ndarray, name: str) -> np.ndarray:
    """One feature of all contacts at which it is there."""
    values = step_features(acceleration, CONTACTS)[0][:, FEATURE_NAMES.index(name)]
    return values[np.isfinite(values)]


def test_shapes_and_columns():
    """Each contact has a row and each step a shape; what is not there is NaN."""
    described, shapes = step_features(signal(up=harmonic(0, 1)), CONTACTS)

    assert (24, len(FEATURE_NAMES)) == described.shape
    assert (24, SHAPE_POINTS) == shapes.shape
    assert np.isnan(shapes[-1]).all()
    assert np.isfinite(shapes[:-1]).all()
    for name, there in {"impact": 23, "like_next": 22, "like_second": 21, "rms_up": 22}.items():
        assert there == len(column(signal(up=harmonic(0, 1)), name))


@pytest.mark.parametrize("name", ["forward", "up"])
def test_harmonic_ratio_of_even_and_odd(name):
    """Forward and up: the sum of even harmonics over that of odd ones."""
    assert (2.0 + 0.5) / (0.4 + 0.1) == pytest.approx(
        np.median(column(signal(**{name: harmonic(0.4, 2.0, 0.1, 0.5)}), f"harmonics_{name}")),
        rel=0.02,
    )


def test_harmonic_ratio_sideways_is_the_other_way_round():
    """Sideways: the sum of odd harmonics over that of even ones."""
    assert (2.0 + 0.4) / 0.3 == pytest.approx(
        np.median(column(signal(left=harmonic(2.0, 0.3, 0.4)), "harmonics_left")), rel=0.02
    )


@given(size=st.floats(0.01, 100), offset=st.floats(-5, 5))
def test_root_mean_square_about_the_mean(size, offset):
    """A sine of amplitude A has A / sqrt 2, whatever its offset."""
    found = column(signal(left=offset + size * harmonic(1)), "rms_left")

    assert np.full(22, size / np.sqrt(2)) == pytest.approx(found, rel=1e-2)


@given(size=st.floats(0.01, 100))
def test_range_and_impact_grow_with_the_movement(size):
    """Range is peak to peak, impact the highest value in the tenth of a second after contact."""
    steps = size * np.cos(2 * np.pi * (np.arange(1300) - 40) / STEP)

    assert np.full(23, 2 * size) == pytest.approx(column(signal(up=steps), "range"), rel=0.01)
    assert np.full(23, size) == pytest.approx(column(signal(up=steps), "impact"), rel=0.01)


def test_impact_ends_after_a_tenth_of_a_second():
    """What happens 120 ms after contact is no impact."""
    late = np.zeros(1300)
    late[(CONTACTS + 0.12 * GRID_HZ).astype(int)] = 9.0

    assert 0.0 == column(signal(up=late), "impact").max()


def likeness(acceleration: np.ndarray, lag: str) -> float:
    """The ratio that regularity is."""
    return column(acceleration, f"like_{lag}").sum() / column(acceleration, f"energy_{lag}").sum()


def test_likeness_of_steps_and_strides():
    """Equal steps are alike; steps that differ by side only match after a stride."""
    even, uneven = harmonic(0, 1, 0, 0.5), harmonic(0.8, 1, 0.3)

    assert 1.0 == pytest.approx(likeness(signal(up=even), "next"))
    assert 1.0 == pytest.approx(likeness(signal(up=even), "second"))
    assert 1.0 == pytest.approx(likeness(signal(up=uneven), "second"))
    odd, both = 0.8**2 + 0.3**2, 0.8**2 + 1.0 + 0.3**2
    assert 1 - 2 * odd / both == pytest.approx(likeness(signal(up=uneven), "next"), abs=0.02)


@given(seed=st.integers(0, 99))
def test_likeness_is_never_above_one(seed):
    """Like any correlation, likeness lies between -1 and 1."""
    noise = signal(up=np.random.default_rng(seed).normal(size=1300))

    for lag in ("next", "second"):
        assert -1 <= likeness(noise, lag) <= 1


RINGING = harmonic(0, 0, 0, 1, 0, 1)
NOISE = np.random.default_rng(0).normal(size=1300)


@pytest.mark.parametrize(
    ("name", "roughness"), [("arc", RINGING), ("log_jerk", NOISE)], ids=["arc", "log_jerk"]
)
def test_rougher_is_further_from_zero(name, roughness):
    """Both smoothness numbers are negative and fall the rougher the movement is."""
    swing = 4 + harmonic(0, 2.0)
    found = [
        np.mean(column(signal(up=swing + size * roughness), name))
        for size in (0.0, 0.2, 0.5, 1.0, 2.0)
    ]

    assert sorted(found, reverse=True) == found
    assert found[0] < 0
    assert found[-1] < found[0] - 0.5


@pytest.mark.parametrize("name", ["arc", "log_jerk"])
def test_noise_is_rough(name):
    """A swing under much noise is further from zero than a clean one."""
    clean = column(signal(up=harmonic(0, 2.0)), name)
    noisy = column(signal(up=harmonic(0, 2.0) + 3 * NOISE), name)

    assert np.mean(noisy) < np.mean(clean) - 0.5


@given(size=st.floats(0.1, 50))
def test_smoothness_does_not_depend_on_strength(size):
    """The same movement twice as strong is as smooth as before."""
    base = signal(up=harmonic(0.2, 2.0, 0.1, 0.5), forward=harmonic(0.1, 1))

    for name in ("arc", "log_jerk"):
        assert column(base, name) == pytest.approx(column(size * base, name), rel=1e-3)


def test_a_pure_swing_has_no_jolts():
    """The share of fast movement is nothing for a pure sine and large for a hammer."""
    hammer = np.zeros(1300)
    hammer[CONTACTS.astype(int)] = 9.0

    assert np.median(column(signal(up=harmonic(0, 1)), "fast")) < 0.05
    assert np.median(column(signal(up=hammer), "fast")) > 0.5


def test_three_contacts_are_enough():
    """Three contacts give two steps and one stride, without warnings."""
    described, shapes = step_features(signal(up=harmonic(0, 1)), CONTACTS[:3])

    assert 1 == np.isfinite(described[:, FEATURE_NAMES.index("rms_up")]).sum()
    assert 2 == np.isfinite(shapes[:, 0]).sum()


def test_stillness_has_finite_numbers():
    """Where nothing moves every number that is there is finite."""
    described, _ = step_features(np.zeros((1300, 3)), CONTACTS)

    assert np.isfinite(described[:-3, : FEATURE_NAMES.index("arc")]).all()
