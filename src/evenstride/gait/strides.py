"""Step 5: steps and strides as tables, and which of them are steady.

Steady is straight, even walking: no turn within a stride, a stride time near that of its
neighbours, and three contacts that are likely steps: such a stride has a length. Evenness and
variation ask for more: a step between the stride and any turn, and not the first or last stride
of a bout (Tura 2012, 10.1186/1743-0003-9-11).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from evenstride.gait.steps import Steps

__all__ = ["Paces", "paces"]

_TIME_TOLERANCE = 0.3
_NEIGHBOURS = 9


@dataclass(frozen=True, slots=True, eq=False)
class Paces:
    """Steps and strides by the contact that begins them; arrays of length n.

    Attributes:
        step_s: Step time, NaN where there is no next contact in the bout.
        stride_s: Stride time, NaN likewise.
        likely_step: The step is a likely one, as long as its neighbours.
        steady: The stride is straight, even walking.
        inner_step: The step is used for evenness and variation.
        inner_stride: The stride is used for evenness and variation.
    """

    step_s: NDArray[np.float64]
    stride_s: NDArray[np.float64]
    likely_step: NDArray[np.bool_]
    steady: NDArray[np.bool_]
    inner_step: NDArray[np.bool_]
    inner_stride: NDArray[np.bool_]

    @property
    def inner_pair(self) -> NDArray[np.bool_]:
        """Whether the step and the next one are both used for evenness."""
        return self.inner_step & _next(self.inner_step, 1)

    @property
    def inner_triple(self) -> NDArray[np.bool_]:
        """Whether the step and the two next ones are all used for evenness."""
        return self.inner_pair & _next(self.inner_step, 2)


def paces(steps: Steps, turns: NDArray[np.float64]) -> Paces:
    """Work out steps and strides and which are steady.

    Args:
        steps: Contacts in order of time, with bout numbers.
        turns: (k, 3) start s, end s, angle.
    """
    step_s, stride_s = _ahead(steps, 1), _ahead(steps, 2)
    likely = steps.odds > 0
    steady = _near_usual(stride_s) & likely & _next(likely, 1) & _next(likely, 2)
    clear = ~_touches(steps.time_s, steps.time_s + np.nan_to_num(step_s), step_s, turns)
    steady &= ~_touches(steps.time_s, steps.time_s + np.nan_to_num(stride_s), 0.0, turns)
    likely_step = _near_usual(step_s) & likely & _next(likely, 1)
    good_step = likely_step & clear
    good_stride = steady & good_step & _next(good_step, 1)
    first, last = _ends(steps.bout)
    edge_step = first | _next(last, 1, default=True)
    edge_stride = first | _next(last, 2, default=True)
    return Paces(
        step_s, stride_s, likely_step, steady, good_step & ~edge_step, good_stride & ~edge_stride
    )


def _ahead(steps: Steps, count: int) -> NDArray[np.float64]:
    out = np.full(len(steps), np.nan)
    if len(steps) > count:
        same = steps.bout[count:] == steps.bout[:-count]
        out[:-count] = np.where(same, steps.time_s[count:] - steps.time_s[:-count], np.nan)
    return out


def _next(values: NDArray[np.bool_], count: int, *, default: bool = False) -> NDArray[np.bool_]:
    out = np.full(len(values), default)
    out[: max(len(values) - count, 0)] = values[count:]
    return out


def _ends(bout: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    changes = np.diff(bout) != 0
    one = np.ones(min(len(bout), 1), dtype=np.bool_)
    return np.concatenate([one, changes]), np.concatenate([changes, one])


def _near_usual(times_s: NDArray[np.float64]) -> NDArray[np.bool_]:
    present = np.isfinite(times_s)
    out = np.zeros(len(times_s), dtype=np.bool_)
    if present.any():
        values = times_s[present]
        usual = median_filter(values, size=_NEIGHBOURS, mode="nearest")
        out[present] = np.abs(values / usual - 1) < _TIME_TOLERANCE
    return out


def _touches(
    start_s: NDArray[np.float64],
    end_s: NDArray[np.float64],
    margin_s: NDArray[np.float64] | float,
    turns: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Whether what lasts from start to end overlaps a turn or comes within the margin of one."""
    margin_s = np.nan_to_num(margin_s)
    # Turns to the left and to the right can overlap by their smoothing: search both ends apart.
    begun = np.searchsorted(np.sort(turns[:, 0]), end_s + margin_s)
    over = np.searchsorted(np.sort(turns[:, 1]), start_s - margin_s)
    return begun > over
