"""Positions that come with a recording give its distance."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from evenstride.app.analyse import Request, analyse_file
from evenstride.testing import simulate_walk

_METRES_PER_DEGREE = 111_194.9


def logger_zip(folder: Path, speed_m_s: float) -> Path:
    """Write a simulated walk as Sensor Logger would, with a straight track to the north."""
    walk = simulate_walk(120.0, seed=3)
    blocks = list(walk.recording.blocks())
    time_s = np.concatenate([b.time_s for b in blocks])
    values = np.concatenate([b.acceleration_m_s2 for b in blocks])
    start_ns = 1_700_000_000_000_000_000
    rows = [
        f"{start_ns + round(t * 1e9)},{t:.6f},{z:.6f},{y:.6f},{x:.6f}"
        for t, (x, y, z) in zip(time_s, values, strict=True)
    ]
    fixes = [
        f"{start_ns + second * 10**9},{second},1,0.2,3,4,{speed_m_s},0,30,10.0,"
        f"{50 + speed_m_s * second / _METRES_PER_DEGREE:.9f}"
        for second in range(round(time_s[-1]))
    ]
    path = folder / "walk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "Metadata.csv",
            "version,device name,recording epoch time,recording time,recording timezone,platform,"
            "appVersion,device id,sensors,sampleRateMs,standardisation\n"
            "3,Phone,1700000000000,2023-11-14_22-13-20,Europe/Berlin,android,1.49,x,"
            "TotalAcceleration,10,false",
        )
        archive.writestr("TotalAcceleration.csv", "time,seconds_elapsed,z,y,x\n" + "\n".join(rows))
        archive.writestr(
            "Location.csv",
            "time,seconds_elapsed,bearingAccuracy,speedAccuracy,verticalAccuracy,"
            "horizontalAccuracy,speed,bearing,altitude,longitude,latitude\n" + "\n".join(fixes),
        )
    return path


def test_gps_of_the_same_export_makes_the_speed_firm(tmp_path):
    """The speed is that of the track, within 3 %, and firm, though no height was given."""
    analysed = analyse_file(logger_zip(tmp_path, speed_m_s=1.3))

    speed = analysed.gait.measures["speed_m_s"]
    assert "firm" == speed.grade
    assert "It is scaled to the distance of the GPS track." == speed.reason
    assert 1.3 == pytest.approx(speed.value, rel=0.03)


def test_a_told_distance_wins_over_the_track(tmp_path):
    """With a distance told, the track is not used."""
    told = Request(distance_m=100.0)
    analysed = analyse_file(logger_zip(tmp_path, speed_m_s=1.3), told)

    assert "It is scaled to the distance you gave." == analysed.gait.measures["speed_m_s"].reason
