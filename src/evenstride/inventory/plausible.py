"""What cannot be true of a walk or of what a phone counted, whoever wrote it down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evenstride.model.activity import Activity
from evenstride.model.day import NS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evenstride.model.series import Series

__all__ = ["EARLIEST_UTC_NS", "impossible", "sensible"]

EARLIEST_UTC_NS = 631_152_000 * NS
"""The year 1990: before it, the clock was not set."""

_AHEAD_NS = 86_400 * NS  # a count of a whole day ends tonight
_WALK_AHEAD_NS = 3_600 * NS  # clocks differ a little
_LONGEST_S = 3 * 86_400.0
_FASTEST_SPM, _SLACK_STEPS = 400.0, 400.0
_VALUES = {
    "steps": (0.0, 200_000.0),
    "distance_m": (0.0, 500_000.0),
    "floors": (0.0, 2_000.0),
    "ascent_m": (0.0, 20_000.0),
    "walking_speed_m_s": (0.0, 10.0),
    "step_length_m": (0.0, 3.0),
    "walking_asymmetry": (0.0, 1.0),
    "double_support": (0.0, 1.0),
    "walking_steadiness": (0.0, 1.0),
    "six_minute_walk_m": (0.0, 3_000.0),
    "stair_ascent_m_s": (0.0, 5.0),
    "stair_descent_m_s": (0.0, 5.0),
    "cadence_spm": (0.0, 400.0),
    "heart_rate_bpm": (15.0, 350.0),
    "walking_heart_rate_bpm": (15.0, 350.0),
    "vo2max_ml_kg_min": (1.0, 120.0),
    "standing_s": (0.0, 100_000.0),
    "exercise_s": (0.0, 100_000.0),
    "height_m": (0.4, 2.6),
    "mass_kg": (2.0, 700.0),
}
_MOST = {"steps": 200_000, "distance_m": 500_000.0, "ascent_m": 20_000.0, "descent_m": 20_000.0}


def impossible(series: Series, now_utc_ns: int) -> NDArray[np.bool_]:
    """Tell which values of a series cannot be true: by their size, or by their time.

    Not by their rate: people type the steps of a day in as those of one moment.
    """
    import numpy as np

    start, end, value = series.start_utc_ns, series.end_utc_ns, series.value
    bad = (start < EARLIEST_UTC_NS) | (start > now_utc_ns + _AHEAD_NS) | (end < start)
    low, high = _VALUES.get(series.metric, (-1e15, 1e15))
    with np.errstate(invalid="ignore"):
        bad |= (value < low) | (value > high)
    return np.asarray(bad)


def sensible(activity: Activity, now_utc_ns: int) -> Activity | None:
    """Return an activity without numbers that cannot be true; None if its time cannot be."""
    start, end = activity.start.utc_ns, activity.end_utc_ns
    lasts = (end - start) / NS
    begun = EARLIEST_UTC_NS <= start <= now_utc_ns + _WALK_AHEAD_NS
    if not begun or not 0 <= lasts <= _LONGEST_S:
        return None
    changes: dict[str, Any] = {}
    for name, most in _MOST.items():
        value = getattr(activity, name)
        if value is not None and not 0 <= value <= most:
            changes[name] = None
    if activity.moving_s is not None and not 0 < activity.moving_s <= lasts + 60:
        changes["moving_s"] = None
    fast = activity.steps is not None and activity.steps > _FASTEST_SPM / 60 * lasts + _SLACK_STEPS
    if fast:
        changes["steps"] = None
    return replace(activity, **changes) if changes else activity
