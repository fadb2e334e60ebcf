"""From tables to raw blocks: which columns are the motion, and how streams join on one clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from evenstride.errors import DamagedFile
from evenstride.importers.source import Member, Source
from evenstride.importers.tables.align import Follower, Piece
from evenstride.importers.tables.clocks import Floats, Stamps, TextTimes, TimeColumn, seconds_reader
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.rows import read_cells
from evenstride.model import Left, RawBlock

__all__ = ["Axes", "Motion", "Table", "raw_blocks", "read_columns"]

_MOST_ABSENT = 0.1
_POSSIBLE = 1e9  # no sensor in any unit writes more


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a source and the clock of its rows."""

    member: Member
    layout: Layout
    time: TimeColumn


@dataclass(frozen=True, slots=True)
class Axes:
    """Three columns of one sensor.

    Attributes:
        table: Where they stand.
        columns: Indices of x, y and z.
        factor: Turns the file's unit and sign into m/s2 or rad/s.
    """

    table: Table
    columns: tuple[int, int, int]
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Motion:
    """Which columns make up one recording.

    Attributes:
        acceleration: The acceleration; its stamps are the clock of the recording.
        gravity: Added to it, when the file keeps the pull of the earth apart.
        angular: The turning rate, if there is one.
    """

    acceleration: Axes
    gravity: Axes | None = None
    angular: Axes | None = None

    def axes(self) -> list[Axes]:
        """Return the sensors that are there, the acceleration first."""
        return [axes for axes in (self.acceleration, self.gravity, self.angular) if axes]


def read_columns(source: Source, table: Table, columns: tuple[int, ...]) -> Iterator[Piece]:
    """Yield time and columns of a table, piece by piece; rows without a time are left out."""
    text = table.time.column if isinstance(table.time, TextTimes) else None
    stamp = (table.time.column,) if isinstance(table.time, Stamps) else ()
    seconds = seconds_reader(table.time)
    for cells in read_cells(source, table.member, table.layout, columns + stamp, text):
        last = cells.values[:, -1] if stamp else np.empty(0)
        time_s = seconds(last, cells.text, cells.row.astype(np.float64))
        values = cells.values[:, : len(columns)]
        good = np.isfinite(time_s)
        left = cells.left
        if not good.all():
            left += (Left(f"{np.count_nonzero(~good)} rows", "they had no readable time"),)
            time_s, values = time_s[good], values[good]
        yield Piece(time_s, values, left)


def raw_blocks(source: Source, motion: Motion) -> Iterator[RawBlock]:
    """Start a fresh pass over a recording: raw blocks in SI units, in the order of the file.

    Where streams have their own stamps, gravity and turning rate are interpolated to the stamps
    of the acceleration, never matched by row. What was left out at the very end, after the last
    sample, is told by the last block.

    Raises:
        DamagedFile: If not one sample could be read.
    """
    held: RawBlock | None = None
    waiting: tuple[Left, ...] = ()
    repeats = _Repeats()
    for block in map(repeats, _blocks(source, motion)):
        if block.time_s.size == 0:
            waiting += block.left
            continue
        if held is not None:
            yield held
        held = replace(block, left=waiting + block.left)
        waiting = ()
    if held is None:
        raise DamagedFile(
            f"“{source.name}” holds no sample that could be read.",
            _reasons(waiting) or "Export or copy the walk again.",
        )
    yield replace(held, left=held.left + waiting)


def _reasons(left: tuple[Left, ...]) -> str:
    return " ".join(f"{item.what}: {item.reason}." for item in left[:3])


class _Repeats:
    """Drops rows that repeat stamp and acceleration of the row before, as polling apps write."""

    def __init__(self) -> None:
        self._last: Floats | None = None

    def __call__(self, block: RawBlock) -> RawBlock:
        if block.time_s.size == 0:
            return block
        rows = np.column_stack([block.time_s, block.acceleration_m_s2])
        before = rows[:1] + 1.0 if self._last is None else self._last
        self._last = rows[-1:]
        if not np.any(np.diff(block.time_s) == 0) and before[0, 0] != block.time_s[0]:
            return block
        new = np.any(np.diff(rows, axis=0, prepend=before) != 0, axis=1)
        count = np.count_nonzero(~new)
        if count == 0:
            return block
        angular = block.angular_velocity_rad_s
        left = (*block.left, Left(f"{count} rows", "they only repeated the row before"))
        return RawBlock(
            block.time_s[new],
            block.acceleration_m_s2[new],
            None if angular is None else angular[new],
            left,
        )


def _blocks(source: Source, motion: Motion) -> Iterator[RawBlock]:
    main = motion.acceleration.table
    inside = [axes for axes in motion.axes() if axes.table == main]
    followers = {
        id(axes): Follower(read_columns(source, axes.table, axes.columns))
        for axes in motion.axes()
        if axes.table != main
    }
    columns = tuple(column for axes in inside for column in axes.columns)
    for piece in read_columns(source, main, columns):

        def values(axes: Axes, piece: Piece = piece) -> Floats:
            if axes.table == main:
                at = 3 * inside.index(axes)
                found = piece.values[:, at : at + 3]
            else:
                found = followers[id(axes)].at(piece.time_s)
            return np.where(np.abs(found) < _POSSIBLE, found, np.nan) * axes.factor

        acceleration = values(motion.acceleration)
        if motion.gravity is not None:
            acceleration = acceleration + values(motion.gravity)
        angular = None if motion.angular is None else values(motion.angular)
        left = piece.left
        for follower in followers.values():
            left += follower.take_left()
        yield _block(piece.time_s, acceleration, angular, left)


def _block(
    time_s: Floats, acceleration: Floats, angular: Floats | None, left: tuple[Left, ...]
) -> RawBlock:
    good = np.isfinite(acceleration).all(axis=1)
    if not good.all():
        count = np.count_nonzero(~good)
        left += (Left(f"{count} rows", "they held no complete acceleration"),)
        time_s, acceleration = time_s[good], acceleration[good]
        angular = None if angular is None else angular[good]
    if angular is not None and time_s.size:
        absent = int(np.count_nonzero(~np.isfinite(angular).all(axis=1)))
        if absent > _MOST_ABSENT * time_s.size:
            # Keeping the acceleration is worth more than a turning rate full of holes.
            left += (Left(f"the turning rate of {time_s.size} samples", "it had long holes"),)
            angular = None
    return RawBlock(time_s, acceleration, angular, left)
