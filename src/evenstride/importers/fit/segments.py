"""Pauses: where the timer of the watch was stopped and started again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.clock import times
from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.profile import EVENT

__all__ = ["breaks_of", "segments"]

_TIMER = 0
_START = 0
_STOPS = (1, 4, 8, 9)


def breaks_of(file: FitFile) -> NDArray[np.float64]:
    """Return the FIT times at which the timer went on after a stop, in order."""
    events = file.messages(EVENT)
    when = times(file.data, events, file.definitions)
    timer = (events.column(0) == _TIMER) & np.isfinite(when)
    kind = events.column(1)
    timer &= np.isin(kind, (_START, *_STOPS))
    order = np.flatnonzero(timer)[np.argsort(when[timer], kind="stable")]
    kind, moments = kind[order], when[order]
    goes_on = (kind == _START) & np.isin(np.roll(kind, 1), _STOPS)
    goes_on[:1] = False
    resumed: NDArray[np.float64] = moments[goes_on]
    return resumed


def segments(when: NDArray[np.float64], breaks: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the piece that each record belongs to, counted up from 0 at each pause."""
    piece = np.searchsorted(breaks, when, side="right")
    return np.unique(piece, return_inverse=True)[1].astype(np.int64)
