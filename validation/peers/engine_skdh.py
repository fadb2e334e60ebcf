"""scikit-digital-health: its lumbar gait classifier followed by its gait engine."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
from skdh.context import PredictGaitLumbarLgbm  # type: ignore[import-not-found]
from skdh.gait import GaitLumbar  # type: ignore[import-not-found]

VERSION = version("scikit-digital-health")
_SHORTEST_BOUT_S = 2.9  # its windows last 3 s and it asks for more than this
_MIDDAY_S = 1_600_000_000.0
_G = 9.80665


def analyse(acceleration: Any, angular: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """Run classifier and engine; axes are told where they are known."""
    rate = float(facts["rate_hz"])
    time = _MIDDAY_S + np.arange(len(acceleration)) / rate
    in_g = np.ascontiguousarray(acceleration / _G)
    bouts = PredictGaitLumbarLgbm().predict(time=time, accel=in_g, fs=rate)
    index = np.column_stack([bouts["Gait Bout Start Index"], bouts["Gait Bout Stop Index"]])
    index = np.minimum(index.astype(int), len(in_g) - 1)
    known = bool(facts.get("axes_known", False))
    found = GaitLumbar(min_bout_time=_SHORTEST_BOUT_S, day_window=None).predict(
        time=time,
        accel=in_g,
        gyro=np.ascontiguousarray(angular) if len(angular) else None,
        fs=rate,
        height=facts.get("height_m"),
        gait_bouts=index,
        v_axis=0 if known else None,
        ap_axis=2 if known else None,
    )
    contacts = np.asarray(found["IC Timestamp"], float) - _MIDDAY_S
    return {
        "contacts": contacts.tolist(),
        "sides": [0] * contacts.size,
        "bouts": (index / rate).tolist(),
        "strides": _strides(contacts, found, str(facts.get("variant", "model 2"))),
        "steps": int(contacts.size),
    }


def _strides(contacts: Any, found: dict[str, Any], variant: str) -> list[list[float]]:
    suffix = "" if variant == "model 2" else " m1"
    keys = [f"stride length{suffix}", f"gait speed{suffix}"]
    if any(key not in found for key in [*keys, "stride time"]):
        return []
    times = np.asarray(found["stride time"], float)
    lengths, speeds = (np.asarray(found[key], float) for key in keys)
    good = np.isfinite(times) & np.isfinite(lengths) & np.isfinite(speeds)
    return [
        [float(start), float(start + time), 0, float(length), float(speed)]
        for start, time, length, speed in zip(
            contacts[good], times[good], lengths[good], speeds[good], strict=True
        )
    ]
