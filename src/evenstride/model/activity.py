"""A walk as another program wrote it down: facts, without samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from evenstride.model.device import UNKNOWN_DEVICE, Device
from evenstride.model.start import Start

__all__ = ["SPORTS", "WALKED", "Activity", "Sport"]

Sport = Literal["walking", "hiking", "treadmill", "running", "cycling", "other", "unknown"]
SPORTS: tuple[Sport, ...] = get_args(Sport)

WALKED: frozenset[Sport] = frozenset({"walking", "hiking", "treadmill"})
"""What counts as a walk without asking; what is "unknown" is told by its speed, or asked."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One walk, or other activity, as a watch, phone or archive summed it up. None: not told.

    Attributes:
        start: When it began.
        end_utc_ns: When it ended, in nanoseconds since 1970, UTC; pauses are included.
        sport: What was done.
        moving_s: Time without pauses.
        distance_m: How far.
        steps: Steps of both feet.
        ascent_m: Climb as summed up by the device.
        descent_m: The same downhill.
        heart_rate_bpm: Mean.
        indoor: Whether it was inside.
        gear: Shoes or other gear as the archive names it; "" if not told.
        title: As the person named it.
        note: In the person's own words.
        device: What recorded it.
        extra: Further statistics by their own name, with the unit as its last part ("_m", "_s").
    """

    start: Start
    end_utc_ns: int
    sport: Sport = "unknown"
    moving_s: float | None = None
    distance_m: float | None = None
    steps: int | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    heart_rate_bpm: float | None = None
    indoor: bool | None = None
    gear: str = ""
    title: str = ""
    note: str = ""
    device: Device = UNKNOWN_DEVICE
    extra: Mapping[str, float] = field(default_factory=dict)
