"""Tables of positions and air pressure: what comes along with a recording of motion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.source import Source
from evenstride.importers.tables.align import Piece
from evenstride.importers.tables.motion import Table, read_columns
from evenstride.model import Start, Track
from evenstride.model.track import ElevationSource

__all__ = ["Column", "Positions", "read_track"]

_FASTEST_S = 0.5  # tables that are faster repeat each position many times
_LONGEST_BRIDGE_S = 5.0  # the air pressure changes slowly
_PRESSURE_UNITS = ((20.0, 115.0, 1000.0), (200.0, 1150.0, 100.0), (20_000.0, 115_000.0, 1.0))
_LOWEST_PA, _HIGHEST_PA = 20_000.0, 115_000.0
_POSSIBLE = 1e9  # in any unit; NaN fails the comparison as well
_NOT_KNOWN_BELOW_ZERO = {"speed_m_s", "accuracy_m", "vertical_accuracy_m"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that becomes one of a ``Track``.

    Attributes:
        name: What the column is called in ``Track``.
        index: Where it stands in the table.
        factor: Turns the file's unit into SI; the unit of pressure is told by the values.
    """

    name: str
    index: int
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the columns of a track stand; one of the two tables may be absent.

    Attributes:
        table: The table of positions and its clock, or None if there is only pressure.
        columns: Its columns; pressure may be among them.
        origin_s: Where the clock of the recording starts, on the clock of the tables; None = at
            the first row of the table.
        pressure: A table of air pressure of its own, on the same clock, and its column.
        start: The moment of ``origin_s``.
        elevation_source: What measured the height.
        format: Name of the format in plain words.
    """

    table: Table | None
    columns: tuple[Column, ...]
    origin_s: float | None = 0.0
    pressure: tuple[Table, int] | None = None
    start: Start | None = None
    elevation_source: ElevationSource | None = None
    format: str = ""


def read_track(source: Source, positions: Positions) -> Track:
    """Read all positions, sorted by time; a fix without a place on earth is left out.

    Air pressure is averaged over each second and brought onto the stamps of the positions; where
    it has a gap of more than 5 s it is absent. Without positions, each second is a row.
    """
    columns: dict[str, NDArray[np.float64]] = {}
    origin_s = _origin(source, positions) if positions.origin_s is None else positions.origin_s
    found = None
    if positions.pressure is not None:
        found = _pressure(source, *positions.pressure, origin_s)
    if positions.table is not None:
        columns = _places(source, positions.table, positions.columns)
        columns["time_s"] -= origin_s
    if found is not None and columns.get("time_s", np.empty(0)).size:
        columns["pressure_pa"] = _at(columns["time_s"], *found)
    elif found is not None:
        columns = {"time_s": found[0], "pressure_pa": found[1]}
    columns.setdefault("time_s", np.empty(0))
    has_height = "elevation_m" in columns and bool(np.isfinite(columns["elevation_m"]).any())
    named: dict[str, Any] = dict(columns)
    return Track(
        **named,
        start=positions.start,
        elevation_source=positions.elevation_source if has_height else None,
        format=positions.format,
        source=source.name,
    )


def _places(
    source: Source, table: Table, wanted: tuple[Column, ...]
) -> dict[str, NDArray[np.float64]]:
    indices = tuple(column.index for column in wanted)
    pieces = [_thinned(piece) for piece in read_columns(source, table, indices)]
    time_s = np.concatenate([piece.time_s for piece in pieces] or [np.empty(0)])
    values = np.concatenate([piece.values for piece in pieces] or [np.empty((0, len(wanted)))])
    values[~(np.abs(values) < _POSSIBLE)] = np.nan
    columns = {c.name: values[:, i] * c.factor for i, c in enumerate(wanted)}
    columns["time_s"] = time_s
    latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
    with np.errstate(invalid="ignore"):
        good = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)
        for name in columns.keys() & _NOT_KNOWN_BELOW_ZERO:
            # Phones write -1 for "not known".
            columns[name] = np.where(columns[name] < 0, np.nan, columns[name])
    if "pressure_pa" in columns:
        columns["pressure_pa"] = _pascals(columns["pressure_pa"])
    order = np.argsort(time_s[good], kind="stable")
    return {name: column[good][order] for name, column in columns.items()}


def _thinned(piece: Piece) -> Piece:
    """Keep the first row of each second where a table repeats its position with each sample."""
    if piece.time_s.size < 2 or float(np.median(np.diff(piece.time_s))) > _FASTEST_S:
        return piece
    second = np.floor(piece.time_s)
    first = np.append(True, second[1:] != second[:-1])
    return Piece(piece.time_s[first], piece.values[first], piece.left)


def _origin(source: Source, positions: Positions) -> float:
    """Return the first stamp of the table."""
    table = positions.table or (positions.pressure and positions.pressure[0])
    for piece in read_columns(source, table, ()) if table else ():
        if piece.time_s.size:
            return float(piece.time_s[0])
    return 0.0


def _pressure(
    source: Source, table: Table, index: int, origin_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return time and pressure of each second; None if no value can be air."""
    means = list(_means(read_columns(source, table, (index,)), origin_s))
    rows = np.concatenate(means or [np.empty((0, 2))])
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    pascals = _pascals(rows[:, 1])
    good = np.isfinite(pascals)
    return (rows[good, 0], pascals[good]) if good.any() else None


def _means(pieces: Iterator[Piece], origin_s: float) -> Iterator[NDArray[np.float64]]:
    """Yield (n, 2) mean time and value of each second in a piece, so that memory stays small."""
    for piece in pieces:
        good = np.isfinite(piece.values[:, 0])
        time_s, values = piece.time_s[good] - origin_s, piece.values[good, 0]
        if time_s.size:
            _, at = np.unique(np.floor(time_s), return_inverse=True)
            count = np.bincount(at)
            sums = [np.bincount(at, weights=column) for column in (time_s, values)]
            yield np.column_stack(sums) / count[:, None]


def _pascals(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tell the unit (kPa, hPa or Pa) by the size of the values; what cannot be air is NaN."""
    some = values[np.isfinite(values)]
    middle = float(np.median(some)) if some.size else 0.0
    factor = next((f for low, high, f in _PRESSURE_UNITS if low <= middle <= high), np.nan)
    out = np.asarray(values * factor, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        out[~((out >= _LOWEST_PA) & (out <= _HIGHEST_PA))] = np.nan
    return out


def _at(
    wanted_s: NDArray[np.float64], time_s: NDArray[np.float64], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Interpolate to the wanted times; NaN where nothing was measured nearby."""
    after = np.clip(np.searchsorted(time_s, wanted_s), 0, time_s.size - 1)
    before = np.maximum(after - 1, 0)
    away = np.minimum(np.abs(time_s[after] - wanted_s), np.abs(time_s[before] - wanted_s))
    out = np.interp(wanted_s, time_s, values)
    return np.where(away <= _LONGEST_BRIDGE_S, out, np.nan)
