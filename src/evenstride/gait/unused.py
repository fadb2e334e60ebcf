"""Every stretch that was not used, with its reason: nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.stretch import SHORTEST_STRETCH_S, Stretch
from evenstride.model import Bouts, Gap, Unused

__all__ = ["list_unused"]

_RESTING_M_S2 = 0.35
_BARELY_S = 0.5  # slivers next to bouts are not worth a line


def list_unused(
    duration_s: float,
    gaps: Iterable[Gap],
    stretches: list[Stretch],
    bouts: Bouts,
    slow_s: Iterable[tuple[float, float]] = (),
) -> tuple[Unused, ...]:
    """Return what lies outside the bouts, in order of time, so that bouts and this cover all.

    Args:
        duration_s: Length of the recording.
        gaps: Where there are no samples.
        stretches: What was looked at.
        bouts: What was used.
        slow_s: Start and end of what had fewer than 20 samples a second.
    """
    out = [Unused(g.start_s, g.end_s, "No samples were recorded here.") for g in gaps]
    taken = [(g.start_s, g.end_s) for g in gaps]
    slow = list(slow_s)
    taken += list(zip(bouts.start_s.tolist(), bouts.end_s.tolist(), strict=True))
    seconds, movement = _movement(stretches)
    for start, end in _between(sorted(taken), duration_s):
        if end - start < _BARELY_S:
            continue
        middle = 0.5 * (start + end)
        if any(a <= middle <= b for a, b in slow):
            out.append(Unused(start, end, "Fewer than 20 samples a second."))
        else:
            out.append(Unused(start, end, _reason(start, end, seconds, movement)))
    return tuple(sorted(out, key=lambda u: u.start_s))


def _movement(stretches: list[Stretch]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the time and size of movement, one a second, over all stretches in order."""
    if not stretches:
        return np.empty(0), np.empty(0)
    seconds = [s.start_s + np.arange(len(s.movement_m_s2)) for s in stretches]
    joined = np.concatenate(seconds)
    order = np.argsort(joined, kind="stable")
    return joined[order], np.concatenate([s.movement_m_s2 for s in stretches])[order]


def _between(taken: list[tuple[float, float]], end: float) -> Iterable[tuple[float, float]]:
    upto = 0.0
    for start, stop in taken:
        if start > upto:
            yield upto, start
        upto = max(upto, stop)
    if end > upto:
        yield upto, end


def _reason(
    start: float, end: float, seconds: NDArray[np.float64], movement: NDArray[np.float64]
) -> str:
    inside = movement[np.searchsorted(seconds, start - 1) : np.searchsorted(seconds, end)]
    if len(inside) == 0:
        return f"Too short between gaps: less than {SHORTEST_STRETCH_S:.0f} seconds."
    if np.median(inside) < _RESTING_M_S2:
        return "Resting: hardly any movement."
    return "Movement, but not five steps of steady walking in a row."
