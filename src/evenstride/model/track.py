"""Positions over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.model.table import Table

__all__ = ["Track"]


@dataclass(frozen=True, eq=False)
class Track(Table):
    """Positions of one outing, in the order of time. NaN = not recorded.

    Attributes:
        time_s: Seconds on the clock of the recording it came with.
        latitude_deg: WGS 84.
        longitude_deg: WGS 84.
        elevation_m: Height as recorded.
        speed_m_s: Speed over ground as recorded.
        accuracy_m: Horizontal accuracy as recorded (radius of the 68 % circle).
    """

    time_s: NDArray[np.float64]
    latitude_deg: NDArray[np.float64]
    longitude_deg: NDArray[np.float64]
    elevation_m: NDArray[np.float64]
    speed_m_s: NDArray[np.float64]
    accuracy_m: NDArray[np.float64]
