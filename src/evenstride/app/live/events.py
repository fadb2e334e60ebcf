"""What the sensors of a phone said to a page, on one clock, in our axes, signs and units.

A page may be reloaded, the phone may sleep, and its clock may be set in the middle of a walk. Each
load of a page ("life") has a clock of its own that counts milliseconds; each piece also carries
the clock of the wall, so that the lives can be laid one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.own_motion import SignKnown
from evenstride.model.units import DEGREE_RAD

__all__ = ["Heard", "Mark", "heard", "sign_of"]

Floats = NDArray[np.float64]

_STEP_MS = 1000.0  # clocks are corrected by less without a word
_SLEEPS = frozenset({"hidden", "shown"})
_MOTION, _ANGLES, _PLACES = 10, 3, 7
_NEAR_S = 0.25
_LEAST_PAIRS = 5
_CLEAR = 0.5  # mean cosine between where up should be and where the acceleration points
_QUIET_M_S2 = 1.5


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on the way, at a second of the recording."""

    time_s: float
    what: str


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Everything that came, in the order of time; seconds count from the first piece.

    Attributes:
        start_utc_ns: The moment of second 0, by the clock of the phone.
        motion: (n, 10) seconds; acceleration with gravity, and without (m/s2); turning rate about
            x, y, z (rad/s). NaN where the browser gave nothing. Sign as the browser has it.
        angles: (n, 3) seconds; beta and gamma in degrees.
        places: (n, 7) seconds; latitude, longitude, accuracy, height, its accuracy, speed.
        marks: What happened.
        clock_set: Whether the clock of the phone was set on the way.
    """

    start_utc_ns: int
    motion: Floats
    angles: Floats
    places: Floats
    marks: tuple[Mark, ...] = ()
    clock_set: bool = False

    @property
    def end_s(self) -> float:
        """The last second of which anything is known."""
        last = [table[-1, 0] for table in (self.motion, self.places) if len(table)]
        return float(max([*last, *(mark.time_s for mark in self.marks)], default=0.0))


@dataclass
class _Clock:
    """Lays the clocks of all lives of a page on one line, piece by piece."""

    start_ms: float | None = None
    clock_set: bool = False
    _life: str = ""
    _offset_ms: float = 0.0  # from the page's own clock to the line
    _wall_ms: float = 0.0  # from the page's own clock to the wall, as the last piece had it
    _end_ms: float = field(default=-np.inf)

    def seconds(self, block: Mapping[str, Any]) -> float:
        """Take the clocks of a piece; return what is added to its own seconds."""
        wall_ms = float(block["wall_ms"]) - float(block["page_ms"])
        first_ms, last_ms = _span(block)
        if self.start_ms is None:
            self.start_ms = wall_ms + first_ms
        if block["life"] != self._life:
            self._life, self._offset_ms = block["life"], wall_ms
            if self._end_ms >= wall_ms + first_ms:
                # The clock of the phone was set back between two loads of the page.
                self._offset_ms = self._end_ms - first_ms + 1.0
                self.clock_set = True
        elif abs(step := wall_ms - self._wall_ms) > _STEP_MS:
            # Some phones stop the page's own clock while they sleep: that time has passed. The
            # same step without a sleep means that somebody set the clock of the wall.
            slept = step > 0 and any(what in _SLEEPS for _, what in block["marks"])
            self._offset_ms += step if slept else 0.0
            self.clock_set = self.clock_set or not slept
        self._wall_ms = wall_ms
        self._end_ms = max(self._end_ms, self._offset_ms + last_ms)
        return (self._offset_ms - self.start_ms) / 1000


def _span(block: Mapping[str, Any]) -> tuple[float, float]:
    """Return the first and last moment of a piece on the page's own clock."""
    rows = (*block["motion"], *block["angles"], *block["places"], *block["marks"])
    stamps = [float(row[0]) for row in rows if row[0] is not None]
    stamps = stamps or [float(block["page_ms"])]
    return min(stamps), max(stamps)


def heard(blocks: Iterable[Mapping[str, Any]]) -> Heard:
    """Lay all pieces on one clock.

    Args:
        blocks: In their order, as ``web`` checked them.
    """
    clock = _Clock()
    motion, angles, places = list[Floats](), list[Floats](), list[Floats]()
    marks: list[Mark] = []
    for block in blocks:
        add_s = clock.seconds(block)
        motion.append(_table(block["motion"], _MOTION, add_s))
        angles.append(_table(block["angles"], _ANGLES, add_s))
        places.append(_table(block["places"], _PLACES, add_s))
        marks += [Mark(float(at) / 1000 + add_s, str(what)) for at, what in block["marks"]]
    rows = _in_order(motion, _MOTION)
    rows[:, 7:10] *= DEGREE_RAD
    return Heard(
        round((clock.start_ms or 0.0) * 1e6),
        rows,
        _in_order(angles, _ANGLES),
        _in_order(places, _PLACES),
        tuple(sorted(marks, key=lambda mark: mark.time_s)),
        clock.clock_set,
    )


def sign_of(found: Heard) -> tuple[float, SignKnown]:
    """Return the factor that makes +9.8 point up, and how it is known.

    The angles of a phone tell which of its axes points up, alike in all browsers. They are compared
    with the acceleration where it is about as large as the pull of the earth alone.
    """
    near = _pairs(found.angles, found.motion)
    if near is None:
        return 1.0, "assumed"
    beta, gamma, acceleration = near
    up = np.column_stack(
        [-np.cos(beta) * np.sin(gamma), np.sin(beta), np.cos(beta) * np.cos(gamma)]
    )
    size = np.linalg.norm(acceleration, axis=1)
    cosine = np.sum(up * acceleration, axis=1) / size
    mean = float(np.mean(cosine))
    return (1.0, "assumed") if abs(mean) < _CLEAR else (float(np.sign(mean)), "angles")


def _pairs(angles: Floats, motion: Floats) -> tuple[Floats, Floats, Floats] | None:
    """Return the angles in radians, and the acceleration at the same moments."""
    known = motion[np.isfinite(motion[:, 1:4]).all(axis=1)]
    angles = angles[np.isfinite(angles).all(axis=1)]
    if not len(known) or not len(angles):
        return None
    right = np.clip(np.searchsorted(known[:, 0], angles[:, 0]), 1, max(len(known) - 1, 1))
    left = right - 1
    right = np.minimum(right, len(known) - 1)
    nearer = np.where(
        np.abs(known[left, 0] - angles[:, 0]) <= np.abs(known[right, 0] - angles[:, 0]), left, right
    )
    acceleration = known[nearer, 1:4]
    size = np.linalg.norm(acceleration, axis=1)
    good = (np.abs(known[nearer, 0] - angles[:, 0]) < _NEAR_S) & (
        np.abs(size - 9.80665) < _QUIET_M_S2
    )
    if np.count_nonzero(good) < _LEAST_PAIRS:
        return None
    beta, gamma = (angles[good, 1:3] * DEGREE_RAD).T
    return beta, gamma, acceleration[good]


def _table(rows: Sequence[Sequence[float | None]], width: int, add_s: float) -> Floats:
    found = np.array(rows, float).reshape(-1, width)
    found[:, 0] = found[:, 0] / 1000 + add_s
    return found


def _in_order(tables: list[Floats], width: int) -> Floats:
    """Return all rows that have a time, in its order, each moment once."""
    table = np.concatenate(tables) if tables else np.empty((0, width))
    table = table[np.isfinite(table[:, 0])]
    _, first = np.unique(table[:, 0], return_index=True)
    return table[first]
