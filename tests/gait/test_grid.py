"""Uneven samples come onto an even grid without changing what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.grid import GRID_HZ, averaged, segments
from evenstride.model import Block

RATES = st.sampled_from([20.0, 25.0, 50.0, 86.2, 100.0, 128.0, 200.0, 405.0])


def block_of(time_s, values=None, angular=None) -> Block:
    """Make a block whose values default to zero."""
    time_s = np.asarray(time_s, dtype=float)
    return Block(time_s, np.zeros((time_s.size, 3)) if values is None else values, angular)


def uneven(rate_hz: float, seconds: float, seed: int) -> np.ndarray:
    """Sampling times that are off by up to 15 % of the interval."""
    rng = np.random.default_rng(seed)
    count = int(seconds * rate_hz)
    return (np.arange(count) + rng.uniform(-0.15, 0.15, count)) / rate_hz


@given(rate=RATES, seed=st.integers(0, 99), slope=st.floats(-50, 50))
def test_a_straight_line_stays_a_straight_line(rate, seed, slope):
    """A signal that is a straight line of time has its exact values on the grid."""
    time_s = uneven(rate, 5, seed)
    line = slope * time_s[:, None] + np.array([1.0, -2.0, 9.81])

    (segment,) = segments(block_of(time_s, line, line), 1 / rate)

    at = segment.start_s + np.arange(len(segment)) / GRID_HZ
    expected = slope * at[:, None] + np.array([1.0, -2.0, 9.81])
    inside = slice(1, -1)  # the outermost cells of an average are cut by the data
    assert segment.acceleration_m_s2[inside] == pytest.approx(expected[inside], abs=1e-7)
    assert segment.angular_velocity_rad_s[inside] == pytest.approx(expected[inside], abs=1e-7)


@pytest.mark.parametrize("rate", [200.0, 405.0, 500.0])
def test_averaging_keeps_the_mean(rate):
    """Averaging a fast sensor down leaves the time integral of the signal as it was."""
    rng = np.random.default_rng(0)
    time_s = np.arange(int(10 * rate)) / rate
    noise = rng.normal(size=(time_s.size, 3))

    (segment,) = segments(block_of(time_s, noise), 1 / rate)

    covered = (time_s >= 0.095) & (time_s <= 9.9)
    grid = segment.start_s + np.arange(len(segment)) / GRID_HZ
    same = (grid >= 0.095) & (grid <= 9.9)
    expected = noise[covered].mean(axis=0)
    assert expected == pytest.approx(segment.acceleration_m_s2[same].mean(axis=0), abs=5e-3)


def test_averaging_is_exact_for_pieces_of_straight_lines():
    """A cell holds the mean of the straight lines between the samples inside it."""
    time_s = np.array([0.0, 0.002, 0.004, 0.006, 0.008, 0.01, 0.012, 0.014, 0.016, 0.018, 0.02])
    peak = np.where(time_s == 0.01, 6.0, 0.0)[:, None] * np.ones(3)

    (segment,) = segments(block_of(time_s, peak), 0.002)

    assert 1.2 == pytest.approx(segment.acceleration_m_s2[1, 0])  # 6 x 2 ms / 10 ms


def test_a_sensor_on_the_grid_is_left_alone():
    """Samples that lie on the grid come out as they went in."""
    values = np.random.default_rng(0).normal(size=(500, 3))

    (segment,) = segments(block_of(np.arange(500) / 100, values), 0.01)

    np.testing.assert_array_equal(values, segment.acceleration_m_s2)


def test_a_slow_sine_is_followed_from_25_hz():
    """A step rhythm of 2 Hz sampled at 25 Hz is rebuilt to within 3 %."""
    time_s = np.arange(250) / 25
    sine = np.sin(2 * np.pi * 2 * time_s)[:, None] * np.ones(3)

    (segment,) = segments(block_of(time_s, sine), 0.04)

    at = segment.start_s + np.arange(len(segment)) / GRID_HZ
    expected = np.sin(2 * np.pi * 2 * at)
    assert expected[10:-10] == pytest.approx(segment.acceleration_m_s2[10:-10, 0], abs=0.03)


def test_missing_samples_are_bridged_straight():
    """Over a few missing samples the signal runs straight, without overshoot."""
    keep = np.r_[0:50, 60:120]
    ramp = np.where(keep < 55, 0.0, 1.0)[:, None] * np.ones(3)

    (segment,) = segments(block_of(keep / 50, ramp), 0.02)

    at = segment.start_s + np.arange(len(segment)) / GRID_HZ
    bridge = (at > 49 / 50) & (at < 60 / 50)
    expected = (at[bridge] - 49 / 50) / (11 / 50)
    assert expected == pytest.approx(segment.acceleration_m_s2[bridge, 0])


@pytest.mark.parametrize(("hole_s", "pieces", "holes"), [(0.2, 1, 0), (0.4, 1, 1), (0.7, 2, 0)])
def test_long_gaps_split_and_shorter_ones_are_marked(hole_s, pieces, holes):
    """Up to 0.25 s is bridged, up to 0.6 s bridged and marked, more splits the recording."""
    time_s = np.arange(500) / 100
    time_s[250:] += hole_s - 0.01

    found = list(segments(block_of(time_s), 0.01))

    assert pieces == len(found)
    assert holes == sum(len(segment.holes_s) for segment in found)
    for segment in found:
        for start, end in segment.holes_s:
            assert [2.49, 2.49 + hole_s] == pytest.approx([start, end])


@given(begin=st.integers(0, 300), rate=RATES)
def test_overlapping_blocks_share_one_grid(begin, rate):
    """Two blocks that overlap have the same grid points and values where they overlap."""
    time_s = np.arange(int(8 * rate)) / rate + 0.0037
    noise = np.random.default_rng(1).normal(size=(time_s.size, 3))
    cut = min(begin, time_s.size - 100)

    (whole,) = segments(block_of(time_s, noise), 1 / rate)
    (part,) = segments(block_of(time_s[cut:], noise[cut:]), 1 / rate)

    shift = round((part.start_s - whole.start_s) * GRID_HZ)
    assert part.start_s == pytest.approx(whole.start_s + shift / GRID_HZ, abs=1e-9)
    there = whole.acceleration_m_s2[shift:][10:]
    assert there == pytest.approx(part.acceleration_m_s2[10:], abs=1e-8)


def test_two_samples_too_close_for_the_grid_are_nothing():
    """A piece that does not span two grid points gives no segment."""
    assert [] == list(segments(block_of([0.001, 0.004]), 0.003))


@given(rows=st.integers(0, 60), factor=st.integers(1, 9), columns=st.integers(1, 4))
def test_group_means_are_means(rows, factor, columns):
    """Groups of rows are averaged; the rest that fills no group is dropped."""
    values = np.random.default_rng(rows).normal(size=(rows, columns))
    groups = rows // factor

    expected = [values[i * factor : (i + 1) * factor].mean(axis=0) for i in range(groups)]

    assert (groups, columns) == averaged(values, factor).shape
    if groups:
        assert np.array(expected) == pytest.approx(averaged(values, factor), abs=1e-12)


def test_a_segment_knows_its_end():
    """The end of a segment is the time of its last grid point."""
    (segment,) = segments(block_of(np.arange(301) / 100), 0.01)

    assert 3.0 == pytest.approx(segment.end_s)
    assert 301 == len(segment)
