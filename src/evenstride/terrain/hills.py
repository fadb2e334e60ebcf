"""How hilly a walk was, in the words in which people are asked."""

from __future__ import annotations

from evenstride.model import TerrainProfile
from evenstride.model.outing import Hills

__all__ = ["FLAT_TO_M_KM", "STEEP_FROM_M_KM", "STEEP_FROM_PCT", "hills_of"]

FLAT_TO_M_KM = 10.0
"""Up to so many metres of climb and descent a kilometre, a walk is flat."""

STEEP_FROM_M_KM = 50.0
"""From so many on it is steep."""

STEEP_FROM_PCT = 12.0
"""So is one whose steepest twentieth is at least this steep."""


def hills_of(profile: TerrainProfile) -> Hills | None:
    """Return "flat", "some" or "steep"; None where it cannot be told.

    Climb and descent are taken together, so that a walk that only goes down a mountain is not flat.
    Nothing is said if the interval reaches from flat to steep.
    """
    distance = profile.measures["distance_m"].value
    climb, descent = profile.measures["climb_m"], profile.measures["descent_m"]
    steepest = profile.measures["steepest_pct"]
    if not distance or climb.value is None or descent.value is None or steepest.value is None:
        return None
    km = distance / 1000.0
    ends = (
        _word(climb.low or 0.0, descent.low or 0.0, steepest.low or 0.0, km),
        _word(climb.high or 0.0, descent.high or 0.0, steepest.high or 0.0, km),
    )
    if ends == ("flat", "steep"):
        return None
    return _word(climb.value, descent.value, steepest.value, km)


def _word(climb_m: float, descent_m: float, steepest_pct: float, km: float) -> Hills:
    up_and_down = (climb_m + descent_m) / 2.0 / km
    if up_and_down >= STEEP_FROM_M_KM or steepest_pct >= STEEP_FROM_PCT:
        return "steep"
    return "flat" if up_and_down <= FLAT_TO_M_KM else "some"
