"""The rhythm of the steps is followed: how fast, how strong, where in the step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.gait.grid import SLOW_HZ
from evenstride.gait.rhythm import (
    _CHUNK,
    _JUMP,
    _JUMP_COST,
    _MARGIN,
    STEP_RATES_HZ,
    _best_path,
    find_rhythm,
)


def plain_best_path(score: np.ndarray) -> np.ndarray:
    """Viterbi over (hops, bands) as in the textbook: one loop per hop, band and jump."""
    hops, bands = score.shape
    reach, cost = _JUMP, _JUMP_COST
    total, came = score[0].copy(), np.zeros((hops, bands), dtype=int)
    for hop in range(1, hops):
        now = np.full(bands, -np.inf)
        for band in range(bands):
            for before in range(max(band - reach, 0), min(band + reach + 1, bands)):
                value = total[before] - cost * (band - before) ** 2 + score[hop, band]
                if value > now[band]:
                    now[band], came[hop, band] = value, before
        total = now
    path = [int(np.argmax(total))]
    for hop in range(hops - 1, 0, -1):
        path.append(int(came[hop, path[-1]]))
    return np.array(path[::-1])


def led_in(score: np.ndarray) -> np.ndarray:
    """Repeat the first and last hop, as the batched search does to lead its paths in and out."""
    tail = -len(score) % _CHUNK + _MARGIN
    return np.concatenate([score[:1].repeat(_MARGIN, 0), score, score[-1:].repeat(tail, 0)])


@given(seed=st.integers(0, 9999), hops=st.integers(1, _CHUNK), size=st.floats(0.1, 3))
def test_one_chunk_is_the_best_path(seed, hops, size):
    """Within one chunk the batched path is exactly as good as a plain Viterbi.

    Both are led in and out by the first and last hop, repeated.
    """
    score = np.random.default_rng(seed).normal(size=(hops, 12)) * size

    expected = plain_best_path(led_in(score))[_MARGIN : _MARGIN + hops]

    np.testing.assert_array_equal(expected, _best_path(score))


@given(seed=st.integers(0, 999), height=st.floats(1.5, 4))
@settings(max_examples=15)
def test_many_chunks_are_the_best_path(seed, height):
    """Over many chunks a clear ridge in noise gives the plain Viterbi path of the whole."""
    rng = np.random.default_rng(seed)
    centre = np.clip(np.cumsum(rng.normal(0, 0.3, 450)) + 7, 0, 14)
    ridge = height * np.exp(-0.5 * ((np.arange(15) - centre[:, None]) / 1.5) ** 2)
    score = ridge + rng.normal(0, 0.3, ridge.shape)

    expected = plain_best_path(led_in(score))[_MARGIN : _MARGIN + 450]

    np.testing.assert_array_equal(expected, _best_path(score))


@pytest.mark.parametrize("rate", [0.9, 1.3, 1.8, 2.2, 2.8])
def test_a_pure_rhythm_is_found(rate):
    """The rate, strength and phase of a pure rhythm are those it was made with."""
    at = np.arange(round(60 * SLOW_HZ)) / SLOW_HZ
    found = find_rhythm(2.0 * np.cos(2 * np.pi * rate * at + 0.4))

    inner = slice(100, -100)
    band = np.exp(np.diff(np.log(STEP_RATES_HZ[:2])))[0]
    assert np.all(np.abs(np.log(found.rate_hz[inner] / rate)) <= np.log(band))
    assert np.full(at[inner].size, 2.0) == pytest.approx(found.strength_m_s2[inner], rel=0.06)
    expected = np.exp(1j * (2 * np.pi * rate * at[inner] + 0.4))
    assert np.angle(np.exp(1j * found.phase_rad[inner]) / expected) == pytest.approx(
        np.zeros(at[inner].size), abs=0.05
    )


@given(seed=st.integers(0, 999), count=st.integers(3, 400))
def test_the_phase_never_runs_back(seed, count):
    """Whatever comes in, the phase increases and every column has the length of the signal."""
    found = find_rhythm(np.random.default_rng(seed).normal(size=count) * 3)

    assert np.all(np.diff(found.phase_rad) >= 0)
    assert (count,) == found.phase_rad.shape == found.rate_hz.shape == found.strength_m_s2.shape


def test_a_changing_rate_is_followed():
    """When a person walks faster and faster, so does the rhythm, turn for turn."""
    at = np.arange(round(120 * SLOW_HZ)) / SLOW_HZ
    phase = 2 * np.pi * (1.5 * at + 0.5 * 0.006 * at**2)
    found = find_rhythm(2.0 * np.cos(phase))

    turns = (found.phase_rad[-50] - found.phase_rad[50]) / (2 * np.pi)
    assert (phase[-50] - phase[50]) / (2 * np.pi) == pytest.approx(turns, abs=0.05)


def test_a_knock_is_no_rhythm():
    """A knock of 100 g weighs no more than one of 12 m/s2."""
    at = np.arange(round(60 * SLOW_HZ)) / SLOW_HZ
    steps = 2.0 * np.cos(2 * np.pi * 1.8 * at)
    hard, soft = steps.copy(), steps.copy()
    hard[400], soft[400] = 1000.0, 12.0

    np.testing.assert_array_equal(find_rhythm(soft).phase_rad, find_rhythm(hard).phase_rad)
