"""Blocks are an inner matter: where they end changes nothing."""

import numpy as np
import pytest

import evenstride as es
from evenstride.errors import UnusableRecording
from evenstride.gait import gather as module
from evenstride.gait.gather import gather
from evenstride.model import Left, RawBlock, Recording
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

    assert ["3 samples: their values were missing or impossible"] == found.left_out()


def test_what_is_left_out_of_many_blocks_is_counted_together():
    """The same loss in every block is one sentence with the sum; what has no number stays so."""
    time_s, acceleration, _ = arrays_of(simulate_walk(60).recording)
    lost = (Left("2 rows", "they were torn"), Left("Location.csv", "it was empty"))

    def pieces():
        for at in range(0, time_s.size, 1000):
            part = slice(at, at + 1000)
            yield RawBlock(time_s[part], acceleration[part], None, lost)

    found = gather(Recording(format="pieces", open=pieces))
    count = 2 * len(range(0, time_s.size, 1000))

    assert [f"{count} rows: they were torn", "Location.csv: it was empty"] == found.left_out()


def test_one_stray_late_sample_loses_nothing(long_walk):
    """A single sample hours after the walk, by a clock gone wrong, costs no step."""
    truth, whole = long_walk
    time_s, acceleration, angular = arrays_of(truth.recording)
    late = recording_of(
        np.append(time_s, time_s[-1] + 7200.0),
        np.vstack([acceleration, acceleration[-1:]]),
        np.vstack([angular, angular[-1:]]),
    )

    gait = es.analyze(late, height_m=1.7)

    assert whole.contacts.time_s == pytest.approx(gait.contacts.time_s, abs=0.005)
    assert "firm" == gait.measures["cadence_spm"].grade


def thinned(truth, start_s: float, end_s: float) -> Recording:
    """The recording of a walk with only 5 samples a second from start to end."""
    time_s, acceleration, angular = arrays_of(truth.recording)
    kept = (time_s < start_s) | (time_s > end_s) | (np.arange(time_s.size) % 20 == 0)
    return recording_of(time_s[kept], acceleration[kept], angular[kept])


@pytest.mark.parametrize("block_s", [60.0, 600.0])
def test_a_slow_stretch_loses_only_itself(block_s, monkeypatch):
    """A stretch of 5 Hz amid a walk of 100 Hz costs no step before or after it."""
    monkeypatch.setattr(module, "_BLOCK_S", block_s)
    truth = simulate_walk(600.0, seed=2)
    gait = es.analyze(thinned(truth, 200, 400))

    contacts = truth.contacts_s[(truth.contacts_s < 195) | (truth.contacts_s > 405)]
    assert nearest(contacts, gait.contacts.time_s).max() < 0.15
    assert "own_trend" == gait.measures["cadence_spm"].grade


def test_a_slow_stretch_within_a_block_is_not_measured():
    """A stretch of 5 Hz within a block does not raise the variation of the strides."""
    truth = simulate_walk(600.0, seed=2)
    whole = es.analyze(truth.recording).measures["stride_time_cv_pct"]
    found = es.analyze(thinned(truth, 200, 400)).measures["stride_time_cv_pct"]

    assert found.low <= whole.value


def test_slow_blocks_are_listed_as_unused():
    """Ten slow minutes between fast ones are unused for having too few samples a second."""
    truth = simulate_walk(2400.0, seed=2)
    time_s, acceleration, _ = arrays_of(truth.recording)
    kept = (time_s < 600) | (time_s > 1800) | (np.arange(time_s.size) % 10 == 0)

    found = gather(recording_of(time_s[kept], acceleration[kept]))
    gait = es.analyze(recording_of(time_s[kept], acceleration[kept]))

    assert found.slow
    assert any("Fewer than 20 samples a second." == u.reason for u in gait.unused)
    assert np.any(gait.contacts.time_s > 2300)
    assert np.any(gait.contacts.time_s < 500)


def test_a_gyroscope_that_starts_late_keeps_its_turns():
    """A gyroscope that begins after half an hour of walking shows the turns that follow."""
    truth = simulate_walk(2700.0, turns=[(100, 90), (2200, 90), (2400, -90)], seed=3)
    time_s, acceleration, angular = arrays_of(truth.recording)

    def pieces():
        for at in range(0, time_s.size, 30_000):
            part = slice(at, at + 30_000)
            turning = angular[part] if time_s[at] > 1790 else None
            yield RawBlock(time_s[part], acceleration[part], turning)

    gait = es.analyze(Recording(format="pieces", open=pieces))

    assert [90, -90] == pytest.approx(gait.turns.angle_deg.tolist(), abs=15)
    assert gait.turns.start_s[0] > 2000
    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), abs=3)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.8, 1.0])
def test_a_failing_gyroscope_costs_no_steps(share):
    """Missing turning rates, few or many, leave the contacts of the walk where they are."""
    truth = simulate_walk(120.0, seed=1)
    time_s, acceleration, angular = arrays_of(truth.recording)
    spoilt = angular.copy()
    spoilt[np.random.default_rng(0).random(time_s.size) < share] = np.nan

    gait = es.analyze(recording_of(time_s, acceleration, spoilt))

    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), abs=1)
    assert nearest(truth.contacts_s[3:-3], gait.contacts.time_s).max() < 0.1
    assert any("turning rates" in warning for warning in gait.recording.warnings)
