"""The web is loaded, and its server killed, in a short run; a page loses little of a walk."""

import numpy as np
import pytest
from validation.datasets import Signal, Walk
from validation.web_load import kill_in_the_middle, load
from validation.web_motion import loss_of

from evenstride.testing import Sensor, simulate_walk


def test_phones_that_send_while_pages_are_read_lose_nothing(tmp_path):
    """All that was acknowledged is on the disk, and the memory does not grow with it."""
    found = load(tmp_path / "home", phones=4, minutes=0.5)

    assert (60, 0) == (found["kept"], found["lost"])
    assert found["rss_last_mb"] < found["rss_first_mb"] + 30


def test_a_server_that_is_killed_has_kept_what_it_acknowledged(tmp_path):
    """Killed twice while two phones send, and each walk is finished afterwards."""
    found = kill_in_the_middle(tmp_path / "home", phones=2, blocks=24, times=2)

    assert {"killed": 2, "acknowledged": 48, "gone": 0, "walks": 2} == found


def test_the_loss_by_a_page_is_small_on_a_clean_walk():
    """60 Hz in steps of 0.1 m/s2 cost a step of a good sensor a few milliseconds."""
    made = simulate_walk(60, sensor=Sensor(rate_hz=100), seed=2)
    (block,) = made.recording.blocks(seconds=1e4, overlap_s=0)
    signal = Signal(block.time_s, block.acceleration_m_s2, block.angular_velocity_rad_s)
    walk = Walk("made", "nobody", "H", signal, "lower back", "LowerBack", None)
    found = loss_of(walk, "made", seed=1)

    assert 0 == found.more_steps
    assert 1.0 == pytest.approx(found.matched)
    assert found.step_ms < 5
    assert np.isfinite(found.cadence_spm)
    assert abs(found.cadence_spm) < 0.2
