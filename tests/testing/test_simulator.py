"""The simulator must be right, for everything else is measured against it."""

import numpy as np
import pytest

from evenstride.errors import OptionError
from evenstride.testing import (
    Activity,
    Sensor,
    SimulatedWalk,
    Walker,
    random_rotation,
    simulate,
    simulate_walk,
)

PLACES = ("lower back", "waist", "front pocket", "back pocket", "hand", "bag")
ACTIVITIES: tuple[Activity, ...] = (
    "standing", "sitting", "lying", "tremor", "car", "cycling", "handling", "shocks",
    "washing machine",
)  # fmt: skip


def samples(walk: SimulatedWalk):
    """Return time, acceleration and turning rate of a simulated recording in one piece."""
    (block,) = walk.recording.blocks(seconds=1e7)
    return block.time_s, block.acceleration_m_s2, block.angular_velocity_rad_s


def peak_rate_hz(values, rate_hz: float, low_hz: float, high_hz: float) -> float:
    """Return the frequency of the strongest component between two bounds."""
    power = np.abs(np.fft.rfft((values - values.mean()) * np.hanning(values.size))) ** 2
    rates = np.fft.rfftfreq(values.size, 1 / rate_hz)
    inside = (rates >= low_hz) & (rates <= high_hz)
    return float(rates[inside][np.argmax(power[inside])])


def band(values, time_s, rate_hz: float):
    """Return the complex amplitude of one frequency."""
    return 2 * np.mean((values - values.mean()) * np.exp(-2j * np.pi * rate_hz * time_s))


def test_same_seed_same_walk():
    """The same seed gives the same recording and truth, another seed another."""
    first, again, other = (simulate_walk(20, seed=seed) for seed in (4, 4, 5))

    np.testing.assert_array_equal(samples(first)[1], samples(again)[1])
    np.testing.assert_array_equal(first.contacts_s, again.contacts_s)
    assert not np.array_equal(samples(first)[1], samples(other)[1])


def test_truth_is_consistent():
    """Contacts increase, alternate sides and fill the bouts; standing has none."""
    walk = simulate_walk(60, seed=1)

    assert np.all(np.diff(walk.contacts_s) > 0)
    assert np.all(walk.sides[1:] == -walk.sides[:-1])
    assert [[walk.contacts_s[0], walk.contacts_s[-1]]] == walk.bouts_s.tolist()
    assert walk.contacts_s[0] > 5
    assert walk.contacts_s[-1] < 65


@pytest.mark.parametrize("cadence", [60, 95, 110, 140])
@pytest.mark.parametrize("place", PLACES)
def test_movement_repeats_with_the_steps(place, cadence):
    """The strongest vertical rhythm is the true step rate at every place and pace."""
    walker = Walker(cadence_spm=cadence, stride_time_cv=0.0)
    walk = simulate_walk(60, walker, Sensor(placement=place), stand_s=0, seed=2)

    time_s, acceleration, _ = samples(walk)
    inside = (time_s > 5) & (time_s < 55)
    found = peak_rate_hz(acceleration[inside, 2], 100, 0.75 * cadence / 60, 2.9)

    assert found == pytest.approx(walk.cadence_spm / 60, abs=0.03)
    assert walk.cadence_spm == pytest.approx(cadence, rel=1e-6)


def test_forward_leads_vertical():
    """At the step rate forward acceleration leads vertical by about 1.8 rad, as in people."""
    walk = simulate_walk(60, Walker(stride_time_cv=0.0), stand_s=0, seed=3)

    time_s, acceleration, _ = samples(walk)
    inside = (time_s > 5) & (time_s < 50)
    forward, _, up = (band(a, time_s[inside], 110 / 60) for a in acceleration[inside].T)

    assert np.angle(forward * np.conj(up)) == pytest.approx(1.8, abs=0.1)


def test_sides_can_be_told_from_sideways_movement():
    """After a right contact the trunk is pushed to the left, after a left one to the right."""
    walk = simulate_walk(60, stand_s=0, seed=3)

    time_s, acceleration, _ = samples(walk)
    smooth = np.hanning(51) / np.hanning(51).sum()
    slow = np.convolve(acceleration[:, 1], smooth, mode="same")
    push = np.interp(walk.contacts_s + 0.15, time_s, slow)

    assert np.mean(np.sign(push) == walk.sides) > 0.9


def test_contacts_are_followed_by_an_impact():
    """Fast vertical movement is larger in the tenth of a second after a contact than before."""
    walk = simulate_walk(60, stand_s=0, sensor=Sensor(noise_m_s2=0.0), seed=3)

    time_s, acceleration, _ = samples(walk)
    fast = np.abs(np.diff(acceleration[:, 2], 2))
    index = np.searchsorted(time_s, walk.contacts_s[2:-2])
    around = np.array([[fast[i + k] for k in range(-12, 12)] for i in index]).mean(axis=0)

    assert around[12:].mean() > 2 * around[:12].mean()


def test_thigh_swings_once_a_stride():
    """A trouser pocket turns at the stride rate far more than the lower back does."""
    swing = {}
    for place in ("lower back", "front pocket"):
        walk = simulate_walk(
            40, Walker(stride_time_cv=0.0), Sensor(placement=place), stand_s=0, seed=1
        )
        time_s, _, turning = samples(walk)
        inside = (time_s > 5) & (time_s < 35)
        swing[place] = abs(band(turning[inside, 1], time_s[inside], 55 / 60))

    assert swing["front pocket"] > 20 * swing["lower back"]


@pytest.mark.parametrize("place", PLACES)
def test_gyroscope_and_gravity_agree(place):
    """Gravity, turned by the measured turning rate, stays where the accelerometer sees it."""
    sensor = Sensor(placement=place, noise_m_s2=0.0, noise_rad_s=0.0, rate_hz=200)
    walk = simulate([("standing", 2), ("sitting", 6)], sensor=sensor, seed=1)

    time_s, acceleration, turning = samples(walk)
    up = np.array([0.0, 0.0, 9.80665])
    for rate, step in zip(turning[400:1300], np.diff(time_s)[400:1300], strict=True):
        up = up - np.cross(rate, up) * step

    assert up == pytest.approx(acceleration[1250:1350].mean(axis=0), abs=0.1)


@pytest.mark.parametrize("colour", ["pink", "white"])
@pytest.mark.parametrize("cv", [0.0, 0.02, 0.05])
def test_stride_time_varies_as_asked(cv, colour):
    """The coefficient of variation of the stride time is the one asked for."""
    walk = simulate_walk(1200, Walker(stride_time_cv=cv, variability=colour), seed=7)

    strides = walk.contacts_s[2:] - walk.contacts_s[:-2]

    assert np.std(strides) / np.mean(strides) == pytest.approx(cv, rel=0.15, abs=1e-9)


def test_asymmetry_is_the_one_asked_for():
    """Steps that end on the right foot are longer by the asked share of the mean."""
    walk = simulate_walk(600, Walker(asymmetry=0.08), seed=7)

    steps, ending = np.diff(walk.contacts_s), walk.sides[1:]
    right, left = steps[ending > 0].mean(), steps[ending < 0].mean()

    assert (right - left) / steps.mean() == pytest.approx(0.08, abs=0.005)


def test_cadence_changes_as_asked():
    """A steady change of the cadence shows in the steps."""
    walker = Walker(cadence_spm=100, cadence_change_spm_per_min=2, stride_time_cv=0.0)
    walk = simulate_walk(600, walker, seed=7)

    assert 60 / np.diff(walk.contacts_s)[[0, -1]] == pytest.approx([100, 120], abs=0.2)


def test_turns_and_stops():
    """Turns show in the yaw rate with their angle; a stop parts the walk in two bouts."""
    walk = simulate_walk(
        60, turns=[(10, 180), (40, -90)], stops=[(20, 5)], sensor=Sensor(noise_rad_s=0), seed=2
    )

    time_s, _, turning = samples(walk)
    turned = [
        np.degrees(np.trapezoid(turning[k, 2], time_s[k]))
        for k in ((time_s > start) & (time_s < end) for start, end, _ in walk.turns)
    ]

    assert turned == pytest.approx([180, -90], abs=8)
    assert 2 == len(walk.bouts_s)
    assert walk.bouts_s[0, 1] < 25 < 30 < walk.bouts_s[1, 0]


@pytest.mark.parametrize("activity", ACTIVITIES)
@pytest.mark.parametrize("place", ["lower back", "front pocket"])
def test_other_activities_are_not_walking(activity, place):
    """Every other activity gives a possible recording and no contacts."""
    walk = simulate([(activity, 40)], sensor=Sensor(placement=place), seed=3)

    _, acceleration, _ = samples(walk)
    length = np.median(np.linalg.norm(acceleration, axis=1))

    assert 0 == walk.contacts_s.size == len(walk.bouts_s)
    assert length == pytest.approx(9.81, abs=1.0)
    assert np.abs(acceleration).max() < 60


def test_rhythms_of_other_activities():
    """The washing machine turns at 1.8 Hz, a tremor at 4 to 6 Hz, pedals near 1.3 Hz."""
    found = {}
    for activity in ("washing machine", "tremor", "cycling"):
        _, acceleration, _ = samples(simulate([(activity, 60)], seed=5))
        found[activity] = peak_rate_hz(acceleration[500:5500, 1], 100, 0.5, 10)

    assert found["washing machine"] == pytest.approx(1.8, abs=0.02)
    assert 4 <= found["tremor"] <= 6
    assert found["cycling"] == pytest.approx(1.3, abs=0.15)


def test_stairs_may_be_counted_or_not():
    """Stairs are listed as like walking and have no contacts in the truth."""
    walk = simulate([("standing", 5), ("stairs", 20), ("standing", 5)], seed=1)

    assert 0 == walk.contacts_s.size
    assert walk.walking_like_s == pytest.approx(np.array([[5.0, 25.0]]), abs=0.02)


def test_rotation_turns_every_vector():
    """A turned sensor records the same vectors in its own axes."""
    turn = random_rotation(9)
    plain, turned = (
        samples(simulate_walk(20, sensor=Sensor(rotation=r, noise_m_s2=0, noise_rad_s=0), seed=1))
        for r in (None, turn)
    )

    assert np.linalg.det(turn) == pytest.approx(1)
    assert turned[1] == pytest.approx(plain[1] @ turn.T, abs=1e-12)
    assert turned[2] == pytest.approx(plain[2] @ turn.T, abs=1e-12)


@pytest.mark.parametrize("rate_hz", [20, 50, 128, 500])
def test_rate_and_loss_are_found_by_the_clock(rate_hz):
    """The clock of the recording finds the true rate and the share of lost samples."""
    walk = simulate_walk(300, sensor=Sensor(rate_hz=rate_hz, lost_fraction=0.1), seed=1)

    assert walk.recording.clock.rate_hz == pytest.approx(rate_hz, rel=1e-6)
    assert walk.recording.clock.lost_fraction == pytest.approx(0.1, abs=0.025)


def test_gaps_units_and_missing_gyroscope():
    """Gaps, g and a missing gyroscope arrive in the recording as asked."""
    sensor = Sensor(gaps_s=((20, 25),), units="g", gyroscope=False, tell_placement=True)
    walk = simulate_walk(60, sensor=sensor, seed=1)
    _, acceleration, turning = samples(walk)
    (gap,) = walk.recording.clock.gaps

    assert (gap.start_s, gap.end_s) == pytest.approx((20, 25), abs=0.02)
    assert np.median(np.linalg.norm(acceleration, axis=1)) == pytest.approx(9.8, abs=0.3)
    assert turning is None
    assert "lower back" == walk.recording.placement


def test_linear_acceleration_has_no_gravity():
    """Without gravity a person who stands records almost nothing."""
    walk = simulate([("standing", 20)], sensor=Sensor(gravity_included=False), seed=1)

    assert not walk.recording.gravity_included
    assert np.abs(samples(walk)[1]).max() < 1.0


@pytest.mark.parametrize(
    "sensor",
    [
        Sensor(jitter_s=0.002),
        Sensor(stamp_step_s=0.001),
        Sensor(delivery_s=0.2),
        Sensor(delivery_s=0.1, jitter_s=0.001),
        Sensor(stamp_step_s=1.0),
    ],
)
def test_bad_stamps_move_events_little(sensor):
    """After clock repair, foot contacts are where they were, but for one constant."""
    bad, good = (simulate_walk(60, sensor=s, seed=1) for s in (sensor, Sensor()))

    times = []
    for walk in (bad, good):
        time_s, acceleration, _ = samples(walk)
        level = acceleration[:, 2]
        rising = np.flatnonzero((level[:-1] < 9.8) & (level[1:] >= 9.8))
        share = (9.8 - level[rising]) / (level[rising + 1] - level[rising])
        crossings = time_s[rising] + share * (time_s[rising + 1] - time_s[rising])
        nearest = np.searchsorted(crossings, walk.contacts_s[5:-5])
        times.append(crossings[nearest] - walk.contacts_s[5:-5])

    assert np.median(np.abs(times[0] - np.median(times[0]))) < 0.06


@pytest.mark.parametrize(
    "make",
    [
        lambda: Walker(cadence_spm=10),
        lambda: Walker(asymmetry=1),
        lambda: Walker(stride_time_cv=-1),
        lambda: Sensor(rate_hz=0),
        lambda: Sensor(lost_fraction=1),
        lambda: Sensor(placement="foot"),
        lambda: simulate([("flying", 10)]),
        lambda: simulate([("standing", -1)]),
        lambda: simulate([]),
        lambda: simulate_walk(60, stops=[(20, 10), (25, 5)]),
    ],
)
def test_impossible_options_are_refused(make):
    """An option out of range raises an OptionError instead of a strange walk."""
    with pytest.raises(OptionError):
        make()


def test_too_short_a_walk_has_no_contacts():
    """Half a second is no walk: the person just stands."""
    walk = simulate_walk(0.5, seed=0)

    assert 0 == walk.contacts_s.size
    assert np.isnan(walk.cadence_spm)
