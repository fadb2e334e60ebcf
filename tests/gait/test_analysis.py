"""The front door: what may be asked, what is refused, and what the document says."""

import json
from pathlib import Path

import numpy as np
import pytest

import evenstride as es
from evenstride.errors import OptionError, UnusableRecording
from evenstride.gait.catalogue import CATALOGUE, DRIFTING
from evenstride.testing import Sensor, simulate, simulate_walk

from .helpers import GRAVITY, arrays_of, recording_of, walked

DEMO = Path(es.__file__).parent / "demo_data"

DOCUMENT = {
    "schema": str,
    "recording": ("format", "placement", "rate_hz", "duration_s", "lost_fraction", "warnings"),
    "bouts": ("start_s", "end_s"),
    "contacts": ("time_s", "side", "confidence"),
    "strides": ("start_s", "end_s", "side", "length_m", "speed_m_s"),
    "measures": ("value", "low", "high", "unit", "grade", "reason", "n"),
    "unused": ("start_s", "end_s", "reason"),
}
"""The keys that the design promises."""


def check_document(text: str) -> dict:
    """Parse a document strictly and check the keys and values that the design promises."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} in JSON")

    document = json.loads(text, parse_constant=refuse)
    assert set(document) >= set(DOCUMENT)
    assert "evenstride/gait/1" == document["schema"]
    assert set(document["recording"]) >= set(DOCUMENT["recording"])
    for table in ("bouts", "contacts", "strides", "unused"):
        for row in document[table]:
            assert set(row) >= set(DOCUMENT[table])
    assert {"steps", "cadence_spm", "speed_m_s", "step_length_m"} <= set(document["measures"])
    for measure in document["measures"].values():
        assert set(DOCUMENT["measures"]) == set(measure)
        assert measure["grade"] in {"firm", "own_trend", "not_usable"}
    assert {row["side"] for row in document["contacts"]} <= {"left", "right", None}
    return document


@pytest.fixture(scope="module")
def lower_back() -> es.Gait:
    """The shipped lower-back walk."""
    return es.analyze(es.read(DEMO / "lower_back_walk.csv.gz"), height_m=1.75)


@pytest.fixture(scope="module")
def daily_life() -> es.Gait:
    """The shipped daily-life trial."""
    return es.analyze(es.read(DEMO / "daily_life_trial.csv.gz"))


def test_the_real_walk_is_three_walks(lower_back):
    """The shipped lower-back recording holds three walks at 90 to 105 steps a minute.

    Some steps right after the sensor was handled may make a short bout of their own.
    """
    expected = [(38, 53), (65, 91), (124, 154)]

    long = lower_back.bouts.select(lower_back.bouts.steps > 10)
    assert 3 == len(long)
    assert 1 >= len(lower_back.bouts) - len(long)
    for (start, end), first, last in zip(expected, long.start_s, long.end_s, strict=True):
        assert start == pytest.approx(first, abs=2)
        assert end == pytest.approx(last, abs=2)
    cadence = lower_back.measures["cadence_spm"]
    assert 90 < cadence.low < cadence.value < cadence.high < 105
    assert "firm" == cadence.grade
    assert 0.6 < lower_back.measures["speed_m_s"].value < 1.6
    assert 0.4 < lower_back.measures["step_length_m"].value < 0.9


def test_the_real_walk_follows_the_rules(lower_back):
    """At 50 Hz there is no impact; from about a hundred steps no variability is usable."""
    assert "samples a second" in lower_back.measures["impact_peak_m_s2"].reason
    assert lower_back.measures["impact_peak_m_s2"].value is None
    assert "not_usable" == lower_back.measures["stride_time_cv_pct"].grade
    assert "not_usable" == lower_back.measures["step_time_asymmetry_pct"].grade
    assert "trunk" == lower_back.recording.placement_seen


def test_the_daily_life_trial_is_plausible(daily_life):
    """The shipped daily-life trial has several bouts of walking, sides, turns, and rests."""
    assert 3 <= len(daily_life.bouts) <= 15
    assert 60 < daily_life.measures["cadence_spm"].value < 130
    assert 20 < daily_life.measures["walking_time_s"].value < 100
    assert daily_life.recording.gyroscope
    assert len(daily_life.turns) > 0
    assert daily_life.measures["speed_m_s"].value is None


@pytest.mark.parametrize("name", ["lower_back", "daily_life"])
def test_the_document_has_the_promised_keys(name, request):
    """The JSON document of a real walk is strict and has every key of the design."""
    gait = request.getfixturevalue(name)
    document = check_document(gait.to_json())

    assert len(gait.contacts) == len(document["contacts"])
    assert gait.recording.duration_s == pytest.approx(document["recording"]["duration_s"])


def test_every_measure_is_there():
    """A simulated walk has every measure of the catalogue and every drift, in order."""
    _, gait = walked(120.0, seed=1, height_m=1.7)

    assert [*CATALOGUE, *(f"{name}_drift" for name in DRIFTING)] == list(gait.measures)
    check_document(gait.to_json())


@pytest.mark.parametrize(
    "told",
    [
        {"height_m": 0.3},
        {"height_m": 175.0},
        {"height_m": float("nan")},
        {"distance_m": 0.0},
        {"distance_m": -5.0},
        {"distance_m": float("inf")},
    ],
)
def test_impossible_options_are_refused(told):
    """A height or distance that cannot be right is refused before anything is read."""
    with pytest.raises(OptionError, match="cannot be right"):
        es.analyze(simulate_walk(10.0).recording, **told)


@pytest.mark.parametrize("seconds", [0.5, 3.0, 4.9])
def test_under_five_seconds_is_refused(seconds):
    """A recording shorter than five seconds is refused."""
    time_s = np.arange(int(100 * seconds)) / 100
    rows = np.tile([0.0, 0.0, GRAVITY], (time_s.size, 1))

    with pytest.raises(UnusableRecording, match="at least 5"):
        es.analyze(recording_of(time_s, rows))


@pytest.mark.parametrize("seconds", [8.0, 10.0, 15.0])
def test_a_short_recording_is_no_trouble(seconds):
    """A few steps give a count within two, whatever else is absent."""
    truth = simulate_walk(seconds, stand_s=2.0, seed=1)
    gait = es.analyze(truth.recording)

    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), abs=2)


def test_a_standing_recording_with_movement_is_refused():
    """A standing reference without three quiet seconds is refused, not silently unused."""
    walk = simulate_walk(20.0)
    moving = simulate([("handling", 20.0)], seed=1)

    with pytest.raises(UnusableRecording, match="quiet"):
        es.analyze(walk.recording, standing=moving.recording)


def test_what_was_assumed_is_told():
    """Repairs, assumptions and losses of the recording stand in the warnings."""
    time_s, acceleration, _ = arrays_of(simulate_walk(20.0, seed=1).recording)
    acceleration = acceleration / GRAVITY
    acceleration[50:60] = np.nan

    gait = es.analyze(recording_of(time_s, acceleration))

    told = " ".join(gait.recording.warnings)
    assert "units of g" in told
    assert "Left out: 10 samples" in told


def test_facts_of_the_recording():
    """The facts in the result are those of the recording."""
    sensor = Sensor(rate_hz=86.2, tell_placement=True, gyroscope=False, gaps_s=((20.0, 22.0),))
    truth, gait = walked(40.0, sensor=sensor, seed=1)
    facts = gait.recording

    assert "lower back" == facts.placement
    assert "trunk" == facts.placement_seen
    assert not facts.gyroscope
    assert facts.gravity_included
    assert 86.2 == pytest.approx(facts.rate_hz, rel=1e-3)
    assert 1 == facts.gaps
    assert truth.recording.clock.duration_s == facts.duration_s
