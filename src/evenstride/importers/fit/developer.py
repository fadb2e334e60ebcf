"""Fields that apps and foot pods define by themselves, where they mean what a track holds.

A field is known by the index of its developer and its own number; its name may be absent. What it
means is told by the field of FIT that it replaces, or else by its name. It counts only in a unit
that we know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.messages import Messages
from evenstride.importers.fit.profile import DEVELOPER_FIELD, RECORD

__all__ = ["developer_columns"]

_LENGTH = {
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), 1.0),
    **dict.fromkeys(("cm", "centimeter", "centimeters"), 0.01),
    **dict.fromkeys(("mm", "millimeter", "millimeters"), 0.001),
}
_TIME = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 0.001),
}
_SHARE = dict.fromkeys(("%", "percent"), 0.01)
_CADENCE = {
    **dict.fromkeys(("rpm", "strides/min"), 2.0),
    **dict.fromkeys(("spm", "steps/min", "steps per minute"), 1.0),
}
_SPEED = {"m/s": 1.0, "km/h": 1 / 3.6, "kph": 1 / 3.6}


@dataclass(frozen=True, slots=True)
class _Meaning:
    column: str
    replaces: tuple[int, ...]
    names: tuple[str, ...]
    units: dict[str, float]


_MEANINGS = (
    _Meaning("cadence_spm", (4,), (), _CADENCE),
    _Meaning("heart_rate_bpm", (3,), (), {"bpm": 1.0}),
    _Meaning("distance_m", (5,), (), _LENGTH),
    _Meaning("speed_m_s", (6, 73), (), _SPEED),
    _Meaning("vertical_oscillation_m", (39,), ("vertical oscillation",), _LENGTH),
    _Meaning("stance_time_s", (41,), ("ground time", "ground contact time", "stance time"), _TIME),
    _Meaning("stance_left", (84,), (), _SHARE),
    _Meaning("step_length_m", (85,), ("step length",), _LENGTH),
)


@dataclass(frozen=True, slots=True)
class _Description:
    """What a file says about a field of an app."""

    developer: int
    number: int
    base: int
    meaning: _Meaning
    factor: float
    since: int  # where it stands: it holds from here on
    until: float  # where the same field is described anew


def developer_columns(file: FitFile, records: Messages) -> dict[str, NDArray[np.float64]]:
    """Return what apps and pods measured, in SI, by the column of a track."""
    present = set(records.developer_fields())
    found: dict[str, NDArray[np.float64]] = {}
    for told in _descriptions(file) if present else []:
        if (told.developer, told.number) not in present:
            continue
        values = records.developer_column(told.developer, told.number, told.base) * told.factor
        column = found.setdefault(told.meaning.column, np.full(len(records), np.nan))
        holds = (records.offsets > told.since) & (records.offsets < told.until)
        holds &= np.isfinite(values)
        column[holds] = values[holds]
    return found


def _descriptions(file: FitFile) -> list[_Description]:
    described = file.messages(DEVELOPER_FIELD)
    keys = list(zip(described.column(0), described.column(1), strict=True))
    bases = described.column(2)
    scale, offset = described.column(6), described.column(7)
    message, replaces = described.column(14), described.column(15)
    names, units = described.text(3), described.text(8)
    found = []
    for row, (developer, number) in enumerate(keys):
        other = np.isfinite(message[row]) and np.isfinite(replaces[row]) and message[row] != RECORD
        meaning = _meaning(replaces[row], names[row].lower())
        if meaning is None or other or np.isnan([developer, number, bases[row]]).any():
            continue
        factor = meaning.units.get(units[row].lower())
        scaled = np.isfinite(scale[row]) and scale[row] not in (0.0, 1.0)
        if factor is None or (np.isfinite(offset[row]) and offset[row]):
            continue
        factor = factor / scale[row] if scaled else factor
        anew = [described.offsets[r] for r in range(row + 1, len(keys)) if keys[r] == keys[row]]
        found.append(
            _Description(
                int(developer),
                int(number),
                int(bases[row]),
                meaning,
                factor,
                int(described.offsets[row]),
                min(anew, default=np.inf),
            )
        )
    return found


def _meaning(replaces: float, name: str) -> _Meaning | None:
    for meaning in _MEANINGS:
        if replaces in meaning.replaces or (np.isnan(replaces) and name in meaning.names):
            return meaning
    return None
