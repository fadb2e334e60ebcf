"""A recording takes any arrays and any source, and hands them on in clean blocks."""

import tracemalloc
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenstride.errors import EvenstrideError, OptionError, UnusableRecording
from evenstride.model import PLACEMENTS, Left, RawBlock, Recording
from evenstride.testing import Sensor, simulate_walk

GRAVITY = np.array([0.0, 0.0, 9.81])


def standing(seconds: float, rate_hz: float = 100.0):
    """Return stamps and the acceleration of a sensor at rest."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return time_s, np.tile(GRAVITY, (time_s.size, 1))


def recorded(*raw: RawBlock) -> Recording:
    """Wrap raw blocks as an importer would."""
    return Recording(format="test", open=lambda: iter(raw))


def raw(time_s, acceleration, angular=None, left=()) -> RawBlock:
    """Make a raw block."""
    return RawBlock(np.asarray(time_s, float), np.asarray(acceleration, float), angular, left)


def test_arrays_in_si_are_not_touched():
    """Arrays in SI units come back as they are, without assumptions."""
    time_s, acceleration = standing(10)

    recording = Recording.from_arrays(time_s=time_s, acceleration_m_s2=acceleration)
    (block,) = recording.blocks()

    assert () == recording.assumptions
    assert recording.gravity_included
    np.testing.assert_array_equal(acceleration, block.acceleration_m_s2)
    assert block.angular_velocity_rad_s is None


def test_g_and_degrees_are_converted_and_said():
    """Values in g and degrees per second become SI, each with a sentence."""
    time_s, acceleration = standing(10)
    turning = np.full((time_s.size, 3), 30.0)

    recording = Recording.from_arrays(
        time_s=time_s, acceleration_m_s2=acceleration / 9.81, angular_velocity_rad_s=turning
    )
    (block,) = recording.blocks()

    assert 2 == len(recording.assumptions)
    assert block.acceleration_m_s2[0] == pytest.approx([0, 0, 9.80665])
    assert block.angular_velocity_rad_s[0] == pytest.approx([np.pi / 6] * 3)


def test_missing_gravity_is_noticed_or_told():
    """Small values are taken as linear acceleration; told so, values near 1 are not taken as g."""
    time_s, _ = standing(10)
    small = np.full((time_s.size, 3), 0.1)
    near_one = np.tile([0.0, 0.0, 1.0], (time_s.size, 1))

    noticed = Recording.from_arrays(time_s=time_s, acceleration_m_s2=small)
    told = Recording.from_arrays(time_s=time_s, acceleration_m_s2=near_one, gravity_included=False)

    assert (False, False) == (noticed.gravity_included, told.gravity_included)
    np.testing.assert_array_equal(near_one, next(told.blocks()).acceleration_m_s2)


@pytest.mark.parametrize(
    ("time", "acceleration", "turning"),
    [
        (np.zeros(5), np.zeros((4, 3)), None),
        (np.zeros(5), np.zeros((5, 2)), None),
        (np.zeros(5), np.zeros(15), None),
        (np.zeros((5, 1)), np.zeros((5, 3)), None),
        (np.zeros(5), np.zeros((5, 3)), np.zeros((4, 3))),
        (np.arange(5), np.full((5, 3), 400.0), None),
    ],
)
def test_arrays_that_do_not_fit_are_refused(time, acceleration, turning):
    """Wrong shapes and raw counts raise one clear error."""
    with pytest.raises(UnusableRecording):
        Recording.from_arrays(
            time_s=time, acceleration_m_s2=acceleration, angular_velocity_rad_s=turning
        )


def test_an_unknown_placement_is_refused():
    """A place for the sensor that is not in the list is an OptionError that names the list."""
    with pytest.raises(OptionError, match="lower back"):
        Recording(format="test", open=tuple, placement="head")  # type: ignore[arg-type]
    assert 8 == len(PLACEMENTS)


def test_bad_samples_are_left_out_and_listed():
    """Rows that are not finite or impossible are dropped and counted; the rest stays in place."""
    time_s, acceleration = standing(60)
    acceleration[100], acceleration[200, 1], time_s[300] = np.nan, 5000.0, np.inf

    (block,) = recorded(raw(time_s, acceleration)).blocks()

    assert 5997 == block.time_s.size
    assert (Left("3 samples", "their values were missing or impossible"),) == block.left
    assert block.time_s[-1] == pytest.approx(59.99)


def test_a_dead_gyroscope_does_not_lose_the_walk():
    """Where most turning rates are missing, the accelerometer is still read."""
    time_s, acceleration = standing(60)

    (block,) = recorded(raw(time_s, acceleration, np.full((6000, 3), np.nan))).blocks()

    assert 6000 == block.time_s.size
    assert block.angular_velocity_rad_s is None


def test_what_was_left_out_is_never_lost():
    """Reasons from pieces in which nothing was usable are handed on with their neighbours."""
    time_s, acceleration = standing(60)
    broken = [raw([np.nan], [[0, 0, 0]], left=(Left(name, "broken"),)) for name in "abc"]

    recording = recorded(
        broken[0], raw(time_s, acceleration), broken[1], raw(time_s + 60, acceleration), broken[2]
    )
    reasons = [item.what for block in recording.blocks(seconds=30) for item in block.left]

    assert {"a", "b", "c"} <= set(reasons)
    assert 6 == len(reasons)


def test_a_broken_recording_has_no_blocks():
    """Nothing usable gives no block and an empty clock, not an error."""
    recording = recorded(raw([np.nan, np.inf], np.zeros((2, 3))))

    assert [] == list(recording.blocks())
    assert 0 == recording.clock.samples


@pytest.mark.parametrize("piece", [1, 17, 999, 5000, 100_000])
@pytest.mark.parametrize(("seconds", "overlap_s"), [(60, 10), (30, 0), (25, 12.5), (1e6, 10)])
def test_blocks_tile_the_recording(piece, seconds, overlap_s):
    """Cores tile the time line and overlaps are right, however the source cuts its pieces."""
    walk = simulate_walk(170, sensor=Sensor(lost_fraction=0.05, gaps_s=((55, 95),)), seed=1)
    (whole,) = walk.recording.blocks(seconds=1e9)
    count = whole.time_s.size if piece > 1 else 300  # single samples are slow to make
    cuts = [slice(i, i + piece) for i in range(0, count, piece)]
    source = recorded(
        *(
            RawBlock(
                1.6e9 + whole.time_s[:count][c],
                whole.acceleration_m_s2[:count][c],
                whole.angular_velocity_rad_s[:count][c],
            )
            for c in cuts
        )
    )

    blocks = list(source.blocks(seconds, overlap_s))

    cores = [
        b.acceleration_m_s2[(b.time_s >= b.core_start_s) & (b.time_s < b.core_end_s)]
        for b in blocks
    ]
    np.testing.assert_array_equal(whole.acceleration_m_s2[:count], np.concatenate(cores))
    assert (-np.inf, np.inf) == (blocks[0].core_start_s, blocks[-1].core_end_s)
    for before, after in pairwise(blocks):
        assert before.core_end_s == after.core_start_s
        assert before.time_s[-1] - before.time_s[0] <= seconds + overlap_s
        assert before.core_end_s == pytest.approx(before.time_s[0] + seconds + overlap_s / 2)
        assert after.time_s[0] >= before.time_s[0] + seconds - 1e-9


@pytest.mark.parametrize("overlap_s", [-1.0, 20.0, float("nan")])
def test_impossible_overlaps_are_refused(overlap_s):
    """An overlap below zero or beyond half of the block is an OptionError."""
    recording = recorded(raw(*standing(10)))

    with pytest.raises(OptionError):
        list(recording.blocks(seconds=30, overlap_s=overlap_s))


def test_blocks_and_clock_agree_on_every_pass():
    """A recording can be read again and again, with the same result."""
    recording = simulate_walk(60, sensor=Sensor(jitter_s=0.001), seed=1).recording

    first, second = ([b.time_s for b in recording.blocks(20)] for _ in range(2))

    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    assert 7000 == recording.clock.samples


def test_a_week_never_lies_in_memory():
    """A week from a generator is streamed with a few blocks in memory at once."""
    piece_s, rate_hz, week_s = 600, 5, 7 * 86_400

    def source() -> Iterator[RawBlock]:
        for start_s in range(0, week_s, piece_s):
            time_s, acceleration = standing(piece_s, rate_hz)
            yield RawBlock(time_s + start_s, acceleration, acceleration)

    recording = Recording(format="test", open=source)
    whole_bytes = week_s * rate_hz * 7 * 8
    tracemalloc.start()
    samples = sum(
        int(np.sum((b.time_s >= b.core_start_s) & (b.time_s < b.core_end_s)))
        for b in recording.blocks(1800)
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert week_s * rate_hz == samples
    assert peak < 0.03 * whole_bytes


NUMBERS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([0.0, 5e-324, 1e12, -9.99e11, 0.01, 0.02, 9.81, 1e300]),
)


@given(st.data(), st.integers(0, 40), st.booleans())
def test_any_arrays_give_clean_blocks_or_our_own_error(data, count, gyroscope):
    """Any finite or non-finite values give increasing finite samples or an EvenstrideError."""
    draw = data.draw
    try:
        recording = Recording.from_arrays(
            time_s=draw(arrays(np.float64, count, elements=NUMBERS)),
            acceleration_m_s2=draw(arrays(np.float64, (count, 3), elements=NUMBERS)),
            angular_velocity_rad_s=draw(arrays(np.float64, (count, 3), elements=NUMBERS))
            if gyroscope
            else None,
        )
    except EvenstrideError:
        return
    blocks = list(recording.blocks(seconds=1e5))

    for block in blocks:
        assert np.all(np.isfinite(block.acceleration_m_s2))
        assert np.all(np.isfinite(block.time_s))
        assert np.all(np.diff(block.time_s) > 0)
    assert np.isfinite(recording.clock.duration_s)


def test_a_gyroscope_that_stops_is_said():
    """Where turning rates are missing in a part, the block has none, and says so."""
    time_s = np.arange(8192) / 100
    still = np.tile([0.0, 0.0, 9.81], (8192, 1))

    def pieces():
        yield RawBlock(time_s, still, np.zeros((8192, 3)))
        yield RawBlock(time_s + 81.92, still, None)

    (block,) = Recording(format="test", open=pieces).blocks()

    assert block.angular_velocity_rad_s is None
    assert ["the turning rates of a part"] == [item.what for item in block.left]


def test_a_value_too_large_for_its_unit_is_dropped():
    """A sample that overflows when it is turned into m/s2 is left out like any impossible one."""
    recording = Recording.from_arrays(
        time_s=[0.0, 0.01], acceleration_m_s2=[[1.83e307, 0.5, 0.5], [0.5, 0.5, 0.5]]
    )

    assert [1] == [len(block.time_s) for block in recording.blocks()]


def test_a_few_bad_turning_rates_are_filled_in():
    """Up to a tenth of bad turning rates are filled in between, and no sample is lost."""
    time_s, acceleration = standing(60)
    angular = np.column_stack([0.01 * time_s, -0.02 * time_s, 0 * time_s])
    spoilt = angular.copy()
    spoilt[100:400] = np.nan
    spoilt[2000, 1] = 1e6

    (block,) = recorded(raw(time_s, acceleration, spoilt)).blocks()

    np.testing.assert_array_equal(acceleration, block.acceleration_m_s2)
    np.testing.assert_allclose(angular, block.angular_velocity_rad_s, atol=1e-9)
    assert ["301 turning rates"] == [item.what for item in block.left]


def test_many_bad_turning_rates_leave_the_gyroscope_out():
    """Above a tenth of bad turning rates the gyroscope is left out there, and that is said."""
    time_s, acceleration = standing(60)
    angular = np.zeros((6000, 3))
    angular[:700, 2] = np.nan

    (block,) = recorded(raw(time_s, acceleration, angular)).blocks()

    assert block.angular_velocity_rad_s is None
    np.testing.assert_array_equal(acceleration, block.acceleration_m_s2)
    assert ["the turning rates of a part"] == [item.what for item in block.left]


def test_a_gyroscope_that_starts_late_is_in_later_blocks():
    """Where a gyroscope begins within the recording, the blocks after that have it."""
    time_s, acceleration = standing(400)
    pieces = [
        raw(
            time_s[at : at + 5000],
            acceleration[at : at + 5000],
            None if at < 15_000 else np.ones((5000, 3)),
        )
        for at in range(0, 40_000, 5000)
    ]

    blocks = list(recorded(*pieces).blocks(60))

    assert blocks[0].angular_velocity_rad_s is None
    assert all(b.angular_velocity_rad_s is not None for b in blocks if b.time_s[0] > 160)
    assert any(b.time_s[0] > 160 for b in blocks)
