"""Rhythms that are no walks are cut out of a run, wherever they lie in it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.gait.features import FEATURE_NAMES
from evenstride.gait.plausible import walking_parts

WALK = {"rms_up": 2.0, "fast": 0.6, "like_next": 0.9, "like_second": 0.9}
RIDE = {"rms_up": 0.15, "fast": 0.6, "like_next": 0.5, "like_second": 0.5}
MACHINE = {"rms_up": 2.0, "fast": 0.01, "like_next": 1.0, "like_second": 1.0}
SHAKING = {"rms_up": 2.0, "fast": 0.6, "like_next": 0.05, "like_second": 0.1}
SOFT = {"rms_up": 0.35, "fast": 0.6, "like_next": 0.9, "like_second": 0.9}
HANDLING = {"rms_up": 1.0, "fast": 0.6, "like_next": 0.4, "like_second": 0.4}


def run_of(*pieces: tuple[dict[str, float], int]) -> np.ndarray:
    """Features of a run made of pieces of so many contacts each; the end begins no stride."""
    rows = []
    for kind, count in pieces:
        row = np.ones(len(FEATURE_NAMES))
        for name, value in kind.items():
            row[FEATURE_NAMES.index(name)] = value
        rows += [row] * count
    out = np.array(rows)
    out[-2:] = np.nan
    return out


def parts(*pieces, gravity: bool = True) -> list[tuple[int, int]]:
    """Parts that move like a walk."""
    return walking_parts(run_of(*pieces), 5, gravity_included=gravity)


@given(count=st.integers(5, 100))
def test_a_walk_is_kept_whole(count):
    """All of a walk is kept, whatever its length."""
    assert [(0, count)] == parts((WALK, count))


@pytest.mark.parametrize("kind", [RIDE, MACHINE, SHAKING])
@pytest.mark.parametrize("count", [6, 60])
def test_other_rhythms_are_dropped(kind, count):
    """A weak, a smooth and an uneven rhythm are none, however long."""
    assert [] == parts((kind, count))


@pytest.mark.parametrize("kind", [RIDE, MACHINE])
@given(before=st.integers(20, 60), after=st.integers(20, 60))
@settings(max_examples=20)
def test_the_walk_beside_it_is_kept(kind, before, after):
    """What follows or precedes a walk is cut off within half a window of the border."""
    ((first, stop),) = parts((WALK, before), (kind, after))
    assert 0 == first
    assert before == pytest.approx(stop, abs=8)

    ((first, stop),) = parts((kind, after), (WALK, before))
    assert after == pytest.approx(first, abs=8)
    assert before + after == stop


def test_a_ride_in_between_makes_two_walks():
    """Two walks with a ride between them are two parts."""
    (one, other) = parts((WALK, 40), (RIDE, 60), (WALK, 40))

    assert 0 == one[0]
    assert 140 == other[1]
    assert one[1] < 50
    assert other[0] > 90


def test_a_quiet_walker_is_kept():
    """A soft movement is a walk if its steps are very alike."""
    assert [(0, 40)] == parts((SOFT, 40))
    assert [] == parts(({**SOFT, "like_next": 0.5, "like_second": 0.5}, 40))


def test_without_gravity_more_likeness_is_asked():
    """A rhythm that is somewhat alike counts only where tilt could be seen."""
    assert [(0, 40)] == parts((HANDLING, 40))
    assert [] == parts((HANDLING, 40), gravity=False)
    assert [(0, 40)] == parts((WALK, 40), gravity=False)


def test_a_run_without_strides_is_no_walk():
    """Where no contact begins a stride there is nothing to keep."""
    nothing = np.full((6, len(FEATURE_NAMES)), np.nan)

    assert [] == walking_parts(nothing, 5, gravity_included=True)
