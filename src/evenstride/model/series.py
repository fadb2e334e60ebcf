"""Values that phones and watches wrote down by themselves, interval by interval, over years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.model.device import Device
from evenstride.model.table import Table, fact

__all__ = ["METRICS", "Metric", "Series"]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a series measures.

    Attributes:
        unit: SI, in plain text; "1" for counts and fractions.
        adds_up: Whether values of neighbouring intervals add up, so that the same steps counted by
            two devices must be merged by interval; otherwise each value stands for itself.
    """

    unit: str
    adds_up: bool = False


METRICS: dict[str, Metric] = {
    "steps": Metric("1", adds_up=True),
    "distance_m": Metric("m", adds_up=True),
    "floors": Metric("1", adds_up=True),
    "ascent_m": Metric("m", adds_up=True),
    "walking_speed_m_s": Metric("m/s"),
    "step_length_m": Metric("m"),
    "walking_asymmetry": Metric("1"),
    "double_support": Metric("1"),
    "walking_steadiness": Metric("1"),
    "six_minute_walk_m": Metric("m"),
    "stair_ascent_m_s": Metric("m/s"),
    "stair_descent_m_s": Metric("m/s"),
    "cadence_spm": Metric("steps/min"),
    "heart_rate_bpm": Metric("1/min"),
    "walking_heart_rate_bpm": Metric("1/min"),
    "vo2max_ml_kg_min": Metric("mL/(kg min)"),
    "standing_s": Metric("s", adds_up=True),
    "exercise_s": Metric("s", adds_up=True),
    "height_m": Metric("m"),
    "mass_kg": Metric("kg"),
}
"""The metrics that evenstride uses; shares (asymmetry, double support ...) are fractions, 0 to 1.

Anything else that a file holds is handed on, when all of it is asked for, under the file's own name
and unit.
"""


@dataclass(frozen=True, eq=False)
class Series(Table):
    """Values of one metric, in the order of the file; a long history comes in several pieces.

    Attributes:
        start_utc_ns: Begin of the interval, nanoseconds since 1970, UTC.
        end_utc_ns: End of it; the same as the begin for a moment.
        value: In ``unit``; NaN where the file holds no number.
        device: Row of ``devices`` that recorded it.
        side: Where the phone was carried: -1 left, +1 right, 0 in the middle or not known.
        metric: A name of ``METRICS``, or the file's own name for anything else.
        unit: Of the values.
        devices: What recorded them.
        zone: IANA name of the zone in which they were recorded, if the file tells it.
    """

    start_utc_ns: NDArray[np.int64]
    end_utc_ns: NDArray[np.int64]
    value: NDArray[np.float64]
    device: NDArray[np.int32]
    side: NDArray[np.int8]
    metric: str = fact()
    unit: str = fact()
    devices: tuple[Device, ...] = fact()
    zone: str | None = fact(default=None)
