"""Movella DOT: all that its app and its payload modes write."""

from __future__ import annotations

import numpy as np
import pytest

import evenstride as es
from evenstride.importers import inspect

from . import samples
from .samples import Walk

MODES = {
    "euler": ["Euler_X", "Euler_Y", "Euler_Z"],
    "quaternion": ["Quat_W", "Quat_X", "Quat_Y", "Quat_Z"],
    "delta": ["dq_W", "dq_X", "dq_Y", "dq_Z", "dv[1]", "dv[2]", "dv[3]"],
}


def dot(
    walk: Walk, mode: str = "euler", acceleration: str = "Acc", head: str = "sep=,\n", step: int = 0
) -> bytes:
    """Return a file in one of the payload modes; the microseconds wrap after ``step``."""
    facts = "DeviceTag:,DOT-1\nFirmwareVersion:,2.0.0\nAppVersion:,v2021.0\nSyncStatus:,Synced\n"
    facts += "OutputRate:,100Hz\nFilterProfile:,General\nMeasurement Mode:,Custom\n"
    facts += "StartTime:,2023-11-14_22:13:20\n\n"
    names = ["PacketCounter", "SampleTimeFine", *MODES[mode]]
    names += [f"{acceleration}_{axis}" for axis in "XYZ"] + [f"Gyr_{axis}" for axis in "XYZ"]
    micro = (walk.count * 10_000 + (2**32 - step if step else 0)) % 2**32
    other = np.full((walk.t.size, len(MODES[mode])), 0.5)
    moved = walk.total if acceleration == "Acc" else walk.linear
    table = samples.rows(
        walk.count, micro, other, moved, np.rad2deg(walk.turn), np.zeros(walk.t.size),
        fmt=["%d", "%d"] + ["%.7f"] * (len(MODES[mode]) + 6) + ["%d"],
    )  # fmt: skip
    return (head + facts + ",".join([*names, "Status"]) + "\n" + table).encode()


@pytest.mark.parametrize("mode", sorted(MODES))
@pytest.mark.parametrize("head", ["sep=,\n", "", "\ufeffsep=,\n"])
def test_orientation_never_passes_for_motion(mode: str, head: str) -> None:
    """Euler angles, quaternions and increments are left alone, with or without the sep= line."""
    walk = Walk(5.0)
    recording = es.read(dot(walk, mode, head=head))
    (block,) = recording.open()
    assert "Movella DOT CSV" == recording.format
    assert np.allclose(walk.total, block.acceleration_m_s2, atol=1e-6)
    assert block.angular_velocity_rad_s is not None
    assert np.allclose(walk.turn, block.angular_velocity_rad_s, atol=1e-6)


def test_free_acceleration_holds_no_gravity() -> None:
    """FreeAcc is told as linear; Acc as what it is."""
    assert not inspect(dot(Walk(5.0), acceleration="FreeAcc")).gravity_included
    assert inspect(dot(Walk(5.0))).gravity_included


@pytest.mark.parametrize("step", [5_000, 1_000_000, 2_505_000])
def test_the_microseconds_start_again_without_a_gap(step: int) -> None:
    """A counter of 32 bits turns over after 71.6 minutes; the walk goes on."""
    clock = es.read(dot(Walk(5.0), step=step)).clock
    assert 501 == clock.samples
    assert abs(clock.duration_s - 5.0) < 1e-6
    assert () == clock.gaps
    assert () == clock.repairs


def test_lost_packets_at_the_turn_stay_a_gap() -> None:
    """A gap across the turn of the counter keeps its length."""
    clock = es.read(dot(Walk(5.0, missing=(1.0, 2.0)), step=1_500_000)).clock
    assert [(1.0, 2.0)] == [(round(g.start_s, 3), round(g.end_s, 3)) for g in clock.gaps]


def test_a_mode_without_acceleration_is_told() -> None:
    """Orientation alone is no walk."""
    walk = Walk(3.0)
    head = "sep=,\nDeviceTag:,DOT-1\nOutputRate:,60Hz\n\n"
    head += "PacketCounter,SampleTimeFine,Euler_X,Euler_Y,Euler_Z\n"
    micro = walk.count * 16_667
    table = samples.rows(walk.count, micro, walk.turn, fmt=["%d", "%d"] + ["%.6f"] * 3)
    with pytest.raises(es.UnusableRecording, match="no acceleration"):
        es.read((head + table).encode())
