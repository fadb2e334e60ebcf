"""Whatever arrays come in, only the project's own errors and strict JSON come out."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import evenstride as es
from evenstride.errors import EvenstrideError
from evenstride.gait import gather
from evenstride.model import PLACEMENTS, RawBlock
from evenstride.testing import Sensor, Walker, random_rotation, simulate

from .helpers import arrays_of

NASTY = st.sampled_from(
    [0.0, -0.0, 1.0, 9.81, -9.81, 1e300, -1e300, 5e-324, 1e-310, np.nan, np.inf, -np.inf, 1e9]
)
VALUES = NASTY | st.floats(-20, 20) | st.floats()
SHAPES = st.sampled_from([None, (0, 3), (5,), (5, 2), (3, 5), (2, 3, 3), ()])


@st.composite
def stamps(draw: st.DrawFn, count: int) -> np.ndarray:
    """Time stamps of any kind: even, repeated, backwards, huge, not a number."""
    kind = draw(st.sampled_from(["even", "any", "constant", "coarse", "descending", "jumps"]))
    if kind == "any":
        return draw(hnp.arrays(np.float64, count, elements=VALUES, fill=VALUES))
    start = draw(st.sampled_from([0.0, -1e6, 1.7e9, 1e15, -1e300]) | st.floats(-1e12, 1e12))
    if kind == "constant":
        return np.full(count, start)
    step = draw(st.sampled_from([1e-9, 1e-3, 0.0025, 0.01, 0.02, 0.04, 0.05, 0.1, 1.0, 1e6]))
    even = np.arange(count) * step
    if kind == "coarse":
        even = np.floor(even)
    if kind == "descending":
        even = even[::-1]
    if kind == "jumps":
        places = draw(st.lists(st.integers(0, max(count - 1, 0)), max_size=4))
        for place in places:
            even[place:] += draw(st.floats(-1e7, 1e7) | st.floats(-2, 2))
    return start + even


@st.composite
def any_arrays(draw: st.DrawFn) -> dict[str, np.ndarray | None]:
    """Arrays of 0 to 2000 samples that may hold anything."""
    count = draw(st.integers(0, 40) | st.integers(0, 2000))
    names = ["acceleration_m_s2", "angular_velocity_rad_s"]
    out: dict[str, np.ndarray | None] = {"time_s": draw(stamps(count))}
    for name in names:
        shape = draw(SHAPES) if draw(st.integers(0, 19)) == 0 else (count, 3)
        if shape is None or (name == names[1] and draw(st.booleans())):
            out[name] = None if name == names[1] else np.empty((0, 3))
            continue
        kind = draw(st.sampled_from(["sparse", "noise", "constant"]))
        if kind == "sparse":
            out[name] = draw(hnp.arrays(np.float64, shape, elements=VALUES, fill=VALUES))
            continue
        level = draw(VALUES)
        out[name] = np.full(shape, level)
        if kind == "noise":
            rng = np.random.default_rng(draw(st.integers(0, 99)))
            size = draw(st.sampled_from([1e-300, 1e-12, 0.1, 3.0, 500.0, 1e150]))
            out[name] = out[name] + size * rng.normal(size=shape)
    return out


@st.composite
def structured(draw: st.DrawFn) -> dict[str, np.ndarray | None]:
    """Signals of 5 to 60 seconds at 20 to 500 Hz of any size, with holes and faults."""
    rate = draw(st.sampled_from([20.0, 25.0, 50.0, 86.2, 100.0, 128.0, 250.0, 500.0]))
    seconds = draw(st.floats(5, 60))
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    time_s = np.arange(int(seconds * rate)) / rate + draw(st.sampled_from([0.0, 1.7e9, -1e6]))
    size = 10.0 ** draw(st.floats(-12, 6))
    kind = draw(st.sampled_from(["noise", "sine", "steps", "sparse"]))
    shape = (time_s.size, 3)
    if kind == "noise":
        signal = rng.normal(size=shape)
    elif kind == "sine":
        frequency = draw(st.floats(0.3, 4))
        turn = 2 * np.pi * frequency * time_s[:, None]
        signal = np.sin(turn + rng.uniform(0, 6, 3)) + 0.1 * rng.normal(size=shape)
    elif kind == "steps":
        signal = np.repeat(rng.normal(size=(-(-shape[0] // 50), 3)), 50, axis=0)[: shape[0]]
    else:
        signal = rng.normal(size=shape) * (rng.random(shape[0]) < 0.01)[:, None]
    gravity = draw(st.sampled_from([0.0, 1.0, 9.81])) * np.array([0.6, 0.0, 0.8])
    acceleration = gravity + size * signal
    keep = np.ones(time_s.size, dtype=bool)
    if draw(st.booleans()):
        keep = rng.random(time_s.size) > draw(st.floats(0, 0.95))
    for _ in range(draw(st.integers(0, 3))):
        begin = rng.integers(0, time_s.size)
        stop = begin + rng.integers(1, time_s.size)
        fault = draw(st.sampled_from(["gap", "nan", "huge", "frozen"]))
        if fault == "gap":
            keep[begin:stop] = False
        elif fault == "frozen":
            acceleration[begin:stop] = acceleration[begin]
        else:
            acceleration[begin:stop] = np.nan if fault == "nan" else 1e300
    angular = None
    if draw(st.booleans()):
        angular = (10.0 ** draw(st.floats(-12, 6)) * rng.normal(size=shape))[keep]
    return {
        "time_s": time_s[keep],
        "acceleration_m_s2": acceleration[keep],
        "angular_velocity_rad_s": angular,
    }


def refuse(name: str) -> None:
    """NaN and infinity are no JSON."""
    raise AssertionError(f"{name} in JSON")


def check(arrays: dict[str, np.ndarray | None], **told: object) -> None:
    """Analyse the arrays: an error of the project or a sound result."""
    try:
        gait = es.analyze(es.Recording.from_arrays(**arrays), **told)
    except EvenstrideError:
        return
    check_result(gait)


def check_result(gait: es.Gait) -> None:
    """Whatever came in, a result is strict JSON, in order, and covers the recording."""
    document = json.loads(gait.to_json(), parse_constant=refuse)
    assert "evenstride/gait/1" == document["schema"]
    for measure in document["measures"].values():
        assert measure["reason"]
        if measure["value"] is None:
            assert "not_usable" == measure["grade"]
        else:
            assert measure["low"] <= measure["value"] <= measure["high"]
    contacts, duration_s = gait.contacts, gait.recording.duration_s
    assert np.all(np.diff(contacts.time_s) > 0)
    assert np.all((contacts.time_s >= 0) & (contacts.time_s <= duration_s))
    assert np.all(np.diff(contacts.bout) >= 0)
    assert np.all(gait.bouts.steps >= 5)
    assert np.all(np.isfinite(gait.strides.length_m) <= gait.strides.steady)
    spans = [(u.start_s, u.end_s) for u in gait.unused]
    spans += zip(gait.bouts.start_s, gait.bouts.end_s, strict=True)
    upto = 0.0
    for start, end in [*sorted(spans), (duration_s, duration_s)]:
        assert start - upto < 0.51
        upto = max(upto, end)


@given(arrays=any_arrays())
@example(arrays={"time_s": np.zeros(0), "acceleration_m_s2": np.zeros((0, 3))})
@example(arrays={"time_s": np.arange(900) / 100, "acceleration_m_s2": np.zeros((900, 3))})
def test_any_arrays_give_a_result_or_an_error_of_our_own(arrays):
    """Arrays of any shape and content end in a result or in an EvenstrideError."""
    check(arrays)


def two_knocks() -> dict[str, np.ndarray]:
    """Nothing but two knocks, which once left up without a direction."""
    acceleration = np.zeros((111, 3))
    acceleration[8], acceleration[50] = (-65.4, 259.3, 37.6), (-165.6, -149.4, 48.8)
    return {"time_s": np.arange(111) / 22.5, "acceleration_m_s2": acceleration}


@given(arrays=structured(), height=st.sampled_from([None, 1.7]), metres=st.sampled_from([None, 50]))
@example(arrays=two_knocks(), height=None, metres=None)
def test_any_signal_gives_a_result_or_an_error_of_our_own(arrays, height, metres):
    """Noise, sines and steps of any size, with holes, end in a result or an EvenstrideError."""
    check(arrays, height_m=height, distance_m=metres)


@st.composite
def worn(draw: st.DrawFn) -> es.Recording:
    """Somebody who walks and does other things, by any sensor, handed over in any pieces."""
    activities = ["walking", "stairs", "standing", "lying", "handling", "shocks", "car"]
    part = st.tuples(st.sampled_from(activities), st.floats(0, 25))
    gaps = draw(st.lists(st.tuples(st.floats(0, 60), st.floats(0.1, 5)), max_size=4))
    sensor = Sensor(
        placement=draw(st.sampled_from(["lower back", "front pocket", "hand"])),
        rate_hz=draw(st.sampled_from([20.0, 25.0, 50.0, 86.2, 100.0, 250.0])),
        rotation=random_rotation(draw(st.integers(0, 99))),
        jitter_s=draw(st.sampled_from([0.0, 0.004])),
        lost_fraction=draw(st.sampled_from([0.0, 0.1, 0.5])),
        lost_burst_s=draw(st.sampled_from([0.01, 0.3])),
        gaps_s=tuple((a, a + b) for a, b in gaps),
        delivery_s=draw(st.sampled_from([0.0, 0.1])),
        stamp_step_s=draw(st.sampled_from([0.0, 0.001, 1.0])),
        noise_m_s2=draw(st.sampled_from([0.0, 0.1, 2.0])),
        gyroscope=draw(st.booleans()),
        gravity_included=draw(st.booleans()),
        units=draw(st.sampled_from(["SI", "g"])),
    )
    walker = Walker(
        cadence_spm=draw(st.floats(40, 180)),
        asymmetry=draw(st.floats(-0.4, 0.4)),
        vigour=draw(st.sampled_from([0.1, 1.0, 3.0])),
    )
    script = [("walking", 5.0), *draw(st.lists(part, max_size=5)), ("walking", 5.0)]
    truth = simulate(script, walker, sensor, seed=draw(st.integers(0, 999)))
    time_s, acceleration, angular = arrays_of(truth.recording)
    cuts = draw(st.lists(st.integers(0, time_s.size), max_size=5))
    blind = draw(st.sampled_from([0.0, 0.0, 0.5]))  # pieces without their gyroscope
    edges = [0, *sorted(cuts), time_s.size]
    rng = np.random.default_rng(1)
    pieces = [
        RawBlock(
            time_s[a:b],
            acceleration[a:b],
            None if angular is None or rng.random() < blind else angular[a:b],
        )
        for a, b in pairwise(edges)
    ]
    return es.Recording(
        format="pieces",
        open=lambda: iter(pieces),
        placement=draw(st.sampled_from([None, *PLACEMENTS])),
        gravity_included=truth.recording.gravity_included,
    )


@given(recording=worn(), block_s=st.sampled_from([20.0, 33.3, 600.0]), height=st.booleans())
def test_any_walk_gives_a_sound_result(recording, block_s, height):
    """Any walk by any sensor in any pieces and blocks ends in a sound result or an error."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gather, "_BLOCK_S", block_s)
        try:
            gait = es.analyze(recording, height_m=1.7 if height else None)
        except EvenstrideError:
            return
    check_result(gait)


@st.composite
def tracks(draw: st.DrawFn) -> es.Track:
    """A track of any positions and times."""
    count = draw(st.integers(0, 30))
    column = hnp.arrays(np.float64, count, elements=VALUES | st.floats(-180, 180))
    time_s = np.sort(draw(hnp.arrays(np.float64, count, elements=st.floats(-1e3, 1e3))))
    return es.Track(time_s, *(draw(column) for _ in range(5)))


@given(track=tracks(), standing=any_arrays())
def test_any_track_and_reference_give_a_result_or_an_error(track, standing):
    """A track or standing reference of any content ends in a sound result or an error."""
    walk = simulate([("standing", 5.0), ("walking", 40.0)], seed=1).recording
    check_result(es.analyze(walk, track=track))
    try:
        gait = es.analyze(walk, standing=es.Recording.from_arrays(**standing))
    except EvenstrideError:
        return
    check_result(gait)


def test_fixes_at_one_moment_have_no_speed():
    """Two fixes far apart at one moment of a walk give no speed, and no error."""
    walk = simulate([("standing", 5.0), ("walking", 40.0)], seed=1).recording
    nothing = np.full(2, np.nan)
    track = es.Track(np.full(2, 20.0), np.array([0.0, 1.0]), np.zeros(2), nothing, nothing, nothing)

    assert es.analyze(walk, track=track).measures["speed_m_s"].value is None
