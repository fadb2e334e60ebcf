"""Which records can be placed in time, in which order, and which belong together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.profile import FIRST_DATE
from evenstride.model import Left
from evenstride.model.stray import stray_times

__all__ = ["in_order", "merged", "with_time"]

Floats = NDArray[np.float64]

_LONGEST_S = 60 * 86_400.0


def with_time(when: Floats) -> tuple[NDArray[np.bool_], list[Left]]:
    """Tell which records have a time that can be right: near those of the others in the file."""
    there = np.isfinite(when)
    left = []
    if missing := int((~there).sum()):
        left.append(Left(_points(missing), "they had no time"))
    if not there.any():
        return there, left
    dated = there & (when >= FIRST_DATE)
    main = dated if dated.sum() * 2 >= there.sum() else there & ~dated
    keep = main & (abs(when - np.median(when[main])) < _LONGEST_S)
    keep[keep] = ~stray_times(when[keep])
    if wrong := int((there & ~keep).sum()):
        left.append(Left(_points(wrong), "their time cannot be right"))
    return keep, left


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} points"


def in_order(when: Floats) -> NDArray[np.intp] | None:
    """Return the order of time, or None where the records are in order."""
    return np.argsort(when, kind="stable") if (np.diff(when) < 0).any() else None


def merged(when: Floats, columns: dict[str, Floats]) -> tuple[Floats, dict[str, Floats]]:
    """Join records of one moment that do not contradict each other.

    Some apps write the distance of a moment in one record and its place in another.
    """
    if not (np.diff(when) == 0).any():
        return when, columns
    moments, first, row = np.unique(when, return_index=True, return_inverse=True)
    clash = np.zeros(len(moments), bool)
    for values in columns.values():
        clash |= np.bincount(row[np.isfinite(values)], minlength=len(moments)) > 1
    keep = clash[row]
    keep[first] = True
    joined = {}
    for name, values in columns.items():
        there = np.isfinite(values) & ~clash[row]
        values = values.copy()
        values[first[row[there]]] = values[there]
        joined[name] = values[keep]
    return when[keep], joined
