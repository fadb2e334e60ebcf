"""Laws of ``es.analyze`` on walks with known truth."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evenstride as es
from evenstride.model.units import STANDARD_GRAVITY_M_S2
from evenstride.testing import Sensor, Walker, random_rotation, simulate_walk

from .helpers import arrays_of, recording_of, walked

HEIGHT_M = 1.7
SCRIPT = {"turns": ((40.0, 90.0), (80.0, -180.0)), "stops": ((60.0, 6.0),)}
FEW = settings(max_examples=12)


@cache
def eventful():
    """Arrays of a walk with two turns and a stop, and what is found in it."""
    truth = simulate_walk(120.0, seed=3, **SCRIPT)
    arrays = arrays_of(truth.recording)
    return arrays, es.analyze(recording_of(*arrays), height_m=HEIGHT_M)


def assert_same(expected: es.Gait, actual: es.Gait, *, relative: float, seconds: float) -> None:
    """Both results agree in contacts, sides, bouts, turns, measures, grades and reasons."""
    assert expected.contacts.time_s == pytest.approx(actual.contacts.time_s, abs=seconds)
    assert expected.contacts.side.tolist() == actual.contacts.side.tolist()
    assert expected.bouts.start_s == pytest.approx(actual.bouts.start_s, abs=seconds)
    assert expected.turns.angle_deg == pytest.approx(actual.turns.angle_deg, rel=1e-5)
    assert expected.strides.steady.tolist() == actual.strides.steady.tolist()
    for name, measure in expected.measures.items():
        other = actual.measures[name]
        assert (measure.grade, measure.reason) == (other.grade, other.reason), name
        assert (measure.value is None) == (other.value is None), name
        if measure.value is not None:
            # Lean is 0 for standing, so "relative" has a floor of a hundredth of a unit there.
            floor = 1e-5 if name.startswith(("pitch", "roll")) else 1e-9
            numbers = (other.value, other.low, other.high)
            assert (measure.value, measure.low, measure.high) == pytest.approx(
                numbers, rel=relative, abs=floor
            ), name


@given(seed=st.integers(0, 10**6), gyroscope=st.booleans())
@FEW
def test_the_rotation_of_the_sensor_does_not_matter(seed, gyroscope):
    """Any rotation leaves contacts within a microsecond and measures within 1e-5."""
    (time_s, acceleration, angular), expected = eventful()
    if not gyroscope:
        expected = es.analyze(recording_of(time_s, acceleration), height_m=HEIGHT_M)
    turned = random_rotation(seed)

    gait = es.analyze(
        recording_of(time_s, acceleration @ turned.T, angular @ turned.T if gyroscope else None),
        height_m=HEIGHT_M,
    )

    assert_same(expected, gait, relative=1e-5, seconds=1e-6)


@given(seed=st.integers(0, 10**6))
@FEW
def test_without_gravity_the_rotation_does_not_matter_either(seed):
    """The same holds for linear acceleration, where up is found from the movement."""
    truth, expected = walked(60.0, sensor=Sensor(gravity_included=False), seed=3)
    time_s, acceleration, angular = arrays_of(truth.recording)
    turned = random_rotation(seed)

    gait = es.analyze(
        recording_of(time_s, acceleration @ turned.T, angular @ turned.T, gravity_included=False)
    )

    assert_same(expected, gait, relative=1e-5, seconds=1e-6)


@given(origin=st.sampled_from([-1e6, -12.345, 0.5, 86_400.0, 1.7e9]))
@FEW
def test_the_origin_of_time_does_not_matter(origin):
    """Stamps from any origin give the same times, counted from the first sample."""
    (time_s, acceleration, angular), expected = eventful()

    gait = es.analyze(recording_of(time_s + origin, acceleration, angular), height_m=HEIGHT_M)

    assert_same(expected, gait, relative=1e-4, seconds=1e-5)


def test_units_do_not_matter():
    """Values in g and degrees per second give the same result, and it is said."""
    (time_s, acceleration, angular), expected = eventful()
    in_g = recording_of(time_s, acceleration / STANDARD_GRAVITY_M_S2, np.degrees(angular))

    gait = es.analyze(in_g, height_m=HEIGHT_M)

    assert_same(expected, gait, relative=1e-9, seconds=1e-9)
    assert 2 == len(gait.recording.warnings)


def test_the_same_recording_gives_the_same_document():
    """Nothing in the analysis is left to chance."""
    arrays, expected = eventful()

    assert expected.to_json() == es.analyze(recording_of(*arrays), height_m=HEIGHT_M).to_json()


def test_arrays_are_left_as_they_were():
    """The caller's arrays are not changed."""
    arrays = [a.copy() for a in eventful()[0]]

    es.analyze(recording_of(*arrays), height_m=HEIGHT_M)

    for before, after in zip(eventful()[0], arrays, strict=True):
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("rate", [21.0, 25.0, 50.0, 86.2, 128.0, 405.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_rate_of_the_sensor_hardly_matters(rate, seed):
    """At any rate from 20 Hz the steps are counted to 2 % and the cadence to 0.5 %."""
    truth, gait = walked(120.0, sensor=Sensor(rate_hz=rate), seed=seed, **SCRIPT)

    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), rel=0.02)
    assert truth.cadence_spm == pytest.approx(gait.measures["cadence_spm"].value, rel=0.005)


@pytest.mark.parametrize("seed", range(4))
def test_lost_packets_hardly_matter(seed):
    """With a tenth of the samples lost in bursts the steps are counted to 2 %, and it is said."""
    truth, gait = walked(120.0, sensor=Sensor(lost_fraction=0.1), seed=seed, **SCRIPT)

    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), rel=0.02)
    assert 0.1 == pytest.approx(gait.recording.lost_fraction, abs=0.03)
    assert "own_trend" == gait.measures["steps"].grade


@pytest.mark.parametrize(
    "sensor",
    [
        Sensor(jitter_s=0.003),
        Sensor(delivery_s=0.1),
        Sensor(stamp_step_s=1.0, rate_hz=50.0),
        Sensor(noise_m_s2=0.3),
        Sensor(units="g", gyroscope=False),
    ],
    ids=["jitter", "packets", "whole seconds", "noise", "g"],
)
def test_bad_clocks_and_noise_hardly_matter(sensor):
    """Jitter, packets, stamps of whole seconds and noise leave the count within 2 %."""
    truth, gait = walked(120.0, sensor=sensor, seed=1)

    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), rel=0.02)


@pytest.mark.parametrize(
    "place", ["lower back", "waist", "front pocket", "back pocket", "hand", "bag"]
)
def test_steps_are_counted_anywhere(place):
    """Wherever the sensor is worn the steps are counted to 1 %."""
    for seed, cadence in enumerate([85.0, 100.0, 115.0, 125.0]):
        truth, gait = walked(120.0, Walker(cadence_spm=cadence), Sensor(placement=place), seed=seed)
        assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), rel=0.01)


@pytest.mark.parametrize("seed", range(3))
def test_contacts_are_where_the_truth_is(seed):
    """Every contact but the last of a bout is within 100 ms of a true one, jitter below 12 ms."""
    truth, gait = walked(120.0, seed=seed, **SCRIPT)

    inner = np.flatnonzero(np.diff(gait.contacts.bout) == 0)
    late = gait.contacts.time_s[inner, None] - truth.contacts_s[None, :]
    nearest = np.abs(late).argmin(axis=1)
    off = late[np.arange(len(nearest)), nearest]
    assert len(nearest) == len(set(nearest.tolist()))
    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), abs=2)
    assert np.abs(off).max() < 0.1
    assert np.median(np.abs(off - np.median(off))) < 0.012


@pytest.mark.parametrize("seed", range(3))
def test_feet_are_named_rightly(seed):
    """At the lower back left and right are sure and right at 98.5 % of the contacts."""
    truth, gait = walked(120.0, seed=seed, **SCRIPT)

    nearest = np.abs(gait.contacts.time_s[:, None] - truth.contacts_s).argmin(axis=1)
    assert gait.sides_known
    assert np.mean(truth.sides[nearest] == gait.contacts.side) > 0.985


@pytest.mark.parametrize("seed", range(3))
def test_turns_are_found(seed):
    """Turns of 90 and -180 degrees are found with their sign, to 6 %."""
    truth, gait = walked(120.0, seed=seed, **SCRIPT)

    assert truth.turns[:, 2] == pytest.approx(gait.turns.angle_deg, rel=0.06)
    middle = (gait.turns.start_s + gait.turns.end_s) / 2
    assert truth.turns[:, :2].mean(axis=1) == pytest.approx(middle, abs=0.3)


def test_more_cadence_is_more_cadence():
    """The faster the steps, the higher the measured cadence, each to within 0.5 %."""
    pairs = [
        walked(90.0, Walker(cadence_spm=cadence), seed=2)
        for cadence in (70.0, 80.0, 90.0, 100.0, 110.0, 120.0, 130.0)
    ]
    found = [gait.measures["cadence_spm"].value for _, gait in pairs]

    assert sorted(found) == found
    assert [truth.cadence_spm for truth, _ in pairs] == pytest.approx(found, rel=0.005)


def test_the_interval_holds_the_true_cadence():
    """In most of 24 walks the true cadence lies inside its interval, which is not idle."""
    held = 0
    for seed in range(24):
        walker = Walker(cadence_spm=90.0 + 1.5 * seed)
        truth, gait = walked(60.0 + 4 * seed, walker, seed=seed)
        measure = gait.measures["cadence_spm"]
        held += measure.low <= truth.cadence_spm <= measure.high
        assert measure.high - measure.low < 0.06 * measure.value

    assert held >= 22


def test_asymmetry_shows():
    """The more a walker limps, the lower the symmetry and the larger the difference of sides."""
    limps = (0.0, 0.05, 0.1, 0.2)
    gaits = [
        walked(300.0, Walker(asymmetry=limp), Sensor(tell_placement=True), seed=1)[1]
        for limp in limps
    ]
    symmetry = [gait.measures["step_symmetry"].value for gait in gaits]
    difference = [gait.measures["step_time_asymmetry_pct"] for gait in gaits]

    assert sorted(symmetry, reverse=True) == symmetry
    assert symmetry[-1] < symmetry[0]
    for limp, measure in zip(limps, difference, strict=True):
        assert 100 * limp == pytest.approx(measure.value, abs=0.5)
        assert "own_trend" == measure.grade


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("change", [-3.0, 0.0, 3.0])
def test_drift_shows(change, seed):
    """A drift of the cadence shows, and its interval holds the true one."""
    truth, gait = walked(300.0, Walker(cadence_change_spm_per_min=change), seed=seed)
    times = truth.contacts_s
    third = len(times) // 3
    expected = (
        60 * (third - 1) * (1 / (times[-1] - times[-third]) - 1 / (times[third - 1] - times[0]))
    )

    drift = gait.measures["cadence_spm_drift"]

    assert drift.low <= expected <= drift.high
    assert expected == pytest.approx(drift.value, abs=0.5)


def test_variation_shows():
    """The more the strides of a walker vary, the higher the stride time CV."""
    found = [
        walked(300.0, Walker(stride_time_cv=cv), seed=1)[1].measures["stride_time_cv_pct"]
        for cv in (0.01, 0.02, 0.04)
    ]

    assert [1.0, 2.0, 4.0] == pytest.approx([m.value for m in found], rel=0.25)


def test_a_known_distance_scales_everything():
    """With a known distance the strides add up to it, and twice the distance is twice the speed."""
    truth = simulate_walk(120.0, seed=1)
    once = es.analyze(truth.recording, distance_m=150.0)
    twice = es.analyze(truth.recording, distance_m=300.0)

    walking = once.measures["walking_time_s"].value
    assert 150.0 / walking == pytest.approx(once.measures["speed_m_s"].value, rel=0.03)
    for name in ("speed_m_s", "step_length_m", "walk_ratio_mm_per_spm"):
        assert 2 * once.measures[name].value == pytest.approx(twice.measures[name].value)


def test_a_track_gives_the_distance():
    """An exact GPS track over the walk gives its speed to 3 %, firmly; one that is not, a trend."""
    truth = simulate_walk(200.0, seed=1)
    at = np.arange(0, 210.0)
    nothing = np.full(at.size, np.nan)
    north = np.degrees(1.2 * at / 6_371_008.8)
    east = np.full(at.size, 8.0)

    for accuracy, grade in ((4.0, "firm"), (np.nan, "own_trend")):
        told = np.full(at.size, accuracy)
        track = es.Track(at, 50 + north, east, nothing, nothing, told)
        measure = es.analyze(truth.recording, track=track).measures["speed_m_s"]

        assert 1.2 == pytest.approx(measure.value, rel=0.03)
        assert grade == measure.grade


def test_a_noisy_track_is_within_its_interval():
    """With GPS noise of 6 m and an accuracy of 8 m the true speed is inside the interval."""
    truth = simulate_walk(300.0, seed=1)
    at = np.arange(0, 310.0)
    nothing = np.full(at.size, np.nan)
    held = 0
    for seed in range(10):
        north, east = np.random.default_rng(seed).normal(0, 6, (2, at.size)) / 6_371_008.8
        latitude = 50 + np.degrees(1.2 * at / 6_371_008.8 + north)
        longitude = 8 + np.degrees(east) / np.cos(np.radians(50))
        track = es.Track(at, latitude, longitude, nothing, nothing, np.full(at.size, 8.0))
        measure = es.analyze(truth.recording, track=track).measures["speed_m_s"]
        held += measure.low <= 1.2 <= measure.high

    assert held >= 9


def test_a_walk_without_drift_seldom_shows_one():
    """Ten even minutes, with the noise of people, show a clear drift in at most 3 of 20 walks."""
    clear = 0
    for seed in range(20):
        drift = walked(600.0, seed=seed)[1].measures["cadence_spm_drift"]
        clear += not drift.low <= 0 <= drift.high

    assert clear <= 3


def test_taller_people_take_longer_strides():
    """From height, length grows with its square root."""
    truth = simulate_walk(60.0, seed=1)
    small, tall = (
        es.analyze(truth.recording, height_m=h).measures["step_length_m"] for h in (1.5, 1.8)
    )

    assert np.sqrt(1.8 / 1.5) == pytest.approx(tall.value / small.value)


@given(seed=st.integers(0, 10**6), seconds=st.floats(20, 60), cadence=st.floats(75, 130))
@FEW
def test_everything_is_used_or_explained(seed, seconds, cadence):
    """Bouts and unused stretches cover the recording but for half a second beside a bout."""
    sensor = Sensor(gaps_s=((12.0, 14.0), (25.0, 25.5)))
    truth, gait = walked(
        seconds, Walker(cadence_spm=cadence), sensor, seed=seed, stops=((10.0, 5.0),)
    )

    spans = [(u.start_s, u.end_s) for u in gait.unused]
    spans += zip(gait.bouts.start_s, gait.bouts.end_s, strict=True)
    upto = 0.0
    for start, end in [*sorted(spans), (gait.recording.duration_s,) * 2]:
        assert start - upto < 0.51
        upto = max(upto, end)
    assert truth.recording.clock.duration_s == gait.recording.duration_s


def test_contacts_bouts_and_strides_agree():
    """Bouts begin and end with contacts, and strides join contacts two apart."""
    _, gait = walked(120.0, seed=2, **SCRIPT)
    contacts, bouts, strides = gait.contacts, gait.bouts, gait.strides

    for row, (start, end, count) in enumerate(
        zip(bouts.start_s, bouts.end_s, bouts.steps, strict=True)
    ):
        mine = contacts.time_s[contacts.bout == row]
        assert (start, end, count) == (mine[0], mine[-1], mine.size)
        assert mine.size - 2 == np.count_nonzero(strides.bout == row)
    assert set(strides.start_s) | set(np.round(strides.end_s, 9)) <= set(contacts.time_s) | set(
        np.round(contacts.time_s, 9)
    )
    assert gait.measures["steps"].value == len(contacts)
    assert np.all((contacts.confidence >= 0) & (contacts.confidence <= 1))


def test_a_walker_of_any_vigour_has_the_same_rhythm():
    """Walking twice as vigorously changes the strength of movement, not the count."""
    soft, hard = (
        walked(60.0, replace(Walker(), vigour=vigour), seed=4)[1] for vigour in (0.7, 1.5)
    )

    assert len(soft.contacts) == pytest.approx(len(hard.contacts), abs=1)
    assert hard.measures["sway_vertical_m_s2"].value > soft.measures["sway_vertical_m_s2"].value


@pytest.mark.parametrize("seed", range(3))
def test_no_contact_lies_outside_the_recording(seed):
    """A recording that begins and ends in full walk has no contact before or after it."""
    truth = simulate_walk(30.0, seed=seed)
    time_s, acceleration, angular = arrays_of(truth.recording)
    for late in (-0.03, 0.0, 0.02, 0.04):
        inside = (time_s > truth.contacts_s[6] + late) & (time_s < truth.contacts_s[40] + late)
        gait = es.analyze(recording_of(time_s[inside], acceleration[inside], angular[inside]))

        assert 0 <= gait.contacts.time_s[0]
        assert gait.contacts.time_s[-1] <= gait.recording.duration_s
        assert 34 == pytest.approx(len(gait.contacts), abs=1)
