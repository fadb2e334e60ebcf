"""The honesty rules of the method, each on a whole walk.

What cannot be measured is absent with a reason, and what is shown carries how sure it is.
"""

from functools import cache

import numpy as np
import pytest

import evenstride as es
from evenstride.errors import OptionError, UnusableRecording
from evenstride.testing import Sensor, Walker, simulate, simulate_walk

from .helpers import GRAVITY, arrays_of, recording_of, walked

RHYTHM = {"steps", "walking_time_s", "cadence_spm"}
DISTANCE = {"speed_m_s", "step_length_m", "walk_ratio_mm_per_spm"}
TIMING = {"step_time_asymmetry_pct", "step_time_cv_pct", "stride_time_cv_pct"}
LIKENESS = {"step_regularity", "stride_regularity", "step_symmetry"}
LEAN = {"pitch_deg", "roll_deg"}
BACK = Sensor(tell_placement=True)


def there(gait: es.Gait) -> set[str]:
    """Names of the measures that have a value, drifts aside."""
    return {
        name
        for name, measure in gait.measures.items()
        if measure.value is not None and not name.endswith("_drift")
    }


@cache
def leaning(pitch_deg: float = 0.0, roll_deg: float = 0.0, stand_s: float = 12.0):
    """Arrays of somebody who stands upright, then walks leaning (sensor x forward, y left)."""
    truth = simulate_walk(60.0, stand_s=stand_s, seed=1)
    time_s, acceleration, angular = arrays_of(truth.recording)
    share = np.clip(np.minimum(time_s - stand_s, time_s[-1] - stand_s - time_s), 0, 1)
    pitch, roll = np.radians(pitch_deg) * share, np.radians(roll_deg) * share
    x, y, z = acceleration.T
    x, z = x * np.cos(pitch) - z * np.sin(pitch), x * np.sin(pitch) + z * np.cos(pitch)
    y, z = y * np.cos(roll) + z * np.sin(roll), z * np.cos(roll) - y * np.sin(roll)
    return time_s, np.column_stack([x, y, z]), angular


def test_twenty_steps_tell_no_symmetry():
    """From a walk of some twenty steps nothing about the evenness of the sides is usable."""
    _, gait = walked(12.0, sensor=BACK, seed=1)

    assert 15 < len(gait.contacts) < 25
    for name in ("step_symmetry", "step_time_asymmetry_pct", "step_time_cv_pct"):
        assert "not_usable" == gait.measures[name].grade
        assert gait.measures[name].reason


@pytest.mark.parametrize(("seconds", "grade"), [(90.0, "not_usable"), (150.0, "own_trend")])
def test_asymmetry_needs_a_hundred_strides_a_side(seconds, grade):
    """The difference of the sides is usable from a hundred steps of each foot."""
    _, gait = walked(seconds, sensor=BACK, seed=1)
    measure = gait.measures["step_time_asymmetry_pct"]

    assert grade == measure.grade
    assert (measure.n >= 200) == (grade == "own_trend")


@pytest.mark.parametrize(("seconds", "grade"), [(100.0, "not_usable"), (150.0, "own_trend")])
def test_variation_needs_200_strides(seconds, grade):
    """Stride time CV is usable from 200 clean strides."""
    _, gait = walked(seconds, seed=1)
    measure = gait.measures["stride_time_cv_pct"]

    assert grade == measure.grade
    assert (measure.n >= 200) == (grade == "own_trend")


def test_a_limp_in_a_short_walk_is_not_usable():
    """A large difference of the sides in fifty steps is shown, with its interval, not usable."""
    _, gait = walked(30.0, Walker(asymmetry=0.2), BACK, seed=1)
    measure = gait.measures["step_time_asymmetry_pct"]

    assert measure.value is not None
    assert "not_usable" == measure.grade


def test_no_lean_without_standing():
    """Without quiet standing before the walk and without a reference there is no lean."""
    gait = es.analyze(simulate_walk(60.0, sensor=BACK, stand_s=0.0, seed=1).recording)

    for name in LEAN:
        assert gait.measures[name].value is None
        assert "standing" in gait.measures[name].reason


def test_no_lean_from_a_rest_worn_otherwise():
    """A rest before the walk with the phone lying flat is no standing reference."""
    truth = simulate([("lying", 20.0), ("walking", 60.0)], sensor=BACK, seed=1)

    assert LEAN.isdisjoint(there(es.analyze(truth.recording)))


@pytest.mark.parametrize(("pitch", "roll"), [(0.0, 0.0), (10.0, 0.0), (0.0, 5.0), (-6.0, -4.0)])
def test_lean_against_standing(pitch, roll):
    """Lean is that from the person's own standing, forward and right positive, with its error."""
    gait = es.analyze(recording_of(*leaning(pitch, roll), placement="lower back"))

    for name, truth in (("pitch_deg", pitch), ("roll_deg", roll)):
        measure = gait.measures[name]
        assert truth == pytest.approx(measure.value, abs=1.5)
        assert measure.low <= truth <= measure.high
        assert measure.high - measure.low > 3.9  # the reference itself is off by a degree
        assert "own_trend" == measure.grade


def test_lean_against_a_standing_recording():
    """A recording of standing serves where the walk itself begins without a rest."""
    time_s, acceleration, angular = leaning(8.0)
    walk = (time_s > 14) & (time_s < 70)
    stand = time_s < 11

    gait = es.analyze(
        recording_of(time_s[walk], acceleration[walk], angular[walk], placement="lower back"),
        standing=recording_of(time_s[stand], acceleration[stand]),
    )

    assert 8.0 == pytest.approx(gait.measures["pitch_deg"].value, abs=1.5)


def test_no_lean_from_gravity_that_depends_on_position():
    """A phone that reads 9.81 lying flat and 7 upright gives rhythm but no lean."""
    truth = simulate([("lying", 20.0), ("standing", 15.0), ("walking", 60.0)], seed=1)
    time_s, acceleration, angular = arrays_of(truth.recording)
    wrong = acceleration * np.array([1.0, 1.0, 7.0 / GRAVITY])

    good = es.analyze(recording_of(time_s, acceleration, angular, placement="lower back"))
    bad = es.analyze(recording_of(time_s, wrong, angular, placement="lower back"))

    assert there(good) >= LEAN
    assert LEAN.isdisjoint(there(bad))
    assert "cannot be trusted" in bad.measures["pitch_deg"].reason
    assert good.measures["cadence_spm"].value == pytest.approx(
        bad.measures["cadence_spm"].value, rel=0.01
    )


@pytest.mark.parametrize("told", [False, None], ids=["told", "seen"])
def test_without_gravity_rhythm_but_never_lean(told):
    """Linear acceleration gives the rhythm of the walk, never lean, and says why."""
    truth = simulate_walk(60.0, sensor=Sensor(gravity_included=False), stand_s=10.0, seed=1)
    gait = es.analyze(recording_of(*arrays_of(truth.recording), gravity_included=told))

    assert not gait.recording.gravity_included
    assert truth.cadence_spm == pytest.approx(gait.measures["cadence_spm"].value, rel=0.005)
    assert LEAN.isdisjoint(there(gait))
    assert "no gravity" in gait.measures["pitch_deg"].reason


@pytest.mark.parametrize("rate", [10.0, 15.0, 19.0])
def test_below_20_hz_is_refused(rate):
    """Fewer than 20 samples a second are refused."""
    with pytest.raises(UnusableRecording, match="at least 20"):
        es.analyze(simulate_walk(60.0, sensor=Sensor(rate_hz=rate)).recording)


@pytest.mark.parametrize("rate", [20.0, 25.0, 32.0])
def test_from_20_to_40_hz_rhythm_only(rate):
    """From 20 to 40 Hz only steps, walking time and cadence are told."""
    _, gait = walked(60.0, sensor=Sensor(rate_hz=rate), seed=1, height_m=1.7)

    assert RHYTHM == there(gait)
    assert "40 or more" in gait.measures["stride_time_cv_pct"].reason


def test_a_web_page_gives_timing_and_symmetry_only():
    """At 60 Hz in steps of 0.1 m/s2 rhythm, distance, timing and likeness are told."""
    truth = simulate_walk(60.0, sensor=Sensor(rate_hz=60.0), stand_s=10.0, seed=1)
    time_s, acceleration, angular = arrays_of(truth.recording)

    rounded = recording_of(time_s, np.round(acceleration, 1), angular, placement="lower back")
    gait = es.analyze(rounded, height_m=1.7)

    assert RHYTHM | DISTANCE | TIMING | LIKENESS == there(gait)
    assert any("rounded to 0.1" in warning for warning in gait.recording.warnings)
    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), abs=2)


@pytest.mark.parametrize(
    ("sensor", "given"),
    [
        (Sensor(), False),
        (Sensor(tell_placement=True), True),
        (Sensor(rate_hz=200.0, tell_placement=True), True),
        (Sensor(rate_hz=50.0, tell_placement=True), False),
        (Sensor(rate_hz=86.2, tell_placement=True), False),
        (Sensor(placement="front pocket"), False),
        (Sensor(placement="front pocket", tell_placement=True), False),
        (Sensor(placement="hand", tell_placement=True), False),
        (Sensor(placement="bag", tell_placement=True), False),
    ],
    ids=lambda value: f"{value.placement} {value.rate_hz:g}" if isinstance(value, Sensor) else "",
)
def test_impact_from_100_hz_and_a_firm_mount(sensor, given):
    """A jolt is told from 100 Hz and a sensor at the back or waist only."""
    _, gait = walked(60.0, sensor=sensor, seed=1)
    measure = gait.measures["impact_peak_m_s2"]

    assert given == (measure.value is not None)
    assert measure.reason


def test_a_thigh_pocket_has_no_posture_and_no_sides():
    """From a thigh neither lean nor symmetry nor left and right are told."""
    sensor = Sensor(placement="front pocket")
    _, gait = walked(120.0, sensor=sensor, seed=1, stand_s=10.0)

    assert "thigh" == gait.recording.placement_seen
    assert (LEAN | {"step_symmetry", "step_time_asymmetry_pct"}).isdisjoint(there(gait))
    assert not gait.sides_known
    assert {0} == set(gait.contacts.side.tolist())


def test_speed_needs_height_or_distance():
    """Without height and distance speed is absent; from height a trend; from distance firm."""
    truth = simulate_walk(60.0, seed=1)
    unknown, rough, firm = (
        es.analyze(truth.recording, **told).measures["speed_m_s"]
        for told in ({}, {"height_m": 1.7}, {"distance_m": 70.0})
    )

    assert unknown.value is None
    assert "height or a known distance" in unknown.reason
    assert "own_trend" == rough.grade
    assert "firm" == firm.grade
    assert rough.high - rough.low > 0.2 * rough.value
    assert firm.high - firm.low < 0.1 * firm.value


@pytest.mark.parametrize(
    "sensor",
    [
        Sensor(),
        Sensor(rate_hz=25.0),
        Sensor(placement="front pocket", gyroscope=False),
        Sensor(gravity_included=False),
        Sensor(placement="hand", tell_placement=True, lost_fraction=0.2),
    ],
    ids=["back", "slow", "pocket", "linear", "hand"],
)
@pytest.mark.parametrize("seconds", [7.0, 20.0, 200.0])
def test_every_measure_says_how_sure_it_is(sensor, seconds):
    """Every measure has interval, grade, reason and n, or is absent with a reason, never 0."""
    _, gait = walked(seconds, sensor=sensor, seed=2)

    for name, measure in gait.measures.items():
        assert measure.reason.endswith("."), name
        if measure.value is None:
            assert (None, None) == (measure.low, measure.high), name
            assert "not_usable" == measure.grade, name
        else:
            assert np.isfinite([measure.low, measure.value, measure.high]).all(), name
            assert measure.low <= measure.value <= measure.high, name
            assert measure.n > 0, name
            assert measure.grade in {"firm", "own_trend", "not_usable"}, name


def test_every_unused_stretch_has_a_reason():
    """Rests, gaps and other movement are listed with a reason of their own."""
    script = [("standing", 20.0), ("walking", 60.0), ("handling", 60.0), ("sitting", 40.0)]
    truth = simulate(script, sensor=Sensor(gaps_s=((40.0, 45.0),)), seed=2)
    gait = es.analyze(truth.recording)

    reasons = {item.reason for item in gait.unused}
    assert any("Resting" in reason for reason in reasons)
    assert any("No samples" in reason for reason in reasons)
    assert any("Movement" in reason for reason in reasons)
    assert all(reason.endswith(".") for reason in reasons)


def test_lost_samples_lower_the_grade():
    """With more than 5 % of the samples lost nothing is firm, and the share is told."""
    _, gait = walked(60.0, sensor=Sensor(lost_fraction=0.1), seed=1)

    for name in RHYTHM:
        assert "own_trend" == gait.measures[name].grade
        assert "missing" in gait.measures[name].reason


def test_standing_worn_otherwise_gives_no_lean():
    """A standing recording with the sensor turned by 90 degrees gives no lean and says why."""
    time_s, acceleration, angular = leaning(0.0)
    walk, stand = (time_s > 14) & (time_s < 70), time_s < 11
    walking = recording_of(time_s[walk], acceleration[walk], angular[walk], placement="lower back")
    turned = acceleration[stand] @ np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])

    good = es.analyze(walking, standing=recording_of(time_s[stand], acceleration[stand]))
    bad = es.analyze(walking, standing=recording_of(time_s[stand], turned))

    assert there(good) >= LEAN
    assert LEAN.isdisjoint(there(bad))
    for name in LEAN:
        assert "sat differently" in bad.measures[name].reason


def test_a_standing_recording_without_gravity_is_refused():
    """Standing recorded without gravity cannot show how somebody stands, and that is said."""
    time_s, acceleration, _ = leaning(0.0)
    stand = time_s < 11
    nothing = recording_of(
        time_s[stand], acceleration[stand] - [0, 0, GRAVITY], gravity_included=False
    )

    with pytest.raises(UnusableRecording, match="no gravity"):
        es.analyze(recording_of(time_s, acceleration), standing=nothing)


@pytest.mark.parametrize("metres", [5.0, 300.0, 5000.0])
def test_an_impossible_distance_is_refused(metres):
    """A distance that a minute of walking cannot have is refused with the speed it means."""
    truth = simulate_walk(60.0, seed=1)

    with pytest.raises(OptionError, match="does not fit"):
        es.analyze(truth.recording, distance_m=metres)
    assert es.analyze(truth.recording, distance_m=70.0).measures["speed_m_s"].value > 1


@pytest.mark.parametrize("place", ["bag", "hand", "front pocket", "lower back"])
def test_an_unknown_place_shows_no_jolt_lean_or_asymmetry(place):
    """A sensor nobody said the place of, as in a purse, shows no jolt, lean or asymmetry."""
    _, gait = walked(120.0, sensor=Sensor(placement=place), seed=1, stand_s=10.0)
    names = LEAN | {"impact_peak_m_s2", "step_time_asymmetry_pct"}

    assert names.isdisjoint(there(gait))
    assert {f"{name}_drift" for name in names}.isdisjoint(
        name for name, measure in gait.measures.items() if measure.value is not None
    )
    assert there(gait) >= RHYTHM


def test_without_a_gyroscope_turns_are_said_to_be_in():
    """Without a gyroscope the timing measures say that turns could not be left out."""
    _, without = walked(150.0, sensor=Sensor(gyroscope=False, tell_placement=True), seed=1)
    _, gait = walked(150.0, sensor=BACK, seed=1)

    assert "turns could not be left out" in without.measures["stride_time_cv_pct"].reason
    assert "turns" not in gait.measures["stride_time_cv_pct"].reason
