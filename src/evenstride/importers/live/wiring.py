"""Which buffers of a phyphox experiment hold the motion, and what stands in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import NotARecording

__all__ = ["Answer", "Buffers", "Wiring", "answer_of", "number_of", "wiring_of"]

_LONGEST_NAME = 200
_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Buffers:
    """The names of a sensor's buffers: the time, then x, y and z."""

    time: str
    axes: tuple[str, str, str]

    def question(self, after_s: float) -> str:
        """Return the part of a question that asks for all samples after a time stamp."""
        threshold = f"{after_s:.9g}"
        clock = quote(self.time, safe="")
        parts = [f"{clock}={threshold}"]
        parts += [f"{quote(name, safe='')}={threshold}%7C{clock}" for name in self.axes]
        return "&".join(parts)


@dataclass(frozen=True, slots=True)
class Wiring:
    """Which buffers hold what.

    Attributes:
        acceleration: In m/s2.
        angular: In rad/s, or None.
        gravity_included: Whether the acceleration holds the pull of the earth.
    """

    acceleration: Buffers
    angular: Buffers | None
    gravity_included: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the phone said to ``/get``.

    Attributes:
        buffers: The values of each buffer by its name; NaN where there is none.
        measuring: Whether the experiment runs.
    """

    buffers: dict[str, NDArray[np.float64]]
    measuring: bool

    def rows(self, sensor: Buffers, after_s: float) -> tuple[NDArray[np.float64], int]:
        """Return (n, 4) time, x, y, z with rising time, and how many rows made no sense."""
        columns = [self.buffers.get(name, np.empty(0)) for name in (sensor.time, *sensor.axes)]
        size = min(map(len, columns))
        table = np.column_stack([column[:size] for column in columns])
        with np.errstate(invalid="ignore"):
            table = table[~(table[:, 0] <= after_s)]  # told twice, as the phone rounds
        bad = ~np.isfinite(table).all(axis=1)
        table, lost = table[~bad], int(np.count_nonzero(bad))
        if table.size:
            before = np.maximum.accumulate(table[:, 0])
            rises = np.append(True, table[1:, 0] > before[:-1])
            table, lost = table[rises], lost + int(np.count_nonzero(~rises))
        return table, lost


def wiring_of(config: object) -> Wiring:
    """Find the motion in the answer to ``/config``.

    Raises:
        NotARecording: If the experiment measures no acceleration.
    """
    inputs = config.get("inputs") if isinstance(config, dict) else None
    sensors: dict[str, Buffers] = {}
    for entry in inputs if isinstance(inputs, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("source"), str):
            buffers = _buffers(entry.get("outputs"))
            if buffers is not None:
                sensors.setdefault(entry["source"], buffers)
    main = sensors.get("accelerometer") or sensors.get("linear_acceleration")
    if main is None:
        raise NotARecording(
            "The experiment that is open in phyphox measures no acceleration.",
            "Open “Acceleration with g”, or one with the gyroscope beside it.",
        )
    return Wiring(main, sensors.get("gyroscope"), "accelerometer" in sensors)


def answer_of(said: object) -> Answer | None:
    """Read the answer to ``/get``, or return None if it is none."""
    if not isinstance(said, dict):
        return None
    buffers, status = said.get("buffer"), said.get("status")
    if not isinstance(buffers, dict) or not isinstance(status, dict):
        return None
    found = {}
    for name, entry in buffers.items():
        values = entry.get("buffer") if isinstance(entry, dict) else None
        if isinstance(values, list):
            found[name] = np.array([number_of(value) for value in values], dtype=np.float64)
    return Answer(found, status.get("measuring") is True)


def _buffers(outputs: object) -> Buffers | None:
    named: dict[str, str] = {}
    for output in outputs if isinstance(outputs, list) else []:
        if isinstance(output, dict):
            pairs = output.items()
            named |= {k: v for k, v in pairs if isinstance(v, str) and 0 < len(v) < _LONGEST_NAME}
    if not {"t", "x", "y", "z"} <= named.keys():
        return None
    return Buffers(named["t"], (named["x"], named["y"], named["z"]))


def number_of(value: object) -> float:
    """Return a number of an answer; NaN for anything else and for what cannot be."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return float("nan")
    return float(value) if -_LARGEST < value < _LARGEST else float("nan")
