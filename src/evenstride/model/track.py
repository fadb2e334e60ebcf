"""Positions over time, with what the same device measured beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.model.activity import Activity
from evenstride.model.start import Start
from evenstride.model.table import Table, absent, fact

__all__ = ["ElevationSource", "Track"]

ElevationSource = Literal["barometer", "gps", "model", "device"]
"""What measured the height: air pressure, satellites, a map of the ground, or what the device made
of all it had, which the file does not explain."""


@dataclass(frozen=True, eq=False)
class Track(Table):
    """One outing as a phone or watch followed it, in the order of time. NaN = not recorded.

    Only ``time_s`` is needed; columns that are not given are absent.

    Attributes:
        time_s: Seconds since ``start``; on the clock of the motion recording it came with, if any.
            All NaN for a route that was drawn and never walked.
        latitude_deg: WGS 84.
        longitude_deg: WGS 84.
        elevation_m: Height as recorded.
        speed_m_s: Speed over ground as recorded.
        accuracy_m: Horizontal accuracy as recorded (radius of the 68 % circle).
        vertical_accuracy_m: The same for the height.
        pressure_pa: Air pressure.
        distance_m: From the start, as the device counted it.
        cadence_spm: Steps of both feet in a minute.
        heart_rate_bpm: Heart beats in a minute.
        step_length_m: As the device estimated it.
        vertical_oscillation_m: Up and down movement within a step, as the device estimated it.
        stance_time_s: Time of one foot on the ground, as the device estimated it.
        stance_left: Share of the ground time that was on the left foot, 0 to 1.
        segment: Counts up from 0 at each break: a pause, or a new piece of the file.
        start: The moment of ``time_s`` 0; None when the file does not tell.
        elevation_source: What measured the height; None when not known.
        activity: What the file says of the outing as a whole; None if nothing.
        format: Name of the file format in plain words.
        source: Name of the file without its folder.
        warnings: What is wrong with the file, each a sentence in plain words.
    """

    time_s: NDArray[np.float64]
    latitude_deg: NDArray[np.float64] = absent()
    longitude_deg: NDArray[np.float64] = absent()
    elevation_m: NDArray[np.float64] = absent()
    speed_m_s: NDArray[np.float64] = absent()
    accuracy_m: NDArray[np.float64] = absent()
    vertical_accuracy_m: NDArray[np.float64] = absent()
    pressure_pa: NDArray[np.float64] = absent()
    distance_m: NDArray[np.float64] = absent()
    cadence_spm: NDArray[np.float64] = absent()
    heart_rate_bpm: NDArray[np.float64] = absent()
    step_length_m: NDArray[np.float64] = absent()
    vertical_oscillation_m: NDArray[np.float64] = absent()
    stance_time_s: NDArray[np.float64] = absent()
    stance_left: NDArray[np.float64] = absent()
    segment: NDArray[np.int64] = absent()
    start: Start | None = fact(default=None)
    elevation_source: ElevationSource | None = fact(default=None)
    activity: Activity | None = fact(default=None)
    format: str = fact(default="")
    source: str = fact(default="")
    warnings: tuple[str, ...] = fact(default=())

    def __post_init__(self) -> None:
        rows = len(self.time_s)
        for name in self.columns():
            if getattr(self, name) is None:
                nothing = np.zeros(rows, np.int64) if name == "segment" else np.full(rows, np.nan)
                object.__setattr__(self, name, nothing)
        super().__post_init__()
