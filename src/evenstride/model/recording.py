"""What a motion sensor saw, on one clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenstride.errors import OptionError, UnusableRecording
from evenstride.model.clock import Clock, ClockRepair
from evenstride.model.left import Left
from evenstride.model.placement import PLACEMENTS, Placement
from evenstride.model.start import Start
from evenstride.model.units import UnitGuess, acceleration_unit, angular_velocity_unit

__all__ = ["PLACEMENTS", "Block", "Placement", "RawBlock", "Recording"]

_POSSIBLE_ACCELERATION_M_S2 = 1000.0  # 100 g: beyond what any body-worn sensor can read
_POSSIBLE_ANGULAR_VELOCITY_RAD_S = 200.0
_FEW_BAD_TURNING_RATES = 0.1
_MOST_ZEROS = 0.5  # more of them, and zeros are what was recorded
_PIECE_SAMPLES = 1 << 16
_POSSIBLE_TIME_S = 1e12
_FEWEST_SAMPLES = 4096


@dataclass(frozen=True, slots=True, eq=False)
class RawBlock:
    """A piece of a recording as an importer read it: SI units, time stamps not yet repaired.

    Attributes:
        time_s: (n,) raw stamps in seconds from any fixed origin.
        acceleration_m_s2: (n, 3) specific force (or linear acceleration if gravity is removed).
        angular_velocity_rad_s: (n, 3), or None without a gyroscope.
        left: What was left out while reading this piece, with the reasons.
    """

    time_s: NDArray[np.float64]
    acceleration_m_s2: NDArray[np.float64]
    angular_velocity_rad_s: NDArray[np.float64] | None = None
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A piece of a recording on its repaired clock.

    Attributes:
        time_s: (n,) strictly increasing seconds from the first sample of the recording.
        acceleration_m_s2: (n, 3) finite.
        angular_velocity_rad_s: (n, 3) finite, or None without a gyroscope.
        core_start_s: Blocks overlap; their cores, from ``core_start_s`` (included) to
            ``core_end_s`` (not included), tile the time line without overlap.
        core_end_s: See ``core_start_s``; infinite for the last block.
        left: What was left out while reading this piece, with the reasons.
    """

    time_s: NDArray[np.float64]
    acceleration_m_s2: NDArray[np.float64]
    angular_velocity_rad_s: NDArray[np.float64] | None = None
    core_start_s: float = -np.inf
    core_end_s: float = np.inf
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, eq=False)
class Recording:
    """What one motion sensor saw, on one clock, read in blocks so that a week fits in memory.

    Attributes:
        format: Name of the file format in plain words, or "arrays".
        open: Starts a fresh pass over the data: raw blocks in the order of the file.
        placement: Where the sensor was worn, if told.
        gravity_included: False for recordings of "linear acceleration" (gravity removed).
        nominal_rate_hz: The rate that the file states, if any; the true one is ``clock.rate_hz``.
        source: Name of the file without its folder, or "".
        start: When the recording began, if known.
        assumptions: What had to be assumed to read the file, each a sentence in plain words.
        warnings: What is wrong with the file, each a sentence in plain words.
    """

    format: str
    open: Callable[[], Iterable[RawBlock]] = field(repr=False)
    placement: Placement | None = None
    gravity_included: bool = True
    nominal_rate_hz: float | None = None
    source: str = ""
    start: Start | None = None
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.placement is not None and self.placement not in PLACEMENTS:
            raise OptionError(
                f"“{self.placement}” is not a place for the sensor that evenstride knows.",
                "Use one of: " + ", ".join(PLACEMENTS) + ".",
            )

    @classmethod
    def from_arrays(
        cls,
        *,
        time_s: ArrayLike,
        acceleration_m_s2: ArrayLike,
        angular_velocity_rad_s: ArrayLike | None = None,
        placement: Placement | None = None,
        gravity_included: bool | None = None,
        start: Start | None = None,
    ) -> Self:
        """Wrap arrays that are already in memory; they are not copied.

        Args:
            time_s: (n,) seconds from any origin.
            acceleration_m_s2: (n, 3). Values that are clearly in g are converted, and said.
            angular_velocity_rad_s: (n, 3). Values that are clearly in deg/s are converted.
            placement: Where the sensor was worn, if known.
            gravity_included: None works it out from the values.
            start: When the recording began, if known.

        Raises:
            UnusableRecording: If the shapes do not fit or the unit cannot be understood.
        """
        time = np.asarray(time_s, dtype=np.float64)
        acceleration = np.asarray(acceleration_m_s2, dtype=np.float64)
        angular = (
            None
            if angular_velocity_rad_s is None
            else np.asarray(angular_velocity_rad_s, dtype=np.float64)
        )
        shapes = [acceleration.shape] + ([] if angular is None else [angular.shape])
        if time.ndim != 1 or any(shape != (time.size, 3) for shape in shapes):
            raise UnusableRecording(
                "The arrays do not fit together: time needs n values, the sensors n x 3.",
                f"Got {time.shape} and {', '.join(map(str, shapes))}.",
            )
        unit = acceleration_unit(acceleration)
        if gravity_included is False:  # values near 1 are then no sign of g
            unit = UnitGuess(1.0, gravity_included=False)
        assumptions = unit.assumptions
        gyro_factor = 1.0
        if angular is not None:
            gyro_unit = angular_velocity_unit(angular)
            gyro_factor = gyro_unit.factor
            assumptions += gyro_unit.assumptions

        def pieces() -> Iterator[RawBlock]:
            for begin in range(0, time.size, _PIECE_SAMPLES):
                part = slice(begin, begin + _PIECE_SAMPLES)
                with np.errstate(over="ignore"):  # what overflows is dropped as impossible
                    scaled = acceleration[part] * unit.factor
                    turned = None if angular is None else angular[part] * gyro_factor
                yield RawBlock(time[part], scaled, turned)

        return cls(
            format="arrays",
            open=pieces,
            placement=placement,
            gravity_included=unit.gravity_included
            if gravity_included is None
            else gravity_included,
            start=start,
            assumptions=assumptions,
        )

    @cached_property
    def clock(self) -> Clock:
        """What is known about the clock; reads the whole recording once, in blocks."""
        repair = ClockRepair()
        for _ in _repaired(self.open(), repair, self.gravity_included):
            pass
        return repair.clock()

    def blocks(self, seconds: float = 1800.0, overlap_s: float = 10.0) -> Iterator[Block]:
        """Yield the recording in pieces of about ``seconds`` that overlap by ``overlap_s``.

        Each piece holds at least one sample, so long gaps cost nothing. A full pass also settles
        ``clock``, which then need not read the recording again.

        Raises:
            OptionError: If ``overlap_s`` is not between 0 and half of ``seconds``.
        """
        if not 0 <= overlap_s <= seconds / 2:
            raise OptionError("The overlap must lie between 0 and half of the block length.")
        held: list[Block] = []
        core_start = -np.inf
        repair = ClockRepair()
        for piece in _repaired(self.open(), repair, self.gravity_included):
            held.append(piece)
            while held[-1].time_s[-1] - held[0].time_s[0] >= seconds + overlap_s:
                whole = _join(held)
                begin = whole.time_s[0]
                core_end = begin + seconds + overlap_s / 2
                stop = int(np.searchsorted(whole.time_s, begin + seconds + overlap_s))
                yield _cut(whole, 0, stop, core_start, core_end, whole.left)
                core_start = core_end
                # The pieces, not the whole: one without a gyroscope must not take the next along.
                held = [
                    _cut(piece, keep, piece.time_s.size, core_start, np.inf, ())
                    for piece in held
                    if (keep := int(np.searchsorted(piece.time_s, begin + seconds)))
                    < piece.time_s.size
                ]
        if held:
            whole = _join(held)
            yield _cut(whole, 0, whole.time_s.size, core_start, np.inf, whole.left)
        self.__dict__.setdefault("clock", repair.clock())  # where cached_property keeps it


def _cut(
    block: Block, start: int, stop: int, core_start: float, core_end: float, left: tuple[Left, ...]
) -> Block:
    angular = block.angular_velocity_rad_s
    return Block(
        block.time_s[start:stop],
        block.acceleration_m_s2[start:stop],
        None if angular is None else angular[start:stop],
        core_start,
        core_end,
        left,
    )


def _join(blocks: list[Block]) -> Block:
    if len(blocks) == 1:
        return blocks[0]
    angular = [b.angular_velocity_rad_s for b in blocks]
    present = [a for a in angular if a is not None]
    left = tuple(item for b in blocks for item in b.left)
    if 0 < len(present) < len(angular):
        left += (Left("the turning rates of a part", "they were not recorded all the time"),)
    return Block(
        np.concatenate([b.time_s for b in blocks]),
        np.concatenate([b.acceleration_m_s2 for b in blocks]),
        np.concatenate(present) if len(present) == len(angular) else None,
        left=left,
    )


def _repaired(
    raw_blocks: Iterable[RawBlock], repair: ClockRepair, gravity_included: bool
) -> Iterator[Block]:
    """Put clean blocks on one repaired clock that starts at zero."""
    origin: float | None = None
    for piece in _gathered(raw_blocks, gravity_included):
        time_s = repair(piece.time_s)
        if origin is None:
            origin = float(time_s[0])
        yield replace(piece, time_s=time_s - origin)


def _gathered(raw_blocks: Iterable[RawBlock], gravity_included: bool) -> Iterator[Block]:
    """Clean raw blocks and join small ones: a clock cannot be judged from a few samples."""
    held: list[Block] = []
    waiting: tuple[Left, ...] = ()  # from pieces in which nothing could be kept
    for raw in raw_blocks:
        piece, left = _clean(raw, gravity_included)
        waiting += left
        if piece is None:
            continue
        if sum(b.time_s.size for b in held) >= _FEWEST_SAMPLES:
            yield _join(held)
            held = []
        held.append(replace(piece, left=waiting))
        waiting = ()
    if held:
        last = _join(held)
        yield replace(last, left=last.left + waiting)


def _clean(raw: RawBlock, gravity_included: bool) -> tuple[Block | None, tuple[Left, ...]]:
    """Drop rows that cannot be real: not finite, or beyond what a body-worn sensor can read.

    A failing gyroscope never costs good acceleration: where more than a tenth of its rows are
    bad it is left out, and fewer are filled in between their neighbours.
    """
    acceleration, angular = raw.acceleration_m_s2, raw.angular_velocity_rad_s
    with np.errstate(invalid="ignore"):
        good = np.abs(raw.time_s) < _POSSIBLE_TIME_S
        for axis in range(3):
            good &= np.abs(acceleration[:, axis]) < _POSSIBLE_ACCELERATION_M_S2
    bad = int(good.size - np.count_nonzero(good))
    left = raw.left
    if bad:
        left += (Left(f"{bad} samples", "their values were missing or impossible"),)
    empty = good & ~acceleration.any(axis=1)
    zeros = int(np.count_nonzero(empty))
    if gravity_included and 0 < zeros <= _MOST_ZEROS * good.size:
        left += (Left(f"{zeros} rows of zeros", "they stand for lost samples"),)
        good &= ~empty
    if not good.any():
        return None, left
    time_s = raw.time_s
    if not good.all():
        time_s, acceleration = time_s[good], acceleration[good]
        angular = None if angular is None else angular[good]
    if angular is not None:
        angular, lost = _whole_gyroscope(time_s, angular)
        left += lost
    return Block(time_s, acceleration, angular), left


def _whole_gyroscope(
    time_s: NDArray[np.float64], angular: NDArray[np.float64]
) -> tuple[NDArray[np.float64] | None, tuple[Left, ...]]:
    with np.errstate(invalid="ignore"):
        good = (np.abs(angular) < _POSSIBLE_ANGULAR_VELOCITY_RAD_S).all(axis=1)
    bad = int(good.size - np.count_nonzero(good))
    if bad == 0:
        return angular, ()
    if bad > _FEW_BAD_TURNING_RATES * good.size:
        return None, (Left("the turning rates of a part", "many of them were missing"),)
    order = np.argsort(time_s[good], kind="stable")
    known_s, known = time_s[good][order], angular[good][order]
    filled = np.column_stack([np.interp(time_s, known_s, column) for column in known.T])
    return filled, (Left(f"{bad} turning rates", "they were missing or impossible"),)
