"""Quiet spells are where the sensor rests."""

import numpy as np
import pytest

from evenstride.gait.frame import upright
from evenstride.gait.grid import GRID_HZ
from evenstride.gait.quiet import find_quiet

from .helpers import GRAVITY, segment_of, still_segment


def test_rest_is_one_quiet_spell_that_tells_up():
    """A resting sensor gives one spell with its length, up and gravity."""
    segment = still_segment(10, up=(0.6, 0.0, 0.8))

    (spell,) = find_quiet(segment, upright(segment, gravity_included=True))

    assert [0.035, 9.955] == pytest.approx(spell[:2].tolist(), abs=0.09)
    assert [0.6, 0.0, 0.8, GRAVITY] == pytest.approx(spell[2:].tolist())


def test_movement_splits_and_short_rests_do_not_count():
    """Between two rests lies the movement; a rest of one second is none."""
    count = round(30 * GRID_HZ)
    at = np.arange(count) / GRID_HZ
    moving = ((at >= 10) & (at < 15)) | ((at >= 16.5) & (at < 20))
    rows = np.tile([0.0, 0.0, GRAVITY], (count, 1))
    rows[:, 0] += np.where(moving, 3 * np.sin(2 * np.pi * 2 * at), 0.0)
    segment = segment_of(rows, start_s=100.0)

    spells = find_quiet(segment, upright(segment, gravity_included=True))

    assert 2 == len(spells)
    assert [100, 120] == pytest.approx(spells[:, 0].tolist(), abs=1.0)
    assert [110, 130] == pytest.approx(spells[:, 1].tolist(), abs=1.0)


def test_a_shaken_sensor_is_never_quiet():
    """Shaking gives an empty table of the right width."""
    rows = np.random.default_rng(0).normal(size=(1000, 3)) * 5 + [0, 0, GRAVITY]
    segment = segment_of(rows)

    assert (0, 6) == find_quiet(segment, upright(segment, gravity_included=True)).shape
