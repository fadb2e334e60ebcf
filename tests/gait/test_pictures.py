"""What pictures are drawn from tiles the recording and averages what is there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.gait.features import FEATURE_NAMES, SHAPE_POINTS
from evenstride.gait.gather import Shapes
from evenstride.gait.pictures import step_shape, timeline
from evenstride.gait.steps import Steps

from .helpers import steps_at, uneven_times, walked_steps


@given(duration=st.floats(5, 8 * 86400))
def test_windows_tile_the_recording(duration):
    """Windows follow each other without gap or overlap, from 0 to the end, at most 240."""
    line = timeline(walked_steps(Steps.none()), duration)

    assert 0.0 == line.start_s[0]
    assert line.start_s[1:] == pytest.approx(line.end_s[:-1])
    assert duration <= line.end_s[-1] + 1e-6
    assert np.all(line.end_s > line.start_s)
    assert len(line) <= 240
    for column in ("cadence_spm", "step_regularity", "pitch_deg", "movement_m_s2"):
        assert np.isnan(getattr(line, column)).all()


def test_cadence_of_each_window():
    """Each window has the cadence of the steps that begin in it."""
    times = np.concatenate([np.arange(0, 60, 0.5), np.arange(60, 120, 0.6)])
    line = timeline(walked_steps(steps_at(times)), 120.0)

    assert 12 == len(line)
    assert np.full(5, 120.0) == pytest.approx(line.cadence_spm[:5])
    assert np.full(5, 100.0) == pytest.approx(line.cadence_spm[7:])


def test_regularity_is_a_ratio_of_sums():
    """In a window, likeness is the sum of products over the sum of energies."""
    features = np.random.default_rng(0).uniform(0.5, 1, (18, len(FEATURE_NAMES)))
    walked = walked_steps(steps_at(np.arange(18) * 0.5, features=features.astype(np.float32)))
    line = timeline(walked, 9.0)

    used = walked.paces.inner_step
    like, energy = (
        features[used, FEATURE_NAMES.index(n)].sum() for n in ("like_next", "energy_next")
    )
    assert like / energy == pytest.approx(line.step_regularity[0], rel=1e-6)


def test_a_window_with_three_steps_is_empty():
    """Fewer than four steps in a window are no measurement."""
    times = np.r_[np.arange(0, 10, 0.5), 10 + np.arange(4) * 0.5]
    line = timeline(walked_steps(steps_at(times)), 20.0)

    assert np.isfinite(line.cadence_spm[0])
    assert np.isnan(line.cadence_spm[1])


def test_the_average_step_of_each_foot():
    """Mean and standard deviation of the shapes of each foot's steps."""
    rng = np.random.default_rng(0)
    shapes_m_s2 = rng.normal(size=(60, SHAPE_POINTS))
    side = np.where(np.arange(60) % 2 == 0, -1, 1).astype(np.int8)
    sums = Shapes()
    sums.add(shapes_m_s2[:30], side[:30])
    sums.add(shapes_m_s2[30:], side[30:])

    shape = step_shape(sums)

    assert SHAPE_POINTS == len(shape)
    assert shapes_m_s2[0::2].mean(axis=0) == pytest.approx(shape.first_m_s2)
    assert shapes_m_s2[1::2].mean(axis=0) == pytest.approx(shape.second_m_s2)
    assert shapes_m_s2[0::2].std(axis=0) == pytest.approx(shape.first_sd_m_s2)
    assert shapes_m_s2[1::2].std(axis=0) == pytest.approx(shape.second_sd_m_s2)


def test_missing_shapes_do_not_count():
    """The last contact of a bout begins no step; its row changes nothing."""
    sums = Shapes()
    sums.add(np.full((3, SHAPE_POINTS), np.nan), np.array([-1, 1, -1], np.int8))

    assert [0, 0] == sums.count.tolist()
    assert 0 == len(step_shape(sums))


def test_too_few_steps_have_no_shape():
    """Seven steps of a foot are too few to draw."""
    sums = Shapes()
    sums.add(np.ones((15, SHAPE_POINTS)), np.array([-1] * 8 + [1] * 7, np.int8))

    assert 0 == len(step_shape(sums))


def test_variable_steps_stay_in_their_windows():
    """Steps of a long uneven walk fill every window they fall into."""
    line = timeline(walked_steps(steps_at(uneven_times(1000))), 550.0)

    assert np.isfinite(line.cadence_spm).all()
    assert np.full(len(line), 60 / 0.55) == pytest.approx(line.cadence_spm, rel=0.02)
