"""Steps from strides; treadmill files that hold steps where strides belong are put right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.sessions import ON_FOOT, Session
from evenstride.model import WALKED

__all__ = ["real_cadence", "real_steps"]

_IMPOSSIBLE_SPM = 280.0  # 140 strides a minute: race walkers stay near 110
_TOO_FAST_SPM, _SLOW_M_S = 200.0, 2.0  # only race walkers step so often, and they are fast

_HALVED = (
    "The file holds twice the steps that anyone can walk: it counts steps where strides belong. "
    "They were halved."
)


def real_cadence(
    columns: Mapping[str, NDArray[np.float64]],
) -> tuple[NDArray[np.float64], list[str]]:
    """Return the cadence of a walk in steps a minute, and what was put right."""
    cadence = columns["cadence_spm"]
    moving = cadence > 0
    speed = columns.get("speed_m_s", np.full(len(cadence), np.nan))[moving]
    speed = speed[np.isfinite(speed)]
    usual = float(np.median(speed)) if len(speed) else None
    if moving.any() and _doubled(float(np.median(cadence[moving])), usual):
        return cadence / 2, [_HALVED]
    return cadence, []


def real_steps(session: Session) -> tuple[int | None, list[str]]:
    """Return the steps of an outing, twice its strides, and what was put right."""
    strides, moving_s = session.numbers["strides"], session.numbers["moving_s"]
    distance = session.numbers["distance_m"]
    if not strides or session.sport not in ON_FOOT:
        return None, []
    steps = 2 * strides
    if session.sport in WALKED and moving_s:
        speed = distance / moving_s if distance else None
        if _doubled(steps / moving_s * 60, speed):
            return round(steps / 2), [_HALVED]
    return round(steps), []


def _doubled(steps_per_minute: float, speed_m_s: float | None) -> bool:
    slow = speed_m_s is not None and speed_m_s < _SLOW_M_S
    return steps_per_minute > _IMPOSSIBLE_SPM or (steps_per_minute > _TOO_FAST_SPM and slow)
