"""Whatever arrays come in, only the project's own errors and strict JSON come out."""

import json

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import evenstride as es
from evenstride.errors import EvenstrideError

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
    """Analyse the arrays: an error of the project or a document that is strict JSON."""
    try:
        gait = es.analyze(es.Recording.from_arrays(**arrays), **told)
    except EvenstrideError:
        return
    document = json.loads(gait.to_json(), parse_constant=refuse)
    assert "evenstride/gait/1" == document["schema"]
    for measure in document["measures"].values():
        assert measure["reason"]
        if measure["value"] is None:
            assert "not_usable" == measure["grade"]
        else:
            assert measure["low"] <= measure["value"] <= measure["high"]
    assert np.all(np.diff(gait.contacts.time_s) > 0)


@given(arrays=any_arrays())
@example(arrays={"time_s": np.zeros(0), "acceleration_m_s2": np.zeros((0, 3))})
@example(arrays={"time_s": np.arange(900) / 100, "acceleration_m_s2": np.zeros((900, 3))})
def test_any_arrays_give_a_result_or_an_error_of_our_own(arrays):
    """Arrays of any shape and content end in a result or in an EvenstrideError."""
    check(arrays)


@given(arrays=structured(), height=st.sampled_from([None, 1.7]), metres=st.sampled_from([None, 50]))
def test_any_signal_gives_a_result_or_an_error_of_our_own(arrays, height, metres):
    """Noise, sines and steps of any size, with holes, end in a result or an EvenstrideError."""
    check(arrays, height_m=height, distance_m=metres)
