"""Points as they stand in a file: columns of plain values, before anything is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.xml_tracks.values import LOCAL, NO_TIME, moment, number

__all__ = ["COLUMNS", "Names", "Points"]

COLUMNS = (
    "latitude_deg",
    "longitude_deg",
    "elevation_m",
    "speed_m_s",
    "accuracy_m",
    "vertical_accuracy_m",
    "heart_rate_bpm",
    "distance_m",
    "cadence",
    "cadence_of_a_leg",
)
"""What is read of each point beside its time. "cadence" counts steps or strides: nobody says."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a format calls its points and their fields, in small letters and without prefix.

    Attributes:
        points: Elements that are one point.
        fields: Element, or "parent/element", -> a name of ``COLUMNS``, or "time".
        attributes: The same for attributes of the point itself.
    """

    points: frozenset[str]
    fields: Mapping[str, str]
    attributes: Mapping[str, str]

    def field(self, name: str, parent: str) -> str | None:
        """Return what an element inside a point holds, or None if it is of no use."""
        return self.fields.get(name) or self.fields.get(f"{parent}/{name}")


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Some points in the order of the file.

    Attributes:
        values: One row for each of ``COLUMNS``, one column per point; NaN where it is not there.
        time_ns: Nanoseconds since 1970, ``NO_TIME`` where there is none.
        zone: Minutes that the clock was ahead of UTC, or ``UTC`` or ``LOCAL``; int64.
    """

    values: NDArray[np.float64]
    time_ns: NDArray[np.int64]
    zone: NDArray[np.int64]

    def __len__(self) -> int:
        return self.time_ns.size

    @classmethod
    def empty(cls, size: int = 0) -> Self:
        """Return points of which nothing is known."""
        return cls(
            np.full((len(COLUMNS), size), np.nan),
            np.full(size, NO_TIME, np.int64),
            np.full(size, LOCAL, np.int64),
        )

    @classmethod
    def of_texts(cls, rows: Sequence[Mapping[str, bytes]]) -> Self:
        """Return points from the texts of their fields."""
        out = cls.empty(len(rows))
        places = {name: place for place, name in enumerate(COLUMNS)}
        for i, row in enumerate(rows):
            for name, text in row.items():
                if name == "time":
                    out.time_ns[i], out.zone[i] = moment(text)
                else:
                    out.values[places[name], i] = number(text)
        return out

    @classmethod
    def joined(cls, parts: Sequence[Points]) -> Self:
        """Return the points of all parts, one after the other."""
        if not parts:
            return cls.empty()
        return cls(
            np.concatenate([part.values for part in parts], axis=1),
            np.concatenate([part.time_ns for part in parts]),
            np.concatenate([part.zone for part in parts]),
        )

    def select(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> Points:
        """Return only the points that ``keep`` picks."""
        return Points(self.values[:, keep], self.time_ns[keep], self.zone[keep])
