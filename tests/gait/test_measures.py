"""Measures are their definitions, computed here directly and compared."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.gait.catalogue import CATALOGUE, DRIFTING
from evenstride.gait.features import FEATURE_NAMES
from evenstride.gait.measures import measure_walk
from evenstride.gait.steps import Steps
from evenstride.gait.strides import paces

from .helpers import BACK, NO_TURNS, steps_at, uneven_times, walked_steps


def random_walk(seed: int, count: int = 300):
    """Contacts with random features, lengths and lean."""
    rng = np.random.default_rng(seed)
    features = rng.uniform(0.5, 2.0, (count, len(FEATURE_NAMES))).astype(np.float32)
    for name in ("like_next", "like_second"):
        features[:, FEATURE_NAMES.index(name)] *= 0.2
    steps = steps_at(uneven_times(count, seed=seed), features=features)
    length = rng.normal(1.4, 0.1, count)
    lean = rng.normal([3.0, -1.0], 0.5, (count, 2))
    return walked_steps(steps, length, lean)


def value(walked, name, **changes):
    """The value of one measure."""
    return measure_walk(walked, replace(BACK, **changes))[name].value


def test_every_measure_and_drift_is_there():
    """Every name of the catalogue is measured, and the drift of each that can drift."""
    measures = measure_walk(random_walk(0), BACK)

    assert [*CATALOGUE, *(f"{name}_drift" for name in DRIFTING)] == list(measures)
    for name, measure in measures.items():
        assert CATALOGUE[name.removesuffix("_drift")].unit == measure.unit
        assert measure.low <= measure.value <= measure.high, name


@given(seed=st.integers(0, 999))
@settings(max_examples=15)
def test_formulas(seed):
    """Cadence, speed, length, walk ratio, variation and asymmetry equal direct computation."""
    walked = random_walk(seed)
    pace, side = walked.paces, walked.side
    step, stride = pace.step_s[pace.inner_step], pace.stride_s[pace.inner_stride]
    feet = [pace.step_s[pace.inner_step & (side == foot)] for foot in (-1, 1)]
    length, time = walked.length_m[pace.steady], pace.stride_s[pace.steady]
    pooled = sum((len(f) - 1) * f.var(ddof=1) for f in feet) / (len(step) - 2)
    cadence = 120 / time.mean()
    expected = {
        "steps": 300,
        "walking_time_s": np.ptp(walked.steps.time_s),
        "cadence_spm": 60 / step.mean(),
        "speed_m_s": length.sum() / time.sum(),
        "step_length_m": length.mean() / 2,
        "walk_ratio_mm_per_spm": 1000 * length.mean() / 2 / cadence,
        "stride_time_cv_pct": 100 * stride.std(ddof=1) / stride.mean(),
        "step_time_cv_pct": 100 * np.sqrt(pooled) / step.mean(),
        "step_time_asymmetry_pct": 200
        * abs(feet[0].mean() - feet[1].mean())
        / (feet[0].mean() + feet[1].mean()),
        "pitch_deg": walked.lean_deg[pace.inner_stride, 0].mean(),
        "roll_deg": walked.lean_deg[pace.inner_stride, 1].mean(),
    }

    for name, number in expected.items():
        assert number == pytest.approx(value(walked, name), rel=1e-6), name


@given(seed=st.integers(0, 999))
@settings(max_examples=15)
def test_means_and_ratios_of_features(seed):
    """Means run over inner steps or strides; regularity and symmetry are ratios of sums."""
    walked = random_walk(seed)
    pace = walked.paces

    def total(name, used):
        return walked.steps.features[used, FEATURE_NAMES.index(name)].astype(float).sum()

    step, stride = pace.inner_step, pace.inner_stride
    pair = step & np.append(step[1:], False)
    triple = pair & np.append(step[2:], [False, False])
    regular = total("like_next", pair) / total("energy_next", pair)
    over_strides = total("like_next", triple) / total("energy_next", triple)
    second = total("like_second", triple) / total("energy_second", triple)
    expected = {
        "step_regularity": regular,
        "stride_regularity": second,
        "step_symmetry": min(over_strides / second, 1.0),
        "impact_peak_m_s2": total("impact", step) / step.sum(),
        "vertical_range_m_s2": total("range", step) / step.sum(),
        "harmonic_ratio_vertical": total("harmonics_up", stride) / stride.sum(),
        "smoothness_sparc": total("arc", stride) / stride.sum(),
        "sway_sideways_m_s2": total("rms_left", stride) / stride.sum(),
    }

    for name, number in expected.items():
        assert number == pytest.approx(value(walked, name), rel=1e-6), name


@given(gain=st.floats(1.001, 1.2))
def test_drift_is_last_third_less_first(gain):
    """The drift of a measure is its value in the last third less that in the first."""
    times = np.cumsum(np.linspace(0.6, 0.6 / gain, 400))
    walked = walked_steps(steps_at(times))
    step = walked.paces.step_s[walked.paces.inner_step]
    third = len(step) // 3

    found = measure_walk(walked, BACK)["cadence_spm_drift"]

    assert 60 / step[-third:].mean() - 60 / step[:third].mean() == pytest.approx(found.value)
    assert found.low <= found.value <= found.high
    assert 2 * third == found.n


def test_swapping_the_feet_changes_nothing():
    """Asymmetry and variation do not depend on which foot is called left."""
    walked = random_walk(3)
    other = replace(walked, side=-walked.side)

    for name in ("step_time_asymmetry_pct", "step_time_cv_pct"):
        assert value(walked, name) == pytest.approx(value(other, name))


def test_a_limp_shows():
    """Steps of 0.5 and 0.6 s in turn differ by 18 %, and do not vary."""
    times = np.cumsum(np.where(np.arange(500) % 2 == 0, 0.5, 0.6))
    measures = measure_walk(walked_steps(steps_at(times)), BACK)

    assert 200 * 0.1 / 1.1 == pytest.approx(measures["step_time_asymmetry_pct"].value)
    assert 0 == pytest.approx(measures["step_time_cv_pct"].value, abs=1e-4)
    assert 0 == pytest.approx(measures["stride_time_cv_pct"].value, abs=1e-4)


def test_without_steps_everything_is_absent():
    """Without a single step every measure is absent with the same reason, none is zero."""
    measures = measure_walk(walked_steps(Steps.none()), BACK)

    assert {None} == {m.value for m in measures.values()}
    assert {"No walking was found in this recording."} == {m.reason for m in measures.values()}
    assert {"not_usable"} == {m.grade for m in measures.values()}


@pytest.mark.parametrize("count", [3, 4, 5, 6, 8, 12])
def test_a_handful_of_steps_makes_no_trouble(count):
    """A few steps give absent or wide measures, never NaN, and no warning."""
    for measure in measure_walk(walked_steps(steps_at(uneven_times(count))), BACK).values():
        numbers = [n for n in (measure.value, measure.low, measure.high) if n is not None]
        assert len(numbers) in (0, 3)
        assert np.isfinite(numbers).all()
        assert measure.reason


def test_a_week_has_no_drift():
    """Over more than six hours first and last third are not one walk."""
    times = np.cumsum(np.full(60, 0.5)) + np.repeat([0.0, 7 * 3600.0], 30)
    found = measure_walk(walked_steps(steps_at(times, np.repeat([0, 1], 30))), BACK)

    assert "longer than one walk" in found["cadence_spm_drift"].reason
    assert found["cadence_spm_drift"].value is None


def test_doubtful_contacts_widen_the_count():
    """The interval of the count is wider where contacts are doubtful."""
    sure = measure_walk(walked_steps(steps_at(uneven_times(100), odds=6.0)), BACK)["steps"]
    doubtful = measure_walk(walked_steps(steps_at(uneven_times(100), odds=0.0)), BACK)["steps"]

    assert sure.value == doubtful.value == 100
    assert doubtful.low < sure.low <= 100 <= sure.high < doubtful.high


def test_pauses_are_no_walking_time():
    """Time walking is the sum of the bouts, without the pause between them."""
    times = np.r_[np.arange(20) * 0.5, 60 + np.arange(20) * 0.5]
    steps = steps_at(times, np.repeat([0, 1], 20))

    assert 19.0 == pytest.approx(value(walked_steps(steps), "walking_time_s"))
    assert 19.0 == pytest.approx(np.nansum(paces(steps, NO_TURNS).step_s))


def test_feet_that_are_not_sure_do_not_count():
    """The difference of the sides rests on the steps whose feet are sure only."""
    walked = random_walk(5)
    half = replace(walked, sure=np.arange(300) < 150)
    used = walked.paces.inner_step & half.sure
    feet = [walked.paces.step_s[used & (walked.side == foot)].mean() for foot in (-1, 1)]

    measure = measure_walk(half, BACK)["step_time_asymmetry_pct"]

    assert np.count_nonzero(used) == measure.n
    assert 200 * abs(feet[0] - feet[1]) / sum(feet) == pytest.approx(measure.value)


@pytest.mark.parametrize(("longer_s", "small"), [(0.0, True), (0.010, True), (0.04, False)])
def test_a_small_difference_is_not_told_from_none(longer_s, small):
    """A difference below 20 ms says that it cannot be told from none."""
    times = np.cumsum(np.where(np.arange(600) % 2 == 0, 0.55, 0.55 + longer_s))
    measure = measure_walk(walked_steps(steps_at(times)), BACK)["step_time_asymmetry_pct"]

    assert small == (measure.reason == "So small a difference cannot be told from none.")


def test_symmetry_is_shown_within_its_limits():
    """A symmetry above one, as chance makes it, is shown as one, with its interval."""
    features = np.ones((300, len(FEATURE_NAMES)), np.float32)
    features[:, FEATURE_NAMES.index("like_second")] = 0.9
    measure = measure_walk(walked_steps(steps_at(uneven_times(300), features=features)), BACK)

    assert 1.0 == measure["step_symmetry"].value == measure["step_symmetry"].high


@pytest.mark.parametrize(("count", "grade"), [(450, "not_usable"), (700, "own_trend")])
def test_a_drift_needs_as_much_in_each_third(count, grade):
    """The drift of a variation is usable only where each third has enough strides for one."""
    walked = walked_steps(steps_at(uneven_times(count)))
    found = measure_walk(walked, BACK)
    drift = found["stride_time_cv_pct_drift"]

    assert "own_trend" == found["stride_time_cv_pct"].grade
    assert grade == drift.grade
    assert ("It needs 200" in drift.reason) == (grade == "not_usable")


@pytest.mark.parametrize(("placement", "off"), [("waist", 0.065), ("bag", 0.2), (None, 0.2)])
def test_length_from_height_is_rougher_elsewhere(placement, off):
    """Away from the back or waist the interval of a length from height is three times as wide."""
    found = measure_walk(random_walk(1), replace(BACK, placement=placement))["step_length_m"]

    assert 1.96 * off == pytest.approx((found.high - found.value) / found.value, rel=0.05)
