"""The ground of one outing: how it climbed and fell, and what it was made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.model.measure import Measure
from evenstride.model.plain import plain
from evenstride.model.table import Table, absent
from evenstride.model.track import ElevationSource

__all__ = ["GroundSegments", "TerrainProfile"]


@dataclass(frozen=True, eq=False)
class GroundSegments(Table):
    """The way in pieces of about 10 m, in the order in which they were walked. NaN = not known.

    Attributes:
        start_m: Begin of the piece, as distance walked from the start.
        end_m: End of it.
        start_s: When it was entered, on the clock of the track; NaN for a track without times.
        end_s: When it was left.
        latitude_deg: Of its middle.
        longitude_deg: Of its middle.
        elevation_m: Of its middle, smoothed as far as its source deserves.
        slope_pct: Rise in 100 m of way, uphill positive.
        slope_low_pct: Lower end of the 95 % interval of the slope.
        slope_high_pct: Upper end of it.
        surface: One of the words of ``Outing.surface``, such as "paved"; "" where not known.
        surface_tag: What the map says word for word, such as "compacted"; "" where it says nothing.
        way: Kind of way as the map calls it, such as "footway"; "" where not known.
        elevation_low_m: Lower end of the 95 % interval of the height next to the mean height of the
            walk: how high all of it lies above the sea is a question of its own.
        elevation_high_m: Upper end of it.
    """

    start_m: NDArray[np.float64]
    end_m: NDArray[np.float64]
    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    latitude_deg: NDArray[np.float64]
    longitude_deg: NDArray[np.float64]
    elevation_m: NDArray[np.float64]
    slope_pct: NDArray[np.float64]
    slope_low_pct: NDArray[np.float64]
    slope_high_pct: NDArray[np.float64]
    surface: NDArray[np.str_]
    surface_tag: NDArray[np.str_]
    way: NDArray[np.str_]
    elevation_low_m: NDArray[np.float64] = absent()
    elevation_high_m: NDArray[np.float64] = absent()

    def __post_init__(self) -> None:
        for name in ("elevation_low_m", "elevation_high_m"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, np.full(len(self.start_m), np.nan))
        super().__post_init__()


@dataclass(frozen=True, eq=False)
class TerrainProfile:
    """What is known of the ground of one outing.

    Attributes:
        segments: The way in pieces.
        measures: By name, each with its interval, grade and reason: at least ``distance_m``,
            ``moving_s``, ``climb_m``, ``descent_m``, ``steepest_pct`` and the shares of the way
            that went clearly uphill, downhill and level.
        elevation_source: What the heights rest on; None when there are none.
        repairs: What had to be repaired in the track, each a sentence in plain words.
        warnings: What is wrong with the track or the map, each a sentence in plain words.
        map: The map that the surface was read from, by name and date; "" without one.
    """

    segments: GroundSegments
    measures: Mapping[str, Measure]
    elevation_source: ElevationSource | None
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    map: str = field(default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "measures", MappingProxyType(dict(self.measures)))

    def document(self) -> dict[str, Any]:
        """Return the JSON document ``evenstride/terrain/1`` as plain Python values."""
        return {
            "schema": "evenstride/terrain/1",
            "elevation_source": self.elevation_source,
            "map": self.map,
            "measures": {name: plain(asdict(one)) for name, one in self.measures.items()},
            "segments": [plain(row) for row in self.segments.rows()],
            "repairs": list(self.repairs),
            "warnings": list(self.warnings),
        }

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document as text."""
        return json.dumps(self.document(), indent=indent, ensure_ascii=False, allow_nan=False)
