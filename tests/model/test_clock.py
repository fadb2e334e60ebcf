"""Sensor clocks lie in known ways; each way has its test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenstride.model import Clock, ClockRepair

RATE_HZ = 100.0


def even(seconds: float, rate_hz: float = RATE_HZ):
    """Return perfect stamps."""
    return np.arange(round(seconds * rate_hz)) / rate_hz


def repaired(stamps, blocks: int = 1) -> tuple[np.ndarray, Clock]:
    """Repair stamps in so many blocks; return the times and the clock."""
    repair = ClockRepair()
    times = [repair(piece) for piece in np.array_split(stamps, blocks)]
    return np.concatenate(times), repair.clock()


def test_good_stamps_are_kept():
    """Even stamps come out as they went in, with nothing lost and nothing repaired."""
    times, clock = repaired(even(60))

    np.testing.assert_array_equal(even(60), times)
    assert clock.rate_hz == pytest.approx(100.0)
    assert clock.jitter_s == pytest.approx(0.0, abs=1e-12)
    assert (6000, 0.0, (), ()) == (clock.samples, clock.lost_fraction, clock.gaps, clock.repairs)


@pytest.mark.parametrize("blocks", [1, 2, 7, 60])
def test_blocks_do_not_matter_where_stamps_are_good(blocks):
    """Jittered stamps with lost packets give the same times however they are cut."""
    rng = np.random.default_rng(3)
    stamps = (even(60) + rng.normal(0, 1e-3, 6000))[rng.random(6000) > 0.1]

    whole, clock = repaired(stamps)
    cut, clock_of_blocks = repaired(stamps, blocks)

    np.testing.assert_array_equal(whole, cut)
    assert clock_of_blocks.rate_hz == pytest.approx(clock.rate_hz, rel=5e-3)
    assert clock_of_blocks.lost_fraction == pytest.approx(clock.lost_fraction, abs=0.01)
    assert clock.gaps == clock_of_blocks.gaps


def test_lost_packets_are_counted_not_closed():
    """Lost samples leave the others in place and are counted as lost."""
    keep = np.ones(6000, dtype=bool)
    keep[1000:1010] = keep[2000:2050] = keep[4000:4100] = False

    times, clock = repaired(1.7e9 + even(60)[keep])

    np.testing.assert_allclose(even(60)[keep], times - 1.7e9, rtol=0, atol=1e-6)
    assert clock.rate_hz == pytest.approx(100.0)
    assert clock.lost_fraction == pytest.approx(160 / 6000)
    gaps = np.array([(gap.start_s, gap.end_s) for gap in clock.gaps])
    assert gaps == pytest.approx(np.array([(19.99, 20.5), (39.99, 41.0)]), abs=1e-6)


def test_a_slow_sensor_has_no_gaps():
    """At 2 Hz every step is longer than the gap limit, and none is a gap."""
    _, clock = repaired(even(60, 2.0))

    assert clock.rate_hz == pytest.approx(2.0)
    assert () == clock.gaps


@pytest.mark.parametrize("delivery_s", [0.05, 0.2, 1.0])
def test_bursts_are_spread(delivery_s):
    """Samples that share a delivery stamp return to even times, but for a constant delay."""
    stamps = np.ceil((even(120) + 1e-9) / delivery_s) * delivery_s

    times, clock = repaired(stamps)
    error = times - even(120)
    middle = slice(200, -200)

    assert clock.rate_hz == pytest.approx(100.0, rel=0.01)
    assert np.ptp(error[middle]) < 0.15 * delivery_s
    assert ("Samples came in bursts that share a time stamp; they were spread evenly.",) == (
        clock.repairs
    )


def test_whole_second_stamps_are_spread():
    """Stamps that only count seconds still give the rate and times within 15 ms of even."""
    times, clock = repaired(np.floor(even(120)))

    assert clock.rate_hz == pytest.approx(100.0, rel=0.01)
    assert np.ptp((times - even(120))[200:-200]) < 0.015


def test_a_gap_between_bursts_stays_a_gap():
    """Five seconds without any sample are kept when the stamps come in bursts."""
    stamps = np.ceil(even(60) / 0.2) * 0.2
    stamps = stamps[(stamps < 20) | (stamps > 25)]

    _, clock = repaired(stamps)
    (gap,) = clock.gaps

    assert gap.end_s - gap.start_s == pytest.approx(5.0, abs=0.3)


def test_clock_set_back():
    """Where the clock jumps back, what follows is placed one second later and it is said."""
    stamps = np.concatenate([even(30), even(30)])

    times, clock = repaired(stamps)

    assert times[3000] - times[2999] == pytest.approx(1.0)
    assert times[-1] == pytest.approx(29.99 + 1.0 + 29.99)
    assert ("The clock jumped backwards; what follows was placed after a gap of one second.",) == (
        clock.repairs
    )


def test_clock_set_far_ahead():
    """A clock that leaps from 1970 to today leaves a gap of a second, not of decades."""
    stamps = np.concatenate([even(30), 1.7e9 + even(30)])

    times, clock = repaired(stamps)

    assert clock.duration_s == pytest.approx(29.99 + 1.0 + 29.99, abs=1e-5)
    assert times[3000] - times[2999] == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("wrong_s", [-500.0, 0.0, 4000.0])
def test_a_single_stray_stamp_moves_nothing_else(wrong_s):
    """One absurd stamp is placed between its neighbours; the rest stays."""
    stamps = 100.0 + even(30)
    stamps[1500] = wrong_s

    times, clock = repaired(stamps)

    assert times - 100.0 == pytest.approx(even(30), abs=1e-6)
    assert ("Single time stamps were far off; they were placed between others.",) == clock.repairs


def test_out_of_order_samples():
    """Two swapped stamps come out increasing and it is said."""
    stamps = even(30)
    stamps[[100, 101]] = stamps[[101, 100]]

    times, clock = repaired(stamps)

    assert np.all(np.diff(times) > 0)
    assert ("Some time stamps were out of order; they were moved to fit.",) == clock.repairs


def test_rounding_to_milliseconds_does_not_bias_the_rate():
    """At 128 Hz, stamps in whole milliseconds still give 128 Hz."""
    _, clock = repaired(np.round(even(60, 128.0), 3))

    assert clock.rate_hz == pytest.approx(128.0, rel=1e-4)


def test_nothing_gives_an_empty_clock():
    """No samples, or one, give a clock of no length instead of an error."""
    _, none = repaired(np.zeros(0))
    _, one = repaired(np.array([5.0]))

    assert (0, 0.0, 0.0) == (none.samples, none.duration_s, none.rate_hz)
    assert (1, 0.0, 0.0) == (one.samples, one.duration_s, one.rate_hz)


@given(
    arrays(np.float64, st.integers(1, 50), elements=st.floats(-1e12, 1e12)),
    st.integers(1, 5),
)
def test_any_finite_stamps_become_increasing(stamps, blocks):
    """Whatever the stamps, times are finite and strictly increasing, and the clock is finite."""
    times, clock = repaired(stamps, blocks)

    assert np.all(np.isfinite(times))
    assert np.all(np.diff(times) > 0)
    assert np.all(np.isfinite([clock.rate_hz, clock.jitter_s, clock.duration_s]))
    assert 0 <= clock.lost_fraction <= 1


@pytest.mark.parametrize(("pause_s", "counts"), [(4.0, True), (6.0, False), (3600.0, False)])
def test_a_pause_is_no_loss(pause_s, counts):
    """Up to five seconds without samples are lost samples; what lasts longer is a pause."""
    time_s = np.arange(6000) / 100
    time_s[3000:] += pause_s
    repair = ClockRepair()
    repair(time_s)

    assert (repair.clock().lost_fraction > 0.01) == counts
    assert 1 == len(repair.clock().gaps)
