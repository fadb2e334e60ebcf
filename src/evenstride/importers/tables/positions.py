"""Tables of positions: GPS logs that come along with a recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenstride.importers.source import Source
from evenstride.importers.tables.motion import Table, read_columns
from evenstride.model import Track

__all__ = ["Positions", "read_track"]


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the columns of a track stand.

    Attributes:
        table: The table and its clock.
        columns: Pairs of a column name of ``Track`` and its index in the table.
        origin_s: Where the clock of the recording starts, on the clock of the table.
    """

    table: Table
    columns: tuple[tuple[str, int], ...]
    origin_s: float = 0.0


def read_track(source: Source, positions: Positions) -> Track:
    """Read all positions, sorted by time; a fix without a place on earth is left out."""
    names = [name for name, _ in positions.columns]
    indices = tuple(index for _, index in positions.columns)
    pieces = list(read_columns(source, positions.table, indices))
    time_s = np.concatenate([piece.time_s for piece in pieces] or [np.empty(0)])
    values = np.concatenate([piece.values for piece in pieces] or [np.empty((0, len(names)))])
    columns = {name: values[:, i] for i, name in enumerate(names)}
    columns["time_s"] = time_s - positions.origin_s
    latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
    with np.errstate(invalid="ignore"):
        good = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)
        for name in columns.keys() & {"speed_m_s", "accuracy_m", "vertical_accuracy_m"}:
            # Phones write -1 for "not known".
            columns[name] = np.where(columns[name] < 0, np.nan, columns[name])
    order = np.argsort(time_s[good], kind="stable")
    return Track(**{name: column[good][order] for name, column in columns.items()})
