"""The honesty rules, one by one."""

from dataclasses import replace

import pytest

from evenstride.gait.catalogue import CATALOGUE
from evenstride.gait.grades import cannot, grade_of, too_few

from .helpers import BACK

RHYTHM = {"steps", "walking_time_s", "cadence_spm"}
DISTANCE = {"speed_m_s", "step_length_m", "walk_ratio_mm_per_spm"}
LEAN = {"pitch_deg", "roll_deg"}
FORWARD = {n for n in CATALOGUE if n.endswith(("_forward", "_sideways"))} | {
    "sway_forward_m_s2",
    "sway_sideways_m_s2",
}
TIMING = {"step_time_asymmetry_pct", "step_time_cv_pct", "stride_time_cv_pct"}
LIKENESS = {"step_regularity", "stride_regularity", "step_symmetry"}


def absent(**changes: object) -> set[str]:
    """Names of the measures that cannot be given in a situation."""
    return {name for name in CATALOGUE if cannot(name, replace(BACK, **changes)) is not None}


def test_the_best_case_has_everything():
    """A good sensor at the back of a person of known height can tell every measure."""
    assert set() == absent()


def test_below_40_hz_only_the_rhythm():
    """From 20 to 40 Hz only steps, walking time and cadence are told."""
    assert set(CATALOGUE) - RHYTHM == absent(rate_hz=25.0)
    assert {"impact_peak_m_s2"} == absent(rate_hz=40.0)


def test_browser_data_gives_timing_and_symmetry_only():
    """Values in steps of 0.1 m/s2 give rhythm, distance, timing and likeness, nothing else."""
    assert set(CATALOGUE) - RHYTHM - DISTANCE - TIMING - LIKENESS == absent(
        quantised=True, rate_hz=60.0
    )


@pytest.mark.parametrize(("rate", "there"), [(94.0, False), (96.0, True), (400.0, True)])
def test_impact_needs_100_hz(rate, there):
    """A jolt needs 100 Hz, or a clock that runs a little slow."""
    assert there == ("impact_peak_m_s2" not in absent(rate_hz=rate))


@pytest.mark.parametrize(
    ("placement", "seen", "there"),
    [
        ("lower back", "trunk", True),
        ("waist", "trunk", True),
        (None, "trunk", False),
        (None, "thigh", False),
        (None, None, False),
        ("front pocket", "thigh", False),
        ("back pocket", "thigh", False),
        ("hand", "trunk", False),
        ("bag", "trunk", False),
        ("wrist", "trunk", False),
        ("foot", "trunk", False),
    ],
)
def test_impact_needs_a_firm_mount(placement, seen, there):
    """A jolt is told only where the sensor is known to be at the back or waist."""
    assert there == ("impact_peak_m_s2" not in absent(placement=placement, seen=seen))


@pytest.mark.parametrize("placement", ["front pocket", "back pocket", "hand", "bag", "wrist"])
def test_symmetry_is_not_told_from_one_side(placement):
    """A sensor on one side sees the sides unlike in everybody."""
    assert "step_symmetry" in absent(placement=placement)
    assert "step_symmetry" in absent(placement=None, seen="thigh")


def test_sides_and_directions_must_be_sure():
    """No asymmetry without sure sides, no lean and nothing sideways without forward."""
    assert {"step_time_asymmetry_pct"} == absent(sides_known=False)
    assert FORWARD | LEAN == absent(forward_sure=False)


def test_distance_needs_height_or_distance():
    """Speed and length are absent without a height and without a distance."""
    assert DISTANCE == absent(height_known=False)
    assert set() == absent(height_known=False, known_distance="told")
    assert set() == absent(height_known=False, known_distance="track")


def test_lean_says_its_own_trouble():
    """The trouble with lean is the reason that is given."""
    assert LEAN == absent(lean_trouble="Because.")
    assert "Because." == cannot("pitch_deg", replace(BACK, lean_trouble="Because."))


@pytest.mark.parametrize(
    ("name", "need"),
    [
        ("step_symmetry", 20),
        ("step_time_asymmetry_pct", 200),
        ("step_time_cv_pct", 400),
        ("stride_time_cv_pct", 200),
    ],
)
def test_too_few_is_not_usable(name, need):
    """Below its number of events a measure is shown but not usable; from it on a trend."""
    assert "not_usable" == grade_of(name, BACK, need - 1)[0]
    assert str(need) in grade_of(name, BACK, need - 1)[1]
    assert "own_trend" == grade_of(name, BACK, need)[0]


@pytest.mark.parametrize("name", sorted(RHYTHM))
def test_the_rhythm_is_firm(name):
    """Rhythm is firm, but not with 5 % of the samples lost or from a loose sensor."""
    assert "firm" == grade_of(name, BACK, 500)[0]
    assert "firm" == grade_of(name, replace(BACK, placement="front pocket"), 500)[0]
    assert "own_trend" == grade_of(name, replace(BACK, lost_fraction=0.06), 500)[0]
    for placement in ("hand", "bag", "wrist", "foot"):
        assert "own_trend" == grade_of(name, replace(BACK, placement=placement), 500)[0]


@pytest.mark.parametrize("name", sorted(RHYTHM))
def test_the_rhythm_needs_20_steps_to_be_firm(name):
    """From fewer than 20 steps count, time and cadence are a trend that says so."""
    assert "own_trend" == grade_of(name, BACK, 19)[0]
    assert "only 19 steps" in grade_of(name, BACK, 19)[1]
    assert "firm" == grade_of(name, BACK, 20)[0]


@pytest.mark.parametrize("seen", ["trunk", "thigh", None])
def test_an_unknown_placement_tells_no_jolt_lean_or_asymmetry(seen):
    """Where nobody said where the sensor was, jolt, lean and asymmetry are absent and say so."""
    names = LEAN | {"impact_peak_m_s2", "step_time_asymmetry_pct"}

    assert names <= absent(placement=None, seen=seen)
    for name in names:
        assert "Nobody said where" in cannot(name, replace(BACK, placement=None, seen=seen))


@pytest.mark.parametrize("name", sorted(TIMING))
def test_timing_without_a_gyroscope_says_that_turns_are_in(name):
    """Without a gyroscope the reasons of the timing measures say turns could not be left out."""
    assert "turns" in grade_of(name, replace(BACK, turns_known=False), 500)[1]
    assert "turns" not in grade_of(name, BACK, 500)[1]


@pytest.mark.parametrize("name", sorted(DISTANCE))
def test_a_rough_track_is_a_trend(name):
    """A track whose distance is off by 5 % or more gives a trend, one nearer a firm value."""
    fine = replace(BACK, known_distance="track", distance_error=0.03)
    rough = replace(BACK, known_distance="track", distance_error=0.06)

    assert "firm" == grade_of(name, fine, 500)[0]
    assert "own_trend" == grade_of(name, rough, 500)[0]


@pytest.mark.parametrize("name", ["step_symmetry", "stride_time_cv_pct"])
def test_too_few_says_the_number(name):
    """What a measure needs is told with what there was, and nothing is said where it suffices."""
    assert "there were 7" in too_few(name, 7)
    assert too_few(name, 1000) is None
    assert too_few("cadence_spm", 1) is None


@pytest.mark.parametrize("name", sorted(DISTANCE))
def test_a_known_distance_makes_speed_firm(name):
    """Speed and length are firm with a known distance, a trend from height."""
    assert "own_trend" == grade_of(name, BACK, 500)[0]
    assert "firm" == grade_of(name, replace(BACK, known_distance="told"), 500)[0]
    assert "firm" == grade_of(name, replace(BACK, known_distance="track"), 500)[0]


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_grade_has_a_reason_in_words(name):
    """Every reason is a sentence: it begins like one and ends with a full stop."""
    situations = [
        BACK,
        replace(BACK, rate_hz=25.0),
        replace(BACK, quantised=True),
        replace(BACK, placement=None, seen="thigh", height_known=False),
        replace(BACK, placement=None),
        replace(BACK, lost_fraction=0.2, sides_known=False, forward_sure=False),
    ]
    for situation in situations:
        for n in (3, 5000):
            reason = cannot(name, situation) or grade_of(name, situation, n)[1]
            assert not reason[0].islower()
            assert reason.endswith(".")
