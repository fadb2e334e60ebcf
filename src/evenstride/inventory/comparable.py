"""Which earlier walks can be put beside a walk, and why the others cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from evenstride.inventory.nouns import LeftOut
from evenstride.inventory.walks import Reading, reading
from evenstride.model.outing import Outing, Surface

__all__ = ["MOST", "PACE", "SAME_SHOE", "SPEED_BAND_M_S", "comparable", "missing"]

PACE = ("cadence_spm", "speed_m_s", "step_length_m")
"""These are the pace; everything else changes with it, so it is compared at like speed only."""

SAME_SHOE = ("impact_peak_m_s2",)

SPEED_BAND_M_S = 0.1
LOAD_KG = 3.0
"""Less of a difference than this is taken as the same load (our estimate)."""

MOST = 20
DAYS = 182
"""What is usual rests on the newest walks of half a year; both numbers are our estimate."""

_EVEN = ("paved", "track")


def missing(name: str, walk: Outing) -> str | None:
    """Return what a walk lacks so that nothing can be put beside it: "no_speed", "no_shoe"."""
    if name not in PACE and reading(walk, "speed_m_s") is None:
        return "no_speed"
    if name in SAME_SHOE and walk.shoe is None:
        return "no_shoe"
    return None


def comparable(
    name: str, newest: Reading, earlier: Sequence[Reading], words: Mapping[str, str]
) -> tuple[tuple[float, ...], tuple[LeftOut, ...]]:
    """Return the values of earlier walks that can be put beside one, and what was left out.

    What was not noted is not taken as equal to what was: ground that nobody noted may be any.

    Args:
        name: The measure.
        newest: Its reading that is looked at; the walk lacks nothing (``missing``).
        earlier: Readings before it, the oldest first.
        words: What each difference is called.
    """
    values: list[float] = []
    differences: Counter[str] = Counter()
    for other in reversed(earlier):
        difference = _difference(name, newest, other)
        if difference is None and len(values) == MOST:
            difference = "old"
        if difference is None:
            values.append(other.value)
        else:
            differences[difference] += 1
    left_out = (LeftOut(why, words[why], differences[why]) for why in words if differences[why])
    return tuple(reversed(values)), tuple(left_out)


def _difference(name: str, newest: Reading, other: Reading) -> str | None:
    one, two = newest.walk, other.walk
    same_shoe = one.shoe == two.shoe or name not in SAME_SHOE
    differs = {
        "placement": one.placement != two.placement,
        "sensor": one.sensor != two.sensor,
        "how": newest.how != other.how,
        "kind": one.kind != two.kind,
        "surface": _ground(one.surface) != _ground(two.surface),
        "hills": one.hills != two.hills,
        "load": abs((one.load_kg or 0.0) - (two.load_kg or 0.0)) >= LOAD_KG,
        "shoe": not same_shoe,
        "speed": name not in PACE and not _like_speed(newest.walk, other.walk),
        "old": (newest.walk.day - other.walk.day).days > DAYS,
    }
    return next((why for why, is_so in differs.items() if is_so), None)


def _ground(surface: Surface | None) -> str | None:
    return "even" if surface in _EVEN else surface


def _like_speed(walk: Outing, other: Outing) -> bool:
    one, two = reading(walk, "speed_m_s"), reading(other, "speed_m_s")
    if one is None or two is None or one.how != two.how:
        return False
    return abs(one.value - two.value) <= SPEED_BAND_M_S
