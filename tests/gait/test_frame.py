"""Up and forward follow the body, whatever the axes of the sensor."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.gait.frame import body_axes, project, seconds_of_slow, upright
from evenstride.gait.grid import GRID_HZ, SLOW_FACTOR
from evenstride.testing import random_rotation

from .helpers import GRAVITY, rhythmic, segment_of, still_segment


@given(seed=st.integers(0, 999))
def test_up_is_where_gravity_comes_from(seed):
    """At rest up is the direction of the acceleration and nothing else moves."""
    up = random_rotation(seed)[:, 0]

    frame = upright(still_segment(10, up), gravity_included=True)

    assert np.tile(up, (len(frame.up), 1)) == pytest.approx(frame.up, abs=1e-12)
    assert GRAVITY == pytest.approx(frame.gravity_m_s2)
    assert np.zeros(len(frame.up)) == pytest.approx(frame.vertical_m_s2, abs=1e-12)
    assert np.zeros((len(frame.up), 3)) == pytest.approx(frame.horizontal_m_s2, abs=1e-12)


def test_a_step_rhythm_does_not_tilt_up():
    """Away from the ends, movement at the step rate tilts up by less than a tenth of a degree."""
    _, frame = rhythmic(20, 2.0, size=3.0)

    inner = frame.up[25:-25]
    assert np.degrees(np.arccos(inner[:, 2])).max() < 0.1


def test_vertical_and_horizontal_make_up_the_whole():
    """Vertical, horizontal and gravity add up to the slow acceleration again."""
    segment, frame = rhythmic(20, 1.8)

    slow = segment.acceleration_m_s2.reshape(-1, SLOW_FACTOR, 3).mean(axis=1)
    along = frame.vertical_m_s2 + frame.gravity_m_s2
    assert slow == pytest.approx(along[:, None] * frame.up + frame.horizontal_m_s2)
    assert np.einsum("ij,ij->i", frame.up, frame.horizontal_m_s2) == pytest.approx(
        np.zeros(len(slow)), abs=1e-9
    )


def test_without_gravity_up_is_the_direction_that_moves_most():
    """Without gravity the strongest direction is up, its sharper peaks upwards."""
    turn = 2 * np.pi * 1.8 * np.arange(2000) / GRID_HZ
    direction = random_rotation(3)[:, 1]
    sharp = 3 * np.cos(turn) + 1.0 * np.cos(2 * turn)

    frame = upright(segment_of(sharp[:, None] * direction), gravity_included=False)

    assert direction == pytest.approx(frame.up[0], abs=1e-6)
    assert 0.0 == frame.gravity_m_s2.max()


@given(heading=st.floats(-3.1, 3.1), lead=st.floats(0.4, 3.0), seed=st.integers(0, 99))
def test_forward_is_found_with_its_sign(heading, lead, seed):
    """Forward is the coherent horizontal direction that leads the vertical, never its opposite."""
    rotation = random_rotation(seed)
    forward = rotation @ np.array([np.cos(heading), np.sin(heading), 0.0])

    axes = body_axes(np.exp(1j * lead) * forward, np.array([1.0, 1.0]))

    assert forward == pytest.approx(axes.forward, abs=1e-9)
    assert lead == pytest.approx(axes.lead_rad)
    assert 1.0 == pytest.approx(axes.coherence)
    assert axes.sure


def test_a_weak_direction_is_not_sure():
    """Where hardly anything goes with the vertical, forward may not be named."""
    axes = body_axes(np.array([0.1 + 0j, 0, 0]), np.array([1.0, 1.0]))

    assert 0.1 == pytest.approx(axes.coherence)
    assert not axes.sure


def test_nothing_has_no_forward():
    """Without any movement there is a direction, but no trust in it."""
    axes = body_axes(np.zeros(3, dtype=complex), np.zeros(2))

    assert 0.0 == axes.coherence
    assert not axes.sure
    assert 1.0 == pytest.approx(np.linalg.norm(axes.forward))


@given(seed=st.integers(0, 999))
@settings(max_examples=10)
def test_projection_undoes_the_rotation(seed):
    """Forward, left and up of a turned sensor are those of the body."""
    rotation = random_rotation(seed)
    segment, _ = rhythmic(10, 2.0)
    turned = segment_of(segment.acceleration_m_s2 @ rotation.T)

    axes = body_axes(np.exp(1.75j) * rotation[:, 0], np.array([1.0, 1.0]))
    frame = upright(turned, gravity_included=True)
    body = project(turned, frame, axes, 100, 900)

    plain = segment.acceleration_m_s2[100:900] - np.array([0, 0, GRAVITY])
    assert plain == pytest.approx(body, abs=0.12)  # the followed gravity gives way a little
    straight = project(
        segment,
        upright(segment, gravity_included=True),
        body_axes(np.array([np.exp(1.75j), 0, 0]), np.array([1.0, 1.0])),
        100,
        900,
    )
    assert straight == pytest.approx(body, abs=1e-9)


def test_slow_indices_stand_for_the_middle_of_their_group():
    """Slow index 0 is the middle of the first eight grid points."""
    segment = segment_of(np.zeros((80, 3)), start_s=5.0)

    assert [5.035, 5.115] == pytest.approx(seconds_of_slow(segment, np.array([0.0, 1.0])))
