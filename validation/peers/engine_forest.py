"""forest.oak: cadence for every second; contacts are placed evenly because it has none."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
from forest.oak.base import find_walking, preprocess_bout  # type: ignore[import-not-found]

VERSION = version("beiwe-forest")


def analyse(acceleration: Any, angular: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """Count steps and walking seconds; the gyroscope is not used."""
    del angular
    rate = float(facts["rate_hz"])
    time = np.arange(len(acceleration)) / rate
    _, magnitude = preprocess_bout(time, *acceleration.T)
    cadence = find_walking(magnitude)
    walking = np.diff(np.concatenate([[0], (cadence > 0).astype(int), [0]]))
    starts, stops = np.flatnonzero(walking == 1), np.flatnonzero(walking == -1)
    contacts: list[float] = []
    for start, stop in zip(starts, stops, strict=True):
        phase = np.concatenate([[0.0], np.cumsum(cadence[start:stop])])
        turns = np.arange(0.5, phase[-1], 1.0)
        contacts += np.interp(turns, phase, np.arange(start, stop + 1, dtype=float)).tolist()
    return {
        "contacts": contacts,
        "sides": [0] * len(contacts),
        "bouts": np.column_stack([starts, stops]).astype(float).tolist(),
        "strides": [],
        "steps": float(np.sum(cadence)),
    }
