"""The contacts of a walk as one table: all that is kept of a recording once it has been read."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.features import FEATURE_NAMES

__all__ = ["Steps"]


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The contacts of one or more stretches, one row each.

    Attributes:
        time_s: When.
        bout: Number of the bout within the recording.
        odds: Log-odds that this is a step of a walk.
        side: -1 left, +1 right, as if sides were sure.
        side_trust: How consistent the sides of its bout are, 0 to 1; 0 where they may not be named.
        rate_hz: Step rate.
        strength_m_s2: Amplitude of the vertical at the step rate.
        up: (n, 3) up in the coordinates of the sensor.
        forward: (n, 3) forward of its bout in the coordinates of the sensor.
        gravity_m_s2: Length of the low-passed acceleration.
        swing: (n, 3) stride-rate movement over step-rate strength, vertical and horizontal, and
            stride-rate turning in rad/s (NaN without gyroscope).
        features: (n, 15) see ``features``.

    Single precision where the time is not concerned: a week has some 300,000 contacts.
    """

    time_s: NDArray[np.float64]
    bout: NDArray[np.int64]
    odds: NDArray[np.float32]
    side: NDArray[np.int8]
    side_trust: NDArray[np.float32]
    rate_hz: NDArray[np.float32]
    strength_m_s2: NDArray[np.float32]
    up: NDArray[np.float32]
    forward: NDArray[np.float32]
    gravity_m_s2: NDArray[np.float32]
    swing: NDArray[np.float32]
    features: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.time_s)

    @classmethod
    def none(cls) -> Steps:
        """Return a table without rows."""
        one, three = np.empty(0, dtype=np.float32), np.empty((0, 3), dtype=np.float32)
        return cls(
            time_s=np.empty(0),
            bout=np.empty(0, dtype=np.int64),
            odds=one,
            side=np.empty(0, dtype=np.int8),
            side_trust=one,
            rate_hz=one,
            strength_m_s2=one,
            up=three,
            forward=three,
            gravity_m_s2=one,
            swing=three,
            features=np.empty((0, len(FEATURE_NAMES)), dtype=np.float32),
        )

    @classmethod
    def joined(cls, parts: list[Steps]) -> Steps:
        """Return the rows of all parts in order."""
        if not parts:
            return cls.none()
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))

    def select(self, keep: NDArray[np.bool_] | NDArray[np.intp] | slice) -> Steps:
        """Return only the rows that ``keep`` picks."""
        return Steps(*(getattr(self, f.name)[keep] for f in fields(self)))
