"""Blocks are an inner matter: where they end changes nothing."""

import numpy as np
import pytest

import evenstride as es
from evenstride.errors import UnusableRecording
from evenstride.gait import gather as module
from evenstride.gait.gather import gather
from evenstride.model import RawBlock, Recording
from evenstride.testing import Sensor, Walker, simulate_walk

from .helpers import GRAVITY, arrays_of, recording_of

LONG_S = 25 * 60.0


@pytest.fixture(scope="module")
def long_walk():
    """A walk of 25 minutes with turns, stops and a gap, and what it gives in blocks as they are."""
    truth = simulate_walk(
        LONG_S,
        Walker(cadence_spm=108),
        Sensor(gaps_s=((640.0, 643.0),)),
        turns=[(x, 90) for x in range(50, 1400, 90)],
        stops=[(300, 20), (700, 5), (1200, 30)],
        seed=4,
    )
    return truth, es.analyze(truth.recording, height_m=1.7)


def nearest(times, others) -> np.ndarray:
    """Distance of each time to the nearest of the others, both sorted."""
    at = np.clip(np.searchsorted(others, times), 1, len(others) - 1)
    return np.minimum(np.abs(times - others[at - 1]), np.abs(times - others[at]))


@pytest.mark.parametrize("block_s", [20.0, 97.3, 300.0, 3000.0])
def test_the_length_of_blocks_does_not_matter(long_walk, block_s, monkeypatch):
    """In blocks of 20 s to 50 min the same contacts are found, a few ms apart, none twice."""
    truth, whole = long_walk
    monkeypatch.setattr(module, "_BLOCK_S", block_s)

    gait = es.analyze(truth.recording, height_m=1.7)

    expected, actual = whole.contacts.time_s, gait.contacts.time_s
    assert len(whole.bouts) == len(gait.bouts)
    # The last, soft step of a walk may be in doubt; no other contact comes or goes.
    assert len(expected) == pytest.approx(len(actual), abs=len(whole.bouts))
    assert nearest(expected[nearest(expected, actual) < 0.1], actual).max() < 0.005
    for times, others, gaits in ((expected, actual, whole), (actual, expected, gait)):
        alone = times[nearest(times, others) >= 0.1]
        ends = np.concatenate([gaits.bouts.start_s, gaits.bouts.end_s])
        assert set(alone.tolist()) <= set(ends.tolist())
    assert np.diff(actual).min() > 0.4
    assert len(whole.turns) == len(gait.turns)
    assert gait.contacts.bout.tolist() == sorted(gait.contacts.bout.tolist())
    for name in ("cadence_spm", "speed_m_s", "step_regularity"):
        assert whole.measures[name].value == pytest.approx(gait.measures[name].value, rel=1e-3)


def test_a_stream_in_odd_pieces_is_the_same_walk(long_walk):
    """Read in pieces of 1 to 30,000 samples the walk is the one that arrays give."""
    truth, whole = long_walk
    time_s, acceleration, angular = arrays_of(truth.recording)

    def pieces():
        rng = np.random.default_rng(0)
        at = 0
        while at < time_s.size:
            stop = at + int(rng.choice([1, 7, 100, 999, 30_000]))
            yield RawBlock(time_s[at:stop], acceleration[at:stop], angular[at:stop])
            at = stop

    gait = es.analyze(Recording(format="odd pieces", open=pieces), height_m=1.7)

    np.testing.assert_array_equal(whole.contacts.time_s, gait.contacts.time_s)
    assert whole.measures == gait.measures
    assert "odd pieces" == gait.recording.format


def test_progress_tells_the_seconds_done(long_walk):
    """Progress grows and ends at the length of the recording."""
    truth, whole = long_walk
    told: list[float] = []

    es.analyze(truth.recording, progress=told.append)

    assert sorted(told) == told
    assert len(told) >= 2
    assert whole.recording.duration_s == pytest.approx(told[-1])


def test_a_gap_ends_a_bout(long_walk):
    """Three seconds without samples are no walking and are listed."""
    _, whole = long_walk

    assert 5 == len(whole.bouts)  # three stops and a gap
    assert not np.any((whole.contacts.time_s > 640.5) & (whole.contacts.time_s < 642.5))
    assert any("No samples" in u.reason and u.start_s > 600 for u in whole.unused)


@pytest.mark.parametrize("rate", [5.0, 10.0, 19.0])
def test_below_20_hz_is_refused(rate):
    """Fewer than 20 samples a second are refused with the number that was found."""
    time_s = np.arange(int(30 * rate)) / rate
    slow = recording_of(time_s, np.tile([0.0, 0.0, GRAVITY], (time_s.size, 1)))

    with pytest.raises(UnusableRecording, match=f"{rate:g} samples a second"):
        gather(slow)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_gather(count):
    """No samples, or a single one, are refused."""
    with pytest.raises(UnusableRecording):
        gather(recording_of(np.zeros(count), np.ones((count, 3))))


def test_values_of_a_web_page_are_noticed():
    """Values in steps of 0.1 m/s2 are called quantised, finer ones are not."""
    time_s, acceleration, _ = arrays_of(simulate_walk(20, sensor=Sensor(rate_hz=60)).recording)

    assert gather(recording_of(time_s, np.round(acceleration, 1))).quantised
    assert not gather(recording_of(time_s, np.round(acceleration, 2))).quantised


def test_what_was_left_out_is_counted():
    """Samples that cannot be real are left out and counted with the reason."""
    time_s, acceleration, _ = arrays_of(simulate_walk(20).recording)
    acceleration = acceleration.copy()
    acceleration[100:103] = np.nan

    found = gather(recording_of(time_s, acceleration))

    assert ["3 samples: their values were missing or impossible"] == list(found.left)
