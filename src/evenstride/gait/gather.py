"""A recording, block by block, to one list of contacts: the streaming part of the analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import UnusableRecording
from evenstride.gait.features import SHAPE_POINTS
from evenstride.gait.grid import segments, slow_spans
from evenstride.gait.steps import Steps
from evenstride.gait.stretch import SHORTEST_STRETCH_S, Stretch, follow
from evenstride.gait.walking import FEWEST_STEPS
from evenstride.model import Block, Recording

__all__ = ["Gathered", "Shapes", "gather"]

_BLOCK_S = 600.0  # short enough that its filters need little memory
_SLOWEST_HZ = 19.5  # 20 Hz, allowing for a slow clock
_SAME_BOUT_STEPS = 1.7  # contacts this many step times apart still follow each other
_SAME_CONTACT_S = 0.2
_CORE_REACH_S = 0.1


@dataclass(eq=False)
class Shapes:
    """Sums over the shapes of steps that begin with each foot: left in row 0, right in row 1.

    Attributes:
        count: (2,) steps.
        total_m_s2: (2, 50) sums of their vertical acceleration.
        squares: (2, 50) sums of its squares.
    """

    count: NDArray[np.int64] = field(default_factory=lambda: np.zeros(2, dtype=np.int64))
    total_m_s2: NDArray[np.float64] = field(default_factory=lambda: np.zeros((2, SHAPE_POINTS)))
    squares: NDArray[np.float64] = field(default_factory=lambda: np.zeros((2, SHAPE_POINTS)))

    def add(self, shapes_m_s2: NDArray[np.float64], side: NDArray[np.int8]) -> None:
        """Add the steps (n, 50) that begin with the given feet (n,)."""
        for row, foot in enumerate((-1, 1)):
            mine = shapes_m_s2[(side == foot) & np.isfinite(shapes_m_s2[:, 0])]
            self.count[row] += len(mine)
            self.total_m_s2[row] += mine.sum(axis=0)
            self.squares[row] += np.einsum("ij,ij->j", mine, mine)


@dataclass(eq=False)
class Gathered:
    """What a whole recording held.

    Attributes:
        steps: All contacts in order, bouts numbered through.
        shapes: Sums over the shapes of the steps.
        turns: (k, 3) start s, end s, angle deg.
        quiet: (k, 6) quiet spells.
        stretches: Without their steps: where was looked, and how much it moved there.
        gyroscope: Whether turning rates were recorded.
        quantised: Whether values come in steps of 0.1 m/s2.
        left: What was left out while reading, with its reason, and how many if it was counted.
        slow: Start and end of what had fewer than 20 samples a second.
    """

    steps: Steps = field(default_factory=Steps.none)
    shapes: Shapes = field(default_factory=Shapes)
    turns: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 3)))
    quiet: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 6)))
    stretches: list[Stretch] = field(default_factory=list)
    gyroscope: bool = False
    quantised: bool = False
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    slow: list[tuple[float, float]] = field(default_factory=list)

    def note_left(self, block: Block) -> None:
        """Add what was left out of a block; equal things are counted together."""
        for item in block.left:
            number, _, what = item.what.partition(" ")
            counted = number.isdigit() and what != ""
            key = (what if counted else item.what, item.reason)
            self.left[key] += int(number) if counted else 0

    def left_out(self) -> list[str]:
        """Return what was left out while reading, with the reasons."""
        return [
            f"{f'{count} ' if count else ''}{what}: {reason}"
            for (what, reason), count in self.left.items()
        ]


def gather(recording: Recording, progress: Callable[[float], None] | None = None) -> Gathered:
    """Follow a recording from block to block.

    Args:
        recording: Read once, in blocks of ten minutes.
        progress: Called after each block with the seconds of recording done so far.

    Raises:
        UnusableRecording: If there are no samples, or fewer than 20 a second.
    """
    out = Gathered()
    log = _Log()
    turns, quiet = [out.turns], [out.quiet]
    usable, slowest_hz = False, np.inf
    for block in recording.blocks(seconds=_BLOCK_S):
        out.note_left(block)
        rate_hz = _rate_hz(block)
        if rate_hz < _SLOWEST_HZ:
            slowest_hz = min(slowest_hz, rate_hz)
            out.slow.append((float(block.time_s[0]), float(block.time_s[-1])))
            continue
        out.gyroscope |= block.angular_velocity_rad_s is not None
        out.quantised |= not usable and _is_quantised(block.acceleration_m_s2)
        usable = True
        slow_s = slow_spans(block, _SLOWEST_HZ)
        out.slow += slow_s
        for stretch in _stretches(block, 1 / rate_hz, slow_s, recording.gravity_included):
            core = _core(stretch.steps, block)
            log.add(stretch.steps.select(core))
            out.shapes.add(stretch.shapes[core], stretch.steps.side[core])
            turns.append(_starting_in_core(stretch.turns, block))
            quiet.append(_starting_in_core(stretch.quiet, block))
            out.stretches.append(_emptied(stretch))
        if progress is not None:
            progress(float(block.time_s[-1]))
    if not usable:
        raise _unusable(slowest_hz)
    out.steps = _without_short_bouts(log.joined())
    out.turns, out.quiet = np.concatenate(turns), np.concatenate(quiet)
    return out


def _rate_hz(block: Block) -> float:
    """Return the usual number of samples a second in a block, 0 for a single sample."""
    steps = np.diff(block.time_s)
    return 1.0 / float(np.median(steps)) if steps.size else 0.0


def _unusable(slowest_hz: float) -> UnusableRecording:
    if not np.isfinite(slowest_hz):
        return UnusableRecording("There are no usable samples in this recording.")
    if slowest_hz == 0.0:
        return UnusableRecording("The recording is too short to measure a walk.")
    return UnusableRecording(
        f"The sensor took about {slowest_hz:.3g} samples a second; a walk needs at least 20.",
        "Look for a setting called sampling rate, interval or frequency in the recording app. "
        "In arrays, time must be in seconds.",
    )


def _is_quantised(acceleration: NDArray[np.float64]) -> bool:
    tenths = acceleration[:5000] * 10.0
    return bool(np.mean(np.abs(tenths - np.round(tenths)) < 1e-3) > 0.99)


def _stretches(
    block: Block, interval_s: float, slow_s: list[tuple[float, float]], gravity_included: bool
) -> Iterator[Stretch]:
    for segment in segments(block, interval_s, slow_s):
        if segment.end_s - segment.start_s >= SHORTEST_STRETCH_S:
            yield follow(segment, gravity_included=gravity_included)


def _core(steps: Steps, block: Block) -> NDArray[np.bool_]:
    inside = steps.time_s >= block.core_start_s
    return inside & (steps.time_s < block.core_end_s + _CORE_REACH_S)


def _starting_in_core(rows: NDArray[np.float64], block: Block) -> NDArray[np.float64]:
    return rows[(rows[:, 0] >= block.core_start_s) & (rows[:, 0] < block.core_end_s)]


def _emptied(stretch: Stretch) -> Stretch:
    return Stretch(
        Steps.none(),
        stretch.shapes[:0].copy(),
        stretch.turns[:0],
        stretch.quiet[:0],
        stretch.start_s,
        stretch.end_s,
        stretch.movement_m_s2,
    )


class _Log:
    """Contacts as they come in, numbering bouts through; a bout cut by a block border is one.

    The columns grow in place: a thousand small arrays between the large ones of the filters would
    leave the memory full of holes.
    """

    def __init__(self) -> None:
        self._columns: dict[str, NDArray[Any]] = {}
        self._count = 0

    def add(self, new: Steps) -> None:
        """Append contacts that begin where the last ones ended."""
        offset = 0
        if self._count:
            last = {name: column[self._count - 1] for name, column in self._columns.items()}
            new = new.select(new.time_s > last["time_s"] + _SAME_CONTACT_S)
            if len(new):
                limit_s = _SAME_BOUT_STEPS / float(last["rate_hz"])
                follows = float(new.time_s[0] - last["time_s"]) < limit_s
                offset = int(last["bout"]) + (0 if follows else 1) - int(new.bout[0])
        new = _renumbered(new, new.bout + offset)
        for f in fields(Steps):
            rows = getattr(new, f.name)
            column = self._columns.setdefault(f.name, np.empty((0, *rows.shape[1:]), rows.dtype))
            if self._count + len(new) > len(column):
                room = max(2 * len(column), self._count + len(new))
                column.resize((room, *rows.shape[1:]), refcheck=False)
            column[self._count : self._count + len(new)] = rows
        self._count += len(new)

    def joined(self) -> Steps:
        """Return all contacts; they share memory with the log."""
        if not self._count:
            return Steps.none()
        return Steps(**{name: column[: self._count] for name, column in self._columns.items()})


def _without_short_bouts(steps: Steps) -> Steps:
    if len(steps) == 0:
        return steps
    _, bout, counts = np.unique(steps.bout, return_inverse=True, return_counts=True)
    keep = counts[bout] >= FEWEST_STEPS
    kept = steps if keep.all() else steps.select(keep)
    return _renumbered(kept, np.unique(kept.bout, return_inverse=True)[1].astype(np.int64))


def _renumbered(steps: Steps, bout: NDArray[np.int64]) -> Steps:
    values = {f.name: getattr(steps, f.name) for f in fields(steps)}
    return Steps(**{**values, "bout": bout})
