"""What is not walking is not counted, and what is walking beside it still is."""

import numpy as np
import pytest

import evenstride as es
from evenstride.gait.grid import GRID_HZ
from evenstride.testing import Sensor, Walker, random_rotation, simulate

from .helpers import GRAVITY, recording_of, walked

STILL_OR_OTHER = (
    "standing",
    "sitting",
    "lying",
    "tremor",
    "car",
    "cycling",
    "shocks",
    "washing machine",
)


def steps_in(activity: str, seed: int, seconds: float = 180.0, **sensor: object) -> int:
    """Count the steps that are found while somebody does something else."""
    worn = Sensor(rotation=random_rotation(seed), **sensor)
    truth = simulate([(activity, seconds)], sensor=worn, seed=seed)
    return len(es.analyze(truth.recording).contacts)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("activity", STILL_OR_OTHER)
def test_no_step_is_counted(activity, seed):
    """Resting, shaking, riding, driving, knocks and machines are no steps, in any orientation."""
    assert 0 == steps_in(activity, seed)
    assert 0 == steps_in(activity, seed, placement="front pocket", gyroscope=False)


@pytest.mark.parametrize("activity", STILL_OR_OTHER)
def test_no_step_is_counted_without_gravity(activity):
    """The same holds for recordings of linear acceleration."""
    assert 0 == steps_in(activity, 1, gravity_included=False)


@pytest.mark.parametrize("rate", [25.0, 50.0])
@pytest.mark.parametrize("activity", STILL_OR_OTHER)
def test_no_step_is_counted_by_a_slow_sensor(activity, rate):
    """The same holds at 25 and 50 Hz."""
    assert 0 == steps_in(activity, 2, rate_hz=rate)


@pytest.mark.parametrize(("gravity", "most"), [(True, 30), (False, 120)])
def test_a_phone_in_the_hand_is_hardly_counted(gravity, most):
    """Handling a phone for half an hour counts at most 30 steps, one a minute.

    Linear acceleration does not show how the phone is turned: up to four a minute.
    """
    counted = sum(steps_in("handling", seed, gravity_included=gravity) for seed in range(10))

    assert most >= counted


@pytest.mark.parametrize(("cadence", "vigour"), [(60.0, 0.7), (75.0, 0.5), (90.0, 0.35)])
def test_a_quiet_walker_is_no_car(cadence, vigour):
    """People who walk slowly and softly, but regularly, are still counted."""
    truth, gait = walked(120.0, Walker(cadence_spm=cadence, vigour=vigour), seed=2)

    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), rel=0.02)


@pytest.mark.parametrize("rate", [1.0, 1.4, 1.8, 2.2])
@pytest.mark.parametrize("size", [1.0, 4.0])
def test_a_pure_swing_is_a_machine(rate, size):
    """A sinusoid up and sideways, however strong, is no person."""
    turn = 2 * np.pi * rate * np.arange(round(120 * GRID_HZ)) / GRID_HZ
    swing = np.random.default_rng(0).normal(0, 0.02, (turn.size, 3))
    swing[:, 1] += 0.7 * size * np.cos(turn)
    swing[:, 2] += GRAVITY + size * np.sin(turn)

    gait = es.analyze(recording_of(np.arange(turn.size) / GRID_HZ, swing))

    assert 0 == len(gait.contacts)


def test_walks_between_other_things_are_found():
    """Of a mixed half hour the walks are found, and nothing else.

    A walk begins and ends to the second; where it runs straight into a ride, within three.
    """
    script = [
        ("sitting", 60.0),
        ("car", 300.0),
        ("walking", 120.0),
        ("handling", 60.0),
        ("walking", 200.0),
        ("cycling", 300.0),
        ("tremor", 60.0),
        ("walking", 60.0),
        ("lying", 120.0),
    ]
    truth = simulate(script, seed=5)
    gait = es.analyze(truth.recording)

    assert 3 == len(gait.bouts)
    assert truth.bouts_s[:, 0] == pytest.approx(gait.bouts.start_s, abs=1.0)
    assert truth.bouts_s[[0, 2], 1] == pytest.approx(gait.bouts.end_s[[0, 2]], abs=1.0)
    assert truth.bouts_s[1, 1] == pytest.approx(gait.bouts.end_s[1], abs=3.0)
    assert len(truth.contacts_s) == pytest.approx(len(gait.contacts), abs=8)


@pytest.mark.parametrize("order", ["before", "after"])
@pytest.mark.parametrize("activity", [*STILL_OR_OTHER, "handling"])
def test_a_walk_beside_something_else_is_whole(activity, order):
    """A walk right before or after something else keeps its steps and gains hardly any."""
    parts = [("walking", 60.0), (activity, 120.0)]
    script = parts if order == "before" else parts[::-1]
    for seed in range(4):
        truth = simulate([("standing", 5.0), *script, ("standing", 5.0)], seed=seed)
        gait = es.analyze(truth.recording)

        ((start, end),) = truth.bouts_s
        inside = (gait.contacts.time_s > start - 3) & (gait.contacts.time_s < end + 3)
        # Within three seconds of the border some turns of another rhythm are taken for steps.
        extra = 8 if activity in ("cycling", "washing machine", "handling", "car") else 4
        assert len(truth.contacts_s) - 2 <= inside.sum() <= len(truth.contacts_s) + extra
        assert 10 >= np.count_nonzero(~inside)


def test_without_walking_everything_is_absent_with_a_reason():
    """A recording without a walk has no bouts, absent measures and one explained stretch."""
    truth = simulate([("sitting", 60.0)], seed=1)
    gait = es.analyze(truth.recording, height_m=1.7)

    assert 0 == len(gait.bouts) == len(gait.contacts) == len(gait.strides)
    assert {None} == {m.value for m in gait.measures.values()}
    assert {"No walking was found in this recording."} == {m.reason for m in gait.measures.values()}
    (item,) = gait.unused
    assert (0.0, gait.recording.duration_s) == pytest.approx((item.start_s, item.end_s))
    assert gait.recording.placement_seen is None
    assert not gait.sides_known
