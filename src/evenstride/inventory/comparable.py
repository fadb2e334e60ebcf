"""Which earlier walks can be put beside a walk, and why the others cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from evenstride.inventory.nouns import LeftOut
from evenstride.inventory.walks import Walk, usable

__all__ = ["MOST", "PACE", "SAME_SHOE", "SPEED_BAND_M_S", "comparable", "missing"]

PACE = ("cadence_spm", "speed_m_s", "step_length_m")
"""These are the pace; everything else changes with it, so it is compared at like speed only."""

SAME_SHOE = ("impact_peak_m_s2",)

SPEED_BAND_M_S = 0.1
LOAD_KG = 3.0
"""Less of a difference than this is taken as the same load (our estimate)."""

MOST = 20
DAYS = 182
"""Only the newest walks of half a year are "usual"; a body changes more slowly than it forgets."""

_EVEN = ("paved", "track")


def missing(name: str, walk: Walk) -> str | None:
    """Return what a walk lacks so that nothing can be put beside it: "no_speed", "no_shoe"."""
    if name not in PACE and usable(walk, "speed_m_s") is None:
        return "no_speed"
    if name in SAME_SHOE and walk.outing.shoe is None:
        return "no_shoe"
    return None


def comparable(
    name: str, walk: Walk, earlier: Sequence[Walk], words: Mapping[str, str]
) -> tuple[tuple[float, ...], tuple[LeftOut, ...]]:
    """Return the values of earlier walks that can be put beside one, and what was left out.

    What was not noted is not taken as equal to what was: ground that nobody noted may be any.

    Args:
        name: The measure.
        walk: The walk that is looked at; it has the measure and lacks nothing (``missing``).
        earlier: Walks before it, the oldest first.
        words: What each difference is called.
    """
    values: list[float] = []
    differences: Counter[str] = Counter()
    for other in reversed(earlier):
        measure = usable(other, name)
        if measure is None or measure.value is None:
            continue
        difference = _difference(name, walk, other)
        if difference is None and len(values) == MOST:
            difference = "old"
        if difference is None:
            values.append(measure.value)
        else:
            differences[difference] += 1
    left_out = (LeftOut(why, words[why], differences[why]) for why in words if differences[why])
    return tuple(reversed(values)), tuple(left_out)


def _difference(name: str, walk: Walk, other: Walk) -> str | None:
    one, two = walk.outing, other.outing
    if _how(walk, name) != _how(other, name):
        return "how"
    if one.kind != two.kind:
        return "kind"
    if _ground(one.surface) != _ground(two.surface):
        return "surface"
    if one.hills != two.hills:
        return "hills"
    if abs((one.load_kg or 0.0) - (two.load_kg or 0.0)) >= LOAD_KG:
        return "load"
    if name in SAME_SHOE and one.shoe != two.shoe:
        return "shoe"
    if name not in PACE and not _like_speed(walk, other):
        return "speed"
    return "old" if (walk.day - other.day).days > DAYS else None


def _how(walk: Walk, name: str) -> tuple[str, str, str] | None:
    """Return how a measure came about: a walk does not tell placement or sensor, the reason does.

    Reasons name where the sensor was taken to be and what a length was scaled to.
    """
    measure = usable(walk, name)
    return None if measure is None else (measure.unit, measure.grade, measure.reason)


def _ground(surface: str | None) -> str | None:
    return "even" if surface in _EVEN else surface


def _like_speed(walk: Walk, other: Walk) -> bool:
    one, two = usable(walk, "speed_m_s"), usable(other, "speed_m_s")
    if one is None or two is None or one.value is None or two.value is None:
        return False
    same_way = _how(walk, "speed_m_s") == _how(other, "speed_m_s")
    return same_way and abs(one.value - two.value) <= SPEED_BAND_M_S
