"""Intervals cover the truth as often as they say, and are the same every time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evenstride.gait.estimate import block_sums, change, estimate


def mean(sums):
    """Mean from sum and count."""
    return sums[..., 0] / sums[..., 1]


def rows(values) -> np.ndarray:
    """Values with their count of one each."""
    return np.column_stack([values, np.ones(len(values))])


@given(count=st.integers(0, 6000), columns=st.integers(1, 4))
def test_blocks_hold_everything_once(count, columns):
    """The sums over blocks add up to the sums over all events, in at most 250 blocks or so."""
    terms = np.random.default_rng(count).normal(size=(count, columns))
    sums = block_sums(terms)

    assert terms.sum(axis=0) == pytest.approx(sums.sum(axis=0), abs=1e-8)
    assert len(sums) <= 250
    if count >= 8:
        assert len(sums) >= 8


@pytest.mark.parametrize(("count", "least"), [(24, 0.88), (120, 0.91), (800, 0.92)])
def test_the_interval_covers_a_known_mean(count, least):
    """About 95 of 100 intervals of independent values hold the true mean."""
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        found = estimate(rows(rng.normal(3.0, 1.0, count)), mean)
        held += found.low <= 3.0 <= found.high

    assert least <= held / 400 <= 0.99


def test_neighbours_that_are_alike_widen_the_interval():
    """Where neighbouring steps are alike the interval still covers about 95 %, at least 85 %."""
    rng = np.random.default_rng(6)
    held = 0
    for _ in range(300):
        noise = rng.normal(size=640)
        values = np.convolve(noise, np.ones(6) / 6, mode="valid")
        found = estimate(rows(values), mean)
        held += found.low <= 0.0 <= found.high

    assert 0.85 <= held / 300 <= 0.99


@given(values=hnp.arrays(float, st.integers(3, 200), elements=st.floats(-100, 100)))
def test_the_same_walk_gives_the_same_interval(values):
    """Equal events give equal results, with the value inside the interval."""
    once, again = estimate(rows(values), mean), estimate(rows(values.copy()), mean)

    assert once == again
    assert once.low <= once.value <= once.high
    assert len(values) == once.n
    assert np.mean(values) == pytest.approx(once.value, abs=1e-9)


@given(factor=st.floats(0.01, 100))
def test_the_interval_scales_with_the_unit(factor):
    """The same events in another unit have the same interval in that unit."""
    values = np.random.default_rng(0).normal(10, 1, 100)
    once, other = estimate(rows(values), mean), estimate(rows(values * factor), mean)

    assert once.low * factor == pytest.approx(other.low)
    assert once.high * factor == pytest.approx(other.high)


def test_more_events_narrow_the_interval():
    """Sixteen times as many events make the interval about four times as narrow."""
    values = np.random.default_rng(0).normal(0, 1, 6400)
    few, many = estimate(rows(values[:400]), mean), estimate(rows(values), mean)

    assert 4 == pytest.approx((few.high - few.low) / (many.high - many.low), rel=0.35)


def test_errors_of_the_method_are_added():
    """A known error of the method widens the interval in squares, also of a constant."""
    values = np.full(50, 10.0)

    absolute = estimate(rows(values), mean, error=1.0)
    relative = estimate(rows(values), mean, relative_error=0.1)
    both = estimate(rows(values), mean, error=0.6, relative_error=0.08)

    for found in (absolute, relative, both):
        assert 1.96 == pytest.approx(found.high - 10, rel=1e-3)
        assert 1.96 == pytest.approx(10 - found.low, rel=1e-3)


@pytest.mark.parametrize("count", [0, 1])
def test_one_event_has_no_interval(count):
    """Without two blocks there is no estimate, and no error either."""
    assert estimate(np.ones((count, 2)), mean) is None
    assert change(np.ones((3 * count, 2)), mean) is None


def test_a_formula_without_a_value_gives_none():
    """Where the formula divides by nothing there is no estimate, and no warning."""
    assert estimate(np.zeros((50, 2)), mean) is None
    assert change(np.zeros((150, 2)), mean) is None


def test_the_interval_of_a_change_covers_it():
    """Nearly every interval holds a known change of a walk that does not wander."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(300):
        first, middle, last = (rng.normal(m, 1.0, 100) for m in (1.0, 1.2, 1.5))
        found = change(rows(np.concatenate([first, middle, last])), mean)
        held += found.low <= 0.5 <= found.high
        assert last.mean() - first.mean() == pytest.approx(found.value)
        assert 200 == found.n

    assert 0.94 <= held / 300


def test_a_walk_that_wanders_has_a_wide_change():
    """Where values wander slowly the interval still holds no change in most walks."""
    rng = np.random.default_rng(8)
    held = 0
    for _ in range(200):
        frequency = np.fft.rfftfreq(540)
        spectrum = np.fft.rfft(rng.normal(size=540))
        spectrum[1:] /= np.sqrt(frequency[1:])
        found = change(rows(np.fft.irfft(spectrum, 540)), mean)
        held += found.low <= 0.0 <= found.high

    assert held / 200 >= 0.8


@given(count=st.integers(75, 400), jump=st.floats(1, 50))
def test_a_change_is_never_narrower_than_the_scatter_of_ninths(count, jump):
    """Ninths that differ within their thirds widen the interval, whatever single events say."""
    level = np.repeat([0.0, jump, 2 * jump], count)
    wandering = rows(np.tile(level, 3))
    plain = rows(np.tile(np.resize([0.0, jump, 2 * jump], 3 * count), 3))

    wide, narrow = change(wandering, mean), change(plain, mean)

    assert 0 == pytest.approx(wide.value, abs=1e-9)
    assert wide.high - wide.low > 2 * 1.96 * jump * np.sqrt(2 / 3)
    assert narrow.high - narrow.low < wide.high - wide.low
