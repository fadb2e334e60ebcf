"""Gait, ground and pain of one walk stand on one time line, each where it belongs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.inventory.on_ground import on_ground
from evenstride.inventory.timeline import Moments, moments
from evenstride.model import GroundSegments, Timeline, Track

NS = 1_000_000_000
BEGUN = 1_774_828_800 * NS


def gait(windows=60, cadence=None):
    """Return ten-second windows of a motion recording."""
    start = 10.0 * np.arange(windows)
    columns = {name: np.full(windows, np.nan) for name in Timeline.__dataclass_fields__}
    columns |= {"start_s": start, "end_s": start + 10}
    columns["cadence_spm"] = np.full(windows, 100.0) if cadence is None else np.asarray(cadence)
    columns["step_regularity"] = np.full(windows, 0.8)
    return Timeline(**columns)


def track(seconds=600, cadence=110.0):
    """Return a track of one point a second."""
    at = np.arange(seconds, dtype=float)
    return Track(at, 50 + at * 1e-5, 8 + at * 0, cadence_spm=np.full(seconds, cadence))


def ground(slopes, surfaces=None, piece_s=10.0, sure=1.0):
    """Return pieces of way, each walked in the same time."""
    slopes = np.asarray(slopes, float)
    at = piece_s * np.arange(len(slopes))
    names = np.array(surfaces or [""] * len(slopes))
    return GroundSegments(
        at, at + piece_s, at, at + piece_s, at, at, at, slopes, slopes - sure, slopes + sure,
        names, names, names,
    )  # fmt: skip


def joined(slopes, **more):
    """Return a walk of ten minutes over these slopes."""
    given_ = {"gait": (gait(), BEGUN), "track": (track(), BEGUN), "ground": ground(slopes)}
    return moments(BEGUN, **given_ | more)


def test_each_window_has_the_slope_of_its_middle():
    """Uphill, then level, then downhill."""
    found = joined([6.0] * 20 + [0.0] * 20 + [-6.0] * 20)

    assert ["uphill"] * 20 + ["level"] * 20 + ["downhill"] * 20 == found.slope.tolist()
    assert 6.0 == found.slope_pct[0]


def test_a_slope_that_is_not_sure_has_no_name():
    """Its interval reaches over the limit."""
    assert {""} == set(joined([0.0] * 60, ground=ground([2.5] * 60, sure=1.0)).slope.tolist())


def test_a_recording_that_was_started_late_is_laid_where_it_belongs():
    """By the clock, not by the row: five minutes into a walk that goes uphill for five."""
    late = BEGUN + 300 * NS
    found = joined([6.0] * 30 + [-6.0] * 30, gait=(gait(30), late))

    assert 300.0 == found.start_s[0]
    assert {"downhill"} == set(found.slope.tolist())


def test_what_lies_outside_of_the_track_has_no_ground():
    """The sensor ran on after the track had ended."""
    found = joined([6.0] * 10)

    assert ["uphill"] * 10 + [""] * 50 == found.slope.tolist()
    assert np.isnan(found.slope_pct[10:]).all()


def test_without_a_motion_recording_the_cadence_of_the_watch_stands_there():
    """What the watch did not measure stays absent."""
    found = joined([0.0] * 60, gait=None)

    assert {110.0} == set(found.cadence_spm.tolist())
    assert np.isnan(found.step_regularity).all()


def test_nothing_with_a_time_gives_no_time_line():
    """It is absent, not empty."""
    assert moments(BEGUN) is None
    assert moments(BEGUN, track=(track(0), BEGUN)) is None
    assert moments(BEGUN, track=(Track(np.full(3, np.nan)), BEGUN)) is None


def test_pain_stands_in_the_window_in_which_it_was_rated():
    """Of two ratings in one window the worse counts; one outside of the walk is left out."""
    ratings = [(BEGUN + 25 * NS, 2.0), (BEGUN + 26 * NS, 4.0), (BEGUN - 5 * NS, 9.0)]
    found = joined([0.0] * 60, ratings=ratings)

    assert [4.0] == found.pain[np.isfinite(found.pain)].tolist()
    assert 4.0 == found.pain[2]


@given(st.integers(-10_000, 10_000))
def test_a_shift_of_all_clocks_changes_nothing(seconds):
    """Only the beginning moves."""
    shift = BEGUN + seconds * NS
    here = joined([6.0] * 30 + [-6.0] * 30)
    there = moments(
        shift,
        gait=(gait(), shift),
        track=(track(), shift),
        ground=ground([6.0] * 30 + [-6.0] * 30),
    )

    for one, other in zip(here.columns().values(), there.columns().values(), strict=True):
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def walk(uphill, level, seed=0):
    """Return a walk with this cadence uphill and level, a little noise on it."""
    noise = np.random.default_rng(seed).normal(0, 1, 60)
    cadence = np.where(np.arange(60) < 30, uphill, level) + noise
    return joined([6.0] * 30 + [0.0] * 30, gait=(gait(cadence=cadence), BEGUN))


def test_the_means_of_each_ground_have_intervals_that_hold_the_truth():
    """From one walk and from several."""
    for walks in ([walk(95, 108)], [walk(95, 108, seed) for seed in range(5)]):
        found = {one.ground: one for one in on_ground(walks, "slope")}
        assert {"uphill", "level"} == set(found)
        for name, truth in (("uphill", 95), ("level", 108)):
            cadence = found[name].measures["cadence_spm"]
            assert cadence.low < truth < cadence.high
            assert "own_trend" == cadence.grade
            assert (300.0 * len(walks), len(walks)) == (found[name].seconds, found[name].walks)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    """Also where each window resembles the one before: 95 of 100, within what chance allows."""
    covered, rounds = 0, 300
    for seed in range(rounds):
        noise = np.random.default_rng(seed).normal(0, 1, 60)
        for at in range(1, 60):
            noise[at] += 0.5 * noise[at - 1]
        one = joined([0.0] * 60, gait=(gait(cadence=100 + noise), BEGUN))
        cadence = on_ground([one], "slope")[0].measures["cadence_spm"]
        covered += cadence.low < 100 < cadence.high

    assert 0.90 < covered / rounds < 0.99


def test_less_than_a_minute_of_a_ground_is_no_measure():
    """It says so."""
    (found,) = (o for o in on_ground([joined([6.0] * 5 + [0.0] * 55)], "slope")
                if o.ground == "uphill")  # fmt: skip

    assert found.measures["cadence_spm"].value is None
    assert "less than a minute" in found.measures["cadence_spm"].reason
    assert "not measured" in found.measures["pitch_deg"].reason


@pytest.mark.parametrize("by", ["slope", "surface"])
@given(st.lists(st.sampled_from(["grass", "paved", ""]), min_size=60, max_size=60))
def test_the_time_on_all_grounds_is_the_time_that_is_known(by, surfaces):
    """No window counts twice, and what cannot be told stands there, too, as the last."""
    one = joined([6.0] * 60, ground=ground([6.0] * 60, surfaces))
    groups = on_ground([one], by)

    assert 600.0 == sum(each.seconds for each in groups)
    unknown = [each.seconds for each in groups if not each.ground]
    assert 10.0 * (getattr(one, by) == "").sum() == sum(unknown)
    assert "" not in [each.ground for each in groups[:-1]]


def test_a_clock_that_jumps_by_years_makes_no_millions_of_windows():
    """Only windows in which something was recorded stand there."""
    at = np.append(np.arange(100.0), 20 * 365 * 86_400.0)
    jumped = Track(at, at * 0, at * 0, cadence_spm=np.full(at.size, 110.0))

    assert 5 == len(moments(BEGUN, track=(jumped, BEGUN)))


@given(st.permutations(range(4)))
def test_the_order_of_walks_does_not_matter(order):
    """The same means and intervals."""
    walks = [walk(95 + n, 108 - n, n) for n in range(4)]
    found = on_ground([walks[n] for n in order], "slope")

    for one, other in zip(on_ground(walks, "slope"), found, strict=True):
        assert one.ground == other.ground
        assert one.measures["cadence_spm"].value == pytest.approx(
            other.measures["cadence_spm"].value
        )


def test_a_time_line_is_a_table():
    """All columns have the length of the walk."""
    assert isinstance(joined([0.0] * 60), Moments)
    assert 60 == len(joined([0.0] * 60))
