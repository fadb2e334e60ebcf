"""Bringing a second stream onto the stamps of the first, piece by piece, without inventing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.model import LONGEST_BRIDGED_GAP_S, Left

__all__ = ["Follower", "Piece"]

_MARGIN_S = 5.0
_POSSIBLE = 1e9  # no sensor in any unit writes more; NaN fails the comparison as well


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of a table: (n,) seconds and (n, k) values; NaN = no value."""

    time_s: NDArray[np.float64]
    values: NDArray[np.float64]
    left: tuple[Left, ...] = ()


class Follower:
    """Reads a stream along with another one and gives its values at the other's stamps."""

    def __init__(self, pieces: Iterator[Piece]) -> None:
        self._pieces = pieces
        self._time_s = np.empty(0)
        self._values = np.empty((0, 3))
        self._left: tuple[Left, ...] = ()

    def at(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 3) values at ``time_s``, interpolated; NaN where the stream has a gap.

        A gap is more than 0.25 s without a sample; before the first and after the last sample
        nothing is known either.
        """
        if time_s.size == 0:
            return np.empty((0, 3))
        first, last = float(time_s.min()), float(time_s.max())
        self._fill(first, last)
        out = np.full((time_s.size, 3), np.nan)
        known, values = self._time_s, self._values
        if known.size < 2:
            return out
        after = np.clip(np.searchsorted(known, time_s), 1, known.size - 1)
        inside = (time_s >= known[0]) & (time_s <= known[-1])
        near = known[after] - known[after - 1] <= LONGEST_BRIDGED_GAP_S
        covered = inside & (near | (known[after] == time_s) | (known[after - 1] == time_s))
        for axis in range(3):
            out[covered, axis] = np.interp(time_s[covered], known, values[:, axis])
        return out

    def take_left(self) -> tuple[Left, ...]:
        """Return what was left out since the last call."""
        left, self._left = self._left, ()
        return left

    def _fill(self, first: float, last: float) -> None:
        """Hold the stretch from a little before ``first`` to a little after ``last``."""
        times, values = [self._time_s], [self._values]
        newest = float(self._time_s[-1]) if self._time_s.size else -np.inf
        while newest < last + LONGEST_BRIDGED_GAP_S:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._left += piece.left
            good = (np.abs(piece.values) < _POSSIBLE).all(axis=1)
            good &= piece.time_s > first - _MARGIN_S
            if good.any():
                times.append(piece.time_s[good])
                values.append(piece.values[good])
                newest = max(newest, float(times[-1].max()))
        time_s, held = np.concatenate(times), np.concatenate(values)
        keep = time_s > first - _MARGIN_S
        time_s, held = time_s[keep], held[keep]
        order = np.argsort(time_s, kind="stable")
        self._time_s, self._values = time_s[order], held[order]
