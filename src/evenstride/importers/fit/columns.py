"""The columns of a track from the records of a FIT file, in SI."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.developer import developer_columns
from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.messages import Messages
from evenstride.importers.fit.profile import FROM_SEMICIRCLES, Written

__all__ = ["RECORD_SCALES", "record_columns"]

Floats = NDArray[np.float64]

_FIELDS: dict[str, tuple[Written, ...]] = {
    "latitude_deg": (Written(0, 1 / FROM_SEMICIRCLES),),
    "longitude_deg": (Written(1, 1 / FROM_SEMICIRCLES),),
    "elevation_m": (Written(78, 5, 500), Written(2, 5, 500)),
    "speed_m_s": (Written(73, 1000), Written(6, 1000)),
    "accuracy_m": (Written(31),),
    "pressure_pa": (Written(91),),
    "distance_m": (Written(5, 100),),
    "cadence_spm": (Written(4),),
    "heart_rate_bpm": (Written(3),),
    "step_length_m": (Written(85, 10_000),),
    "vertical_oscillation_m": (Written(39, 10_000),),
    "stance_time_s": (Written(41, 10_000),),
    "stance_left": (Written(84, 10_000),),
}
"""Where a column stands; of two fields the first, finer one is preferred."""

RECORD_SCALES = {f.field: (f.scale, f.offset) for fields in _FIELDS.values() for f in fields}
"""Scale and offset of each field of a record that a track uses, by its number."""

_NEVER_ZERO = (
    "heart_rate_bpm",
    "step_length_m",
    "vertical_oscillation_m",
    "stance_time_s",
    "stance_left",
    "pressure_pa",
)
_FRACTION = Written(53, 128)
_SPEED_AND_DISTANCE = 8
_TURNS = 1 << 12


def record_columns(file: FitFile, records: Messages) -> dict[str, Floats]:
    """Return the columns that hold at least one value, one row per record.

    Cadence is that of both feet: FIT counts turns, or strides of one leg, in a minute.
    """
    found = {}
    for name, fields in _FIELDS.items():
        found[name] = _first_of([records.column(f.field, f.scale, f.offset) for f in fields])
    fraction = records.column(_FRACTION.field, _FRACTION.scale)
    found["cadence_spm"] = 2 * (found["cadence_spm"] + np.nan_to_num(fraction))
    for name, values in _compressed(records).items():
        found[name] = _first_of([found[name], values])
    for name, values in developer_columns(file, records).items():
        found[name] = _first_of([found[name], values])
    _only_places(found)
    for name in _NEVER_ZERO:
        found[name][found[name] == 0] = np.nan
    return {name: values for name, values in found.items() if np.isfinite(values).any()}


def _first_of(columns: list[Floats]) -> Floats:
    first = columns[0]
    for column in columns[1:]:
        absent = np.isnan(first)
        first[absent] = column[absent]
    return first


def _compressed(records: Messages) -> dict[str, Floats]:
    """Return speed and distance from the three bytes in which old devices wrote both.

    The distance is a counter of 1/16 m that starts again after 256 m.
    """
    written = records.bytes_of(_SPEED_AND_DISTANCE, 3)
    if written is None:
        return {}
    there = (written != 0xFF).any(axis=1)
    low, middle, high = (written[:, column].astype(np.int64) for column in range(3))
    speed = np.where(there, (low | (middle & 0x0F) << 8) / 100, np.nan)
    counter = (middle >> 4 | high << 4)[there]
    distance = np.full(len(records), np.nan)
    steps = np.diff(counter, prepend=0) % _TURNS
    distance[there] = np.cumsum(steps) / 16
    return {"speed_m_s": speed, "distance_m": distance}


def _only_places(found: dict[str, Floats]) -> None:
    """Take out what cannot be a place: half a place, the point 0/0, beyond the poles."""
    latitude, longitude = found["latitude_deg"], found["longitude_deg"]
    no_place = np.isnan(latitude) | np.isnan(longitude) | (abs(latitude) > 90)
    no_place |= (latitude == 0) & (longitude == 0)
    latitude[no_place] = longitude[no_place] = np.nan
