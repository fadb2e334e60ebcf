"""Moments of FIT time on the clock of the place, as far as the file tells it."""

from __future__ import annotations

import numpy as np

from evenstride.importers.contract import Options
from evenstride.importers.fit.clock import EPOCH_S
from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.profile import ACTIVITY, FIRST_DATE, TIME
from evenstride.model import Start

__all__ = ["offset_of", "start_at"]

_LOCAL_TIME = 5
_QUARTER_S, _FARTHEST_S = 900, 14 * 3600
_SLACK_S = 60
_FAR_FROM_GREENWICH_DEG = 45.0  # three hours of the sun


def offset_of(file: FitFile, longitude_deg: float) -> int | None:
    """Return the minutes that the clock of the watch was ahead of UTC, or None if not told.

    The message "activity" holds the same moment in both; nothing else in FIT tells the zone. Some
    watches write UTC into both, which shows where the sun says otherwise.

    Args:
        file: The file.
        longitude_deg: Where it was recorded, or NaN.
    """
    messages = file.messages(ACTIVITY)
    utc, local = messages.column(TIME), messages.column(_LOCAL_TIME)
    for ahead in (local - utc)[(utc >= FIRST_DATE) & (local >= FIRST_DATE)].tolist():
        rounded = int(_QUARTER_S * round(ahead / _QUARTER_S))
        if rounded == 0 and abs(longitude_deg) > _FAR_FROM_GREENWICH_DEG:
            continue
        if abs(ahead - rounded) <= _SLACK_S and abs(rounded) <= _FARTHEST_S:
            return rounded // 60
    return None


def start_at(fit_s: float, offset_min: int | None, options: Options) -> Start | None:
    """Return the moment of a FIT time, or None where the clock of the device was not set."""
    if not np.isfinite(fit_s) or fit_s < FIRST_DATE:
        return None
    utc_ns = round((fit_s + EPOCH_S) * 1000) * 1_000_000
    if offset_min is not None:
        return Start(utc_ns, offset_min, None, "recorded")
    return Start(utc_ns, None, options.zone, "asked" if options.zone else "assumed")
